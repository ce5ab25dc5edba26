"""Interpret a cell of conditions: a filler means no condition, a mark one without a text."""

from __future__ import annotations

import re

from helpers.data.cells.cell_values import normalize_text

# As written by people, spreadsheets, databases and programs.
_FILLERS = {
    "null", "(null)", "<null>", "[null]", "nil", "\\n", "none", "nan", "nat", "n/a", "na", "<na>",
    "false", "falskt", "falsk", "0", "0.0", "0,0", "nej", "no", "n", "-", "--", "---", "–", "—",
    "−", "inget", "ingen", "inga", "inget villkor", "inga villkor", "utan villkor", "saknas",
    "tomt",
    "inget förbehåll", "inga förbehåll", "utan förbehåll", "ej aktuellt", "ej tillämpligt",
    "no condition", "no conditions", "unconditional", "villkorslöst", "ovillkorat", '""', "''",
    "☐", "□",
}  # fmt: skip
_MARKS = {"ja", "j", "yes", "y", "true", "sant", "sann", "x", "1", "1.0", "✓", "✔", "☑", "☒", "√"}
# As Excel in Swedish and English, LibreOffice and a column that is too narrow show an error.
_ERROR_CELL = re.compile(
    r"#[^\W\d_][\w/ .]*[!?]|#N/A|#SAKNAS|#OKÄNT|#GETTING_DATA|Err:[0-9]{3}|#{3,}", re.IGNORECASE
)


def is_filler(text: str) -> bool:
    """Return whether a text in the column of conditions means "no condition"; False for ''."""
    return _plain(text) in _FILLERS


def is_bare_mark(text: str) -> bool:
    """Return whether a text says that there is a condition, but not which ('ja', TRUE, x)."""
    return _plain(text) in _MARKS


def is_error_cell(text: str) -> bool:
    """Return whether a text is an error as a spreadsheet shows it (#N/A, #SAKNAS!, Err:502)."""
    return (
        text.startswith(("#", "E", "e")) and _ERROR_CELL.fullmatch(normalize_text(text)) is not None
    )


def _plain(text: str) -> str:
    text = normalize_text(text).casefold()
    return text.rstrip(".!") or text
