"""Text that no spreadsheet takes for a formula."""

from __future__ import annotations

# A spreadsheet takes a cell for a formula by its first character. OWASP, "CSV Injection", names
# these and their full-width forms; a tab or a line break before them is passed over.
_FORMULA_STARTS = tuple("=+-@＝＋－＠\t\r\n")


def escape_formula(text: str) -> str:
    """A text that is no formula, whatever program opens the file: an apostrophe goes before it."""
    text = text.replace("\0", "\ufffd")
    return f"'{text}" if text.lstrip(" \u00a0").startswith(_FORMULA_STARTS) else text
