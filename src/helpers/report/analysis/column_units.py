"""What the columns of an analyst's tables are counted in, by name."""

from __future__ import annotations

from collections.abc import Iterable, Mapping

_TEXT_UNIT, _DATE_UNIT, _MEMBERS_UNIT = "text", "date (YYYY-MM-DD)", "members"
_INHABITANTS_UNIT, _YEARLY_UNIT = "inhabitants", "{currency} a year"
_SHARE_OF_REQUESTED, _SHARE_OF_MEMBERS = "share of the requested amount", "share of all members"
_SHARE_OF_INHABITANTS = "share of all inhabitants"

# One name means one thing in every table; where it does not, the table says so itself.
_COLUMN_UNITS: dict[str, str] = {
    **dict.fromkeys(
        ("code", "name", "county", "group", "size", "decision", "condition", "case_number",
         "round", "title", "figure", "unit", "what", "measure", "dimension", "class"), _TEXT_UNIT,
    ),
    **dict.fromkeys(
        ("day", "decided_on", "received_on", "first_received_on", "by", "first_day", "last_day"),
        _DATE_UNIT,
    ),
    **dict.fromkeys(
        ("members", "answered", "yes", "no", "conditional", "unanswered", "answers",
         "more_answers"), _MEMBERS_UNIT,
    ),
    **dict.fromkeys(
        ("population", "yes_population", "no_population", "inhabitants"), _INHABITANTS_UNIT
    ),
    **dict.fromkeys(
        ("fee", "secured", "requested", "funded", "gap", "declined", "possible", "low", "high",
         "before", "after", "increase", "price"), _YEARLY_UNIT,
    ),
    **dict.fromkeys(
        ("funded_share", "low_share", "high_share", "gap_share", "possible_share",
         "requested_share"), _SHARE_OF_REQUESTED,
    ),
    **dict.fromkeys(("yes_share", "answered_share", "no_share"), _SHARE_OF_MEMBERS),
    **dict.fromkeys(("yes_population_share", "inhabitants_share"), _SHARE_OF_INHABITANTS),
    **dict.fromkeys(
        ("per_inhabitant_before", "per_inhabitant_after", "rate"),
        "{currency} per inhabitant a year",
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
    """The unit of each column that has one; `own` goes before what a name means elsewhere."""
    known = {**_COLUMN_UNITS, **(own or {})}
    names = [str(name) for name in columns]
    return {name: known[name].format(currency=currency) for name in names if name in known}
