"""The units of the columns of analysts' tables, by name."""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from helpers.funding.totals.tally import Tally
from helpers.funding.totals.tally_figures import AMOUNT, AMOUNT_PER_INHABITANT, INHABITANTS, MEMBERS

_TEXT_UNIT, _DATE_UNIT = "text", "date (YYYY-MM-DD)"
TALLY_UNITS = {figure.name: figure.unit for figure in Tally.figures}

# A column name has the same unit in every table; an exception is declared by the table.
_COLUMN_UNITS: dict[str, str] = {
    **TALLY_UNITS,
    **dict.fromkeys(
        ("code", "name", "county", "group", "size", "decision", "condition", "case_number",
         "round", "title", "figure", "unit", "what", "measure", "dimension", "class"), _TEXT_UNIT,
    ),
    **dict.fromkeys(
        ("day", "decided_on", "received_on", "first_received_on", "by", "first_day", "last_day"),
        _DATE_UNIT,
    ),
    **dict.fromkeys(("answers", "more_answers"), MEMBERS),
    "inhabitants": INHABITANTS,
    **dict.fromkeys(
        (
            "fee", "offered", "gift", "secured", "low", "high", "before", "after", "increase",
            "price",
        ),
        AMOUNT,
    ),
    **dict.fromkeys(
        ("low_share", "high_share", "gap_share", "requested_share"), TALLY_UNITS["funded_share"]
    ),
    "inhabitants_share": TALLY_UNITS["yes_population_share"],
    **dict.fromkeys(
        ("per_inhabitant_before", "per_inhabitant_after", "rate"), AMOUNT_PER_INHABITANT,
    ),
    "years": "calendar years; blank means all of the round’s",
    "year": "calendar year",
    "part": "share of the year",
    "withdrawn": "true or false",
    "beyond_limit": "true or false",
    "clear": "true or false",
    "increase_share": "share of the fee before",
    "east_km": "km east, SWEREF 99 TM",
    "north_km": "km north, SWEREF 99 TM",
}  # fmt: skip


def units_by_column(
    columns: Iterable[object], currency: str, own: Mapping[str, str] | None = None
) -> dict[str, str]:
    """Return the unit of each column that has one; `own` takes precedence over the common units."""
    known = {**_COLUMN_UNITS, **(own or {})}
    names = [str(name) for name in columns]
    return {name: known[name].format(currency=currency) for name in names if name in known}
