"""An answer or a correction is checked, described and then written; the round "few" by hand."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest

from helpers.data.register.register_writer import NewAnswer
from helpers.errors import LockedError, ReportError
from helpers.model.funding_round import Round
from helpers.model.settings.register_settings import RegisterSettings
from helpers.report.recording.answer_recorder import (
    RegisterChange,
    _refuse_other_source,
    propose_answer,
    propose_correction,
)
from helpers.system.control.file_lock import locked

# Of 100,000 kronor a year the three members pay 10, 20 and 70 thousand, by their weights.
REGISTER = """\
code,decided_on,received_on,decision,condition
0001,2026-01-15,2026-01-20,yes,
0003,2026-01-15,2026-01-16,no,
"""
TODAY = date(2026, 3, 1)
YES = NewAnswer("0002", "yes", "2026-02-01", "2026-02-03")
ROW = "0002,2026-02-01,2026-02-03,yes,\n"


@pytest.fixture
def folder(small_project: Path) -> Path:
    found = small_project / "data" / "rounds" / "few"
    (found / "decisions.csv").write_text(REGISTER, encoding="utf-8")
    return found


def content(folder: Path) -> dict[str, bytes]:
    return {path.name: path.read_bytes() for path in sorted(folder.iterdir())}


def plain(change: RegisterChange) -> list[str]:
    return [line.replace("\u00a0", " ") for line in change.effect]


def propose(**values: str) -> RegisterChange:
    return propose_answer("few", NewAnswer(**{**vars(YES), **values}), TODAY)


def test_an_answer_is_described_and_then_appended(folder: Path) -> None:
    change = propose()
    assert content(folder)["decisions.csv"].decode() == REGISTER  # nothing is written yet
    assert plain(change) == [
        "Mellersta (0002): Not answered → Yes",
        "Before: SEK 10,000 of 100,000 is secured as of 3 February 2026",
        "After: SEK 30,000 of 100,000 is secured as of 3 February 2026",
    ]
    change.save()
    assert content(folder)["decisions.csv"].decode() == REGISTER + ROW
    assert not Path("reports").exists()
    assert not list(folder.glob(".*"))


def test_the_effect_is_described_in_the_language_asked_for(folder: Path) -> None:
    change = propose_answer("few", YES, TODAY, "sv")
    assert plain(change) == [
        "Mellersta (0002): Ej svarat → Ja",
        "Före: 10 000 av 100 000 kr är säkrade den 3 februari 2026",
        "Efter: 30 000 av 100 000 kr är säkrade den 3 februari 2026",
    ]


def test_an_answer_that_never_took_effect_changes_nothing(folder: Path) -> None:
    change = propose(code="0001", decision="no", decided_on="2026-01-14")
    assert change.effect[0] == "Norra (0001): Yes"


def test_a_condition_is_quoted(folder: Path) -> None:
    change = propose(condition="om alla är med")
    assert change.effect[0] == (
        "Mellersta (0002): Not answered → Yes, on a condition “om alla är med”"
    )


@pytest.mark.parametrize(
    ("values", "message"),
    [
        ({"received_on": "2026-03-02"}, "2026-03-02 is after today, 2026-03-01."),
        ({"decided_on": "2026-02-04"}, "is after the answer was received."),
        ({"decided_on": "2026-01-09"}, "is before the round began on 2026-01-10."),
        ({"condition": "Nej"}, "condition 'Nej' would be read as ''."),
        ({"case_number": "KS 7"}, "no column for the case number."),
        (
            {"code": "0001", "decided_on": "2026-01-15", "received_on": "2026-01-20"},
            "decisions.csv has this answer already, in row 2.",
        ),
        # Another answer of the same days: which one counts?
        (
            {
                "code": "0001",
                "decision": "no",
                "decided_on": "2026-01-15",
                "received_on": "2026-01-20",
            },
            "0001",
        ),
    ],
)
def test_what_check_would_refuse_is_not_written(
    folder: Path, values: dict[str, str], message: str
) -> None:
    before = content(folder)
    with pytest.raises(ReportError) as refused:
        propose(**values)
    assert message in str(refused.value)
    assert content(folder) == before


def test_a_register_with_errors_takes_no_row(folder: Path) -> None:
    (folder / "decisions.csv").write_text(REGISTER.replace("yes", "maybe"), encoding="utf-8")
    with pytest.raises(ReportError, match="row 2, column decision: 'maybe' is neither"):
        propose()


def test_a_file_that_ends_within_quotation_marks_takes_no_row(folder: Path) -> None:
    (folder / "decisions.csv").write_text(REGISTER + '0002,"', encoding="utf-8")
    with pytest.raises(ReportError, match="cannot be read as CSV"):
        propose()


def test_a_file_that_has_been_changed_meanwhile_is_not_overwritten(folder: Path) -> None:
    change = propose()
    (folder / "decisions.csv").write_text(REGISTER + "\n", encoding="utf-8")
    with pytest.raises(ReportError, match="has been changed by another program"):
        change.save()
    assert content(folder)["decisions.csv"].decode() == REGISTER + "\n"


def test_nothing_is_written_while_a_run_publishes(folder: Path, tmp_path: Path) -> None:
    reports = tmp_path / "reports"
    reports.mkdir()
    change = propose()
    with locked(reports / ".few.lock"), pytest.raises(LockedError):
        change.save(reports)
    assert content(folder)["decisions.csv"].decode() == REGISTER
    change.save(reports)
    assert content(folder)["decisions.csv"].decode() == REGISTER + ROW
    assert not list(reports.iterdir())


def test_permissions_and_a_link_are_kept(folder: Path, tmp_path: Path) -> None:
    path, elsewhere = folder / "decisions.csv", tmp_path / "register.csv"
    path.rename(elsewhere)
    elsewhere.chmod(0o640)
    path.symlink_to(elsewhere)
    propose().save()
    assert path.is_symlink()
    assert elsewhere.stat().st_mode & 0o777 == 0o640
    assert elsewhere.read_text(encoding="utf-8") == REGISTER + ROW


def test_a_correction_is_described_and_then_written(folder: Path) -> None:
    change = propose_correction("few", 3, {"decision": "yes"}, "Läst fel", TODAY)
    assert plain(change) == [
        "Södra (0003): No → Yes",
        "Before: SEK 10,000 of 100,000 is secured as of 1 March 2026",
        "After: SEK 80,000 of 100,000 is secured as of 1 March 2026",
    ]
    change.save()
    assert content(folder)["decisions.csv"].decode() == REGISTER
    assert content(folder)["corrections.toml"].decode() == (
        "[[correction]]\n"
        "recorded_on = 2026-03-01\n"
        'why = "Läst fel"\n'
        'match = { code = "0003", received_on = "2026-01-16" }\n'
        'column = "decision"\n'
        'expected = "no"\n'
        'corrected = "yes"\n'
    )


def test_a_correction_of_the_member_concerns_both(folder: Path) -> None:
    change = propose_correction("few", 2, {"code": "0002"}, "Fel medlem", TODAY)
    assert change.effect[:2] == [
        "Norra (0001): Yes → Not answered",
        "Mellersta (0002): Not answered → Yes",
    ]


def test_a_row_is_taken_out(folder: Path) -> None:
    change = propose_correction("few", 2, {}, "Ett utkast", TODAY)
    assert change.effect[0] == "Norra (0001): Yes → Not answered"
    assert change.after.decode().endswith("remove = true\n")


def test_an_error_of_the_register_can_be_corrected(folder: Path) -> None:
    (folder / "decisions.csv").write_text(REGISTER.replace("yes", "kanske"), encoding="utf-8")
    change = propose_correction("few", 2, {"decision": "yes"}, "Fel", TODAY)
    assert plain(change) == [
        "Norra (0001): Yes",
        "After: SEK 10,000 of 100,000 is secured as of 1 March 2026",
    ]


@pytest.mark.parametrize(
    ("row", "changes", "message"),
    [
        (4, {"decision": "yes"}, "no answer in row 4"),
        (1, {"decision": "yes"}, "no answer in row 1"),
        (2, {"received_on": "2026-03-02"}, "received_on 2026-03-02 is after today"),
        (2, {"decided_on": "2026-01-21"}, "is after the answer was received"),
        (2, {"years": "2031"}, "names a year outside the round"),
    ],
)
def test_a_correction_that_check_would_refuse_is_not_written(
    folder: Path, row: int, changes: dict[str, str], message: str
) -> None:
    before = content(folder)
    with pytest.raises(ReportError) as refused:
        propose_correction("few", row, changes, "Fel", TODAY)
    assert message in str(refused.value)
    assert content(folder) == before


@pytest.mark.parametrize(
    ("source", "shown"),
    [
        ("svar.xlsx", "in svar.xlsx"),
        ("env:REGISTER", "in env:REGISTER"),
        ("postgresql://host/db", "in a database"),
    ],
)
def test_a_register_that_is_kept_elsewhere_is_named(
    shipped_round: Round, source: str, shown: str
) -> None:
    settings = RegisterSettings(source=source)
    round_ = shipped_round.model_copy(update={"register_settings": settings})
    with pytest.raises(ReportError, match=f"but {shown}, as round.toml says"):
        _refuse_other_source(round_)


@pytest.mark.parametrize("source", [None, "decisions.csv"])
def test_a_register_of_its_own_is_taken(shipped_round: Round, source: str | None) -> None:
    settings = RegisterSettings(source=source)
    _refuse_other_source(shipped_round.model_copy(update={"register_settings": settings}))
