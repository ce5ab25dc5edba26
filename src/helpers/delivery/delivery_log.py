"""The log of a release's deliveries: a file next to it, because a release never changes."""

from __future__ import annotations

import json
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import Any

from helpers.errors import DeliveryError, LockedError
from helpers.system.file_lock import locked
from helpers.system.files import durable_write
from helpers.system.json_text import json_text

DELIVERY_FOLDER = ".delivery"
DELIVERY_SCHEMA_VERSION = 1


class DeliveryLog:
    """The entries of one release, by what they are of: state, when tried, how often, what failed.

    `sent` and `copied` are done. `sending` is written before a mail goes: found by a later run, it
    says that the run before was ended before it could write down what the server answered.
    """

    def __init__(self, path: Path, key: str) -> None:
        self._path = path
        self._key = key
        self.entries: dict[str, dict[str, Any]] = self._read()

    def write(self, name: str, **values: Any) -> None:
        """Put values into an entry, and the whole file on the disk before this returns."""
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
            content = json.loads(self._path.read_bytes())
            is_same_release = content["key"] == self._key
            return dict(content["deliveries"]) if is_same_release else {}
        except (OSError, ValueError, KeyError, TypeError):
            raise DeliveryError(
                f"{self._path} cannot be read, and says what has been sent. Nothing is delivered, "
                "so that nothing goes twice: correct the file, or remove it to start again."
            ) from None


@contextmanager
def open_delivery_log(release: Path, key: str) -> Iterator[DeliveryLog]:
    """The ledger of a release, for one run at a time; LockedError while another delivers it."""
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


def remove_orphaned_logs(folder: Path) -> None:
    """Remove what is noted of those releases of a round's folder that are there no longer.

    A release that another run is at work on keeps its ledger, until this is called again.
    """
    for path in (folder / DELIVERY_FOLDER).glob("*.json"):
        if not (folder / path.stem).exists():
            with suppress(LockedError), locked(path.with_suffix(".lock")):
                path.unlink(missing_ok=True)
