"""Whom a batch of letters is for, and why nobody is left."""

from __future__ import annotations

from pathlib import Path

import pytest

from helpers.errors import ReportError
from helpers.letters.batch_plan import chosen_codes
from helpers.model.letter_kind import LetterKind
from helpers.report.board_report import BoardReport
from support.small_project import AS_OF


@pytest.fixture
def folder(small_project: Path) -> Path:
    return small_project / "data" / "rounds" / "few"


def report(day: str = str(AS_OF)) -> BoardReport:
    return BoardReport.load(round="few", as_of=day)


def answer(folder: Path, **answers: str) -> None:
    rows = [
        f"{code.removeprefix('m')},2026-01-15,2026-01-20,{said}" for code, said in answers.items()
    ]
    text = "\n".join(["code,decided_on,received_on,decision", *rows, ""])
    (folder / "decisions.csv").write_text(text, encoding="utf-8")


@pytest.mark.parametrize(
    ("kind", "last", "reason"),
    [
        ("reminder", "no", "every member had answered"),
        ("paper", "yes", "every member had said yes"),
        ("credit", "no", "no member had been invoiced for too much"),
    ],
)
def test_the_reason_why_nobody_is_written_to(
    folder: Path, kind: LetterKind, last: str, reason: str
) -> None:
    answer(folder, m0001="yes", m0002="yes", m0003=last)
    with pytest.raises(ReportError) as refused:
        chosen_codes(report(), kind, ())
    assert str(refused.value) == f"There is nobody to write to: {reason} on 2026-03-01."


@pytest.mark.parametrize("kind", ["status", "reminder", "paper"])
def test_without_members_on_the_day_nobody_is_written_to(folder: Path, kind: LetterKind) -> None:
    members = folder / "members.csv"
    heading, *rows = members.read_text(encoding="utf-8").splitlines()
    rows = [f"{row},2026-02-15" for row in rows]
    members.write_text("\n".join([f"{heading},valid_to", *rows, ""]), encoding="utf-8")
    with pytest.raises(ReportError) as refused:
        chosen_codes(report(), kind, ())
    assert str(refused.value) == ("There is nobody to write to: there was no member on 2026-03-01.")


def test_a_member_with_the_annexs_name_is_refused_where_there_is_an_annex(folder: Path) -> None:
    members = folder / "members.csv"
    members.write_text(members.read_text(encoding="utf-8").replace("0002", "Annex"), "utf-8")
    codes = ["0001", "0003", "Annex"]
    for kind in ("status", "reminder", "paper"):
        assert chosen_codes(report(), kind, ()) == codes
    with pytest.raises(ReportError, match=r"code 'Annex' is the name of the annex's files"):
        chosen_codes(report(), "request", ())
