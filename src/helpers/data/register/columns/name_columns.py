"""Distinguish a column of members' names from one of respondents' names, which is not read.

In an export of a form, the column "Namn" is often the person who filled it in. A name that
resembles no member's may be a person's: it is neither printed nor archived.
"""

from __future__ import annotations

import re

import pandas as pd

from helpers.data.cells.cell_values import normalize_text
from helpers.data.cells.conditions import is_error_cell
from helpers.data.cells.distinct_texts import DistinctTexts
from helpers.data.register.columns.member_names import MemberNameIndex, find_member_code
from helpers.errors import Problem
from helpers.model.answer_register import SourceTable

# Replaces a name that resembles no member's.
HIDDEN_NAME = "[a name that resembles no member's]"
_NAMES_COMPARED = 200  # distinct names, if few are exact members' names: fuzzy comparison is slow
_NAME_PARTS = re.compile(r"[,;:/()|–—]| - ")
_BODY = re.compile(r"(kommun|stad)s?", re.IGNORECASE)
_IN_A_PLACE = re.compile(r".+ (?:i|för|in|of) (?P<place>.+)")
_LONGEST_NAME = 4  # words, with "kommun" or "stad"
_CODE_LIKE = re.compile(r"[\W0-9]{1,8}")


def mentioned_member(name: str, index: MemberNameIndex) -> str | None:
    """Return the code of the only member that a cell names, alone or among other words, or None.

    "Göteborgs Stad, stadsledningskontoret" and "Kommunstyrelsen i Umeå" each name one.
    """
    if code := find_member_code(name, index, index.members):
        return code
    plain = normalize_text(name)
    words = plain.replace(",", " ").split()
    ends = [at for at, word in enumerate(words, 1) if _BODY.fullmatch(word)]
    windows = [
        " ".join(words[end - length : end])
        for end in ends
        for length in range(2, min(_LONGEST_NAME, end) + 1)
    ]
    place = _IN_A_PLACE.fullmatch(plain)
    parts = [*_NAME_PARTS.split(plain), *windows, *([place["place"]] if place else [])]
    found = {index.find_code(part.strip()) for part in parts} - {None}
    other_codes = set(re.findall("[0-9]+", plain)) & set(index.members) - found
    return found.pop() if len(found) == 1 and not other_codes else None


def alike_members(name: str, index: MemberNameIndex) -> list[str]:
    """Return the codes of the members whose names are closest to a misspelt name, best first.

    A name with more words than the member's is not a misspelling of it: "Eva Berg" is not Berg.
    """
    body = _BODY.fullmatch(normalize_text(name).rpartition(" ")[2])
    words = len(normalize_text(name).split()) - bool(body)
    near = [short for short in index.suggest(name) if words <= len(re.split("[ -]", short))]
    return [code for short in near if (code := index.find_code(short))]


def resembles_member(name: str, index: MemberNameIndex) -> bool:
    """Return whether a name is a member's, mentions one, or is a misspelling of one."""
    return mentioned_member(name, index) is not None or bool(alike_members(name, index))


def is_respondents_column(names: pd.Series[str], index: MemberNameIndex) -> bool:
    """Return whether fewer than half of a column's names resemble a member's.

    False for a column without names.
    """
    said = DistinctTexts(names).match(lambda name: bool(name) and not is_error_cell(name))
    counts = names[said].value_counts()
    if counts.empty:
        return False
    exact = [mentioned_member(str(name), index) is not None for name in counts.index]
    if 2 * int(counts[exact].sum()) >= int(counts.sum()):
        return False
    sample = counts.head(_NAMES_COMPARED)
    alike = [resembles_member(str(name), index) for name in sample.index]
    return 2 * int(sample[alike].sum()) < int(sample.sum())


def has_some_member(names: pd.Series[str], index: MemberNameIndex) -> bool:
    """Return whether any name of a column is a member's, or mentions one."""
    return any(mentioned_member(str(name), index) is not None for name in names.unique())


def shortened_name_remarks(
    table: SourceTable, names: pd.Series[str], shown: pd.Series[str]
) -> list[Problem]:
    """Return a repair for each row whose member was found in a longer name.

    It quotes only the member's name; the other words may be a person's.
    """
    return [
        Problem(
            table.file,
            f"a longer name was read as {shown[row]}.",
            "Write the member's code, or its name alone.",
            int(row),
            "name",
            str(shown[row]),
            table.sheet,
            "repair",
        )
        for row in names.index[(names != shown) & (shown != HIDDEN_NAME)]
    ]


def respondents_remark(table: SourceTable, position: int) -> Problem:
    """Return the remark that a column of names is not read; it quotes no name."""
    what = (
        f"the column {table.rows.columns[position]!r} holds names that are not the members'. It "
        "was not read, and no release keeps it."
    )
    remedy = "Nothing needs to be done, if they are the names of persons who answered."
    return Problem(table.file, what, remedy, None, None, None, table.sheet, "warning")


def hide_strangers(names: pd.Series[str], index: MemberNameIndex) -> pd.Series[str]:
    """Replace each name that resembles no member's by HIDDEN_NAME.

    If a name mentions a member among other words, only the member's name is kept.
    """
    return DistinctTexts(names).map(lambda name: _shown_name(name, index))


def _shown_name(name: str, index: MemberNameIndex) -> str:
    if (
        not name
        or is_error_cell(name)
        or _CODE_LIKE.fullmatch(name)
        or find_member_code(name, index, index.members)
    ):
        return name
    mentioned = mentioned_member(name, index)
    if mentioned is not None:
        return index.members[mentioned]
    return name if alike_members(name, index) else HIDDEN_NAME
