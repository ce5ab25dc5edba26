"""A Jupyter session whose messages go into the pipe to the client instead of ZeroMQ."""

from __future__ import annotations

import base64
import fcntl
import json
import os
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from multiprocessing.connection import Connection
from tempfile import TemporaryFile
from typing import Any

from jupyter_client.jsonutil import json_default
from jupyter_client.session import Session


class PipeSession(Session):
    """A session that sends [type, content] pairs, or triples with the buffers of a widget."""

    def set_channel(self, channel: Connection) -> None:
        """Set the pipe that later messages go into."""
        self._channel = channel
        self.lock = threading.RLock()
        self._lock_file = TemporaryFile()  # noqa: SIM115 open as long as the process runs
        # A thread that held the lock does not exist in a process that a cell forks.
        os.register_at_fork(
            before=self.lock.acquire,
            after_in_parent=self.lock.release,
            after_in_child=self.lock.release,
        )

    def send(
        self,
        stream: Any,
        msg_or_type: Any,
        content: dict[str, Any] | None = None,
        *_: Any,
        buffers: list[Any] | None = None,
        **__: Any,
    ) -> None:
        """Send a message; `stream` is the socket that ZeroMQ would need."""
        del stream
        if isinstance(msg_or_type, dict):
            msg_or_type, content = msg_or_type["header"]["msg_type"], msg_or_type["content"]
        encoded = [base64.b64encode(buffer).decode() for buffer in buffers or ()]
        self._send_json((msg_or_type, content, encoded) if encoded else (msg_or_type, content))

    def _send_json(self, message: tuple[Any, ...]) -> None:
        """Send a message as JSON; values of other types are converted as a kernel converts them.

        ASCII with escapes keeps text that UTF-8 cannot encode, such as half of a surrogate pair.
        """
        encoded = json.dumps(message, default=json_default).encode()
        with self.lock, self._locked_between_processes():
            self._channel.send_bytes(encoded)

    @contextmanager
    def _locked_between_processes(self) -> Iterator[None]:
        """Keep apart the messages of processes that a cell forked, which share the pipe."""
        fcntl.lockf(self._lock_file, fcntl.LOCK_EX)
        try:
            yield
        finally:
            fcntl.lockf(self._lock_file, fcntl.LOCK_UN)
