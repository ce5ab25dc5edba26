"""`funding-report letters --dask`: a real scheduler and two workers, one of which is killed."""

import json
import signal
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

from support.command_server import funding_report
from support.small_project import AS_OF, more_members
from support.waiting import wait_until

BIN = Path(sys.executable).parent
FOLDER = Path("reports/few")
RELEASE = FOLDER / "2026-03-01-letters"
LETTERS = 10


def start(module: str, *options: str) -> subprocess.Popen[bytes]:
    """One of Dask's two programs, with its log in a file beside."""
    with Path(f"{module}.log").open("ab") as log:
        return subprocess.Popen(
            [sys.executable, "-m", f"distributed.cli.{module}", *options],
            stdout=log,
            stderr=log,
        )


@pytest.fixture
def cluster(small_project: Path) -> Iterator[tuple[str, list[subprocess.Popen[bytes]]]]:
    """A scheduler on loopback and two workers of one thread, in the project's folder."""
    about = small_project / "scheduler.json"
    processes = [
        start("dask_scheduler", "--host", "127.0.0.1", "--port", "0", "--no-dashboard",
              "--no-show", "--scheduler-file", str(about))
    ]  # fmt: skip
    try:
        # The scheduler creates the file before it writes into it.
        assert wait_until(lambda: about.exists() and about.read_bytes().rstrip().endswith(b"}"))
        address = json.loads(about.read_text(encoding="utf-8"))["address"]
        options = ["--nthreads", "1", "--no-nanny", "--no-dashboard", "--host", "127.0.0.1"]
        processes += [start("dask_worker", address, *options) for _ in range(2)]
        yield address, processes[1:]
    finally:
        for process in processes:
            process.kill()
            process.wait()


def test_a_worker_that_is_killed_midway_costs_no_letter(
    small_project: Path, cluster: tuple[str, list[subprocess.Popen[bytes]]]
) -> None:
    address, workers = cluster
    codes = more_members(small_project, LETTERS)
    (small_project / "slow.txt").write_text("0.7")
    run = subprocess.Popen(
        [str(BIN / "funding-report"), "letters", "few", "--as-of", str(AS_OF), "--dask", address],
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
    )
    assert wait_until(lambda: len(made()) >= 3 or run.poll() is not None)
    assert run.poll() is None, run.communicate()
    before = made()
    workers[0].send_signal(signal.SIGKILL)
    out, err = run.communicate(timeout=240)
    assert run.returncode == 0, err
    assert out.splitlines()[0] == str(RELEASE)
    assert f"{LETTERS} of {LETTERS} letters" in err
    assert "failed" not in err
    assert sorted(path.name[:4] for path in RELEASE.glob("*.pdf")) == codes
    # What was there before the worker was lost has not been made again.
    assert {name: (RELEASE / name).stat().st_mtime_ns for name in before} == before
    assert workers[1].poll() is None


def made() -> dict[str, int]:
    """The letters in the working folder, and when each was put there."""
    return {path.name: path.stat().st_mtime_ns for path in FOLDER.glob(".2*-letters-*/*.ipynb")}


def test_no_scheduler_is_one_clear_message(small_project: Path) -> None:
    assert small_project.is_dir()
    asked = ("letters", "few", "--as-of", AS_OF, "--dask", "tcp://127.0.0.1:9")
    impatient = {"DASK_DISTRIBUTED__COMM__TIMEOUTS__CONNECT": "2s"}
    done = funding_report(*asked, cwd=small_project, **impatient)
    assert (done.returncode, done.stdout) == (1, "")
    assert "No Dask scheduler answers at tcp://127.0.0.1:9" in done.stderr
    assert "Traceback" not in done.stderr
    assert not Path("reports").exists()
