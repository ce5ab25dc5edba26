"""What differs between two releases, or between two days of a round, in the terminal's words."""

from __future__ import annotations

import re
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from helpers.data.inputs import Inputs, load_inputs
from helpers.data.releases import SCHEME, load_replaced, read_json
from helpers.errors import ReportError
from helpers.figures.changed import since_before
from helpers.findings import Findings
from helpers.funding.changes import Changes, Earlier, changes, earlier_of
from helpers.funding.figures import change_figures
from helpers.parameters import report_params
from helpers.report import BoardReport

_DAY = re.compile(r"\d{4}-\d{2}-\d{2}")


@dataclass(frozen=True)
class Differing:
    """The later of the two, and what it says otherwise than the earlier one."""

    later: Findings
    changes: Changes

    @property
    def figures(self) -> dict[str, Any]:
        """The differences by name, as in figures.json."""
        return change_figures(self.changes) or {}


def between(
    before: str, after: str, round_name: str | None, decisions: str | None, table: str
) -> Differing:
    """What changed from A to B, each a release's folder or a day, as it was known then.

    Of a release, what it printed is compared. Raises ReportError where days are given without a
    round, or what is given is neither.
    """
    days = [value for value in (before, after) if _is_day(value)]
    if days and not round_name:
        raise ReportError(f"{days[0]} is a day: say of which round with --round.")
    given = load_inputs(round_name, decisions, table) if days and round_name else None
    later = _later(after, given)
    return Differing(later, changes(_earlier(before, given), later.statement))


def differing_text(found: Differing) -> str:
    """The sums and the tables, in English."""
    say = found.later.say
    return since_before(found.later.statement, found.changes, say).plain


def _is_day(value: str) -> bool:
    return _DAY.fullmatch(value) is not None and not Path(value).is_dir()


def _later(value: str, given: Inputs | None) -> Findings:
    if _is_day(value) and given:
        return _on(value, given)
    asked = _parameters(Path(value))
    place = f"{SCHEME}{value}"
    return BoardReport.load(**asked, decisions=place, language="en")


def _earlier(value: str, given: Inputs | None) -> Earlier:
    if _is_day(value) and given:
        return earlier_of(_on(value, given).statement)
    _parameters(Path(value))
    return earlier_of(load_replaced(value))


def _on(value: str, given: Inputs) -> Findings:
    params = report_params(round=given.round.name, as_of=value, language="en")
    return BoardReport(params, given)


def _parameters(release: Path) -> dict[str, Any]:
    """What a release was asked for; ReportError for what is no board report."""
    run = read_json(release / "run.json")
    asked = run.get("parameters")
    if run.get("kind") != "board-report" or not isinstance(asked, dict):
        raise ReportError(f"{release} is not the release of a board report.")
    return {name: asked.get(name) for name in ("round", "as_of", "known_on")}
