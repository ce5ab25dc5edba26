"""What has been delivered of a release: a file beside it, for a release is never written into."""

from __future__ import annotations

import json
import os
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import Any

from helpers.errors import DeliveryError, LockedError
from helpers.funding.figures import to_json
from helpers.lock import locked
from helpers.publish.durable import settle_one

FOLDER = ".delivery"
SCHEMA_VERSION = 1


class Ledger:
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
            "schema_version": SCHEMA_VERSION, "key": self._key, "deliveries": self.entries,
        }  # fmt: skip
        try:
            _replace(self._path, to_json(content))
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
            same = content["key"] == self._key
            return dict(content["deliveries"]) if same else {}
        except (OSError, ValueError, KeyError, TypeError):
            raise DeliveryError(
                f"{self._path} cannot be read, and says what has been sent. Nothing is delivered, "
                "so that nothing goes twice: put the file right, or remove it to begin anew."
            ) from None


@contextmanager
def opened(release: Path, key: str) -> Iterator[Ledger]:
    """The ledger of a release, for one run at a time; LockedError while another delivers it."""
    folder = release.parent / FOLDER
    try:
        folder.mkdir(mode=0o700, exist_ok=True)
    except OSError as error:
        raise DeliveryError(
            f"Nothing can be written in {release.parent}: {error.strerror}. What is delivered is "
            "noted there: ask for the right to write."
        ) from None
    try:
        with locked(folder / f"{release.name}.lock"):
            yield Ledger(folder / f"{release.name}.json", key)
    except LockedError:
        raise LockedError(
            f"Another run is delivering {release.name}. Wait for it, and run this again."
        ) from None


def forget(folder: Path) -> None:
    """Remove what is noted of those releases of a round's folder that are there no longer.

    A release that another run is at work on keeps its ledger, until this is called again.
    """
    for path in (folder / FOLDER).glob("*.json"):
        if not (folder / path.stem).exists():
            with suppress(LockedError), locked(path.with_suffix(".lock")):
                path.unlink(missing_ok=True)


def _replace(path: Path, text: str) -> None:
    """Write a file whole or not at all, and onto the disk: a power cut must not forget a mail."""
    beside = path.with_name(f".{path.name}.part")  # the lock is ours: no other run writes there
    try:
        # It holds addresses: for its owner alone.
        number = os.open(beside, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600)
        with os.fdopen(number, "w", encoding="utf-8", newline="\n") as new:
            new.write(text)
        settle_one(beside)
        beside.replace(path)
        settle_one(path.parent)
    finally:
        beside.unlink(missing_ok=True)
