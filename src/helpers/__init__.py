"""How much of a jointly requested sum is funded, by whom, and what is missing."""

from __future__ import annotations

from importlib import import_module
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from helpers.letter import MunicipalityLetter
    from helpers.parameters import LetterParams, ReportParams
    from helpers.report import BoardReport

__all__ = ["BoardReport", "LetterParams", "MunicipalityLetter", "ReportParams"]

# Imported when they are first asked for: papermill imports this package to find its engine, on
# every start, and pandas and matplotlib take a second.
_WHERE = {
    "BoardReport": "helpers.report",
    "LetterParams": "helpers.parameters",
    "MunicipalityLetter": "helpers.letter",
    "ReportParams": "helpers.parameters",
}


def __getattr__(name: str) -> Any:
    """The public names, each from the module that holds it."""
    if name in _WHERE:
        return getattr(import_module(_WHERE[name]), name)
    raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
