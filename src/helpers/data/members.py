"""The members of a round: who is asked, and the figures that their fees are computed from."""

from __future__ import annotations

from pathlib import Path

import pandas as pd

from helpers.data.sources import read_csv
from helpers.errors import DataError, Problem
from helpers.rounds import Round

VALIDITY = ["valid_from", "valid_to"]
PLACE = ["east_km", "north_km"]
OPTIONAL = VALIDITY + PLACE
_GROUP_COLUMN = "skl_group_2017"


def load_members(folder: Path, round_: Round) -> pd.DataFrame:
    """Read the round's members, sorted by code.

    Returns one row a member: code, name, county, group (text) and population (inhabitants on
    31 December of the pricing rule's year); and where the file has them valid_from, valid_to
    (datetime64, NaT for no limit) and east_km, north_km (float, NaN where not given). Raises
    DataError, with every problem at once, for a missing column, a code that stands twice, a blank
    name, inhabitants that are not a whole number above zero, or a place that is not a number.
    """
    path = (folder / round_.members).resolve()
    needed = members_columns(round_)
    population = needed[-1]
    rows = read_csv(path, needed)
    problems = _problems(rows, population, path.name)
    if rows.empty:
        problems.append(Problem(path.name, "lists no member.", "Add a row for each."))
    if problems:
        raise DataError(problems)
    optional = [name for name in OPTIONAL if name in rows.columns]
    rows = rows[needed + optional].rename(
        columns={_GROUP_COLUMN: "group", population: "population"}
    )
    for name in optional:
        given = rows[name].where(rows[name] != "")
        rows[name] = (
            pd.to_datetime(given, format="%Y-%m-%d") if name in VALIDITY else given.astype(float)
        )
    rows["population"] = rows["population"].astype("int64")
    return rows.sort_values("code", ignore_index=True)


def members_columns(round_: Round) -> list[str]:
    """The columns that a round reads of its members' file."""
    return ["code", "name", "county", _GROUP_COLUMN, f"population_{round_.pricing.population_year}"]


def _problems(rows: pd.DataFrame, population: str, file: str) -> list[Problem]:
    wrong = [
        ("code", rows["code"] == "", "the code is blank.", "Give the member a code."),
        ("code", rows["code"].duplicated(), "the code stands twice.", "Keep one of the rows."),
        *((name, rows[name] == "", f"the {name} is blank.", "Fill it in.")
          for name in ("name", "county", _GROUP_COLUMN)),
        (
            population,
            ~rows[population].str.fullmatch(r"[1-9][0-9]{0,9}"),
            "the inhabitants are not a whole number above zero.",
            "Write digits only, without spaces.",
        ),
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


def _not_a_day(column: pd.Series[str]) -> pd.Series[bool]:
    return (column != "") & pd.to_datetime(column, format="%Y-%m-%d", errors="coerce").isna()
