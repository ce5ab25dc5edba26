"""Standard output and error of a notebook's process, in the order in which they were written.

What other programs and C libraries write to the two descriptors goes into a pipe each. A stream
reads its pipe before it takes a text that Python prints, so that both are in order.
"""

from __future__ import annotations

import codecs
import fcntl
import os
import select
import sys
import threading
import time
from contextlib import suppress
from io import TextIOBase

from helpers.notebooks.fork.pipe_session import PipeSession

# A kernel sends a text after this time at the latest (ipykernel's OutStream.flush_interval).
FLUSH_SECONDS = 0.2
_WATCH_MILLISECONDS = 100
_READ_BYTES = 1 << 16
_READS_AT_ONCE = 64  # a program that writes all the time does not keep the lock
_PIPE_BYTES = 1 << 20  # a C library that keeps Python's lock may write this much


class OutputStreams:
    """Both streams, and the thread that reads their pipes and sends what a slow cell prints."""

    def __init__(self, session: PipeSession) -> None:
        self._streams = [
            _OutputStream(session, name, number) for number, name in ((1, "stdout"), (2, "stderr"))
        ]
        sys.stdout, sys.stderr = self._streams
        threading.Thread(target=self._watch, daemon=True).start()

    def flush(self) -> None:
        """Send all that has been printed."""
        for stream in self._streams:
            stream.finish()

    def _watch(self) -> None:
        readable = select.poll()
        for stream in self._streams:
            readable.register(stream.read_end, select.POLLIN)
        while True:
            readable.poll(_WATCH_MILLISECONDS)
            for stream in self._streams:
                stream.send_if_due()


class _OutputStream(TextIOBase):
    encoding = "UTF-8"

    def __init__(self, session: PipeSession, name: str, number: int) -> None:
        self.name = name
        self._session, self._number = session, number
        self._owner = os.getpid()
        self._texts: list[str] = []
        self._oldest = 0.0  # when the first of the texts was written
        self._decoder = codecs.getincrementaldecoder("utf-8")("replace")
        self.read_end, write_end = os.pipe()
        self._readable = select.poll()  # quicker than a read that finds nothing
        self._readable.register(self.read_end, select.POLLIN)
        os.dup2(write_end, number)
        self._write_end = write_end  # kept open: a cell may close or redirect the descriptor
        _enlarge_pipe(write_end)

    def writable(self) -> bool:
        return True

    def isatty(self) -> bool:
        return False

    def fileno(self) -> int:
        return self._number

    def write(self, text: str) -> int:
        if not isinstance(text, str):
            raise TypeError(f"write() argument must be str, not {type(text)}")
        if os.getpid() != self._owner:  # forked by a cell: it may end without a flush
            _write_all(self._write_end, text.encode(errors="replace"))
            return len(text)
        with self._session.lock:
            self._read_pipe()
            self._add(text)
        return len(text)

    def flush(self) -> None:
        self._send()

    def finish(self) -> None:
        """Send all that has been written, also the first bytes of a character."""
        with self._session.lock:
            self._read_pipe()
            self._add(self._decoder.decode(b"", final=True))
            self._send()

    def send_if_due(self) -> None:
        """Read the pipe, and send what was written before FLUSH_SECONDS."""
        with self._session.lock:
            self._read_pipe()
            if self._texts and time.monotonic() - self._oldest >= FLUSH_SECONDS:
                self._send(more=True)

    def _send(self, *, more: bool = False) -> None:
        """Send the texts; `more` marks a message that time has split from the next one."""
        if os.getpid() != self._owner:
            return
        with self._session.lock:
            self._read_pipe()
            text = "".join(self._texts)
            self._texts.clear()
            if text:
                content = {"name": self.name, "text": text, "more": more}
                self._session.send(None, "stream", content)

    def _add(self, text: str) -> None:
        if text:
            if not self._texts:
                self._oldest = time.monotonic()
            self._texts.append(text)

    def _read_pipe(self) -> None:
        reads = 0
        while self._readable.poll(0) and reads < _READS_AT_ONCE:
            self._add(self._decoder.decode(os.read(self.read_end, _READ_BYTES)))
            reads += 1


def _enlarge_pipe(descriptor: int) -> None:
    if sys.platform == "linux":
        with suppress(OSError):  # the system allows less
            fcntl.fcntl(descriptor, fcntl.F_SETPIPE_SZ, _PIPE_BYTES)


def _write_all(descriptor: int, content: bytes) -> None:
    while content:
        content = content[os.write(descriptor, content) :]
