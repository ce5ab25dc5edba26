"""Reads tables as they come, as text, each row keeping its line in the file."""

from __future__ import annotations

import csv
from collections.abc import Iterator
from io import StringIO
from pathlib import Path

import pandas as pd

from helpers.data.round_files import read_bytes
from helpers.errors import DataError, Problem, ReportError


def read_csv(path: Path, needed: list[str]) -> pd.DataFrame:
    """Read a UTF-8 CSV file (a byte order mark is allowed) with every cell as stripped text.

    The index is the line on which the row begins, the heading being line 1. Columns that nobody
    asked for are kept; a missing one of `needed`, a row with more cells than the heading, a file
    that is not CSV or not UTF-8 is a DataError.
    """
    try:
        lines = list(_lines(read_bytes(path).decode("utf-8-sig")))
    except (UnicodeDecodeError, csv.Error) as error:
        raise _unreadable(path, str(error)) from None
    if not lines or not any(lines[0][1]):
        raise _unreadable(path, "it has no heading row")
    heading = lines[0][1]
    _check_heading(heading, needed, path.name)
    rows = [(line, cells) for line, cells in lines[1:] if any(cells)]
    _check_lengths(rows, len(heading), path.name)
    filled = [cells + [""] * (len(heading) - len(cells)) for _, cells in rows]
    return pd.DataFrame(filled, columns=heading, index=[line for line, _ in rows], dtype="str")


def known_columns(path: Path, columns: list[str]) -> str:
    """A CSV file's text with only those columns: what may travel into a release."""
    return read_csv(path, columns)[columns].to_csv(index=False, lineterminator="\n")


def _lines(text: str) -> Iterator[tuple[int, list[str]]]:
    """Each row with the line it begins on: a quoted cell may run over several."""
    reader, begins = csv.reader(StringIO(text, newline=""), strict=True), 1
    for cells in reader:
        yield begins, [cell.strip() for cell in cells]
        begins = reader.line_num + 1


def _unreadable(path: Path, why: str) -> DataError:
    remedy = "Save it as comma-separated UTF-8 with a heading row."
    return DataError([Problem(path.name, f"cannot be read as CSV: {why}.", remedy)])


def _check_lengths(rows: list[tuple[int, list[str]]], width: int, file: str) -> None:
    problems = [
        Problem(
            file,
            f"has {len(cells)} cells but the heading has {width}.",
            "Put a cell that holds a comma in quotation marks.",
            row=line,
        )
        for line, cells in rows
        if len(cells) > width
    ]
    if problems:
        raise DataError(problems)


def _check_heading(heading: list[str], needed: list[str], file: str) -> None:
    problems = [
        Problem(
            file,
            f"there is no column {name!r}.",
            f"The columns found are: {', '.join(heading)}.",
            row=1,
            column=name,
        )
        for name in needed
        if name not in heading
    ]
    if problems:
        raise DataError(problems)
    twice = sorted({name for name in heading if name and heading.count(name) > 1})
    if twice:
        raise ReportError(f"{file}: columns that stand twice: {', '.join(twice)}. Keep one each.")
