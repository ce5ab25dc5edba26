"""What a test says where this machine lacks a program that it needs."""

from __future__ import annotations

import os
from typing import NoReturn

import pytest


def missing(what: str, remedy: str) -> NoReturn:
    """Skip the test, and say what to do; in CI, which installs everything, it fails."""
    reason = f"{what}: {remedy}"
    if os.environ.get("CI") == "true":
        pytest.fail(reason)
    pytest.skip(reason)
