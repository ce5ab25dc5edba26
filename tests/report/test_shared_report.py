"""A notebook gets what the command has loaded, and nothing else."""

from __future__ import annotations

import pickle
from datetime import date
from pathlib import Path

import pytest

from helpers import BoardReport
from helpers.model.parameters import report_params
from helpers.report import shared_report
from helpers.report.shared_report import SharedReport, share_report
from support.appeal_round import DAY, write_appeal


@pytest.fixture(autouse=True)
def _forgotten(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(shared_report, "_shared", [])


def shared(report: BoardReport) -> SharedReport:
    """What a notebook's process gets of a report that the command has loaded."""
    params, inputs = report.params, report.inputs
    sent = pickle.dumps(SharedReport(params, inputs, report.statement, report.group_profile))
    found: SharedReport = pickle.loads(sent)
    share_report(found)
    return found


# Fees of a fixed total, and the prices of a shared cost, which depend on who joins.
@pytest.mark.parametrize(
    ("round_name", "day"), [("skl-2016", "2017-02-22"), ("yrkesresan", "2021-06-30")]
)
def test_a_report_of_what_is_shared_equals_one_that_is_loaded(round_name: str, day: str) -> None:
    loaded = BoardReport.load(round=round_name, as_of=day, language="en")
    found = shared(BoardReport.load(round=round_name, as_of=day, language="sv"))
    of_shared = BoardReport.load(round=round_name, as_of=day, language="en")
    assert of_shared.inputs is found.inputs
    assert of_shared.statement is found.statement
    assert of_shared.group_profile is found.group_profile
    assert of_shared.figures == loaded.figures
    for section in ("answer", "price", "missing", "members", "profile", "sharing"):
        assert getattr(of_shared, section)().html == getattr(loaded, section)().html, section


def test_a_round_of_pledges_can_be_shared(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    write_appeal(tmp_path, monkeypatch)
    asked = {"round": "appeal", "as_of": DAY, "future": True}
    figures = BoardReport.load(**asked).figures
    shared(BoardReport.load(**asked))
    assert BoardReport.load(**asked).figures == figures


ASKED = {"round": "skl-2016", "as_of": "2017-02-22"}


@pytest.mark.parametrize(
    "other",
    [
        {"as_of": "2017-02-21"}, {"known_on": "2016-12-31"}, {"future": True},
        {"decisions": "other.csv"}, {"table": "other"}, {"replaces": "other"},
        {"round": "yrkesresan"},
    ],
    ids=lambda other: next(iter(other)),
)  # fmt: skip
def test_a_report_of_anything_else_is_not_the_shared_one(other: dict[str, object]) -> None:
    shared(BoardReport.load(**ASKED))
    assert shared_report.shared_report(report_params(**{**ASKED, **other})) is None


def test_what_only_the_sections_show_may_differ() -> None:
    found = shared(BoardReport.load(**ASKED))
    shown = {"language": "en", "since": date(2016, 9, 1), "forecast": True, "reason": "A reason"}
    assert shared_report.shared_report(report_params(**ASKED, **shown)) is found
