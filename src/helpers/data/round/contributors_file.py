"""Load the contributors outside the members: contributors.csv, in a round of pledges."""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path
from typing import TypeAlias

import pandas as pd

from helpers.data.readers.project_csv import read_project_csv
from helpers.errors import DataError, Problem
from helpers.model.funding_round import Round
from helpers.model.member_columns import ADDRESS_COLUMNS, CODE_PATTERN, MAIL_PATTERN
from helpers.system.files import is_present

CONTRIBUTORS_FILE = "contributors.csv"
_NEEDED = ["code", "name"]
CONTRIBUTORS_COLUMNS = [*_NEEDED, *ADDRESS_COLUMNS]

CellRule: TypeAlias = tuple[str, "pd.Series[bool]", str, str]


def with_contributors(members: pd.DataFrame, folder: Path, round_: Round) -> pd.DataFrame:
    """Return the members and, in a round of pledges, the contributors outside them, by code.

    Such a round gets the column `contributor` (bool): whether the row is of a contributor that is
    not a member, and thus not among those asked. The file may have official_name and address, as
    the members' file. Raises DataError, with every problem at once, for
    a file in a round of fees, for a code or a name that is blank, repeated, or a member's, and for
    an address that is not a mail address.
    """
    path = folder / CONTRIBUTORS_FILE
    if not round_.pricing.takes_pledges:
        if is_present(path):
            raise DataError([_not_read_problem(round_)])
        return members
    inside = members.assign(contributor=False)
    if not is_present(path):
        return inside
    rows = read_project_csv(path, _NEEDED)
    addressed = [name for name in ADDRESS_COLUMNS if name in rows.columns]
    rows = rows[[*_NEEDED, *addressed]]
    if problems := list(_find_problems(rows, members)):
        raise DataError(problems)
    inside = inside.assign(**{name: "" for name in addressed if name not in inside})
    blank = dict.fromkeys({"county", "group", *ADDRESS_COLUMNS} - set(addressed), "")
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
    for line, code, name in rows[_NEEDED].itertuples(name=None):
        for column, cell, taken in (("code", code, codes), ("name", name, names)):
            fault = _fault(column, cell, taken)
            taken.add(cell.casefold())
            if fault:
                yield Problem(CONTRIBUTORS_FILE, *fault, int(line), column, cell)
    for column, is_wrong, what, remedy in address_rules(rows):
        for line, cell in rows.loc[is_wrong, column].items():
            yield Problem(CONTRIBUTORS_FILE, what, remedy, int(str(line)), column, cell)


def address_rules(rows: pd.DataFrame) -> list[CellRule]:
    """Return the rule of the mail address of an office, if the rows have one."""
    if "address" not in rows.columns:
        return []
    wrong = ~rows["address"].str.fullmatch(MAIL_PATTERN)
    remedy = "Write it as office@example.org, or leave it blank."
    return [("address", wrong, "is not a mail address.", remedy)]


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
