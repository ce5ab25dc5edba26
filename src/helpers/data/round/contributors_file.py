"""Load the contributors outside the members: contributors.csv, in a round of pledges."""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path

import pandas as pd

from helpers.data.readers.project_csv import read_project_csv
from helpers.errors import DataError, Problem
from helpers.model.funding_round import Round
from helpers.model.member_columns import ADDRESS_COLUMNS, CODE_PATTERN

CONTRIBUTORS_FILE = "contributors.csv"
CONTRIBUTORS_COLUMNS = ["code", "name"]


def with_contributors(members: pd.DataFrame, folder: Path, round_: Round) -> pd.DataFrame:
    """Return the members and, in a round of pledges, the contributors outside them, by code.

    Such a round gets the column `contributor` (bool): whether the row is of a contributor that is
    not a member, and thus not among those asked. Raises DataError, with every problem at once, for
    a file in a round of fees, and for a code or a name that is blank, repeated, or a member's.
    """
    path = folder / CONTRIBUTORS_FILE
    if not round_.pricing.takes_pledges:
        if path.exists():
            raise DataError([_not_read_problem(round_)])
        return members
    inside = members.assign(contributor=False)
    if not path.exists():
        return inside
    rows = read_project_csv(path, CONTRIBUTORS_COLUMNS)[CONTRIBUTORS_COLUMNS]
    if problems := list(_find_problems(rows, members)):
        raise DataError(problems)
    blank = dict.fromkeys(("county", "group", *ADDRESS_COLUMNS), "")
    outside = rows.assign(**blank, population=0, contributor=True)
    everyone = pd.concat([inside, outside.reindex(columns=inside.columns)])
    types = {name: inside[name].dtype for name in inside.columns}
    return everyone.astype(types).sort_values("code", ignore_index=True)


def _not_read_problem(round_: Round) -> Problem:
    return Problem(
        CONTRIBUTORS_FILE,
        f'the pricing rule "{round_.pricing.rule}" asks the members alone.',
        'Delete the file, or write rule = "pledges" in round.toml.',
    )


def _find_problems(rows: pd.DataFrame, members: pd.DataFrame) -> Iterator[Problem]:
    codes = {str(code).casefold() for code in members["code"]}
    names = {str(name).casefold() for name in members["name"]}
    for line, code, name in rows.itertuples(name=None):
        for column, cell, taken in (("code", code, codes), ("name", name, names)):
            fault = _fault(column, cell, taken)
            taken.add(cell.casefold())
            if fault:
                yield Problem(CONTRIBUTORS_FILE, *fault, int(line), column, cell)


def _fault(column: str, cell: str, taken: set[str]) -> tuple[str, str] | None:
    """What is wrong with a cell and what to do; None for nothing."""
    if not cell:
        return f"the {column} is blank.", "Fill it in."
    if cell.casefold() in taken:
        return f"the {column} is already a member's or another contributor's.", "Keep one of them."
    if column == "code" and not re.fullmatch(CODE_PATTERN, cell):
        return (
            "the code names files, and may hold only letters, digits, spaces, hyphens and dots.",
            "Begin it with a letter or a digit; at most 40 characters.",
        )
    return None
