"""Load the members of a round, and the numbers that their fees are computed from."""

from __future__ import annotations

from fractions import Fraction
from pathlib import Path

import pandas as pd

from helpers.data.readers.project_csv import read_project_csv
from helpers.data.round.contributors_file import CellRule, address_rules, with_contributors
from helpers.errors import DataError, Problem
from helpers.model.funding_round import Round
from helpers.model.member_columns import (
    ADDRESS_COLUMNS,
    CODE_PATTERN,
    COORDINATE_COLUMNS,
    GROUPING_COLUMNS,
    KNOWN_FROM_COLUMN,
    MEMBERSHIP_DAY_COLUMNS,
)
from helpers.model.settings.threshold_settings import Grouping
from helpers.pricing import Pricing
from helpers.system.files import is_present

_WHOLE = r"(0|[1-9][0-9]{0,9})"
# The columns that each grouping is read from, the first that there is.
_COLUMNS_OF_GROUPING: dict[Grouping, list[str]] = {
    "county": GROUPING_COLUMNS[:1],
    "group": GROUPING_COLUMNS[1:],
}
_DECIMALS = _WHOLE + r"([.,][0-9]{1,9})?"


def members_path(folder: Path, round_: Round) -> Path:
    """Return the path of a round's members' file; ReportError for a link that leads nowhere."""
    is_present(folder / round_.members)
    return (folder / round_.members).resolve()


def load_members(folder: Path, round_: Round) -> pd.DataFrame:
    """Read the round's members, sorted by code.

    Returns one row per member: code, name, county, group (str, '' if the file has no such column)
    and population, the key of the pricing rule: inhabitants on 31 December, a weight or a fee, as
    int64, or as exact fractions if any has decimals; 0 for a fixed share without a weight. If the
    file has them, also valid_from and valid_to (datetime64, NaT for no limit), known_from (the day
    from which these are known), east_km and north_km (float, NaN if blank), and official_name and
    address (str). Raises DataError,
    with every problem at once, for a missing column, a code that is repeated or cannot be a file
    name, a blank name, a number that the rule does not allow, a position that is not a number, or
    days of a membership that contradict each other. In a round of pledges, the contributors outside
    the members are among them (see contributors_file).
    """
    path = members_path(folder, round_)
    needed = required_member_columns(round_)
    amounts = round_.pricing.columns()
    rows = read_project_csv(path, needed)
    problems = _find_member_problems(rows, round_.pricing, path.name)
    problems += _find_missing_groupings(rows, round_, path.name)
    if rows.empty:
        problems.append(Problem(path.name, "lists no member.", "Add a row for each."))
    if problems:
        raise DataError(problems)
    optional = [n for n in MEMBERSHIP_DAY_COLUMNS + COORDINATE_COLUMNS if n in rows.columns]
    addressed = [name for name in ADDRESS_COLUMNS if name in rows.columns]
    columns = ["code", "name", "county", "group", *amounts, *optional, *addressed]
    rows = _with_groups(rows)[columns]
    rows = rows.assign(**{name: _exact_numbers(rows[name]) for name in amounts})
    rows = rows.rename(columns={amounts[0]: "population"}) if amounts else rows.assign(population=0)
    for name in optional:
        filled = rows[name].where(rows[name] != "")
        rows[name] = (
            pd.to_datetime(filled, format="%Y-%m-%d")
            if name in MEMBERSHIP_DAY_COLUMNS
            else filled.astype(float)
        )
    return with_contributors(rows.sort_values("code", ignore_index=True), folder, round_)


def required_member_columns(round_: Round) -> list[str]:
    """Return the columns that the round's members' file must have; the pricing rule's are last."""
    return ["code", "name", *round_.pricing.columns()]


def _with_groups(rows: pd.DataFrame) -> pd.DataFrame:
    """Add county and group, blank if the file does not divide the members so."""
    filled = [name for name in _COLUMNS_OF_GROUPING["group"] if name in rows.columns]
    return rows.assign(
        county=rows["county"] if "county" in rows.columns else "",
        group=rows[filled[0]] if filled else "",
    )


def _find_missing_groupings(rows: pd.DataFrame, round_: Round, file: str) -> list[Problem]:
    """A problem for each column that a threshold in every county or group needs."""
    needed = {t.in_every for t in round_.thresholds if t.in_every is not None}
    return [
        Problem(
            file,
            f"There is no column {name}, which a threshold with in_every needs.",
            "Add the column, with a value for each member, or leave in_every out of round.toml.",
            column=name,
        )
        for name in sorted(needed)
        if not any(column in rows.columns for column in _COLUMNS_OF_GROUPING[name])
    ]


