"""Cells and workbooks whose texts no spreadsheet reads as formulas."""

from __future__ import annotations

# A spreadsheet recognises a formula by the first character of a cell. OWASP, "CSV Injection", names
# these and their full-width forms; a tab or a line break before them is passed over.
_FORMULA_STARTS = tuple("=+-@＝＋－＠\t\r\n")


def escape_formula(text: str) -> str:
    """The text with an apostrophe before it if a spreadsheet would read it as a formula."""
    text = text.replace("\0", "\ufffd")
    return f"'{text}" if text.lstrip(" \u00a0").startswith(_FORMULA_STARTS) else text
