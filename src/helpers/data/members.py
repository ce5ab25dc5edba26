"""The members of a round: who is asked, and the figures that their fees are computed from."""

from __future__ import annotations

from pathlib import Path

import pandas as pd

from helpers.data.sources import read_csv
from helpers.errors import DataError, Problem
from helpers.rounds import Round

VALIDITY = ["valid_from", "valid_to"]
PLACE = ["east_km", "north_km"]
# What may divide the members; the shipped groups are named after their classification.
DIVISION = ["county", "group", "skl_group_2017"]
_CODE = r"\w[\w .-]{0,39}"  # a letter is called by it: nothing that leads to another folder
OPTIONAL = VALIDITY + PLACE + DIVISION


def load_members(folder: Path, round_: Round) -> pd.DataFrame:
    """Read the round's members, sorted by code.

    Returns one row a member: code, name, county, group (text, blank where the file has no such
    column) and population, the key of the pricing rule (inhabitants on 31 December, or a weight);
    and where the file has them valid_from, valid_to (datetime64, NaT for no limit) and east_km,
    north_km (float, NaN where not given). Raises DataError, with every problem at once, for a
    missing column, a code that stands twice or cannot name a file of its own, a blank name,
    inhabitants that are not a whole number above zero, or a place that is not a number.
    """
    path = (folder / round_.members).resolve()
    needed = members_columns(round_)
    amounts = round_.pricing.columns()
    rows = read_csv(path, needed)
    problems = _problems(rows, amounts, path.name)
    if rows.empty:
        problems.append(Problem(path.name, "lists no member.", "Add a row for each."))
    if problems:
        raise DataError(problems)
    optional = [name for name in VALIDITY + PLACE if name in rows.columns]
    rows = _divided(rows)[["code", "name", "county", "group", *amounts, *optional]]
    rows = rows.astype(dict.fromkeys(amounts, "int64"))
    rows = rows.rename(columns={amounts[0]: "population"})
    for name in optional:
        given = rows[name].where(rows[name] != "")
        rows[name] = (
            pd.to_datetime(given, format="%Y-%m-%d") if name in VALIDITY else given.astype(float)
        )
    return rows.sort_values("code", ignore_index=True)


def members_columns(round_: Round) -> list[str]:
    """The columns that a round must have in its members' file; those of the pricing rule last."""
    return ["code", "name", *round_.pricing.columns()]


def _divided(rows: pd.DataFrame) -> pd.DataFrame:
    """The members with county and group, blank where the file does not divide them so."""
    given = [name for name in ("group", "skl_group_2017") if name in rows.columns]
    return rows.assign(
        county=rows["county"] if "county" in rows.columns else "",
        group=rows[given[0]] if given else "",
    )


def _problems(rows: pd.DataFrame, amounts: list[str], file: str) -> list[Problem]:
    wrong = [
        ("code", rows["code"] == "", "the code is blank.", "Give the member a code."),
        ("code", (rows["code"] != "") & ~rows["code"].str.fullmatch(_CODE),
         "the code names files, and may hold only letters, digits, spaces, hyphens and dots.",
         "Begin it with a letter or a digit; at most 40 characters."),
        ("code", rows["code"].duplicated(), "the code stands twice.", "Keep one of the rows."),
        ("code", rows["code"].str.casefold().duplicated() & ~rows["code"].duplicated(),
         "the code names files, and is another's but for capital letters.", "Write another code."),
        *((name, rows[name] == "", f"the {name} is blank.", "Fill it in.")
          for name in ("name", *DIVISION) if name in rows.columns),
        *((name, ~rows[name].str.fullmatch(r"[1-9][0-9]{0,9}"), _what(name),
           "Write digits only, without spaces.") for name in amounts),
        *((name, _not_a_day(rows[name]), "is not a day.", "Write YYYY-MM-DD or leave it blank.")
          for name in VALIDITY if name in rows.columns),
        *((name, ~rows[name].str.fullmatch(r"(-?[0-9]{1,5}(\.[0-9]{1,6})?)?"),
           "is not a number of kilometres.", "Write it as 664.7 or leave it blank.")
          for name in PLACE if name in rows.columns),
    ]  # fmt: skip
    return [
        Problem(file, what, remedy, int(line), column, rows.loc[line, column])
        for column, mask, what, remedy in wrong
        for line in rows.index[mask]
    ]


def _what(column: str) -> str:
    what = "inhabitants are" if column.startswith("population_") else f"{column} is"
    return f"the {what} not a whole number above zero."


def _not_a_day(column: pd.Series[str]) -> pd.Series[bool]:
    return (column != "") & pd.to_datetime(column, format="%Y-%m-%d", errors="coerce").isna()
