"""`requested` of round.toml as a table: an amount for each of the round's years."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

# The fields of Round that the table fills in; round.toml does not state them.
FILLED_IN_KEYS = ("requested_of_years", "counted_year")


def amounts_of_years(amounts: object, values: Mapping[str, Any]) -> dict[str, Any]:
    """The fields of Round that a table of amounts fills in; none where it is one amount.

    Raises ValueError for a year that the table leaves out or the round does not have. Where all
    years have the same amount, it is that of a round with one amount a year.
    """
    if not isinstance(amounts, Mapping):
        return {}
    by_year = {str(year): amount for year, amount in amounts.items()}
    years = [str(year) for year in values.get("years", [])]
    for year in sorted(set(years) - set(by_year)):
        raise ValueError(f"requested has no amount for {year}: write one for each of years")
    for year in sorted(set(by_year) - set(years)):
        raise ValueError(f"requested names {year}, which is not in years: correct one of them")
    first = by_year[min(years)]
    if all(amount == first for amount in by_year.values()):
        return {"requested": first}
    return {
        "requested": first,
        "requested_of_years": {int(year): amount for year, amount in by_year.items()},
    }
