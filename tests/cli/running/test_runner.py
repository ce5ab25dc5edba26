"""The exit code and the message of the command line for each error of a command."""

from __future__ import annotations

import errno
import json
import logging
import marshal
import sys

import click
import pytest

from helpers.cli import commands
from helpers.cli.running import runner
from helpers.errors import ReportError, SeparateProcessError
from helpers.system import log_lines

FULL = OSError(errno.ENOSPC, "No space left on device", "reports/x")
CLOSED = PermissionError(errno.EACCES, "Permission denied", "notebooks/x.ipynb")
ENDS = [
    (KeyboardInterrupt(), 130, "Stopped."),
    (FULL, 1, "The disk is full. Free some space and run the command again."),
    (CLOSED, 1, "notebooks/x.ipynb cannot be written: Permission denied. Choose another "
     "--output."),
]  # fmt: skip


def exit_code_of(monkeypatch: pytest.MonkeyPatch, error: BaseException, *options: str) -> object:
    """The exit code of a command line whose command raises an error."""

    @click.group()
    def cli() -> None:
        pass

    @cli.command()
    @click.option(runner.LOG_JSON_OPTION, is_flag=True)
    def make(log_json: bool) -> None:
        raise error

    monkeypatch.setattr(sys, "argv", ["funding-report", "make", *options])
    monkeypatch.setattr(log_lines, "_active_log", [])
    monkeypatch.setattr(logging.getLogger(), "handlers", [])
    try:
        with pytest.raises(SystemExit) as end:
            runner.run_cli(cli)
    finally:
        logging.captureWarnings(capture=False)
    return end.value.code


@pytest.mark.parametrize(("error", "code", "message"), ENDS)
def test_an_error_is_a_message_and_an_exit_code(
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
    error: BaseException,
    code: int,
    message: str,
) -> None:
    assert exit_code_of(monkeypatch, error) == code
    out, err = capsys.readouterr()
    assert (out, err.strip()) == ("", f"funding-report: {message}")  # click ends the line of ^C


@pytest.mark.parametrize(("error", "code", "message"), ENDS)
def test_an_error_is_a_log_line_with_log_json(
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
    error: BaseException,
    code: int,
    message: str,
) -> None:
    assert exit_code_of(monkeypatch, error, "--log-json") == code
    line = json.loads(capsys.readouterr().err)
    assert (line["event"], line["message"], line["exit_code"]) == ("failed", message, code)


@pytest.mark.parametrize("error", [ValueError("s3cret"), OSError(errno.EBADF, "s3cret", "s3cret")])
def test_an_unexpected_error_is_a_log_line_without_its_text(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str], error: Exception
) -> None:
    assert exit_code_of(monkeypatch, error, "--log-json") == 1
    printed = capsys.readouterr().err
    assert json.loads(printed)["event"] == "crashed"
    assert json.loads(printed)["message"].startswith(f"{type(error).__name__} at test_runner.py:")
    assert "s3cret" not in printed


def test_a_defect_of_a_separate_process_is_a_log_line_with_its_own_position(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    defect = SeparateProcessError("KeyError: s3cret", "KeyError at recompute.py:110")
    assert exit_code_of(monkeypatch, defect, "--log-json") == 1
    line = json.loads(capsys.readouterr().err)
    assert (line["event"], line["message"]) == ("crashed", "KeyError at recompute.py:110")


@pytest.mark.parametrize(
    ("refused", "message"),
    [
        (FULL, "The disk is full. Nothing incomplete was published. Free some space and run the "
         "command again."),
        (MemoryError(), "The memory is used up. Nothing incomplete was published. Raise its limit, "
         "or report less at once."),
        (CLOSED, ENDS[2][2]),
    ],
)  # fmt: skip
def test_a_command_that_publishes_says_that_nothing_incomplete_was(
    refused: Exception, message: str
) -> None:
    @runner.with_run_options
    def make(**_: object) -> None:
        raise refused

    limits = {"log_json": False, "time_limit": 60, "cell_time_limit": None}
    with pytest.raises(ReportError) as error:
        make(**limits, round_name="few", as_of="2026-03-01")
    assert str(error.value) == message


def test_a_damaged_compiled_module_is_not_taken_for_a_stop(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    """As `ulimit -f 1` leaves it: every later command ended with 130 and "Stopped."."""

    def damaged() -> None:
        marshal.loads(marshal.dumps([1, 2, 3])[:-2])

    monkeypatch.setitem(
        commands.cli.commands, "damaged", click.Command("damaged", callback=damaged)
    )
    monkeypatch.setattr(sys, "argv", ["funding-report", "damaged"])
    with pytest.raises(SystemExit) as end:
        runner.run_cli(commands.cli)
    assert end.value.code == 1
    assert "Remove the folders named __pycache__ in " in capsys.readouterr().err
