"""Interpret a cell of conditions: a filler means no condition, a mark one without a text."""

from __future__ import annotations

import re

from helpers.data.cells.cell_values import normalize_text

# As written by people, spreadsheets, databases and programs.
_FILLERS = {
    "null", "nil", "\\n", "none", "nan", "nat", "n/a", "n.a", "na", "undefined", "missing",
    "false", "falskt", "falsk", "false()", "falskt()", "0", "0.0", "0,0", "nej", "nej tack", "no",
    "n", "ej", "utan", "inget", "ingen", "inga", "saknas", "tom", "tomt", "blank", "blankt",
    "inget särskilt", "ej aktuellt", "ej aktuell", "ej tillämpligt", "ej tillämplig",
    "ej relevant", "no condition", "no conditions", "unconditional", "villkorslöst", "ovillkorat",
    "ovillkorligt", "ej villkorat", "☐", "□",
    # How spreadsheets show a link to a blank cell where days or times are expected.
    "0:00", "00:00", "00:00:00", "0000-00-00", "1900-01-00", "1899-12-30", "1899-12-31",
}  # fmt: skip
_NO_CONDITION = re.compile(
    r"(?:nej[,.:;]? )?(?:det )?(?:finns )?(?:inga|ingen|inget|utan|ej|inte|saknar)"
    r"(?: (?:särskil(?:da|t|d)|några|något|andra|ytterligare|egna))?"
    r" (?:villkor|förbehåll|krav|förutsättning(?:ar)?)"
    r"(?:(?:,| eller| och|/) ?(?:villkor|förbehåll|krav|förutsättning(?:ar)?))*"
    r"|(?:villkor|förbehåll)(?: saknas| finns (?:ej|inte)|: ?(?:nej|inga|inget|saknas|-))"
)
_ONLY_LINES = re.compile(r"[\s.,_\-‐‑‒–—―−·…\"'”“’()\[\]{}<>/|\\]+")
_BRACKETS = [("(", ")"), ("<", ">"), ("[", "]"), ("{", "}")]
_UNKNOWN = {"vet ej", "vet inte", "okänt", "oklart", "uppgift saknas", "ingen uppgift", "unknown"}
_THREE_LETTERS = re.compile(r"[^\W\d_]{3}")
_YES_MARKS = {
    "ja",
    "j",
    "yes",
    "y",
    "true",
    "sant",
    "sann",
    "x",
    "1",
    "1.0",
    "✓",
    "✔",
    "☑",
    "☒",
    "√",
}
ERROR_BEGINS = ("#", "E", "e")  # how an error cell begins
# As Excel in Swedish and English, LibreOffice and a column that is too narrow show an error.
_ERROR_CELL = re.compile(
    r"#[^\W\d_][\w/ .]*[!?]|#N/A|#SAKNAS|#OKÄNT|#GETTING_DATA|Err:[0-9]{3}|#{3,}", re.IGNORECASE
)


def is_filler(text: str) -> bool:
    """Return whether a text in the column of conditions means "no condition"; False for ''."""
    plain = _plain(text)
    return (
        plain in _FILLERS
        or _NO_CONDITION.fullmatch(plain) is not None
        or _ONLY_LINES.fullmatch(text) is not None
    )


def is_hardly_a_condition(text: str) -> bool:
    """Return whether a text that is not a filler states no condition either: "?", "vet ej"."""
    if not text or is_filler(text) or is_bare_mark(text) or is_error_cell(text):
        return False
    return _plain(text) in _UNKNOWN or _THREE_LETTERS.search(text) is None


def is_bare_mark(text: str) -> bool:
    """Return whether a text says that there is a condition, but not which ('ja', TRUE, x)."""
    return _plain(text) in _YES_MARKS


def is_error_cell(text: str) -> bool:
    """Return whether a text is an error as a spreadsheet shows it (#N/A, #SAKNAS!, Err:502)."""
    return text.startswith(ERROR_BEGINS) and _ERROR_CELL.fullmatch(normalize_text(text)) is not None


def _plain(text: str) -> str:
    text = normalize_text(text).casefold()
    text = text.strip("\"'”“’‘`´").strip() or text  # a mark that is not closed is a stray one
    text = text.rstrip(".!") or text
    inner = text[1:-1].strip()
    return inner if inner and (text[0], text[-1]) in _BRACKETS else text
