"""Cells and CSV files whose texts no spreadsheet reads as formulas."""

from __future__ import annotations

import csv
from collections.abc import Iterable, Sequence
from decimal import Decimal
from io import StringIO

# A spreadsheet recognises a formula by the first character of a cell. OWASP, "CSV Injection", names
# these and their full-width forms; a tab or a line break before them is passed over.
_FORMULA_STARTS = tuple("=+-@＝＋－＠\t\r\n")


def escape_formula(text: str) -> str:
    """The text with an apostrophe before it if a spreadsheet would read it as a formula."""
    text = text.replace("\0", "\ufffd")
    return f"'{text}" if text.lstrip(" \u00a0").startswith(_FORMULA_STARTS) else text


def spreadsheet_csv(rows: Iterable[Sequence[str | int | Decimal]]) -> bytes:
    """Return rows as CSV that Swedish Excel opens without an import dialog.

    UTF-8 with a byte order mark, semicolons, decimal commas and Windows line ends. A text that a
    spreadsheet would read as a formula gets a leading apostrophe.
    """
    out = StringIO()
    writer = csv.writer(out, delimiter=";", lineterminator="\r\n")
    writer.writerows(_csv_row(row) for row in rows)
    return out.getvalue().encode("utf-8-sig")


def _csv_row(row: Sequence[str | int | Decimal]) -> list[str]:
    return [escape_formula(cell) if isinstance(cell, str) else _decimal_comma(cell) for cell in row]


def _decimal_comma(number: int | Decimal) -> str:
    return str(number).replace(".", ",")
