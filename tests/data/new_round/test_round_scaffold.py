from __future__ import annotations

import re
import signal
import subprocess
import sys
from datetime import date
from pathlib import Path
from tomllib import loads

import pytest

from helpers.data.round.round_inputs import load_inputs
from helpers.errors import LockedError, ReportError
from helpers.funding.statement.statement_computation import compute_statement
from helpers.system.control.file_lock import locked
from support.new_rounds import create_round

BEGINS_ON = date(2026, 1, 10)


def test_a_new_round_has_its_files_and_runs_at_once(root: Path) -> None:
    folder = create_round("ny-2026", BEGINS_ON, own_members=False)
    assert folder == root / "data" / "rounds" / "ny-2026"
    assert {path.name for path in folder.iterdir()} == {
        "README.md",
        "decisions.csv",
        "round.toml",
    }
    given = load_inputs("ny-2026")
    statement = compute_statement(
        given.round, given.members, given.register, [], BEGINS_ON, BEGINS_ON
    )
    assert (statement.total.members, statement.total.requested) == (290, 100_000)
    assert statement.total.answered == 0


def test_its_own_members_stand_in_a_file_to_write_over() -> None:
    folder = create_round("egen", BEGINS_ON, own_members=True)
    with (folder / "decisions.csv").open("a", encoding="utf-8") as register:
        register.write("0003,2026-02-01,2026-02-02,,yes,,,\n")
    given = load_inputs("egen")
    day = date(2026, 3, 1)
    statement = compute_statement(given.round, given.members, given.register, [], day, day)
    # Weights 1 000, 2 000 and 7 000 of 100 000 kr.
    assert statement.answers["fee"].tolist() == [10_000, 20_000, 70_000]
    assert statement.total.funded == 70_000
    assert given.round.words["sv"]["kommuner"] == "medlemmar"


def test_a_round_is_not_named_as_the_folder_of_failed_notebooks(root: Path) -> None:
    message = r"'failed' cannot name a round: .* reports/failed, .* Choose another name\."
    with pytest.raises(ReportError, match=message):
        create_round("failed", BEGINS_ON, own_members=True)
    assert list((root / "data" / "rounds").iterdir()) == []


@pytest.mark.parametrize("name", ["", "Ny", "ny runda", "../ny", "ny_2026", "-ny"])
def test_a_name_is_letters_digits_and_hyphens(root: Path, name: str) -> None:
    with pytest.raises(ReportError, match="cannot name a round"):
        create_round(name, BEGINS_ON, own_members=False)
    assert list((root / "data" / "rounds").iterdir()) == []


def test_a_round_that_is_there_is_never_written_into() -> None:
    folder = create_round("ny", BEGINS_ON, own_members=False)
    before = {path: path.read_bytes() for path in folder.iterdir()}
    with pytest.raises(ReportError, match="There is a round named ny already"):
        create_round("ny", BEGINS_ON, own_members=True)
    assert {path: path.read_bytes() for path in folder.iterdir()} == before


def test_a_failure_leaves_nothing(root: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def fail(*_: object, **__: object) -> None:
        raise OSError("disk full")

    monkeypatch.setattr(Path, "write_text", fail)
    with pytest.raises(OSError, match="disk full"):
        create_round("ny", BEGINS_ON, own_members=False)
    assert list((root / "data" / "rounds").iterdir()) == []


KILLED = """
import os, signal
from pathlib import Path
from helpers.data.new_round.round_options import RoundOptions
from helpers.data.new_round.round_scaffold import scaffold_round
def killed(path, *_, **__):
    path.touch()
    os.kill(os.getpid(), 9)
Path.write_text = killed
scaffold_round(RoundOptions("ny", "2026-01-10", own_members=True))
"""


def test_what_a_killed_run_has_left_is_cleared_by_the_next(root: Path) -> None:
    rounds = root / "data" / "rounds"
    killed = subprocess.run([sys.executable, "-c", KILLED], cwd=root, check=False)
    assert killed.returncode == -signal.SIGKILL
    assert [path.name[:5] for path in rounds.iterdir() if path.is_dir()] == [".new-"]
    create_round("annan", BEGINS_ON, own_members=True)
    assert [path.name for path in rounds.iterdir()] == ["annan"]


def test_what_another_run_is_making_is_left_alone(root: Path) -> None:
    rounds = root / "data" / "rounds"
    (rounds / ".new-at-work").mkdir()
    with locked(rounds / ".new-round.lock"), pytest.raises(LockedError, match="making new-round"):
        create_round("ny", BEGINS_ON, own_members=True)
    assert [path.name for path in rounds.iterdir()] == [".new-at-work"]


def test_a_round_in_english_and_another_currency_needs_no_swedish() -> None:
    folder = create_round("own", BEGINS_ON, own_members=True, currency="EUR", language="en")
    given = load_inputs("own")
    assert (given.round.currency, given.round.languages) == ("EUR", ["en"])
    assert given.round.title == {"en": "Round own"}
    assert given.members["name"].tolist() == ["North", "Middle", "South"]
    assert given.round.words["en"]["municipalities"] == "members"
    # The words of both languages stay: `status` speaks English, a draft may be in Swedish.
    for path in folder.iterdir():
        text = path.read_text(encoding="utf-8")
        text = re.sub(r"(?s)\[(?:words|member)\.sv\].*?\n\n", "", text)
        assert not set("åäö") & set(text)


@pytest.mark.parametrize("currency", ["euro", "XYZ", "eur", ""])
def test_a_currency_that_does_not_exist_makes_nothing(root: Path, currency: str) -> None:
    with pytest.raises(ReportError, match=r"--currency: .* is not a currency"):
        create_round("ny", BEGINS_ON, own_members=True, currency=currency)
    assert list((root / "data" / "rounds").iterdir()) == []


@pytest.mark.parametrize("heading", [None, "code,name\n"])
def test_without_the_municipalities_a_round_has_members_of_its_own(
    root: Path, heading: str | None
) -> None:
    shipped = root / "data" / "municipalities.csv"
    shipped.unlink()
    if heading:
        shipped.write_text(heading, encoding="utf-8")
    with pytest.raises(ReportError, match=r"with their inhabitants\. Give --own-members"):
        create_round("prov", BEGINS_ON, own_members=False)
    assert create_round("prov", BEGINS_ON, own_members=True).is_dir()


@pytest.mark.parametrize("own_members", [True, False])
def test_swedish_comments_leave_every_key_and_value_as_they_are(
    root: Path, own_members: bool
) -> None:
    english = create_round("engelsk", BEGINS_ON, own_members=own_members, comments="en")
    swedish = create_round("svensk", BEGINS_ON, own_members=own_members, comments="sv")
    for path in english.glob("*.toml"):
        there = path.read_text(encoding="utf-8").replace("engelsk", "svensk")
        here = (swedish / path.name).read_text(encoding="utf-8")
        assert loads(here) == loads(there)
    assert (swedish / "decisions.csv").read_text() == (english / "decisions.csv").read_text()
    assert {path.name for path in swedish.iterdir()} == {path.name for path in english.iterdir()}


@pytest.mark.parametrize("own_members", [True, False])
def test_swedish_comments_have_no_english_words(root: Path, own_members: bool) -> None:
    folder = create_round("ny", BEGINS_ON, own_members=own_members, comments="sv")
    for name in ("README.md", "round.toml"):
        text = re.sub(r'"[^"]*"|`[^`]*`', "", (folder / name).read_text(encoding="utf-8"))
        assert not re.findall(r"\b(?:the|is|of|which|what|and|or|from|who|CHANGE)\b", text)
