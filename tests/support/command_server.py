"""A process that has everything imported, and forks runs of `funding-report` from itself on demand.

So a run takes the time of its work, not of its imports, and fifty can be killed in a minute. It is
for tests of what a command does; that the program starts at all is for those that start it.
Started as `python ready.py`; the other half, Ready, is for the tests.
"""

from __future__ import annotations

import json
import os
import signal
import subprocess
import sys
from collections.abc import Iterator
from datetime import datetime
from functools import cache
from importlib import import_module
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

import pytest

from helpers.system.private_environment import server_environment

MODULES = (
    "helpers.letters.batch",
    "helpers.letters.forkserver_preload",
    "helpers.releases.board_release",
)
ROOT = Path(__file__).resolve().parents[2]


class Ready:
    """The way to the process; `close` ends it. `within` is a command to start it by."""

    def __init__(self, *within: str) -> None:
        self._said = TemporaryDirectory()
        self._process = subprocess.Popen(
            [*within, sys.executable, __file__, self._said.name],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            text=True,
            env={**os.environ, **server_environment()},
        )
        assert self._process.stdin
        assert self._process.stdout
        self._stdin, self._stdout = self._process.stdin, self._process.stdout
        assert self._answer() == "ready"

    def start(self, cwd: Path, *arguments: str, now: str | None = None, **environment: str) -> int:
        """Begin a run in a folder; its process id. `now` sets the clock of that run."""
        return int(
            self._ask(
                {"cwd": str(cwd), "arguments": arguments, "now": now, "environment": environment}
            )
        )

    def wait(self, pid: int) -> int:
        """The exit code of a run, when it has ended; negative for a signal."""
        return int(self._ask({"wait": pid}))

    def said(self, pid: int, name: str) -> str:
        """What a run has written to "out" or "err"."""
        return Path(self._said.name, f"{pid}.{name}").read_text(encoding="utf-8")

    def run(
        self, cwd: Path, *arguments: str, now: str | None = None, **environment: str
    ) -> tuple[int, str, str]:
        """A run from its beginning to its end: exit code, stdout and stderr."""
        pid = self.start(cwd, *arguments, now=now, **environment)
        return self.wait(pid), self.said(pid, "out"), self.said(pid, "err")

    def shell(self, *command: str) -> None:
        """Run a command where the process is; it has to succeed."""
        assert self._ask({"shell": command}) == 0, command

    def seen(self, path: Path) -> Path:
        """A path as the process sees it, mounts of its own included."""
        return Path(f"/proc/{self._process.pid}/root{path.absolute()}")

    def close(self) -> None:
        self._stdin.close()
        self._stdout.close()
        self._process.wait(20)
        self._said.cleanup()

    def _ask(self, order: dict[str, Any]) -> Any:
        self._stdin.write(json.dumps(order) + "\n")
        self._stdin.flush()
        return self._answer()

    def _answer(self) -> Any:
        return json.loads(self._stdout.readline())


@cache
def _shared() -> Ready:
    return Ready()


def funding_report(
    *arguments: object, cwd: Path = ROOT, **environment: str
) -> subprocess.CompletedProcess[str]:
    """A run of `funding-report` by a process that all tests share, as subprocess.run tells it."""
    given = [str(argument) for argument in arguments]
    code, out, err = _shared().run(cwd, *given, **environment)
    return subprocess.CompletedProcess(given, code, out, err)


@pytest.fixture(scope="session")
def ready() -> Ready:
    """The process that all tests share."""
    return _shared()


@pytest.fixture(scope="session", autouse=True)
def _no_process_is_left() -> Iterator[None]:
    yield
    if _shared.cache_info().currsize:
        _shared().close()


def serve() -> None:
    """Fork and wait as asked, until stdin ends."""
    # Imported for the runs; tqdm before there is a shell, or it takes us for a notebook.
    for name in ("tqdm.auto", "helpers.cli.commands", *MODULES):
        import_module(name)
    from helpers.notebooks.fork import notebook_kernel  # noqa: PLC0415 takes a second, and is for this process

    notebook_kernel.prepared_kernel()
    answer("ready")
    for line in sys.stdin:
        order = json.loads(line)
        if "wait" in order:
            answer(os.waitstatus_to_exitcode(os.waitpid(order["wait"], 0)[1]))
            continue
        if "shell" in order:
            answer(subprocess.run(order["shell"], check=False, stdout=sys.stderr).returncode)
            continue
        pid = os.fork()
        if pid == 0:
            begin(**order)
        answer(pid)


def answer(content: Any) -> None:
    sys.stdout.write(json.dumps(content) + "\n")
    sys.stdout.flush()


def begin(cwd: str, arguments: list[str], now: str | None, environment: dict[str, str]) -> None:
    """Be a run: what it prints goes into files of its own."""
    os.chdir(cwd)
    os.environ.update(environment)
    for number, name in ((1, "out"), (2, "err")):
        kept = os.open(f"{sys.argv[1]}/{os.getpid()}.{name}", os.O_WRONLY | os.O_CREAT | os.O_TRUNC)
        os.dup2(kept, number)
        os.close(kept)
    os.close(0)
    os.open(os.devnull, os.O_RDONLY)
    code = 70
    try:
        code = run(arguments, now)
    finally:
        sys.stdout.flush()
        sys.stderr.flush()
        os._exit(code)


_WRITES = {"os.mkdir", "os.rename", "os.remove", "os.rmdir", "os.truncate", "os.link", "os.symlink"}


def watch_writes() -> None:
    """Count what a run is about to write, and kill it before a write that the environment names."""
    kill_at = int(os.environ.get("KILL_AT_WRITE", "0"))
    counted = os.environ.get("COUNT_WRITES")
    if not (kill_at or counted):
        return
    process, seen = os.getpid(), 0

    def before(event: str, values: tuple[Any, ...]) -> None:
        nonlocal seen
        writes = event == "open" and isinstance(values[2], int) and values[2] & 3
        if os.getpid() != process or not (writes or event in _WRITES):
            return
        if str(values[0]) in (counted, os.devnull) or str(values[0]).startswith("/proc/"):
            return
        if "__pycache__" in str(values[0]):  # which only the first run compiles
            return
        seen += 1
        if counted:
            descriptor = os.open(counted, os.O_WRONLY | os.O_CREAT | os.O_TRUNC)
            os.write(descriptor, str(seen).encode())
            os.close(descriptor)
        if seen == kill_at:
            os.kill(process, signal.SIGKILL)

    sys.addaudithook(before)


def run(arguments: list[str], now: str | None) -> int:
    from helpers.cli import commands  # noqa: PLC0415 imported already
    from helpers.cli.running import clock, runner  # noqa: PLC0415
    from helpers.model import languages  # noqa: PLC0415
    from helpers.notebooks.fork import client  # noqa: PLC0415

    home = client.start_fork_server(forked=True)
    if folder := os.environ.get("CATALOGUES"):
        languages.CATALOGUE_FOLDER = Path(folder)  # `new-language` writes there
    watch_writes()
    if now:
        clock.now = lambda: datetime.fromisoformat(now)
    sys.argv = ["funding-report", *arguments]
    try:
        runner.run_cli(commands.cli)
    except SystemExit as end:
        return int(end.code or 0)
    finally:
        home.close()
    return 0


if __name__ == "__main__":
    # Under nohup it is ignored, and so it would be in every run that is started from here.
    signal.signal(signal.SIGHUP, signal.SIG_DFL)
    serve()
