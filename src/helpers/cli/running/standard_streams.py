"""Standard output and error that may be closed, full or a pipe whose reader is gone.

What a command does must not depend on whether somebody reads what it prints: an output that cannot
be written is dropped, and reported at the end.
"""

from __future__ import annotations

import errno
import os
import sys
from typing import Any, TextIO, cast

_READER_GONE = {errno.EPIPE, errno.ESHUTDOWN}


class TolerantStream:
    """A text stream that keeps its first error and drops what comes after it."""

    def __init__(self, stream: TextIO) -> None:
        self._stream = stream
        self.error: OSError | None = None

    def write(self, text: str) -> int:
        """Write the text, or drop it."""
        try:
            self._stream.write(text)
        except OSError as error:
            self._drop(error)
        return len(text)

    def flush(self) -> None:
        """Flush the stream, or drop what has not been written."""
        try:
            self._stream.flush()
        except OSError as error:
            self._drop(error)

    def _drop(self, error: OSError) -> None:
        """Let the stream go nowhere: Python writes the rest of its buffer at the end."""
        self.error = self.error or error
        nowhere = os.open(os.devnull, os.O_WRONLY)
        os.dup2(nowhere, self._stream.fileno())
        os.close(nowhere)

    def __getattr__(self, name: str) -> Any:
        return getattr(self._stream, name)


def open_closed_streams() -> None:
    """Open what the caller has closed: a file would get its number, and be printed into.

    Processes that this one starts inherit it; in them, too, a file would get the number.
    """
    for number in range(3):
        try:
            os.fstat(number)
        except OSError:
            os.set_inheritable(os.open(os.devnull, os.O_RDWR), True)  # the lowest free number
    for name in ("stdout", "stderr"):
        if getattr(sys, name) is None:
            setattr(sys, name, open(os.devnull, "w", encoding="utf-8"))  # noqa: PTH123, SIM115


def tolerate_output_errors() -> None:
    """Replace sys.stdout and sys.stderr by streams that drop what cannot be written."""
    for name in ("stdout", "stderr"):
        stream = getattr(sys, name)
        if not isinstance(stream, TolerantStream):
            setattr(sys, name, cast("TextIO", TolerantStream(stream)))


def output_error() -> str:
    """Return why standard output could not be written; '' if it could, or its reader is gone."""
    stream = sys.stdout
    stream.flush()
    error = stream.error if isinstance(stream, TolerantStream) else None
    return "" if error is None or error.errno in _READER_GONE else str(error.strerror)
