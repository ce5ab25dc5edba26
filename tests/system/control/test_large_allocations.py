"""Memory that is freed goes back to the system: measured in a separate process."""

from __future__ import annotations

import platform
import subprocess
import sys

import pytest

# Arrays of 4 MB, of which every second is freed: between arrays that are kept, an allocator that
# has them in one area cannot return them.
PROGRAM = """
import sys
import numpy as np
from helpers.system.control.large_allocations import free_large_arrays_at_once

def megabytes():
    with open("/proc/self/statm") as file:
        return int(file.read().split()[1]) * 4096 / 1e6

if sys.argv[1] == "at once":
    free_large_arrays_at_once()
np.ones(2**21)  # glibc then takes what is smaller from one area
arrays = [np.ones(2**19) for _ in range(40)]
before = megabytes()
del arrays[::2]
print(before - megabytes())
"""


def freed(when: str) -> float:
    words = [sys.executable, "-c", PROGRAM, when]
    return float(subprocess.run(words, capture_output=True, text=True, check=True).stdout)


@pytest.mark.skipif(platform.libc_ver()[0] != "glibc", reason="only glibc has the setting")
def test_arrays_between_others_are_returned() -> None:
    # 20 arrays of 2**19 numbers of 8 bytes are 84 MB.
    assert freed("at once") > 80
    assert freed("later") < 10