def _exact_numbers(column: pd.Series[str]) -> pd.Series[int]:
    """Return numbers as int64, or as exact fractions if any has decimals; a blank cell is 0."""
    numbers = [Fraction(text.replace(",", ".") or 0) for text in column]
    if all(number.denominator == 1 for number in numbers):
        return pd.Series([number.numerator for number in numbers], column.index, dtype="int64")
    return pd.Series(numbers, column.index, dtype="object")


def _find_member_problems(rows: pd.DataFrame, pricing: Pricing, file: str) -> list[Problem]:
    wrong = [*_code_rules(rows), *_amount_rules(rows, pricing), *_cell_rules(rows)]
    return [
        Problem(file, what, remedy, int(line), column, rows.loc[line, column])
        for column, mask, what, remedy in wrong
        for line in rows.index[mask]
    ]


def _code_rules(rows: pd.DataFrame) -> list[CellRule]:
    """Return the rules of a code: the column, the rows that break it, what is wrong, what to do."""
    return [
        ("code", rows["code"] == "", "the code is blank.", "Give the member a code."),
        (
            "code",
            (rows["code"] != "") & ~rows["code"].str.fullmatch(CODE_PATTERN),
            "the code names files, and may hold only letters, digits, spaces, hyphens and dots.",
            "Begin it with a letter or a digit; at most 40 characters.",
        ),
        ("code", rows["code"].duplicated(), "the code occurs twice.", "Keep one of the rows."),
        (
            "code",
            rows["code"].str.casefold().duplicated() & ~rows["code"].duplicated(),
            "the code names files, and is another's but for capital letters.",
            "Write another code.",
        ),
    ]


def _amount_rules(rows: pd.DataFrame, pricing: Pricing) -> list[CellRule]:
    """Return the rules of the pricing rule's columns, in the same form."""
    blank_allowed = rows["code"].isin(list(pricing.members_without_key()))
    rules: list[CellRule] = []
    for name in pricing.columns():
        decimals = name in pricing.decimal_columns()
        is_number = rows[name].str.fullmatch(_DECIMALS if decimals else _WHOLE)
        if not pricing.zero_allowed:
            is_number &= ~rows[name].str.fullmatch(r"[0.,]*") | blank_allowed
        sound = is_number | (blank_allowed & (rows[name] == ""))
        remedy = "Write digits only, without spaces."
        if decimals:
            remedy = "Write digits only, without spaces, as 1250 or 8.66."
        rules.append((name, ~sound, _describe_bad_amount(name, pricing), remedy))
    return rules


def _cell_rules(rows: pd.DataFrame) -> list[CellRule]:
    """The same for every other column."""
    return [
        *(
            (name, rows[name] == "", f"the {name} is blank.", "Fill it in.")
            for name in ("name", *GROUPING_COLUMNS)
            if name in rows.columns
        ),
        *(
            (
                name,
                _is_invalid_day(rows[name]),
                "is not a day.",
                "Write YYYY-MM-DD or leave it blank.",
            )
            for name in MEMBERSHIP_DAY_COLUMNS
            if name in rows.columns
        ),
        *_membership_rules(rows),
        *address_rules(rows),
        *(
            (
                name,
                ~rows[name].str.fullmatch(r"(-?[0-9]{1,5}(\.[0-9]{1,6})?)?"),
                "is not a number of kilometres.",
                "Write it as 664.7 or leave it blank.",
            )
            for name in COORDINATE_COLUMNS
            if name in rows.columns
        ),
    ]


def _membership_rules(rows: pd.DataFrame) -> list[CellRule]:
    """Return the rules for the days of a membership together."""
    days = {
        name: rows[name] if name in rows.columns else pd.Series("", index=rows.index)
        for name in MEMBERSHIP_DAY_COLUMNS
    }
    first, last, known = (_as_days(column) for column in days.values())
    undated = (days["valid_from"] == "") & (days["valid_to"] == "")
    rules = [
        ("valid_to", last < first, "is before valid_from.", "Correct one of the two days."),
        (
            KNOWN_FROM_COLUMN,
            known.notna() & undated,
            "is the day from which valid_from or valid_to is known, and both are blank.",
            "Write one of them, or leave it blank.",
        ),
    ]
    return [rule for rule in rules if rule[0] in rows.columns]


def _as_days(column: pd.Series[str]) -> pd.Series[pd.Timestamp]:
    """Return the days of a column, NaT where it has none that is understood."""
    return pd.to_datetime(column, format="%Y-%m-%d", errors="coerce")


def _describe_bad_amount(column: str, pricing: Pricing) -> str:
    what = "inhabitants are" if column.startswith("population_") else f"{column} is"
    if pricing.zero_allowed:
        return f"the {what} not a number of zero or more."
    if column in pricing.decimal_columns():
        return f"the {what} not a number above zero."
    return f"the {what} not a whole number above zero."


def _is_invalid_day(column: pd.Series[str]) -> pd.Series[bool]:
    return (column != "") & _as_days(column).isna()
