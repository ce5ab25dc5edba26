"""How much of a jointly requested sum is funded, by whom, and what is missing."""

# Under private names, so that only what is meant for users is a name of this package.
import importlib as _importlib
import typing as _typing

if _typing.TYPE_CHECKING:
    from helpers.model.parameters import LetterParams, ReportParams
    from helpers.report.analysis.analysis_table import Table
    from helpers.report.analysis.answer_curves import answer_curves
    from helpers.report.analysis.day_explorer import explore_day
    from helpers.report.analysis.described_figure import described
    from helpers.report.analysis.export.table_export import Export
    from helpers.report.analysis.report_comparison import compare
    from helpers.report.analysis.round_list import list_rounds
    from helpers.report.analysis.scenarios.scenario_explorer import explore_scenarios
    from helpers.report.board_report import BoardReport
    from helpers.report.correspondence.credit_letter import CreditLetter
    from helpers.report.correspondence.member_paper import MemberPaper
    from helpers.report.correspondence.request_letter import ReminderLetter, RequestLetter
    from helpers.report.letter_report import MunicipalityLetter
    from helpers.report.recording.answer_form import answer_form

__all__ = [
    "BoardReport",
    "CreditLetter",
    "Export",
    "LetterParams",
    "MemberPaper",
    "MunicipalityLetter",
    "ReminderLetter",
    "ReportParams",
    "RequestLetter",
    "Table",
    "answer_curves",
    "answer_form",
    "compare",
    "described",
    "explore_day",
    "explore_scenarios",
    "list_rounds",
]

# Imported when they are first asked for: papermill imports this package to find its engine, on
# every start, and pandas and matplotlib take a second.
_WHERE = {
    "BoardReport": "helpers.report.board_report",
    "CreditLetter": "helpers.report.correspondence.credit_letter",
    "Export": "helpers.report.analysis.export.table_export",
    "LetterParams": "helpers.model.parameters",
    "MemberPaper": "helpers.report.correspondence.member_paper",
    "MunicipalityLetter": "helpers.report.letter_report",
    "ReminderLetter": "helpers.report.correspondence.request_letter",
    "ReportParams": "helpers.model.parameters",
    "RequestLetter": "helpers.report.correspondence.request_letter",
    "Table": "helpers.report.analysis.analysis_table",
    "answer_curves": "helpers.report.analysis.answer_curves",
    "answer_form": "helpers.report.recording.answer_form",
    "compare": "helpers.report.analysis.report_comparison",
    "described": "helpers.report.analysis.described_figure",
    "explore_day": "helpers.report.analysis.day_explorer",
    "explore_scenarios": "helpers.report.analysis.scenarios.scenario_explorer",
    "list_rounds": "helpers.report.analysis.round_list",
}


def __getattr__(name: str) -> _typing.Any:
    """The public names, each from the module that holds it."""
    if name in _WHERE:
        return getattr(_importlib.import_module(_WHERE[name]), name)
    raise AttributeError(f"module {__name__!r} has no attribute {name!r}")


def __dir__() -> list[str]:
    """The public names, for completion by tab."""
    return list(__all__)
