"""A value that a function may not give, where a test is about one that it gives."""

from __future__ import annotations

from typing import TypeVar

T = TypeVar("T")


def present(value: T | None) -> T:
    """The value; without one the test fails."""
    assert value is not None
    return value
