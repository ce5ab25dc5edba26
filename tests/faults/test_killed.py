"""SIGKILL at any moment: no torn release, no lost one, and the next run succeeds."""

import os
import random
import signal
import time
from datetime import date, timedelta
from pathlib import Path

import pytest

from support.command_server import Ready
from support.release_folders import content, hidden, listed

MOMENTS = int(os.environ.get("FAULT_MOMENTS", "20"))
FOLDER = Path("reports/few")
SEED = 20170222


def kill_after(ready: Ready, project: Path, seconds: float, *arguments: str) -> int:
    pid = ready.start(project, *arguments)
    time.sleep(seconds)
    os.kill(pid, signal.SIGKILL)  # the process is not waited for yet: its number is its own
    return ready.wait(pid)


def moments() -> list[float]:
    """Random moments as parts of a run, one in each equal part of it and a little beyond."""
    draw = random.Random(SEED)
    found = [(n + draw.random()) / MOMENTS * 1.1 for n in range(MOMENTS)]
    draw.shuffle(found)
    return found


def test_a_run_killed_at_any_moment_harms_no_release(board_project: Path, ready: Ready) -> None:
    """Twenty moments; `make bench` tries 200 (FAULT_MOMENTS).

    Those just before each write are in test_killed_at_writes.
    """
    first = date(2026, 3, 1)
    duration = made_in(ready, board_project, str(first))
    killed = 0
    for number, moment in enumerate(moments(), start=1):
        before = listed(FOLDER)
        kept = content(FOLDER, *before)
        day = str(first + timedelta(days=number))
        code = kill_after(ready, board_project, moment * duration, "board", "few", "--as-of", day)
        killed += code == -signal.SIGKILL
        assert code in (0, -signal.SIGKILL)
        assert set(listed(FOLDER)) - {day} == set(before)
        again = made_in(ready, board_project, day)
        if code:  # what was not finished has been made now: the machine's pace of the moment
            duration = again
        assert listed(FOLDER) == sorted([*before, day])
        assert hidden(FOLDER) == []
        assert content(FOLDER, *before) == kept
    # A tenth of the moments lie beyond the run's end; on a busy machine runs take longer.
    assert killed >= MOMENTS // 2


def made_in(ready: Ready, project: Path, day: str) -> float:
    """How many seconds a run takes that has to succeed."""
    begun = time.monotonic()
    code, out, err = ready.run(project, "board", "few", "--as-of", day)
    assert (code, "run.json" in out) == (0, True), err
    return time.monotonic() - begun


def test_a_draft_is_there_before_during_and_after(board_project: Path, ready: Ready) -> None:
    asked = ("board", "few", "--as-of", "2026-03-01", "--language", "sv")
    register = board_project / "data/rounds/few/decisions.csv"
    code, _, err = ready.run(board_project, *asked)
    assert code == 0, err
    (draft,) = listed(FOLDER)
    assert draft == "2026-03-01-draft-sv"
    with register.open("a", encoding="utf-8") as file:
        file.write("0001,2026-01-20,2026-01-21,,yes,,,\n")
    # As a run that was killed between setting the old draft aside and putting the new in place.
    (FOLDER / ".work-killed").mkdir()
    kept = content(FOLDER, draft)
    (FOLDER / draft).rename(FOLDER / ".work-killed" / draft)
    killed = kill_after(ready, board_project, 0.0, *asked)
    assert killed == -signal.SIGKILL
    (board_project / "failing.txt").write_text("2026-03-01")
    code, _, err = ready.run(board_project, *asked)
    assert code == 3, err
    assert content(FOLDER, draft) == kept
    assert hidden(FOLDER) == []
    (board_project / "failing.txt").unlink()
    assert ready.run(board_project, *asked)[0] == 0
    assert listed(FOLDER) == [draft]
    assert content(FOLDER, draft) != kept


@pytest.mark.parametrize("left", [".work-x", ".2026-03-01-letters-0123456789ab"])
def test_the_next_run_removes_what_killed_runs_have_left(
    board_project: Path, ready: Ready, left: str
) -> None:
    """Of the same letters, too; other letters that were stopped may still be taken up again."""
    others = FOLDER / ".2026-02-01-letters-0123456789ab"
    draft = FOLDER / ".2026-03-01-letters-draft-sv-0123456789ab"
    for folder in (FOLDER / left, others, draft):
        folder.mkdir(parents=True)
        (folder / "0001.sv.html").write_text("half")
    asked = ("letters", "few", "--as-of", "2026-03-01", "--workers", "1")
    code, _, err = ready.run(board_project, *asked)
    assert code == 0, err
    assert listed(FOLDER) == ["2026-03-01-letters"]
    assert hidden(FOLDER) == [others.name, draft.name]


@pytest.mark.parametrize(
    "left", [".work-x", ".gone-x", ".2026-03-01.log.json.part", ".2026-03-01-letters-0123.lock"]
)
def test_a_run_that_publishes_nothing_removes_it_too(
    board_project: Path, ready: Ready, left: str
) -> None:
    asked = ("board", "few", "--as-of", "2026-03-01")
    assert ready.run(board_project, *asked)[0] == 0
    kept = content(FOLDER, "2026-03-01")
    if left.endswith((".part", ".lock")):
        (FOLDER / left).write_text("{")
    else:
        (FOLDER / left).mkdir()
    code, _, err = ready.run(board_project, *asked)
    assert code == 0, err
    assert "Nothing has changed" in err
    assert hidden(FOLDER) == []
    assert content(FOLDER, "2026-03-01") == kept


def test_a_leftover_lock_file_does_not_lock(board_project: Path, ready: Ready) -> None:
    (board_project / "reports").mkdir()
    (board_project / "reports" / ".few.lock").write_text("")
    code, _, err = ready.run(board_project, "board", "few", "--as-of", "2026-03-01")
    assert code == 0, err
