"""`funding-report letters --dask`: a real scheduler and two workers, one of which is killed."""

import os
import re
import signal
import subprocess
import sys
from collections.abc import Iterator
from datetime import date
from functools import partial
from pathlib import Path

import pytest

from support.command_server import funding_report
from support.dask_cluster import Cluster, dask_cluster
from support.new_rounds import project_with_few
from support.small_project import AS_OF, more_members
from support.waiting import wait_until

BIN = Path(sys.executable).parent
FOLDER = Path("reports/few")
RELEASE = FOLDER / "2026-03-01-letters"
LETTERS = 10


@pytest.fixture
def cluster(small_project: Path) -> Iterator[Cluster]:
    with dask_cluster(small_project) as started:
        yield started


def test_a_worker_that_is_killed_midway_costs_no_letter(
    small_project: Path, cluster: Cluster
) -> None:
    codes = more_members(small_project, LETTERS)
    (small_project / "slow.txt").write_text("0.7")
    run = subprocess.Popen(
        [
            str(BIN / "funding-report"),
            "letters",
            "few",
            "--as-of",
            str(AS_OF),
            "--dask",
            cluster.address,
        ],
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
    )
    assert wait_until(lambda: len(made()) >= 3 or run.poll() is not None)
    assert run.poll() is None, run.communicate()
    before = made()
    cluster.workers[0].send_signal(signal.SIGKILL)
    out, err = run.communicate(timeout=240)
    assert run.returncode == 0, err
    assert out.splitlines()[0] == str(RELEASE)
    assert f"{LETTERS} of {LETTERS} letters" in err
    assert "failed" not in err
    assert sorted(path.name[:4] for path in RELEASE.glob("*.pdf")) == codes
    # What was there before the worker was lost has not been made again.
    assert {name: (RELEASE / name).stat().st_mtime_ns for name in before} == before
    assert cluster.workers[1].poll() is None


# `make bench` sets thousands.
MANY = int(os.environ.get("CLUSTER_LETTERS", "24"))
MOST_GROWTH = 1.15  # of the memory of the machine that asks, from a third of the letters to the end


def test_one_worker_is_lost_and_another_joins(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Real letters: each is written once, the memory of what asks is flat, and all are verified."""
    project_with_few(tmp_path, date(2026, 1, 10))
    codes = more_members(tmp_path, MANY)
    monkeypatch.chdir(tmp_path)
    command = [str(BIN / "funding-report")]
    with dask_cluster(tmp_path) as cluster:
        asked = ["letters", "few", "--as-of", str(AS_OF), "--dask", cluster.address]
        run = subprocess.Popen([*command, *asked], stderr=subprocess.PIPE, text=True)
        memory = []
        for part in (MANY // 3, MANY - MANY // 10):
            assert wait_until(partial(enough_are_made, part, run), 60 + MANY)
            assert run.poll() is None, run.communicate()
            memory.append(resident_kilobytes(run.pid))
            if len(memory) == 1:
                before = made()
                cluster.workers[0].send_signal(signal.SIGKILL)
                # The other one waits, so that letters are left for the one that joins.
                cluster.workers[1].send_signal(signal.SIGSTOP)
                cluster.add_worker()
                assert wait_until(lambda: cluster.registered() == 3)
                cluster.workers[1].send_signal(signal.SIGCONT)
        _, err = run.communicate(timeout=60 + MANY)
        assert run.returncode == 0, err
        assert [worker.poll() is None for worker in cluster.workers] == [False, True, True]
    assert f"{MANY} of {MANY} letters" in err
    release = next(FOLDER.glob(f"{AS_OF}-*"))
    assert sorted(path.name[:4] for path in release.glob("*.pdf")) == codes
    assert {name: (release / name).stat().st_mtime_ns for name in before} == before
    assert memory[1] <= MOST_GROWTH * memory[0], memory
    verified = subprocess.run([*command, "verify", str(release)], capture_output=True, check=False)
    assert verified.returncode == 0, verified.stdout + verified.stderr


def enough_are_made(letters: int, run: subprocess.Popen[str]) -> bool:
    """Whether there are so many letters, or there will be no more."""
    return len(made()) >= letters or run.poll() is not None


def resident_kilobytes(pid: int) -> int:
    return int(re.findall(r"VmRSS:\s*(\d+)", Path(f"/proc/{pid}/status").read_text())[0])


def made() -> dict[str, int]:
    """The letters in the working folder, and when each was put there."""
    return {path.name: path.stat().st_mtime_ns for path in FOLDER.glob(".2*-*/*.ipynb")}


def test_no_scheduler_is_one_clear_message(small_project: Path) -> None:
    assert small_project.is_dir()
    asked = ("letters", "few", "--as-of", AS_OF, "--dask", "tcp://127.0.0.1:9")
    impatient = {"DASK_DISTRIBUTED__COMM__TIMEOUTS__CONNECT": "2s"}
    done = funding_report(*asked, cwd=small_project, **impatient)
    assert (done.returncode, done.stdout) == (1, "")
    assert "No Dask scheduler answers at tcp://127.0.0.1:9" in done.stderr
    assert "Traceback" not in done.stderr
    assert not Path("reports").exists()
