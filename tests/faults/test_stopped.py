"""Stopped by a limit or a signal, or asked a question: a clean end each time."""

import json
import os
import signal
from pathlib import Path

import pytest

from support.command_server import Ready
from support.leftover_processes import nobody_left
from support.release_folders import hidden
from support.waiting import wait_until

FOLDER = Path("reports/few")
BOARD = ("board", "few", "--as-of", "2026-03-01")
EVERY_BOARD = ("board", "--all", *BOARD[2:])
LETTERS = ("letters", "few", "--as-of", "2026-03-01", "--workers", "2")
KEYS = ["time", "level", "event", "round", "as_of", "release", "seconds"]


def lines(text: str) -> list[dict[str, object]]:
    """Every line as JSON, with the keys that every line has, first."""
    found = [json.loads(line) for line in text.splitlines()]
    assert all(list(line)[: len(KEYS)] == KEYS for line in found)
    return found


def test_a_time_limit_stops_the_run_and_all_its_processes(
    board_project: Path, ready: Ready
) -> None:
    (board_project / "slow.txt").write_text("600")
    code, out, err = ready.run(board_project, *BOARD, "--time-limit", "2")
    assert (code, out) == (3, "")
    assert "the run took more than 2 seconds, its --time-limit" in err
    assert nobody_left(board_project)
    assert not Path("reports").exists()


def test_a_time_limit_on_letters_keeps_the_finished_ones(board_project: Path, ready: Ready) -> None:
    (board_project / "slow.txt").write_text("600")
    code, out, err = ready.run(board_project, *LETTERS, "--time-limit", "4", "--log-json")
    assert (code, out) == (3, "")
    assert [line["event"] for line in lines(err)] == ["started", "failed"]
    assert lines(err)[-1]["exit_code"] == 3
    assert nobody_left(board_project)
    (board_project / "slow.txt").unlink()
    assert ready.run(board_project, *LETTERS)[0] == 0


def test_a_cell_has_a_separate_time_limit(board_project: Path, ready: Ready) -> None:
    (board_project / "slow.txt").write_text("600")
    code, _, err = ready.run(board_project, *BOARD, "--cell-time-limit", "1")
    assert code == 3
    assert "CellTimeoutError: the cell took more than 1 seconds" in err
    assert nobody_left(board_project)


@pytest.mark.parametrize("number", [signal.SIGTERM, signal.SIGHUP])
@pytest.mark.parametrize("command", [BOARD, EVERY_BOARD, LETTERS])
def test_a_signal_ends_it_cleanly(
    board_project: Path, ready: Ready, command: tuple[str, ...], number: signal.Signals
) -> None:
    (board_project / "slow.txt").write_text("600")
    pid = ready.start(board_project, *command)
    assert wait_until(lambda: bool(hidden(FOLDER)))  # the work has begun
    os.kill(pid, number)
    assert ready.wait(pid) == 128 + number
    assert f"Stopped by {number.name}" in ready.said(pid, "err")
    assert "Traceback" not in ready.said(pid, "err")
    assert nobody_left(board_project)
    assert not [path for path in Path("reports").rglob("*") if path.is_file()]


def test_sigterm_ends_verify_cleanly(board_project: Path, ready: Ready) -> None:
    code, _, err = ready.run(board_project, *BOARD)
    assert code == 0, err
    (board_project / "slow.txt").write_text("600")
    work = board_project / "work"
    work.mkdir()
    pid = ready.start(board_project, "verify", str(FOLDER / "2026-03-01"), TMPDIR=str(work))
    assert wait_until(lambda: any(work.iterdir()))
    os.kill(pid, signal.SIGTERM)
    assert ready.wait(pid) == 143
    assert ready.said(pid, "err") == "funding-report: Stopped by SIGTERM. Run it again.\n"
    assert nobody_left(board_project)
    assert not any(work.iterdir())


def test_input_in_a_notebook_is_an_error_and_nothing_waits(
    board_project: Path, ready: Ready
) -> None:
    path = board_project / "notebooks" / "board_report.ipynb"
    notebook = json.loads(path.read_text(encoding="utf-8"))
    notebook["cells"][2]["source"] = "input('Go on?')"
    path.write_text(json.dumps(notebook), encoding="utf-8")
    code, _, err = ready.run(board_project, *BOARD, "--time-limit", "30")
    assert (code, "does not support input requests" in err) == (3, True)


def test_every_log_line_is_json_and_states_what_was_made(board_project: Path, ready: Ready) -> None:
    code, out, err = ready.run(board_project, *BOARD, "--log-json", now="2026-03-01T08:00:00+01:00")
    assert code == 0
    assert out.splitlines()[0] == "reports/few/2026-03-01/board-report.sv.html"
    found = lines(err)
    assert [line["event"] for line in found] == ["started", "documents", "published", "finished"]
    assert {(line["round"], line["as_of"], line["level"]) for line in found} == {
        ("few", "2026-03-01", "info")
    }
    assert found[0]["time"] == "2026-03-01T08:00:00.000+01:00"
    assert [line["release"] for line in found] == [None, None, "reports/few/2026-03-01", None]
    again = lines(ready.run(board_project, *BOARD, "--log-json")[2])
    assert [line["event"] for line in again] == ["started", "unchanged", "finished"]


def test_messages_on_copies_and_the_index_are_log_lines(board_project: Path, ready: Ready) -> None:
    (board_project / "reports" / "few" / "stray").mkdir(parents=True)
    code, _, err = ready.run(board_project, *BOARD, "--publish-to", "web", "--log-json")
    assert code == 0
    events = {
        str(line["event"]): (line["level"], line["message"])
        for line in lines(err)
        if "message" in line
    }
    stray = "index.html: few/stray is not listed: its name is not that of a release."
    assert events == {"index": ("warning", stray), "delivery": ("info", "Copied to web.")}


MISTAKES = [
    (("--nonsense",), 2, "usage", "No such option '--nonsense'."),
    (("-p", "known_on", "soon"), 1, "failed", "'known_on' cannot be 'soon'"),
    (
        ("--decisions", "none\x1b[31m\nlevel: info.csv"),
        1,
        "failed",
        "There is no file none\x1b[31m",
    ),
]


@pytest.mark.parametrize(("options", "exit_code", "event", "message"), MISTAKES)
def test_an_error_is_one_log_line_whatever_it_contains(
    board_project: Path,
    ready: Ready,
    options: tuple[str, ...],
    exit_code: int,
    event: str,
    message: str,
) -> None:
    code, out, err = ready.run(board_project, *BOARD, *options, "--log-json")
    assert (code, out) == (exit_code, "")
    last = lines(err)[-1]
    assert (last["event"], last["level"], last["exit_code"]) == (event, "error", exit_code)
    assert message in str(last["message"])


def test_control_characters_are_escaped_for_a_terminal(board_project: Path, ready: Ready) -> None:
    code, _, err = ready.run(board_project, *BOARD, "--decisions", "none\x1b[31mred\x07.csv")
    assert code == 1
    assert "none\\x1b[31mred\\x07.csv" in err
    assert "\x1b" not in err


@pytest.mark.parametrize("options", [(), ("--log-json",)])
def test_no_log_line_contains_a_password(
    board_project: Path, ready: Ready, options: tuple[str, ...]
) -> None:
    for address in ("postgresql://me:s3cr%40t@127.0.0.1:1/db", "postgresql://me:s3cr@t@h:x/db"):
        code, out, err = ready.run(board_project, *BOARD, "--decisions", address, *options)
        assert (code, out) == (1, "")
        assert "s3cr" not in err
        assert err
