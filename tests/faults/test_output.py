"""A command does its work whether its output can be written or not, and says nothing wrong."""

from __future__ import annotations

import errno
import os
import shlex
import subprocess
import sys
from pathlib import Path

import pytest

from helpers.cli.running import runner
from support.release_folders import put

PROGRAM = Path(sys.executable).with_name("funding-report")


def decide(reports: Path, redirection: str) -> subprocess.CompletedProcess[str]:
    release = put(reports, "2017-02-22")
    command = f"{shlex.quote(str(PROGRAM))} decide {shlex.quote(str(release))} {redirection}"
    done = subprocess.run(
        ["bash", "-o", "pipefail", "-c", command], capture_output=True, text=True, check=False
    )
    assert "Traceback" not in done.stderr
    assert "Exception" not in done.stderr
    assert release.with_name("2017-02-22.decided").is_file()
    return done


@pytest.mark.parametrize("redirection", [">&-", "2>&-", ">&- 2>&-", "<&- >&- 2>&-", "| true"])
def test_a_closed_output_changes_nothing(tmp_path: Path, redirection: str) -> None:
    done = decide(tmp_path, redirection)
    assert (done.returncode, done.stderr) == (0, "")
    run_json = tmp_path / "a" / "2017-02-22" / "run.json"
    assert ".decided" not in run_json.read_text()  # a closed output's number is no file's


@pytest.mark.parametrize(
    ("command", "redirection"),
    [
        ("board few", ">&-"),
        ("board few", "2>&-"),
        ("board few", "<&- >&- 2>&-"),
        ("letters few --workers 1", "<&- >&- 2>&-"),
    ],
)
def test_notebooks_run_whatever_output_is_closed(
    board_project: Path, command: str, redirection: str
) -> None:
    asked = f"{shlex.quote(str(PROGRAM))} {command} --as-of 2026-03-01 {redirection}"
    done = subprocess.run(["bash", "-c", asked], capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stderr
    (run,) = (board_project / "reports/few").glob("*/run.json")
    assert run.parent.name.startswith("2026-03-01")


@pytest.mark.skipif(not Path("/dev/full").exists(), reason="this system has no /dev/full")
def test_a_full_output_is_told_from_a_full_disk(tmp_path: Path) -> None:
    done = decide(tmp_path, "> /dev/full")
    assert done.returncode == 1
    assert done.stderr == (
        "funding-report: The command has done its work, but its output could not be written: No "
        "space left on device. Run it again with another output to see what it prints.\n"
    )
    assert decide(tmp_path / "other", "2> /dev/full").returncode == 0


@pytest.mark.parametrize(
    ("error", "message"),
    [
        (OSError(errno.EFBIG, "File too large"), "A file is larger than this process may write"),
        (OSError(errno.EAGAIN, "Try again"), "more memory, processes or open files: Try again"),
        (OSError(errno.EMFILE, "Too many open files"), "Too many open files"),
        (
            PermissionError(errno.EACCES, "Denied", "reports/few/.work-ab12/run.json"),
            "reports/few cannot be written: Denied. Choose another --output.",
        ),
        (
            PermissionError(errno.EACCES, "Denied", "/home/x/.local/reports/few/.gone-ab/a.pdf"),
            "/home/x/.local/reports/few cannot be written: Denied.",
        ),
        (
            OSError(errno.EISDIR, "Is a directory", "reports/a.decided"),
            "reports/a.decided cannot be written: Is a directory. Move it away, and run this again",
        ),
        (
            OSError(errno.ENOTDIR, "Not a directory", "r/.work-1/a", None, "r/2026-03-01"),
            "r/2026-03-01 cannot be written: Not a directory. Move it away, and run this again.",
        ),
        (OSError(errno.EIO, "Input/output error"), "The disk or the network failed: Input/output"),
    ],
)
def test_what_the_system_refuses_is_one_message(error: OSError, message: str) -> None:
    said = runner.explain_os_error(error)
    assert message in said
    assert "nothing was published" not in said.lower()
    assert ".work" not in said


def test_memory_and_threads_that_are_not_to_be_had_are_one_message() -> None:
    assert "memory is used up" in runner.explain_exhaustion(MemoryError())
    assert "no more threads" in runner.explain_exhaustion(RuntimeError("can't start new thread"))
    assert runner.explain_exhaustion(RuntimeError("another defect")) == ""


def test_a_folder_in_place_of_a_mark_is_one_message(tmp_path: Path) -> None:
    release = put(tmp_path, "2017-02-22")
    mark = release.with_name("2017-02-22.decided")
    (mark / "x").mkdir(parents=True)
    command = [str(PROGRAM), "decide", str(release), "--undo"]
    done = subprocess.run(command, capture_output=True, text=True, check=False)
    assert (done.returncode, done.stdout) == (1, "")
    assert done.stderr == (
        f"funding-report: {mark} cannot be written: Is a directory. Move it away, and run this "
        "again.\n"
    )


def test_a_limit_on_files_leaves_no_compiled_module_cut_off(board_project: Path) -> None:
    """Every run after it ended with "Stopped.", until somebody removed what Python had compiled."""
    cache = board_project / "cache"
    env = {**os.environ, "PYTHONPYCACHEPREFIX": str(cache)}
    env.pop("PYTHONDONTWRITEBYTECODE", None)
    # What Python loads before the command is compiled, as it is where the program has run before.
    subprocess.run([str(PROGRAM), "--help"], env=env, capture_output=True, check=True)
    compiled = {path: path.read_bytes() for path in cache.rglob("*.pyc")}
    limited = ["prlimit", "--fsize=512", str(PROGRAM), "board", "few", "--as-of", "2026-03-01"]
    done = subprocess.run(limited, env=env, capture_output=True, text=True, check=False)
    assert done.returncode == 1
    assert "A file is larger than this process may write" in done.stderr
    assert compiled
    assert {path: path.read_bytes() for path in cache.rglob("*.pyc")} == compiled
