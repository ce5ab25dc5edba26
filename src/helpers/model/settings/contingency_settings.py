"""[contingency] of round.toml: the part of the requested amount that is for unforeseen costs."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from decimal import Decimal
from typing import Annotated, Any

from pydantic import Field

from helpers.base_model import StrictModel
from helpers.model.localized_text import LocalizedText
from helpers.model.settings.round_settings import IndexationSettings
from helpers.model.settings.yearly_amounts import amounts_of_years
from helpers.pricing import Pricing

_Amount = Annotated[int | Decimal, Field(gt=0)]


class ContingencySettings(StrictModel):
    """A reserve for unforeseen costs within the requested amount; it changes no fee.

    `amount` is that of each year, or a table of years, as `requested` has it; [indexation] raises
    it as it raises the requested amount. `name` is the round's own words for it, with their
    article: "en buffert".
    """

    amount: _Amount | dict[str, _Amount]
    name: LocalizedText | None = None

    def in_years(
        self, years: Sequence[int], indexation: IndexationSettings | None
    ) -> dict[int, int]:
        """The reserve of each year in whole units of currency; ValueError as for `requested`."""
        stated: dict[str, Any] = {"years": list(years)}
        if indexation is not None:
            stated["indexation"] = {"percent": indexation.percent}
        found = amounts_of_years(self.amount, stated, key="contingency.amount")
        by_year = found.get("requested_of_years", {})
        return {year: by_year.get(year, found["requested"]) for year in sorted(years)}


def reject_contingency(
    reserves: Mapping[int, int], requested: Mapping[int, int], pricing: Pricing
) -> None:
    """Raise ValueError for a reserve of a year that is nothing, or not a part of what is requested.

    `reserves` and `requested` are whole units of currency by year.
    """
    if not pricing.needs_requested:
        raise ValueError(
            f'[contingency] does not fit the rule "{pricing.rule}", with which round.toml does not '
            "state a requested amount that the reserve could be a part of: leave it out"
        )
    for year, reserve in reserves.items():
        if not reserve:
            raise ValueError(f"contingency.amount is less than half a unit for {year}")
        if reserve >= requested[year]:
            raise ValueError(
                f"contingency.amount for {year}, {reserve}, is not less than the requested amount, "
                f"{requested[year]}, of which it is a part: correct one of the two"
            )
