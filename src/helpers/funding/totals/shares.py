"""Shares of a whole as exact fractions: a function, and a descriptor for class attributes."""

from __future__ import annotations

from dataclasses import dataclass
from fractions import Fraction
from typing import Any, Self, overload

import numpy.typing as npt
import pandas as pd

from helpers.pricing.decimals import ExactNumber, whole_or_fraction


def share(part: ExactNumber, whole: ExactNumber) -> Fraction | None:
    """Return a part of a whole; None if the whole is 0."""
    return Fraction(part) / whole if whole else None


def exact_sum(numbers: pd.Series[int] | npt.NDArray[Any]) -> ExactNumber:
    """Return the sum of a column of whole numbers or exact fractions."""
    return whole_or_fraction(sum(numbers.tolist()))


@dataclass(frozen=True)
class Share:
    """An attribute that is the share of one attribute (`part`) in another (`whole`).

    Both are names; `definition` says in words what is a part of the whole.

    >>> class Count:
    ...     yes, members = 3, 4
    ...     yes_share = Share("yes", "members", "Members that have said yes")
    >>> Count().yes_share
    Fraction(3, 4)
    """

    part: str
    whole: str
    definition: str

    @overload
    def __get__(self, count: None, owner: type) -> Self: ...

    @overload
    def __get__(self, count: object, owner: type) -> Fraction | None: ...

    def __get__(self, count: object | None, owner: type) -> Self | Fraction | None:
        """The share in `count`; of the class itself, its declaration."""
        if count is None:
            return self
        return share(getattr(count, self.part), getattr(count, self.whole))
