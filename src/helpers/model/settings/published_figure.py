"""A figure that the organiser has published, to compare with the computed one."""

from __future__ import annotations

from datetime import date
from fractions import Fraction
from typing import Literal

from pydantic import (
    PositiveInt,
    model_validator,
)

from helpers.base_model import StrictModel
from helpers.model.localized_text import LocalizedText
from helpers.pricing.decimals import WrittenNumber, whole_or_fraction


class PublishedFigure(StrictModel):
    """A figure that the organiser or a member has published, as published.toml states it.

    `figure` names a key of figures.json, or `fee:CODE` for one member's fee. `state_on` is the day
    that the figure describes. `kind` is the precision of the figure: exact, rounded to the decimals
    that the percentage is written with, "a little over" (`value` up to `below`), or an amount
    rounded to `rounded_to` units.
    `why` explains the figure, where something needs to be said.
    `wording` is the text of the source, blank if only its content is known.
    """

    figure: str
    kind: Literal["exact", "percent", "over", "rounded"]
    value: WrittenNumber
    below: WrittenNumber | None = None
    rounded_to: PositiveInt | None = None
    state_on: date
    known_from: date
    source: str
    why: LocalizedText | None = None
    wording: str = ""
    by_construction: bool = False

    @property
    def exact_value(self) -> int | Fraction:
        """The published value; a percentage in percent."""
        return whole_or_fraction(self.value)

    @property
    def percent_digits(self) -> int:
        """How many decimals the published percentage has: 89.60 has two."""
        return 0 if isinstance(self.value, int) else -int(self.value.as_tuple().exponent)

    @model_validator(mode="after")
    def _complete(self) -> PublishedFigure:
        is_share = self.figure.endswith("_share")
        if (self.kind == "percent") != is_share:
            raise ValueError('kind is "percent" for a share, and only for a share')
        if self.kind == "over" and self.below is None:
            raise ValueError('kind "over" needs below = the least amount it no longer fits')
        if self.kind == "rounded" and self.rounded_to is None:
            raise ValueError('kind "rounded" needs rounded_to = the step it was rounded to')
        return self
