"""Start the command again with an environment that holds no secret, and give it the rest later.

What runs notebooks is forked from the command once its libraries are imported. The system shows
the environment that a process was started with for as long as the process runs, and that of a
forked process is the same. So nothing of it may be a secret of the command's.
"""

from __future__ import annotations

import json
import os
import sys
from collections.abc import Mapping
from contextlib import suppress

_DESCRIPTOR_VARIABLE = "FUNDING_REPORT_HANDED_OVER"


def start_again(environment: Mapping[str, str]) -> None:
    """Replace this process by the same command, started with this environment.

    It takes the environment of now with `take_environment`. Returns if that is not possible: where
    the system refuses it, or where the environment does not fit into a pipe.
    """
    with suppress(OSError):
        source, target = os.pipe()
        try:
            os.set_blocking(target, False)
            content = json.dumps(dict(os.environ)).encode()
            if os.write(target, content) < len(content):
                return
            os.close(target)
            os.set_inheritable(source, True)
            given = {**environment, _DESCRIPTOR_VARIABLE: str(source)}
            sys.stdout.flush()
            sys.stderr.flush()
            os.execve(sys.executable, [sys.executable, *sys.orig_argv[1:]], given)  # noqa: S606
        finally:
            for descriptor in (source, target):
                with suppress(OSError):
                    os.close(descriptor)


def handed_over() -> int | None:
    """The descriptor to read the rest from, in a process that `start_again` has started."""
    descriptor = os.environ.get(_DESCRIPTOR_VARIABLE)
    return int(descriptor) if descriptor else None


def take_environment(descriptor: int) -> None:
    """Take the environment that the command was first started with, in place of this one."""
    with open(descriptor, encoding="utf-8") as source:
        taken = json.load(source)
    os.environ.clear()
    os.environ.update(taken)
