"""A process that has everything imported, and forks runs of `funding-report` from itself on demand.

So a run takes the time of its work, not of its imports, and fifty can be killed in a minute.
Started as `python ready.py`; the other half, Ready, is for the tests.
"""

from __future__ import annotations

import json
import os
import subprocess
import sys
from datetime import datetime
from importlib import import_module
from pathlib import Path
from typing import Any

from helpers.publish.nursery import surroundings

MODULES = ("batch", "preloaded", "render")


class Ready:
    """The way to the process; `close` ends it. `within` is a command to start it by."""

    def __init__(self, *within: str) -> None:
        self._process = subprocess.Popen(
            [*within, sys.executable, __file__], stdin=subprocess.PIPE,
            stdout=subprocess.PIPE, text=True, env=surroundings(),
        )  # fmt: skip
        assert self._answer() == "ready"

    def start(self, cwd: Path, *arguments: str, now: str | None = None) -> int:
        """Begin a run in a folder; its process id. `now` sets the clock of that run."""
        return int(self._ask({"cwd": str(cwd), "arguments": arguments, "now": now}))

    def wait(self, pid: int) -> int:
        """The exit code of a run, when it has ended; negative for a signal."""
        return int(self._ask({"wait": pid}))

    def run(self, cwd: Path, *arguments: str, now: str | None = None) -> tuple[int, str, str]:
        """A run from its beginning to its end: exit code, stdout and stderr."""
        pid = self.start(cwd, *arguments, now=now)
        code = self.wait(pid)
        return (code, *(said(cwd, pid, name) for name in ("out", "err")))

    def shell(self, *command: str) -> None:
        """Run a command where the process is; it has to succeed."""
        assert self._ask({"shell": command}) == 0, command

    def seen(self, path: Path) -> Path:
        """A path as the process sees it, mounts of its own included."""
        return Path(f"/proc/{self._process.pid}/root{path.absolute()}")

    def close(self) -> None:
        self._process.stdin.close()
        self._process.stdout.close()
        self._process.wait(20)

    def _ask(self, order: dict[str, Any]) -> Any:
        self._process.stdin.write(json.dumps(order) + "\n")
        self._process.stdin.flush()
        return self._answer()

    def _answer(self) -> Any:
        return json.loads(self._process.stdout.readline())


def said(cwd: Path, pid: int, name: str) -> str:
    """What a run has written to "out" or "err"."""
    return (cwd.parent / f"{pid}.{name}").read_text(encoding="utf-8")


def serve() -> None:
    """Fork and wait as asked, until stdin ends."""
    # Imported for the runs; tqdm before there is a shell, or it takes us for a notebook.
    for name in ("tqdm.auto", "helpers.cli", *(f"helpers.publish.{n}" for n in MODULES)):
        import_module(name)
    from helpers.publish import shell  # noqa: PLC0415 takes a second, and is for this process

    shell.prepare()
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


def begin(cwd: str, arguments: list[str], now: str | None) -> None:
    """Be a run: what it prints goes into files beside its folder."""
    os.chdir(cwd)
    for number, name in ((1, "out"), (2, "err")):
        kept = os.open(f"../{os.getpid()}.{name}", os.O_WRONLY | os.O_CREAT | os.O_TRUNC)
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


def run(arguments: list[str], now: str | None) -> int:
    from helpers import cli, clock  # noqa: PLC0415 imported already
    from helpers.publish import nursery  # noqa: PLC0415

    home = nursery.start(forked=True)
    if now:
        clock.now = lambda: datetime.fromisoformat(now)
    sys.argv = ["funding-report", *arguments]
    try:
        cli.main()
    except SystemExit as end:
        return int(end.code or 0)
    finally:
        home.close()
    return 0


if __name__ == "__main__":
    serve()
