"""Append a row to a round's own register, decisions.csv, in the form that the file has.

Separator, encoding, line ends, columns and headings are the file's; present bytes are not changed.
The new file is read and checked before it replaces the old one.
"""

from __future__ import annotations

import codecs
import csv
from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from io import StringIO

from helpers.data.cells.column_headings import find_answer_pair
from helpers.data.cells.conditions import is_filler
from helpers.data.cells.decisions import parse_decision
from helpers.data.readers.csv_reader import read_raw_csv_rows
from helpers.data.readers.numbered_rows import find_heading, heading_search
from helpers.data.register.columns.register_vocabulary import RegisterVocabulary
from helpers.errors import ReportError

_UTF_16_MARKS = {codecs.BOM_UTF16_LE: "utf-16-le", codecs.BOM_UTF16_BE: "utf-16-be"}
_ANSWER_WORDS = {"yes": ("yes", "ja"), "no": ("no", "nej")}
_COLUMN_TITLES = {
    "code": "the member's code",
    "decided_on": "the day of the decision",
    "received_on": "the day of receipt",
    "registered_on": "the day of registration",
    "years": "the years",
    "condition": "the condition",
    "case_number": "the case number",
    "amount": "the amount",
    "currency": "the currency",
    "confirmed": "the confirmed amount",
}


@dataclass(frozen=True)
class NewAnswer:
    """An answer to record, as text: days as YYYY-MM-DD, '' for values that do not apply."""

    code: str
    decision: str
    decided_on: str
    received_on: str
    registered_on: str = ""
    years: str = ""
    condition: str = ""
    case_number: str = ""
    amount: str = ""
    currency: str = ""
    confirmed: str = ""


def append_answer(data: bytes, file: str, answer: NewAnswer, words: RegisterVocabulary) -> bytes:
    """Return the content of a CSV register with an answer as its last row.

    `words` has the round's members and its rules for headings. Raises ReportError if the file has
    no column for a value, or its encoding no character; DataError if it is not CSV.
    """
    states_amount = answer.amount or answer.currency or answer.confirmed
    if states_amount and not words.settings.reads_amounts:
        raise ReportError("This round has fees, and an answer states no amount: leave it out.")
    separator, rows = read_raw_csv_rows(data, file)
    heading_at = find_heading(rows, heading_search(words.settings))
    if heading_at is None:
        raise ReportError(f"{file} has no heading row. Write one: code, decision and the days.")
    heading = rows[heading_at][1]
    columns = words.columns.positions(heading)
    values = {**vars(answer), "name": words.names[answer.code]}
    _refuse_values_without_column(set(columns), values, file)
    cells = _cells_of(heading, columns, values, [cells for _, cells in rows[heading_at + 1 :]])
    encoding = _encoding_of(data)
    text = data.decode(encoding)
    line_end = "\r\n" if "\r\n" in text else "\n"
    line = StringIO(newline="")
    csv.writer(line, delimiter=separator, lineterminator=line_end).writerow(cells)
    missing_end = "" if text.endswith(("\n", "\r")) else line_end
    return data + _encode(missing_end + line.getvalue(), encoding, file)


def _cells_of(
    heading: Sequence[str],
    columns: Mapping[str, Sequence[int]],
    values: Mapping[str, str],
    earlier: Sequence[Sequence[str]],
) -> list[str]:
    """Return the new row's cells; the answer has the word or mark that the file mostly uses."""
    cells = [""] * len(heading)
    for column, positions in columns.items():
        for at in positions:
            cells[at] = " ".join(values.get(column, "").split())
    decision = values["decision"]
    pair = None if "decision" in columns else find_answer_pair(heading)
    for at in columns.get("decision", []):
        cells[at] = _usual_word(decision, [row[at] for row in earlier if at < len(row)])
    if pair:
        at = pair[decision == "no"]
        written = (row[at] for row in earlier if at < len(row))
        marks = Counter(mark for mark in written if mark and not is_filler(mark))
        cells[at] = max(marks, key=marks.__getitem__, default="x")
    return cells


def _usual_word(decision: str, cells: Sequence[str]) -> str:
    """Return the most frequent word for an answer, or one in the language of the other words."""
    words = Counter(cell for cell in cells if parse_decision(cell) is not None)
    for word, _ in words.most_common():
        if parse_decision(word) == (decision, "") and "," not in word:
            return word
    english, swedish = _ANSWER_WORDS[decision]
    other_answers = {word.casefold() for word in words}
    return swedish if other_answers & {"ja", "nej"} else english


def _refuse_values_without_column(columns: set[str], values: Mapping[str, str], file: str) -> None:
    if "name" in columns:
        columns.add("code")
    lost = [name for name in _COLUMN_TITLES if values.get(name) and name not in columns]
    if lost:
        titles = ", ".join(_COLUMN_TITLES[name] for name in lost)
        raise ReportError(
            f"{file} has no column for {titles}. Add a column with the heading {lost[0]} to it."
        )


def _encoding_of(data: bytes) -> str:
    """Return the encoding with which csv_reader reads the file, without its byte order mark."""
    for mark, encoding in _UTF_16_MARKS.items():
        if data.startswith(mark):
            return encoding
    try:
        data.decode("utf-8")
    except UnicodeDecodeError:
        return "cp1252"
    return "utf-8"


def _encode(text: str, encoding: str, file: str) -> bytes:
    try:
        return text.encode(encoding)
    except UnicodeEncodeError as error:
        raise ReportError(
            f"{file} is in Windows-1252, which has no {error.object[error.start]!r}. Save the file "
            "as UTF-8 and run the command again."
        ) from None
