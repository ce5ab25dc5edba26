"""The system refuses processes and threads (`ulimit -u`): one true message, no traceback."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from support.required_programs import missing

PROGRAM = Path(sys.executable).with_name("funding-report")
UNUSED_ID = "23456"  # of no user: the limit counts the processes of one, and does not bind root


def run_alone(*arguments: str) -> subprocess.CompletedProcess[str]:
    """Run a command that may start neither a process nor a thread."""
    for needed in ("prlimit", "setpriv"):
        if shutil.which(needed) is None:
            missing(f"{needed} is not installed", "apt-get install util-linux")
    another: list[str] = []
    if os.geteuid() == 0:  # who still may read the files of root
        kept = "-all,+dac_override"
        ids = ["--reuid", UNUSED_ID, "--regid", UNUSED_ID, "--clear-groups"]
        another = ["setpriv", *ids, "--inh-caps", kept, "--ambient-caps", kept]
    return subprocess.run(
        [*another, "prlimit", "--nproc=1", str(PROGRAM), *arguments],
        capture_output=True,
        text=True,
        check=False,
    )


@pytest.mark.parametrize("command", ["board", "letters"])
def test_a_command_that_needs_processes_says_what_is_missing(
    board_project: Path, command: str
) -> None:
    done = run_alone(command, "few", "--as-of", "2026-03-01")
    assert (done.returncode, done.stdout) == (1, "")
    # matplotlib may say before it that the user of the test has no folder for its settings.
    message = done.stderr[done.stderr.index("funding-report: ") :]
    assert message.startswith("funding-report: The system ")
    assert "ulimit" in message
    assert message.count("\n") == 1
    assert "Traceback" not in done.stderr
    assert not (board_project / "reports").exists()


def test_a_command_that_needs_none_works(board_project: Path) -> None:
    done = run_alone("due", "few", "--within", "3", "--on", "2026-03-01")
    assert done.returncode == 7
    assert done.stderr.startswith("funding-report: few has no board report as of 2026-02-26")
    assert done.stderr.count("\n") == 1
    (board_project / "reports").mkdir()
    assert (run_alone("index").returncode, run_alone("index").stderr) == (0, "")


REFUSED = """\
import os, errno
def refused():
    raise {error}
os.fork = refused
"""


@pytest.mark.parametrize(
    ("error", "printed"),
    [("BlockingIOError(errno.EAGAIN, 'no')", False), ("ValueError('a defect')", True)],
)
def test_a_forkserver_that_gets_no_process_prints_nothing(
    tmp_path: Path, error: str, printed: bool
) -> None:
    """Python's own ends with a traceback; that of a defect is still printed."""
    (tmp_path / "refusing.py").write_text(REFUSED.format(error=error))
    script = (
        "import multiprocessing as m, multiprocessing.forkserver as f, os\n"
        "f.set_forkserver_preload(['helpers.letters.forkserver_preload', 'refusing'])\n"
        "try: m.get_context('forkserver').Process(target=os.getpid).start()\n"
        "except EOFError: print('ended')\n"
        "os.waitpid(f._forkserver._forkserver_pid, 0)\n"
    )
    done = subprocess.run(
        [sys.executable, "-c", script],
        capture_output=True,
        text=True,
        check=True,
        env={**os.environ, "PYTHONPATH": str(tmp_path)},
    )
    assert done.stdout == "ended\n"
    assert ("a defect" in done.stderr) == printed
    assert ("Traceback" in done.stderr) == printed
