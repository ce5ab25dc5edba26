"""Read the project's own CSV files as text; each row keeps its line number."""

from __future__ import annotations

from pathlib import Path

import pandas as pd

from helpers.data.cells.column_headings import column_for_heading
from helpers.data.cells.read_budget import MAX_CHARACTERS
from helpers.data.readers.columnar.csv_columns import parse_csv_columns
from helpers.data.readers.text_decoding import decode_text
from helpers.errors import DataError, Problem
from helpers.system.files import read_bytes


def read_project_csv(path: Path, needed: list[str]) -> pd.DataFrame:
    """Read a UTF-8 CSV file (a byte order mark is allowed) with every cell as stripped text.

    The index is the line on which the row begins; the heading is line 1. Other columns than
    `needed` are kept. Commas and semicolons separate. Raises DataError for a missing column, a row
    with more cells than the heading, and a file that is not CSV or not UTF-8. Unlike
    table_reader.read_table it does not accept other encodings: these files belong to the project
    and are archived unchanged.
    """
    data = read_bytes(path, MAX_CHARACTERS)
    try:
        text = data.decode("utf-8-sig")
    except UnicodeDecodeError:
        raise _encoding_error(data, path.name) from None
    table = parse_csv_columns(text, path.name)
    _check_required_columns(table.headings, needed, path.name, table.heading_row)
    return table.frame(path.name)


def csv_of_columns(path: Path, needed: list[str], optional: list[str]) -> str:
    """Return a CSV file's text with only these columns, which may be archived in a release."""
    rows = read_project_csv(path, needed)
    kept = needed + [name for name in optional if name in rows.columns]
    return rows[kept].to_csv(index=False, lineterminator="\n")


def _encoding_error(data: bytes, file: str) -> DataError:
    try:
        _, notes = decode_text(data, file)
    except DataError as error:
        return error
    found = " ".join(notes).removeprefix("Read as ").removesuffix(".") or "another encoding"
    what = f"is not in UTF-8, but in {found}, as Excel writes plain CSV."
    remedy = 'Open it in Excel and save it as "CSV UTF-8 (comma delimited)".'
    return DataError([Problem(file, what, remedy)])


def _check_required_columns(heading: list[str], needed: list[str], file: str, line: int) -> None:
    found = ", ".join(name for name in heading if name)
    known = {column_for_heading(name): name for name in heading if name}
    problems = [
        Problem(
            file,
            f"there is no column {name!r}.",
            f"The columns found are: {found}."
            + (f" Rename {known[name]!r} to {name!r}." if name in known else ""),
            row=line,
            column=name,
        )
        for name in needed
        if name not in heading
    ]
    if problems:
        raise DataError(problems)
