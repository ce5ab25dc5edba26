"""Write corrections of a register row as [[correction]] entries of corrections.toml."""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping
from datetime import date
from typing import Any

import pandas as pd

from helpers.data.register.columns.register_vocabulary import RegisterVocabulary
from helpers.data.register.register_corrections import (
    CORRECTIONS_FILE,
    RegisterCorrection,
    apply_corrections,
)
from helpers.data.register.row_normalization import normalize_rows
from helpers.errors import ReportError
from helpers.model.answer_register import columns_of_register

# Tried in this order until they identify one row.
_MATCH_COLUMNS = ["code", "received_on", "decided_on", "decision"]


def current_rows(
    text: pd.DataFrame, vocabulary: RegisterVocabulary, corrections: list[RegisterCorrection]
) -> pd.DataFrame:
    """Return a register's rows with all corrections applied, as str; removed rows are left out."""
    rows = normalize_rows(text, vocabulary)
    versions = apply_corrections(rows, text, corrections, vocabulary)
    latest = versions[~versions.index.duplicated(keep="last")]
    rows = rows.drop(index=latest.index[latest["removed"].astype(bool)])
    kept = latest.index.intersection(rows.index)
    rows.loc[kept] = latest.loc[kept, rows.columns]
    return rows


def correction_entries(
    rows: pd.DataFrame, row: int, changes: Mapping[str, str], why: str, recorded_on: date
) -> list[RegisterCorrection]:
    """Return the entries that correct a row, one per column.

    Without `changes` it is one entry that removes the row. `rows` are the register's rows with the
    present corrections applied, as str. Raises ReportError for a row that does not exist, that
    cannot be distinguished from another, or that already has the values.
    """
    if row not in rows.index:
        raise ReportError(
            f"The register has no answer in row {row}. Rows count from the top of the file, the "
            "heading row too."
        )
    if unread := [name for name in changes if name not in rows]:
        raise ReportError(f"This round reads no column {unread[0]}: leave it out.")
    changed = {name: value for name, value in changes.items() if rows.at[row, name] != value}
    if changes and not changed:
        raise ReportError(f"Row {row} already has these values. Nothing is to be corrected.")
    current, entries = rows.copy(), []
    for column, value in changed.items() or [(None, None)]:
        match = _match_of(current, row)
        stated: dict[str, Any] = {"remove": True}
        if column is not None:
            expected = str(current.at[row, column])
            stated = {"column": column, "expected": expected, "corrected": value}
            current.loc[row, column] = value
        entries.append(RegisterCorrection(recorded_on=recorded_on, why=why, match=match, **stated))
    return entries


def append_corrections(data: bytes, entries: list[RegisterCorrection]) -> bytes:
    """Append entries to the content of corrections.toml; the present bytes are not changed."""
    line_end = b"\r\n" if b"\r\n" in data else b"\n"
    missing_end = b"" if not data or data.endswith(b"\n") else line_end
    between = line_end if data else b""
    texts = [line_end.join(line.encode() for line in _entry_lines(entry)) for entry in entries]
    return data + missing_end + between + (line_end * 2).join(texts) + line_end


def _match_of(rows: pd.DataFrame, row: int) -> dict[str, str]:
    """Return the fewest columns with their values that identify the row; ReportError if none do."""
    match: dict[str, str] = {}
    found = pd.Series(True, index=rows.index)
    for name in [
        *_MATCH_COLUMNS,
        *(c for c in columns_of_register(rows) if c not in _MATCH_COLUMNS),
    ]:
        match[name] = str(rows.at[row, name])
        found &= rows[name] == match[name]
        if found.sum() == 1 and len(match) > 1:
            return match
    raise ReportError(
        f"Row {row} has the same values as another row, so {CORRECTIONS_FILE} cannot tell them "
        "apart. One of the two is not counted; nothing is to be corrected unless both are wrong."
    )


def _entry_lines(entry: RegisterCorrection) -> Iterator[str]:
    match = ", ".join(f"{name} = {_toml_text(str(value))}" for name, value in entry.match.items())
    yield "[[correction]]"
    yield f"recorded_on = {entry.recorded_on.isoformat()}"
    yield f"why = {_toml_text(entry.why)}"
    yield f"match = {{ {match} }}"
    if entry.remove:
        yield "remove = true"
        return
    for name in ("column", "expected", "corrected"):
        yield f"{name} = {_toml_text(str(getattr(entry, name)))}"


def _toml_text(text: str) -> str:
    """Return a basic string of TOML: escaped as in JSON, and the delete character as well."""
    return json.dumps(text, ensure_ascii=False).replace("\x7f", "\\u007f")
