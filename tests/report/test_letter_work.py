"""A letter does as much work in a large round as in a small one: what grows is done once for all.

Time varies from run to run. What does not is the number of lines that Python runs, each turn of a
loop counted.
"""

from __future__ import annotations

import sys
from collections.abc import Callable
from datetime import date, timedelta
from types import FrameType
from typing import Any

import pandas as pd
import pytest

from helpers.model.funding_round import Round
from helpers.model.letter_kind import LetterKind
from helpers.report.board_report import BoardReport
from helpers.report.correspondence.member_letter import MemberLetter
from helpers.report.letter_classes import LETTER_CLASSES
from support.letter_reports import report_on
from support.loaded_register import load_register

SMALL, LARGE = 400, 4_000
DAY = date(2016, 8, 31)
DECISION = {
    "kind": "decision", "known_from": DAY, "on": DAY, "text": {"sv": "Vi går vidare."},
}  # fmt: skip
RATE = {"rule": "rate-with-ceiling", "population_year": 2015, "rate": "2", "ceiling": 10_000_000}
COST = {"rule": "shared-cost", "population_year": 2015, "cost": 20_000, "highest_rate": "2"}


def lines_run(call: Callable[[], Any]) -> int:
    """How many lines of Python a call runs, in all that it calls."""
    found = 0

    def trace(frame: FrameType, event: str, _: Any) -> Any:
        nonlocal found
        found += event == "line"
        return trace

    before = sys.gettrace()
    sys.settrace(trace)
    try:
        call()
    finally:
        sys.settrace(before)
    return found


def show(letter: MemberLetter) -> None:
    for part in (*letter.parts, "hand_over"):
        getattr(letter, part)()._repr_mimebundle_()


def work_of_letter(report: BoardReport, kind: LetterKind, code: str) -> int:
    """The lines that a member's letter runs, after that of another one with the same answer."""
    show(LETTER_CLASSES[kind].of(report, f"{int(code) + 4:04}"))
    return lines_run(lambda: show(LETTER_CLASSES[kind].of(report, code)))


@pytest.fixture
def report_of(tmp_path_factory: pytest.TempPathFactory, five_round: Round) -> Any:
    """Makes a report of so many members, of whom one in four each said yes, no and nothing."""

    def make(members: int, **changes: Any) -> BoardReport:
        round_ = Round.model_validate({**five_round.model_dump(), **changes})
        codes = [f"{number:04}" for number in range(1, members + 1)]
        rows = [(c, f"Ort {c}", f"{c[-1]} län", "A1", 1_000 + int(c)) for c in codes]
        frame = pd.DataFrame(rows, columns=["code", "name", "county", "group", "population"])
        words = {1: "yes", 2: "no"}
        day = DAY - timedelta(days=40)
        lines = [f"{c},{day},{day},{words[int(c) % 4]}" for c in codes if int(c) % 4 in words]
        path = tmp_path_factory.mktemp("large") / "decisions.csv"
        path.write_text("\n".join(["code,decided_on,received_on,decision", *lines, ""]))
        return report_on(round_, frame, load_register(path, frame, round_, []), DAY)

    return make


@pytest.mark.parametrize(
    ("kind", "code", "changes"),
    [
        ("feedback", "0009", {"events": [DECISION]}),
        ("feedback", "0010", {"events": [DECISION]}),
        ("feedback", "0011", {"events": [DECISION]}),
        ("status", "0009", {"pricing": COST, "requested": 20_000}),
        ("status", "0011", {"pricing": COST, "requested": 20_000}),
        ("reminder", "0011", {}),
        ("paper", "0010", {}),
        ("status", "0011", {"pricing": RATE, "requested": 0}),
        # The fees exceed this ceiling: those of the yes that are counted are shared once for all,
        # and with a yes more, only its own fee is found.
        ("status", "0009", {"pricing": {**RATE, "ceiling": 100_000}, "requested": 0}),
        ("status", "0010", {"pricing": {**RATE, "ceiling": 100_000}, "requested": 0}),
        ("status", "0011", {"pricing": {**RATE, "ceiling": 100_000}, "requested": 0}),
    ],
)
def test_a_letter_does_not_work_more_in_a_larger_round(
    report_of: Any, kind: LetterKind, code: str, changes: dict[str, Any]
) -> None:
    small, large = (
        work_of_letter(report_of(members, **changes), kind, code) for members in (SMALL, LARGE)
    )
    assert small > 1_000  # it counts
    assert large - small < (LARGE - SMALL) / 2  # less than half a line for each further member
