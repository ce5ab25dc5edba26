"""Add the messages of a notebook's process to a cell's outputs, as nbclient adds a kernel's."""

from __future__ import annotations

import base64
from typing import Any

from jupyter_client.session import Session
from nbformat import NotebookNode
from papermill.clientwrap import PapermillNotebookClient


class InvalidMessageError(Exception):
    """A child's channel contains something that is not a message of pipe_session."""


class WidgetReplies:
    """In place of nbclient's connection to a kernel: what Output widgets send back to it."""

    def __init__(self) -> None:
        self.session = Session()
        self.shell_channel = self
        self._contents: dict[str, dict[str, Any]] = {}

    def send(self, message: dict[str, Any]) -> None:
        """Keep a message; the last one of a widget has its whole state."""
        content = message["content"]
        self._contents[content["comm_id"]] = content

    def take(self) -> list[dict[str, Any]]:
        """Return the contents to send before the next cell."""
        contents = [*self._contents.values()]
        self._contents.clear()
        return contents


class ReceivedOutputs:
    """The outputs of one cell while it runs.

    A slow cell's text comes in several messages, split by time. It is joined to one output, so that
    the same cell gives the same outputs at any speed.
    """

    def __init__(self, client: PapermillNotebookClient, cell: NotebookNode, number: int) -> None:
        self._client, self._cell, self._number = client, cell, number
        self._open: NotebookNode | None = None  # the output that the next text continues
        self._texts: list[str] = []  # the texts of that output
        cell.outputs = []
        client.clear_before_next_output = False

    def add_message(self, kind: str, content: dict[str, Any], buffers: Any = ()) -> None:
        """Add a message's output to the cell as if a kernel had sent it."""
        try:
            if kind != "stream" or not self._continues(content):
                self.finish()
                output = self._process(kind, content, buffers)
                if kind == "stream" and output is not None and content.get("more"):
                    self._open, self._texts = output, [output.text]
        except (LookupError, TypeError, AttributeError, ValueError):  # not what its kind requires
            raise InvalidMessageError from None

    def finish(self) -> None:
        """Store the text of an output that was continued."""
        if self._open is not None:
            self._open.text = "".join(self._texts)
        self._open = None

    def _continues(self, content: dict[str, Any]) -> bool:
        """Whether the text continues the last output, to which it is then added."""
        if self._open is None or self._open.name != content["name"]:
            return False
        text = content["text"]
        if not isinstance(text, str):
            raise TypeError
        self._texts.append(text)
        self._client.log_output_message(NotebookNode({**self._open, "text": text}))
        if not content.get("more"):
            self.finish()
        return True

    def _process(self, kind: str, content: dict[str, Any], buffers: Any) -> NotebookNode | None:
        header = {"msg_type": kind}
        parent = {"msg_id": f"cell-{self._number + 1}"}
        message = {
            "msg_type": kind,
            "header": header,
            "parent_header": parent,
            "content": content,
            "buffers": [base64.b64decode(buffer) for buffer in buffers],
        }
        output: NotebookNode | None = self._client.process_message(
            message, self._cell, self._number
        )
        return output
