"""How much of a jointly requested sum is funded, by whom, and what is missing."""

from __future__ import annotations

from importlib import import_module
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from helpers.desk.compare import compare
    from helpers.desk.described import described
    from helpers.desk.export import Export
    from helpers.desk.rounds import list_rounds
    from helpers.desk.slider import explore_day
    from helpers.desk.table import Table
    from helpers.letter import MunicipalityLetter
    from helpers.parameters import LetterParams, ReportParams
    from helpers.report import BoardReport

__all__ = [
    "BoardReport",
    "Export",
    "LetterParams",
    "MunicipalityLetter",
    "ReportParams",
    "Table",
    "compare",
    "described",
    "explore_day",
    "list_rounds",
]

# Imported when they are first asked for: papermill imports this package to find its engine, on
# every start, and pandas and matplotlib take a second.
_WHERE = {
    "BoardReport": "helpers.report",
    "Export": "helpers.desk.export",
    "LetterParams": "helpers.parameters",
    "MunicipalityLetter": "helpers.letter",
    "ReportParams": "helpers.parameters",
    "Table": "helpers.desk.table",
    "compare": "helpers.desk.compare",
    "described": "helpers.desk.described",
    "explore_day": "helpers.desk.slider",
    "list_rounds": "helpers.desk.rounds",
}


def __getattr__(name: str) -> Any:
    """The public names, each from the module that holds it."""
    if name in _WHERE:
        return getattr(import_module(_WHERE[name]), name)
    raise AttributeError(f"module {__name__!r} has no attribute {name!r}")


def __dir__() -> list[str]:
    """The public names, for completion by tab."""
    return [*globals(), *__all__]
