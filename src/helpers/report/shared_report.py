"""What a command has loaded and computed, in the processes of the notebooks that it runs."""

from __future__ import annotations

from typing import Any, NamedTuple

from helpers.data.round.round_inputs import RoundInputs
from helpers.funding.comparisons.groups import GroupProfile
from helpers.funding.statement.round_statement import Statement
from helpers.model.parameters import ReportParams

_NOT_COMPUTED_WITH = {"language", "since", "forecast", "reason"}


class SharedReport(NamedTuple):
    """The inputs of a report and what is computed once, with the parameters that notebooks get."""

    params: ReportParams
    inputs: RoundInputs
    statement: Statement
    group_profile: GroupProfile


_shared: list[SharedReport] = []


def share_report(shared: SharedReport) -> None:
    """Keep what the command has loaded, for all processes that are forked from this one."""
    _shared[:] = [shared]


def shared_report(params: ReportParams) -> SharedReport | None:
    """Return what the command has loaded, if a notebook asks for the same, in any language."""
    return next((one for one in _shared if _asked(one.params) == _asked(params)), None)


def _asked(params: ReportParams) -> dict[str, Any]:
    return params.model_dump(exclude=_NOT_COMPUTED_WITH)
