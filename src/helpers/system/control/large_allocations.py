"""Memory of large arrays goes back to the operating system as soon as it is freed."""

from __future__ import annotations

import ctypes
from contextlib import suppress
from functools import cache

import pyarrow as pa

_M_MMAP_THRESHOLD = -3  # malloc.h of glibc
_LARGE = 2**20  # bytes


@cache
def free_large_arrays_at_once() -> None:
    """Give each large array separate memory.

    Otherwise the allocators keep what is freed for later: 0.3 of 0.75 GB of a process that has read
    a million rows, of which a board report needs three. Only glibc has the setting; elsewhere only
    Arrow's arrays are freed at once.
    """
    pa.set_memory_pool(pa.system_memory_pool())
    with suppress(AttributeError, OSError, TypeError):  # macOS, musl and Windows
        ctypes.CDLL(None).mallopt(_M_MMAP_THRESHOLD, _LARGE)
