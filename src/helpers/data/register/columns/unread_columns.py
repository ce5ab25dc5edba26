"""Find columns that are not read although their headings concern what a report counts.

They are never left out without a message: "Ändrat svar", "Återtaget", "Villkor 2" or "Belopp" may
change what an answer means, and only the organiser knows.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator

import pandas as pd

from helpers.data.cells.cell_values import normalize_text
from helpers.data.cells.conditions import is_bare_mark, is_filler
from helpers.data.cells.days import parse_day
from helpers.data.cells.decisions import is_no_answer, parse_decision
from helpers.data.register.columns.member_names import find_member_code
from helpers.data.register.columns.register_vocabulary import RegisterVocabulary
from helpers.errors import Problem
from helpers.model.answer_register import SourceTable

_CELLS_LOOKED_AT = 2_000  # different texts of a column; more would not change the result

# Subjects of a heading by its words. "svarsdatum" and "svar från" are other subjects.
_ABOUT_SOMETHING_ELSE = re.compile(
    r"\b(?:från|av|via|kanal|datum|dag|dat|den|tid|person|kontakt|e-?post|mejl|mail|telefon|fil|"
    r"bilaga|länk|by|from|date|on|person|contact|file|link)\b|datum|dag$|§|paragraf",
    re.IGNORECASE,
)
_ABOUT_ANSWERS = re.compile(
    r"svar(?:et|en)?\b|\bbesked|\bställningstagande|\bbeslut(?:et)?\b|\bja\b|\bnej\b|\banswers?\b|"
    r"\bdecisions?\b|\bresponse\b|\breply\b|\byes\b|\bno\b|\bdeltar\b|\bmedverkar\b",
    re.IGNORECASE,
)
_ABOUT_CONDITIONS = re.compile(
    r"villkor|förbehåll|förutsättning|\bkrav\b|condition|reservation", re.IGNORECASE
)
_ABOUT_WITHDRAWALS = re.compile(
    r"återtag|återkall|åter(?:get|gick)|ångra|upphäv|tillbaka|makuler|annuller|överklag|withdr|"
    r"revok|cancel|retract|appeal",
    re.IGNORECASE,
)
_ABOUT_AMOUNTS = re.compile(
    r"belopp|summa|avgift|\bbidrag|\bkronor\b|\bkr\b|\bsek\b|\bmnkr\b|\btkr\b|utfäst|amount|\bfee\b|"
    r"pledge|contribution|\bsum\b",
    re.IGNORECASE,
)
_NUMBER = re.compile(r"[+-]?[0-9][0-9\s.,]*")


def doubtful_column_problems(
    table: SourceTable, read: set[int], words: RegisterVocabulary
) -> list[Problem]:
    """Return an error for each column that is not read or ignored, and may change what is counted.

    `read` has the positions of the columns that are read.
    """
    problems = []
    for at, heading in enumerate(table.rows.columns):
        if at in read or words.columns.is_ignored(heading):
            continue
        cells = table.rows.iloc[:, at]
        texts = [text for text in cells.unique() if text][:_CELLS_LOOKED_AT]
        if texts and (what := _doubt(heading, texts, cells, table, words)):
            row = int(cells.index[cells.isin(what[1])][0])
            problems.append(_doubt_problem(table, heading, what[0], row))
    return problems


def only_date_column(table: SourceTable, words: RegisterVocabulary) -> int | None:
    """Return the only column whose cells are days, whatever its heading.

    Returns None if there is no such column or several.
    """
    found = []
    for at in range(table.rows.shape[1]):
        texts = [text for text in table.rows.iloc[:, at].unique() if text]
        order = words.settings.date_order
        if texts and all(parse_day(text, order) for text in texts[:_CELLS_LOOKED_AT]):
            found.append(at)
    return found[0] if len(found) == 1 else None


def _doubt(
    heading: str,
    texts: list[str],
    cells: pd.Series[str],
    table: SourceTable,
    words: RegisterVocabulary,
) -> tuple[str, list[str]] | None:
    """Return what a column may say that is counted, and its texts that say it; None for nothing."""
    name = normalize_text(heading).replace("_", " ")
    found: list[tuple[str, re.Pattern[str], Callable[[str], bool]]] = [
        ("withdrawals", _ABOUT_WITHDRAWALS, lambda text: not is_filler(text)),
        ("conditions", _ABOUT_CONDITIONS, lambda text: not is_filler(text)),
    ]
    if not _ABOUT_SOMETHING_ELSE.search(name):
        found.append(("answers", _ABOUT_ANSWERS, _may_be_an_answer))
    for subject, pattern, counts in found:
        said = [text for text in texts if counts(text)]
        if pattern.search(name) and said:
            return subject, said
    if _ABOUT_AMOUNTS.search(name):
        other = list(_amounts_but_the_fee(cells, table, words))
        return ("amounts", other) if other else None
    return None


def _may_be_an_answer(text: str) -> bool:
    """Return whether a text may be an answer: short, and not a day, a number or a blank word."""
    if is_no_answer(text) or parse_day(text) or _NUMBER.fullmatch(text):
        return False
    return parse_decision(text) is not None or is_bare_mark(text) or len(text.split()) <= 2


def _amounts_but_the_fee(
    cells: pd.Series[str], table: SourceTable, words: RegisterVocabulary
) -> Iterator[str]:
    """Yield the amounts of a column that differ from the fee of the row's member."""
    amounts = {text: _whole_amount(text) for text in cells.unique()}
    positions = words.columns.positions(list(table.rows.columns))
    at_member = [*positions.get("code", []), *positions.get("name", [])][:1]
    fees = words.fees() if any(amounts.values()) and at_member else {}
    members = table.rows.iloc[:, at_member[0]] if at_member else cells
    codes = {one: find_member_code(one, words.index, words.names) for one in members.unique()}
    for text, member in zip(cells, members, strict=True):
        if amounts[text] and amounts[text] != fees.get(codes[member] or ""):
            yield text


def _whole_amount(text: str) -> int | None:
    """Return an amount in whole currency units, without öre; None if the text is not a number."""
    if not _NUMBER.fullmatch(text):
        return None
    whole = re.sub(r"[.,][0-9]{1,2}$", "", text.strip())
    digits = re.sub(r"\D", "", whole)
    return int(digits) if digits else None


def _doubt_problem(table: SourceTable, heading: str, subject: str, row: int) -> Problem:
    columns = {"answers": "decision", "conditions": "condition"}
    meaning = f'"{columns[subject]}" or "ignore"' if subject in columns else '"ignore"'
    what = f"the column {heading!r} seems to hold {subject}, and is not read."
    remedy = f'Write in round.toml, under [register.columns], what it is: "{heading}" = {meaning}.'
    if subject == "withdrawals":
        remedy = f"Record each withdrawal as a new row, with the answer that counts then. {remedy}"
    return Problem(table.file, what, remedy, row, heading, None, table.sheet)
