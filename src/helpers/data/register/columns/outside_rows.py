"""Find rows of a sheet that are not answers: totals, notes and headings, each with a remark."""

from __future__ import annotations

import re
from dataclasses import replace

import pandas as pd

from helpers.data.cells.cell_values import normalize_text
from helpers.data.cells.days import parse_day
from helpers.data.cells.decisions import parse_decision
from helpers.data.cells.distinct_texts import DistinctTexts
from helpers.data.register.columns.member_names import find_member_code
from helpers.data.register.columns.name_columns import alike_members
from helpers.data.register.columns.register_vocabulary import RegisterVocabulary
from helpers.errors import Problem
from helpers.model.answer_register import SourceTable

_TOTAL_WORDS = re.compile(
    r"(?:(?:del)?summa|s:a|∑|Σ|summering|(?:sub)?totals?|totalt|antal|sammanlagt|varav|sum|count|"
    r"number of|genomsnitt|medel(?:värde)?|average|grand total)(?!\w)",
    re.IGNORECASE,
)
# Below the heading of a template: how a day is written, and which answers there are.
_EXAMPLE_CELL = re.compile(
    r"\W*(?:å{2,4}|y{2,4}|ja ?(?:/|eller) ?nej|yes ?(?:/|or) ?no)\b.*", re.IGNORECASE
)
# A remark that begins with "Antal" does not make its row a total.
_FREE_TEXT_COLUMNS = ("condition", "note", "source", "case_number")
_SEPARATORS = re.compile(r"[,;|\t]")
_NUMBER_OR_PERCENT = re.compile(r"[+-]?[0-9][0-9\s.,]*\s?%?")


def set_aside_other_rows(
    table: SourceTable, words: RegisterVocabulary
) -> tuple[SourceTable, list[Problem]]:
    """Return the table without totals, notes and repeated headings, and a remark on each."""
    positions = words.columns.positions(list(table.rows.columns))
    remarks = []
    for row, cells in _rows_without_member(table, positions, words):
        if what := _kind_of_row(cells, positions, words):
            remarks.append(
                Problem(
                    table.file,
                    f"the row is {what}, and was not read as an answer.",
                    "Nothing needs to be done, if that is right.",
                    row,
                    None,
                    None,
                    table.sheet,
                    "warning",
                )
            )
    gone = [remark.row for remark in remarks]
    return (replace(table, rows=table.rows.drop(index=gone)) if gone else table), remarks


def _rows_without_member(
    table: SourceTable, positions: dict[str, list[int]], words: RegisterVocabulary
) -> list[tuple[int, list[str]]]:
    """Return the rows in which neither code nor name is a member's; they are few."""
    member = pd.Series(False, index=table.rows.index)
    for column in ("code", "name"):
        for at in positions.get(column, []):
            member |= DistinctTexts(table.rows.iloc[:, at]).match(
                lambda text: bool(text and find_member_code(text, words.index, words.names))
            )
    return [
        (int(str(row)), list(cells)) for row, *cells in table.rows[~member].itertuples(name=None)
    ]


def _kind_of_row(
    cells: list[str], positions: dict[str, list[int]], words: RegisterVocabulary
) -> str | None:
    """Return the kind of a row without a member; None if it may be an answer with a mistake."""
    if words.columns.is_heading_row(cells):
        return "a heading that is repeated"
    at_members = [at for name in ("code", "name") for at in positions.get(name, [])]
    if not any(cells[at] for at in at_members) and any(map(_EXAMPLE_CELL.fullmatch, cells)):
        return "an explanation of the columns"
    at_days = [at for name in ("decided_on", "received_on") for at in positions.get(name, [])]
    if any(parse_day(cells[at], words.settings.date_order) for at in at_days if cells[at]):
        return None
    free_text = {at for name in _FREE_TEXT_COLUMNS for at in positions.get(name, [])}
    filled = [cell for at, cell in enumerate(cells) if cell and at not in free_text]
    labels = [cell for cell in filled if not _NUMBER_OR_PERCENT.fullmatch(cell)]
    has_code = any(_NUMBER_OR_PERCENT.fullmatch(cells[at]) for at in positions.get("code", []))
    if not has_code and _is_total(filled, labels):
        return "a total"
    filled = [cell for cell in cells if cell]
    labels = [cell for cell in filled if not _NUMBER_OR_PERCENT.fullmatch(cell)]
    alone = len(filled) == 1 and bool(labels)
    return "a note or a subheading" if alone and not _may_be_misspelt(labels[0], words) else None


def _is_total(filled: list[str], labels: list[str]) -> bool:
    """Return whether a row is a total.

    A total has a word for it, counts one answer ("Ja 209"), or consists of numbers.
    """
    if any(_TOTAL_WORDS.match(normalize_text(cell)) for cell in filled):
        return True
    if len(filled) > len(labels) == 1:
        return parse_decision(labels[0]) is not None
    return bool(filled) and not labels


def _may_be_misspelt(label: str, words: RegisterVocabulary) -> bool:
    """Return whether the only text of a row is an answer, nearly a member's name, or a whole row.

    A row with another separator than the others is in one cell.
    """
    parts = [part.strip() for part in _SEPARATORS.split(label)]
    is_row = any(map(parse_decision, parts)) and any(map(parse_day, parts))
    return is_row or parse_decision(label) is not None or bool(alike_members(label, words.index))
