"""`funding-report letters` as a user meets it: in processes of its own, stopped and taken up."""

import os
import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest

from support.command_server import funding_report
from support.leftover_processes import nobody_left
from support.small_project import AS_OF, more_members
from support.waiting import wait_until

BIN = Path(sys.executable).parent
FOLDER = Path("reports/few")
RELEASE = FOLDER / "2026-03-01-letters"


def command(*options: str) -> list[str]:
    return [str(BIN / "funding-report"), "letters", "few", "--as-of", str(AS_OF), *options]


def started(*options: str) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        command(*options), capture_output=True, text=True, check=False, timeout=300
    )


def letters(*options: str, **environment: str) -> subprocess.CompletedProcess[str]:
    """The same by the process that all tests share, where its start is not what is tested."""
    asked = ("letters", "few", "--as-of", AS_OF, *options)
    return funding_report(*asked, cwd=Path.cwd(), **environment)


def documents(folder: Path) -> dict[str, bytes]:
    """What is to be the same every time: all but run.json and the notebooks with their timings."""
    files = (path for path in folder.rglob("*") if path.is_file())
    return {
        path.relative_to(folder).as_posix(): path.read_bytes()
        for path in files
        if path.suffix != ".ipynb" and path.name != "run.json"
    }


def test_two_workers_make_what_one_makes_and_the_folder_is_printed(small_project: Path) -> None:
    more_members(small_project, 5)
    one = letters("--workers", "1", "--output", "one")
    two = started("--workers", "2", "--output", "two")
    assert (one.returncode, two.returncode) == (0, 0), one.stderr + two.stderr
    ours = Path("one/few/2026-03-01-letters")
    others = ["figures.json", "invoices.csv", "invoices.xlsx", "mail-merge.csv", "run.json"]
    assert one.stdout.splitlines() == [str(ours), *(str(ours / name) for name in others)]
    assert "5 of 5 letters" in one.stderr
    first, second = documents(ours), documents(Path("two/few/2026-03-01-letters"))
    assert len([name for name in first if name.endswith(".pdf")]) == 5
    assert first == second
    again = letters("--output", "one")
    assert "Nothing has changed" in again.stderr
    assert again.stdout == one.stdout


def test_a_fresh_kernel_for_each_letter_gives_the_same(small_project: Path) -> None:
    letters("--only", "0001", "--output", "ours")
    kernel = letters("--only", "0001", "--output", "kernel", FUNDING_REPORT_ENGINE="kernel")
    assert kernel.returncode == 0, kernel.stderr
    place = "few/2026-03-01-letters-draft-sv"
    assert documents(Path("ours") / place) == documents(Path("kernel") / place)


def test_one_that_fails_is_listed_and_gives_exit_3(small_project: Path) -> None:
    (small_project / "failing.txt").write_text("0002")
    done = letters("--workers", "2")
    assert (done.returncode, done.stdout) == (3, "")
    assert "0002: The notebook municipality_letter.ipynb stopped on an error" in done.stderr
    assert "Traceback" not in done.stderr
    (small_project / "failing.txt").unlink()
    again = letters("--workers", "2")
    assert again.returncode == 0
    assert "1 of 1 letters" in again.stderr
    assert len(list(RELEASE.glob("*.pdf"))) == 3


def listening() -> subprocess.Popen[str]:
    """A run in a session of its own, as of a terminal."""
    # Where the tests themselves run in the background, Ctrl-C may be ignored: not here.
    return subprocess.Popen(
        ["env", "--default-signal=INT", *command("--workers", "2")],
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
        start_new_session=True,
    )


def start_slowly(project: Path, number: int) -> subprocess.Popen[str]:
    """A run of so many letters of a second each; returns when the first is there."""
    more_members(project, number)
    (project / "slow.txt").write_text("1")
    process = listening()
    assert wait_until(
        lambda: process.poll() is not None or list(FOLDER.glob(".2*/*.ipynb")),
    )
    assert process.poll() is None, process.communicate()
    return process


@pytest.mark.skipif(not Path("/proc/self/cwd").exists(), reason="processes are looked up in /proc")
def test_a_run_that_is_killed_leaves_no_process_and_is_taken_up(small_project: Path) -> None:
    process = start_slowly(small_project, 6)
    os.kill(process.pid, signal.SIGKILL)
    process.communicate()
    assert nobody_left(small_project)
    assert not RELEASE.exists()
    (hidden,) = FOLDER.glob(".2*-letters-*[0-9a-f]")
    made = {path.name: path.stat().st_mtime_ns for path in hidden.glob("*.ipynb")}
    assert 1 <= len(made) < 6
    (small_project / "slow.txt").unlink()
    again = letters("--workers", "2")
    assert again.returncode == 0, again.stderr
    assert f"{6 - len(made)} of {6 - len(made)} letters" in again.stderr
    assert {name: (RELEASE / name).stat().st_mtime_ns for name in made} == made
    assert len(list(RELEASE.glob("*.pdf"))) == 6
    assert [path.name for path in FOLDER.iterdir() if path.is_dir()] == [RELEASE.name]


@pytest.mark.skipif(not Path("/proc/self/cwd").exists(), reason="processes are looked up in /proc")
def test_ctrl_c_stops_all_and_says_how_to_go_on(small_project: Path) -> None:
    process = start_slowly(small_project, 6)
    os.killpg(process.pid, signal.SIGINT)
    out, err = process.communicate(timeout=60)
    assert (process.returncode, out) == (130, "")
    assert "run the same command to make the rest" in err
    assert "Traceback" not in err
    assert nobody_left(small_project)
    assert not RELEASE.exists()
    assert list(FOLDER.glob(".2*-letters-*/*.ipynb"))


@pytest.mark.skipif(not Path("/proc/self/task").exists(), reason="children are read in /proc")
@pytest.mark.parametrize("later", [0, 0.2, 0.4, 0.8, 1.2])
def test_ctrl_c_while_all_is_being_imported_is_no_traceback(
    small_project: Path, later: float
) -> None:
    process = listening()
    children = Path(f"/proc/{process.pid}/task/{process.pid}/children")
    assert wait_until(lambda: process.poll() is not None or children.read_text())
    time.sleep(later)  # whatever it does by then
    os.killpg(process.pid, signal.SIGINT)
    out, err = process.communicate(timeout=60)
    assert process.returncode in (130, -signal.SIGINT)  # a shell tells both as 130
    assert (out, "Traceback" in err) == ("", False), err
    assert nobody_left(small_project)
    assert not RELEASE.exists()


BAD = [
    (["--only", "9999"], 1, "no member with the code '9999'"),
    (["--as-of", "soon"], 1, "'as_of' cannot be 'soon'"),
    (["--workers", "0"], 2, "Usage:"),
    (["--workers", "2", "--dask", "127.0.0.1:1"], 2, "Usage:"),
    (["--dask", "127.0.0.1:1", "--decisions", "sqlite:///x.db"], 1, "--decisions env:NAME"),
]


@pytest.mark.parametrize(("options", "code", "message"), BAD)
def test_bad_options_are_one_message_and_leave_nothing(
    small_project: Path, options: list[str], code: int, message: str
) -> None:
    done = letters(*options)
    assert (done.returncode, done.stdout) == (code, "")
    assert message in done.stderr
    assert "Traceback" not in done.stderr
    assert not Path("reports").exists()
