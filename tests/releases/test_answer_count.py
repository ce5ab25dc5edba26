"""A report is compared with the release that it replaces or follows; releases made up by hand."""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from helpers.errors import ReportError
from helpers.releases.answer_count import fewer_answers_entry, find_fewer_answers
from helpers.report.board_report import BoardReport
from support.release_folders import put

# Two of the three members of the round "few" have answered on 1 March.
REGISTER = """\
code,decided_on,received_on,decision
0001,2026-01-15,2026-01-20,yes
0003,2026-01-15,2026-01-16,no
"""
REPORTS = Path("reports")


@pytest.fixture
def report(small_project: Path) -> Callable[..., BoardReport]:
    """The report on a day of a register with two answers."""
    register = small_project / "data" / "rounds" / "few" / "decisions.csv"
    register.write_text(REGISTER, encoding="utf-8")

    def load(as_of: str = "2026-03-01", **parameters: str) -> BoardReport:
        return BoardReport.load(round="few", as_of=as_of, **parameters)

    return load


def release(name: str, answered: object, register: str = "svar.xlsx") -> None:
    """A release whose run.json states a count; None for one that does not."""
    run = put(REPORTS, name, "few") / "run.json"
    stated: dict[str, Any] = {"inputs": {"decisions": {"file": register}}}
    if answered is not None:
        shown = {"title": {"sv": "Få", "en": "Few"}, "share": None, "share_of": "amount"}
        stated["summary"] = {**shown, "answered": answered}
    run.write_text(json.dumps(json.loads(run.read_text(encoding="utf-8")) | stated))


def compared(report: BoardReport, kind: str = "board-report") -> tuple[str, int] | None:
    found = find_fewer_answers(report, REPORTS, kind)
    return (found.release, found.answered) if found else None


def test_a_report_without_earlier_releases_is_compared_with_nothing(
    report: Callable[..., BoardReport],
) -> None:
    assert compared(report()) is None


@pytest.mark.parametrize(
    ("releases", "expected"),
    [
        ({"2026-02-01": 3}, ("few/2026-02-01", 3)),
        ({"2026-02-01": 2}, None),
        ({"2026-02-01": 1}, None),
        ({"2026-03-01": 3}, ("few/2026-03-01", 3)),  # it is replaced
        ({"2026-03-02": 3}, None),  # of a later day
        ({"2026-01-31": 3, "2026-02-01": 2}, None),  # the newest alone
        ({"2026-02-01": 3, "2026-02-01.2": 2}, None),  # a correction
        ({"2026-02-01.9": 2, "2026-02-01.10": 3}, ("few/2026-02-01.10", 3)),
        ({"2026-02-01-letters": 3}, ("few/2026-02-01-letters", 3)),
        ({"2026-02-01-letters": 3, "2026-02-01": 2}, None),  # the same kind comes first
        ({"2026-02-01-draft-sv": 3}, None),
        ({"2026-01-31": 3, "2026-02-01": None}, ("few/2026-01-31", 3)),  # count not stated
        ({"2026-02-01": "3"}, None),
    ],
)
def test_the_newest_earlier_release_is_compared(
    report: Callable[..., BoardReport],
    releases: dict[str, object],
    expected: tuple[str, int] | None,
) -> None:
    for name, answered in releases.items():
        release(name, answered)
    assert compared(report()) == expected


def test_letters_are_compared_with_letters_of_the_same_day(
    report: Callable[..., BoardReport],
) -> None:
    release("2026-03-01", 2)
    release("2026-03-01-letters", 3)
    assert compared(report(), "letters") == ("few/2026-03-01-letters", 3)
    assert compared(report(), "board-report") is None


def test_another_round_is_not_compared(report: Callable[..., BoardReport]) -> None:
    put(REPORTS, "2026-02-01", "other")
    assert compared(report()) is None


def test_a_release_of_schema_1_states_its_count_in_the_figures(
    report: Callable[..., BoardReport],
) -> None:
    release("2026-02-01", None)
    figures = REPORTS / "few" / "2026-02-01" / "figures.json"
    figures.write_text(json.dumps({"answered": 3}))
    assert compared(report()) == ("few/2026-02-01", 3)


@pytest.mark.parametrize("reason", [None, "", "  "])
def test_without_a_reason_the_counts_and_the_registers_are_named(
    report: Callable[..., BoardReport], reason: str | None
) -> None:
    release("2026-02-01", 3)
    fewer = report(**({} if reason is None else {"reason": reason}))
    with pytest.raises(ReportError) as stopped:
        fewer_answers_entry(fewer, REPORTS, "board-report")
    assert stopped.value.exit_code == 1
    assert str(stopped.value) == (
        "The report counts answers from 2 members, but few/2026-02-01, which it replaces or "
        "follows, from 3. The register read now is decisions.csv; then it was svar.xlsx. Did you "
        'forget --decisions? If there are fewer answers, state why with --reason "…".'
    )


def test_with_a_reason_it_is_recorded(report: Callable[..., BoardReport]) -> None:
    release("2026-02-01", 3)
    fewer = report(reason="Ett <svar> återtogs")
    assert fewer_answers_entry(fewer, REPORTS, "board-report") == {
        "release": "few/2026-02-01",
        "answered": 3,
        "register": "svar.xlsx",
        "reason": "Ett <svar> återtogs",
    }


def test_a_reason_alone_is_not_recorded(report: Callable[..., BoardReport]) -> None:
    release("2026-02-01", 2)
    same = report(reason="Ett svar återtogs")
    assert fewer_answers_entry(same, REPORTS, "board-report") is None
