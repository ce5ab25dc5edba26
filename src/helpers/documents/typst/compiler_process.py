"""Typst in a separate process, which a hostile or huge source ends instead of this one.

A source of a few kilobytes can ask for any amount of memory and time, and Typst cannot be bounded
or stopped from within its process. The process is started when the first document is compiled, and
serves those after it, so that a letter does not pay for its start.
"""

from __future__ import annotations

import atexit
import json
import os
import signal
import subprocess
import threading
from collections.abc import Mapping, Sequence
from contextlib import suppress
from typing import IO, Any, cast

from helpers.documents.page_templates import TEMPLATE_FOLDER
from helpers.errors import ExhaustedError
from helpers.system.control.child_limits import child_environment, module_command
from helpers.system.control.signals import sigint_blocked
from helpers.system.typefaces.report_typeface import FONT_FOLDER

MAIN_FILE = "main.typ"  # the file that is set
_CHILD_MODULE = "helpers.documents.typst.compiler_child"
MAX_COMPILER_BYTES = 4_000_000_000  # of addresses; a source of the most characters takes 2
MAX_SECONDS = 180  # of processor time for a document; a source of the most characters takes 10
MAX_DRAWING_SECONDS = 20  # the same for a small drawing, which takes less than a second
_MOST_THREADS = 8  # each has tens of megabytes of addresses, and a machine may have 100 processors
# Typst downloads what it does not find: no package can be had through a proxy that is not there.
_NO_NETWORK = dict.fromkeys(
    ("http_proxy", "HTTP_PROXY", "https_proxy", "HTTPS_PROXY", "all_proxy", "ALL_PROXY"),
    "http://127.0.0.1:9",
)


class TypesettingError(Exception):
    """Typst cannot set the source, for the reason that it states."""


class HeavySourceError(Exception):
    """Typst ended, because the source takes more than the bound that the text states."""


def typeset_pdf(sources: Mapping[str, str], font_folders: Sequence[str], timestamp: str) -> bytes:
    """Return the main file of the sources as PDF/A-2a and PDF/UA-1.

    `sources` are texts by the name of a file, and the timestamp is in ISO format. Raises
    TypesettingError where Typst reports an error, HeavySourceError where it takes too much, and
    ExhaustedError where the system refuses what it needs.
    """
    request = {"font_folders": font_folders, "timestamp": timestamp, "seconds": MAX_SECONDS}
    return _compiled({"format": "pdf", **request}, sources)


def start() -> None:
    """Start the process, unless it runs; the first document does so otherwise."""
    with _lock:
        _process()


def draw_png(source: str, pixels_per_inch: float) -> bytes:
    """Return the first page of a source, a small drawing, as a PNG; raises as typeset_pdf does."""
    request = {"format": "png", "font_folders": [str(FONT_FOLDER)], "ppi": pixels_per_inch}
    return _compiled({**request, "seconds": MAX_DRAWING_SECONDS}, {MAIN_FILE: source})


class _EndedError(Exception):
    """The process ended, with this exit code, before it had answered."""

    def __init__(self, code: int) -> None:
        super().__init__()
        self.code = code


class _CompilerProcess:
    """The process and the pipes to it."""

    def __init__(self) -> None:
        self.owner = os.getpid()
        self.has_answered = False
        threads = str(min(_MOST_THREADS, os.cpu_count() or 1))
        with sigint_blocked():
            self._process = subprocess.Popen(  # noqa: S603 this package
                module_command(_CHILD_MODULE, str(MAX_COMPILER_BYTES)),
                stdin=subprocess.PIPE,
                stdout=subprocess.PIPE,
                stderr=subprocess.DEVNULL,
                env={**child_environment(), **_NO_NETWORK, "RAYON_NUM_THREADS": threads},
            )
        self._to = cast(IO[bytes], self._process.stdin)
        self._from = cast(IO[bytes], self._process.stdout)

    def answer(
        self, request: dict[str, Any], files: Mapping[str, bytes]
    ) -> tuple[dict[str, Any], bytes]:
        """Have the process answer; raises BrokenPipeError or EOFError if it ends before."""
        lengths = {name: len(content) for name, content in files.items()}
        line = json.dumps({**request, "root": str(TEMPLATE_FOLDER), "lengths": lengths})
        self._to.write(b"".join([line.encode(), b"\n", *files.values()]))
        self._to.flush()
        answered = self._from.readline()
        answer = json.loads(answered) if answered.endswith(b"\n") else {"length": 1}
        made = self._from.read(answer["length"])
        if len(made) < answer["length"]:
            raise EOFError
        self.has_answered = True
        return answer, made

    def end(self) -> int:
        """End the process; return its exit code, negative for a signal."""
        for pipe in (self._to, self._from):
            with suppress(OSError):  # what the process did not read
                pipe.close()
        self._process.kill()
        return self._process.wait()


_running: list[_CompilerProcess] = []
_lock = threading.Lock()


def _compiled(request: dict[str, Any], sources: Mapping[str, str]) -> bytes:
    files = {name: source.encode() for name, source in sources.items()}
    with _lock:
        try:
            answer, made = _answer(request, files)
        except _EndedError as ended:
            # Its own bounds end it by other signals: SIGKILL is the system, which lacks memory.
            if ended.code > 0 or ended.code == -getattr(signal, "SIGKILL", 0):
                raise ExhaustedError(
                    "Typst failed: the system may lack memory, threads or open files. Raise its "
                    "limits (`ulimit -a`), and run the command again."
                ) from None
            raise HeavySourceError(_explanation(ended.code, request["seconds"])) from None
        except BaseException:  # a stop: what the process still answers is for nobody
            _end_process()
            raise
    if "error" in answer:
        raise TypesettingError(answer["error"])
    return made


def _answer(request: dict[str, Any], files: Mapping[str, bytes]) -> tuple[dict[str, Any], bytes]:
    """Return the answer; a process that had set other documents is replaced once if it ends.

    It may have been ended since the last document, or hold too much of the documents before.
    """
    process = _process()
    was_new = not process.has_answered
    try:
        return process.answer(request, files)
    except (BrokenPipeError, EOFError):
        code = _end_process()
    if was_new or code == -getattr(signal, "SIGXCPU", 0):
        raise _EndedError(code)
    return _answer(request, files)


def _process() -> _CompilerProcess:
    """Return this process's compiler, started if necessary; a fork needs another one."""
    if not (_running and _running[0].owner == os.getpid()):
        _running[:] = [_CompilerProcess()]
        atexit.register(_end_process)
    return _running[0]


def _end_process() -> int:
    if not (_running and _running[0].owner == os.getpid()):
        return 0
    atexit.unregister(_end_process)
    return _running.pop().end()


def _explanation(code: int, seconds: int) -> str:
    if code == -getattr(signal, "SIGXCPU", 0):
        return f"it takes more than {seconds} seconds of processor time"
    return f"it takes more than {MAX_COMPILER_BYTES // 10**6:,} MB of memory"
