"""`funding-report answer`, as a user meets it, on a day that the test sets."""

from __future__ import annotations

from pathlib import Path

import pytest

from support.command_server import Ready

REGISTER = "code,decided_on,received_on,registered_on,decision,years,condition,case_number\n"
DAYS = "--decided-on 2026-02-01 --received-on 2026-02-03"


@pytest.fixture
def rounds(small_project: Path) -> Path:
    folder = small_project / "data" / "rounds" / "few"
    (folder / "decisions.csv").write_text(REGISTER, encoding="utf-8")
    return folder


def run(ready: Ready, folder: Path, command: str, *more: str) -> tuple[int, str, str]:
    project = folder.parents[2]
    return ready.run(project, "answer", *command.split(), *more, now="2026-03-01T12:00:00+01:00")


def test_an_answer_is_recorded_and_its_effect_printed(ready: Ready, rounds: Path) -> None:
    code, out, err = run(ready, rounds, f"few 2 yes {DAYS} --case-number", "KS 2026/7")
    assert (code, err) == (0, "")
    assert out.replace("\u00a0", " ") == (
        "Mellersta (0002): Not answered → Yes\n"
        "Before: None of the SEK 100,000 is secured as of 3 February 2026\n"
        "After: SEK 20,000 of 100,000 is secured as of 3 February 2026\n"
    )
    row = "0002,2026-02-01,2026-02-03,,yes,,,KS 2026/7\n"
    assert (rounds / "decisions.csv").read_text(encoding="utf-8") == REGISTER + row


def test_today_is_a_day(ready: Ready, rounds: Path) -> None:
    days = "--decided-on 2026-02-01 --received-on today --registered-on today"
    assert run(ready, rounds, f"few 0001 no {days}")[0] == 0
    added = (rounds / "decisions.csv").read_text(encoding="utf-8").removeprefix(REGISTER)
    assert added == "0001,2026-02-01,2026-03-01,2026-03-01,no,,,\n"


def test_a_dry_run_writes_nothing(ready: Ready, rounds: Path) -> None:
    code, out, _ = run(ready, rounds, f"few 0001 no {DAYS} --dry-run")
    assert code == 0
    assert out.startswith("Norra (0001): Not answered → No\n")
    assert (rounds / "decisions.csv").read_text(encoding="utf-8") == REGISTER


def test_a_correction_is_written_and_counts(ready: Ready, rounds: Path) -> None:
    run(ready, rounds, f"few 0001 no {DAYS}")
    code, out, _ = run(ready, rounds, "few --correct 2 yes --reason", "Läst fel")
    assert code == 0
    assert out.startswith("Norra (0001): No → Yes\n")
    code, out, _ = run(ready, rounds, "few --correct 2 --remove --reason", "Ett utkast")
    assert code == 0
    assert out.startswith("Norra (0001): Yes → Not answered\n")


@pytest.mark.parametrize(
    ("command", "code", "message"),
    [
        ("few 0009 yes " + DAYS, 1, "no member with the code '0009'. The nearest: 000"),
        ("few 0001 yes --decided-on 2026-02-01 --received-on 2026-03-02", 1, "is after today"),
        ("few 0001 yes --decided-on 1/2 --received-on 2026-02-03", 1, "--decided-on '1/2' is not"),
        ("few 0001 yes --decided-on 20260201 --received-on 2026-02-03", 1, "YYYY-MM-DD, or today"),
        ("few 0001 yes --decided-on 2026-02-30 --received-on 2026-02-03", 1, "is not a day"),
        ("few 0001 maybe " + DAYS, 2, "The answer is yes or no, not 'maybe'."),
        ("few 0001 " + DAYS, 2, "Give the member's code and its answer"),
        ("few " + DAYS, 2, "Give the member's code and its answer"),
        ("few 0001 yes --decided-on 2026-02-01", 2, "Missing option '--received-on'"),
        ("few 0001 yes --received-on 2026-02-01", 2, "Missing option '--decided-on'"),
        (f"few 0001 yes {DAYS} --reason x", 2, "belong to --correct"),
        (f"few 0001 yes {DAYS} --remove", 2, "belong to --correct"),
        ("few --correct 2 yes", 2, "A correction states what was wrong"),
        ("few --correct 2 --reason x", 2, "or --remove to take it out"),
        ("few --correct 2 --reason x --remove yes", 2, "or --remove to take it out"),
        ("few --correct 2 --reason x yes", 1, "no answer in row 2"),
        ("none 0001 yes " + DAYS, 1, "no round named 'none'"),
    ],
)
def test_what_is_wrong_is_one_message_and_nothing_is_written(
    ready: Ready, rounds: Path, command: str, code: int, message: str
) -> None:
    ended, out, err = run(ready, rounds, command)
    assert (ended, out) == (code, "")
    assert message in err
    assert (rounds / "decisions.csv").read_text(encoding="utf-8") == REGISTER
    assert not (rounds.parents[2] / "reports").exists()
