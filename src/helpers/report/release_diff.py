"""The differences between two releases, or between two days of a round, for the terminal."""

from __future__ import annotations

import re
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from helpers.data.round.archived_inputs import (
    RELEASE_SCHEME,
    load_previous_release,
    read_release_json,
)
from helpers.data.round.round_inputs import RoundInputs, load_inputs
from helpers.errors import ReportError
from helpers.funding.figures_json.changes_json import change_figures
from helpers.funding.statement.statement_changes import (
    EarlierStatement,
    StatementChanges,
    as_earlier_statement,
    compare_statements,
)
from helpers.model.parameters import report_params
from helpers.report.report_data import ReportData
from helpers.sections.board.status.changes_section import changes_block

_ISO_DAY_PATTERN = re.compile(r"\d{4}-\d{2}-\d{2}")


@dataclass(frozen=True)
class ReleaseDiff:
    """The later report, and its changes since the earlier one."""

    later: ReportData
    changes: StatementChanges

    @property
    def figures(self) -> dict[str, Any]:
        """The differences by name, as in figures.json."""
        return change_figures(self.changes) or {}


def diff_releases(
    before: str, after: str, round_name: str | None, decisions: str | None, table: str
) -> ReleaseDiff:
    """Return the changes from A to B, each a release's folder or a day with its own knowledge.

    For releases, the printed key figures are compared. Raises ReportError for days without a round,
    and for a text that is neither a folder nor a day.
    """
    days = [value for value in (before, after) if _is_iso_day(value)]
    if days and not round_name:
        raise ReportError(f"{days[0]} is a day: say of which round with --round.")
    inputs = load_inputs(round_name, decisions, table) if days and round_name else None
    later = _load_later(after, inputs)
    return ReleaseDiff(later, compare_statements(_load_earlier(before, inputs), later.statement))


def diff_text(diff: ReleaseDiff) -> str:
    """Return the sums and the tables as text, in English."""
    return changes_block(diff.later.context, diff.changes).plain


def _is_iso_day(value: str) -> bool:
    return _ISO_DAY_PATTERN.fullmatch(value) is not None and not Path(value).is_dir()


def _load_later(value: str, inputs: RoundInputs | None) -> ReportData:
    if _is_iso_day(value) and inputs:
        return _report_on_day(value, inputs)
    parameters = _release_parameters(Path(value))
    source = f"{RELEASE_SCHEME}{value}"
    return ReportData.load(**parameters, decisions=source, language="en")


def _load_earlier(value: str, inputs: RoundInputs | None) -> EarlierStatement:
    if _is_iso_day(value) and inputs:
        return as_earlier_statement(_report_on_day(value, inputs).statement)
    _release_parameters(Path(value))
    return as_earlier_statement(load_previous_release(value))


def _report_on_day(value: str, inputs: RoundInputs) -> ReportData:
    params = report_params(round=inputs.round.name, as_of=value, language="en")
    return ReportData(params, inputs)


def _release_parameters(release: Path) -> dict[str, Any]:
    """Return the parameters of a release; raises ReportError if it is not a board report."""
    run = read_release_json(release / "run.json")
    parameters = run.get("parameters")
    if run.get("kind") != "board-report" or not isinstance(parameters, dict):
        raise ReportError(f"{release} is not the release of a board report.")
    return {name: parameters.get(name) for name in ("round", "as_of", "known_on")}
