"""The error of an option that cannot be read: what is wrong, and what to write."""

from __future__ import annotations


class OptionError(ValueError):
    """An option that means nothing; both texts are sentences."""

    def __init__(self, what: str, remedy: str) -> None:
        self.what = what
        self.remedy = remedy
        super().__init__(what, remedy)
