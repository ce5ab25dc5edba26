"""Whether notebooks run in forked processes; imports little: a board report asks first of all."""

from __future__ import annotations

import os
import socket

ENGINE_VARIABLE = "FUNDING_REPORT_ENGINE"  # "kernel" starts a new kernel for each notebook


def can_fork() -> bool:
    """Whether this system can fork and pass an open file to another process."""
    return hasattr(os, "fork") and hasattr(socket, "send_fds")


def uses_fork() -> bool:
    """Whether notebooks run in children of a fork server rather than in new kernels."""
    return can_fork() and os.environ.get(ENGINE_VARIABLE) != "kernel"
