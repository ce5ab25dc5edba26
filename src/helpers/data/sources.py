"""Reads tables as they come, as text, each row keeping its line in the file."""

from __future__ import annotations

from io import BytesIO
from pathlib import Path

import pandas as pd

from helpers.data.round_files import read_bytes
from helpers.errors import DataError, Problem, ReportError


def read_csv(path: Path, needed: list[str]) -> pd.DataFrame:
    """Read a UTF-8 CSV file (a byte order mark is allowed) with every cell as stripped text.

    The index is the line in the file, the heading being line 1. Columns that nobody asked for are
    kept; a missing one of `needed`, a file that is not CSV or not UTF-8 is a DataError.
    """
    content = read_bytes(path)
    try:
        rows = pd.read_csv(
            BytesIO(content), dtype=str, keep_default_na=False, encoding="utf-8-sig",
            skip_blank_lines=False, on_bad_lines="error", index_col=False,
        )  # fmt: skip
    except (UnicodeDecodeError, pd.errors.ParserError, pd.errors.EmptyDataError) as error:
        problem = Problem(
            path.name,
            f"cannot be read as CSV: {str(error).strip()}.",
            "Save it as comma-separated UTF-8 with a heading row.",
        )
        raise DataError([problem]) from None
    rows.columns = rows.columns.str.strip()
    _check_heading(rows, needed, path.name)
    rows = pd.DataFrame({name: column.str.strip() for name, column in rows.items()})
    rows.index = pd.RangeIndex(2, len(rows) + 2)
    return rows.loc[(rows != "").any(axis=1)]


def known_columns(path: Path, columns: list[str]) -> str:
    """A CSV file's text with only those columns: what may travel into a release."""
    return read_csv(path, columns)[columns].to_csv(index=False, lineterminator="\n")


def _check_heading(rows: pd.DataFrame, needed: list[str], file: str) -> None:
    problems = [
        Problem(
            file,
            f"there is no column {name!r}.",
            f"The columns found are: {', '.join(rows.columns)}.",
            row=1,
            column=name,
        )
        for name in needed
        if name not in rows.columns
    ]
    if problems:
        raise DataError(problems)
    twice = sorted(rows.columns[rows.columns.duplicated()])
    if twice:
        raise ReportError(f"{file}: columns that stand twice: {', '.join(twice)}. Keep one each.")
