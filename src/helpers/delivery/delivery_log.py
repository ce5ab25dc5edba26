"""The log of a release's deliveries: a file next to it, because a release never changes."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from helpers.data.round.archived_inputs import read_release_json
from helpers.errors import DeliveryError, LockedError, ReportError
from helpers.releases.removal import DELIVERY_FOLDER
from helpers.system.control.file_lock import locked
from helpers.system.files import durable_write
from helpers.system.json_text import json_text

DELIVERY_SCHEMA_VERSION = 1


class DeliveryLog:
    """The entries of one release by delivery: state, time of the attempt, attempts, and error.

    `sent` and `copied` are final. `sending` is written before a mail is handed over. If a later run
    finds it, the earlier run ended before it could record the server's reply.
    """

    def __init__(self, path: Path, key: str) -> None:
        self._path = path
        self._key = key
        self.entries: dict[str, dict[str, Any]] = self._read()

    def write(self, name: str, **values: Any) -> None:
        """Put values into an entry, and sync the whole file to the disk before returning."""
        entry = self.entries.get(name, {}) | values
        self.entries[name] = {field: value for field, value in entry.items() if value is not None}
        content = {
            "schema_version": DELIVERY_SCHEMA_VERSION,
            "key": self._key,
            "deliveries": self.entries,
        }
        try:
            durable_write(self._path, json_text(content))
        except OSError as error:
            raise DeliveryError(
                f"What is delivered cannot be written down in {self._path}: {error.strerror}. Make "
                "room or ask for the right to write there, and run this again."
            ) from None

    def _read(self) -> dict[str, dict[str, Any]]:
        if not self._path.exists():
            return {}
        try:
            content = read_release_json(self._path)
            is_same_release = content["key"] == self._key
            return dict(content["deliveries"]) if is_same_release else {}
        except (ReportError, ValueError, KeyError, TypeError):
            raise DeliveryError(
                f"{self._path} cannot be read, and says what has been sent. Nothing is delivered, "
                "so that nothing goes twice: correct the file, or remove it to start again."
            ) from None


@contextmanager
def open_delivery_log(release: Path, key: str) -> Iterator[DeliveryLog]:
    """Open the log of a release for one run; raises LockedError while another run delivers it."""
    folder = release.parent / DELIVERY_FOLDER
    try:
        folder.mkdir(mode=0o700, exist_ok=True)
    except OSError as error:
        raise DeliveryError(
            f"Nothing can be written in {release.parent}: {error.strerror}. What is delivered is "
            "noted there: ask for the right to write."
        ) from None
    try:
        with locked(folder / f"{release.name}.lock"):
            yield DeliveryLog(folder / f"{release.name}.json", key)
    except LockedError:
        raise LockedError(
            f"Another run is delivering {release.name}. Wait for it, and run this again."
        ) from None
