"""Reads the project's own CSV files as text, each row keeping its line in the file."""

from __future__ import annotations

from pathlib import Path

import pandas as pd

from helpers.data.readers.csv_reader import csv_error, parse_csv_rows
from helpers.data.readers.numbered_rows import rows_to_frame
from helpers.errors import DataError, Problem
from helpers.system.files import read_bytes


def read_project_csv(path: Path, needed: list[str]) -> pd.DataFrame:
    """Read a UTF-8 CSV file (a byte order mark is allowed) with every cell as stripped text.

    The index is the line on which the row begins, the heading being line 1. Columns that nobody
    asked for are kept; a missing one of `needed`, a row with more cells than the heading, a file
    that is not CSV or not UTF-8 is a DataError. Other encodings are refused here, and not guessed
    as table_reader.read_table does: what a project keeps is under its own control.
    """
    try:
        text = read_bytes(path).decode("utf-8-sig")
    except UnicodeDecodeError as error:
        raise csv_error(path.name, str(error)) from None
    rows = parse_csv_rows(text, path.name)
    line, heading = rows[0]
    _check_required_columns(heading, needed, path.name, line)
    return rows_to_frame(rows, path.name)


def csv_of_columns(path: Path, needed: list[str], optional: list[str]) -> str:
    """A CSV file's text with only those columns: what may travel into a release."""
    rows = read_project_csv(path, needed)
    kept = needed + [name for name in optional if name in rows.columns]
    return rows[kept].to_csv(index=False, lineterminator="\n")


def _check_required_columns(heading: list[str], needed: list[str], file: str, line: int) -> None:
    found = ", ".join(name for name in heading if name)
    problems = [
        Problem(
            file,
            f"there is no column {name!r}.",
            f"The columns found are: {found}.",
            row=line,
            column=name,
        )
        for name in needed
        if name not in heading
    ]
    if problems:
        raise DataError(problems)
