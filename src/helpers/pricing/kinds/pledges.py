"""Pledges: each contributor states its own amount, and there are no fees."""

from __future__ import annotations

from collections.abc import Collection
from datetime import date
from fractions import Fraction
from typing import Annotated, ClassVar, Literal

from pydantic import BeforeValidator, Field, PositiveInt

from helpers.base_model import StrictModel
from helpers.errors import ReportError
from helpers.pricing.base import MemberColumns, Prices, Pricing
from helpers.pricing.decimals import parse_fraction
from helpers.rounding import round_half_up


class ReferenceRate(StrictModel):
    """What `per` units of another currency are in units of the round's: `rate`, stated once.

    `on` is the day of the rate and `source` who publishes it; both are printed.
    """

    rate: Annotated[Fraction, BeforeValidator(parse_fraction), Field(gt=0)]
    per: PositiveInt = 1
    on: date
    source: Annotated[str, Field(min_length=1)]


class Pledges(Pricing):
    """Amounts that the contributors state themselves, in the register's column `amount`.

    `requested` is the amount that is appealed for; no contributor has a part of it. `secured` says
    whether a pledge secures its amount at once, or what of it is confirmed. `rates` has one rate
    for each other currency of the pledges, by its code.
    """

    needs_requested: ClassVar[bool] = True
    takes_pledges: ClassVar[bool] = True
    has_units: ClassVar[bool] = False

    rule: Literal["pledges"]
    secured: Literal["pledged", "confirmed"] = "pledged"
    rates: dict[str, ReferenceRate] = Field(default_factory=dict)

    def columns(self) -> list[str]:
        """None: the members' file has no numbers for the rule."""
        return []

    def converted(self, amount: Fraction, currency: str = "") -> int:
        """An amount in whole units of the round's currency, half up once from the exact value.

        A `currency` without a rate is the round's own.
        """
        rate = self.rates.get(currency)
        return round_half_up(amount if rate is None else amount * rate.rate / rate.per)

    def prices(
        self, requested: int | None, amounts: MemberColumns, joined: Collection[str]
    ) -> Prices:
        """No fee for anyone; raises ReportError without `requested`."""
        if requested is None:
            raise ReportError(
                'round.toml: the pricing rule "pledges" needs the amount that is appealed for. '
                "Write requested = the amount a year."
            )
        codes = [code for column in amounts.values() for code in column]
        return Prices(requested, dict.fromkeys(codes, 0), dict.fromkeys(codes, Fraction()))
