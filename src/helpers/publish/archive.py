"""Releases on disk: each appears whole or not at all, and is never written into again."""

from __future__ import annotations

import json
import os
import re
import shutil
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import date
from hashlib import sha256
from pathlib import Path
from tempfile import mkdtemp
from typing import Any, TypeVar

from helpers.errors import ReportError
from helpers.publish.lock import locked

RUN = "run.json"


def fingerprint(content: Any) -> str:
    """SHA-256 of a value's canonical JSON."""
    return sha256(json.dumps(content, ensure_ascii=False, sort_keys=True).encode()).hexdigest()


def find_release(folder: Path, name: str, key: str) -> Path | None:
    """The release of that name, or one that came after it, that was made with the same key."""
    for run in sorted(folder.glob(f"{name}*/{RUN}")):
        if _is_successor(run.parent.name, name) and json.loads(run.read_bytes()).get("key") == key:
            return run.parent
    return None


def _is_successor(candidate: str, name: str) -> bool:
    return candidate == name or candidate.removeprefix(f"{name}.").isdigit()


def previous_day(folder: Path, day: date) -> date | None:
    """The day of the latest board report before a day; None if there is none.

    A folder bears a day's name, or that of a later release of the same day; drafts do not.
    """
    names = (run.parent.name for run in folder.glob(f"*/{RUN}"))
    found = (re.fullmatch(r"(\d{4}-\d{2}-\d{2})(\.\d+)?", name) for name in names)
    days = (date.fromisoformat(match[1]) for match in found if match)
    return max((earlier for earlier in days if earlier < day), default=None)


@contextmanager
def working_folder(folder: Path) -> Iterator[Path]:
    """A hidden folder to build a release in, on the same disk; gone afterwards, come what may.

    Folders that had to be made for it are gone too if nothing was published. Raises ReportError
    where the folder may not be written to.
    """
    with _there(folder):
        work = _written(lambda: Path(mkdtemp(prefix=".work-", dir=folder)), folder)
        work.chmod(0o755)
        try:
            yield work
        finally:
            shutil.rmtree(work, ignore_errors=True)


@contextmanager
def resumable_folder(folder: Path, name: str) -> Iterator[Path]:
    """A hidden folder of its own name to build a release in, that is there again after a stop.

    What has been written stays when the context is left by an error; an empty folder goes. Raises
    ReportError where the folder may not be written to, LockedError while another run builds there.
    """
    work = folder / name
    with _there(folder), locked(folder / f"{name}.lock"):
        _written(lambda: work.mkdir(exist_ok=True), folder)
        for half in work.glob(".*.part"):
            half.unlink()
        try:
            yield work
        finally:
            if work.exists() and not any(work.iterdir()):
                work.rmdir()


@contextmanager
def _there(folder: Path) -> Iterator[None]:
    """A folder, made if need be; what had to be made is gone again if nothing is left in it."""
    missing = [place for place in (folder, *folder.parents) if not place.exists()]
    _written(lambda: folder.mkdir(parents=True, exist_ok=True), folder)
    try:
        yield
    finally:
        for place in missing:
            if place.exists() and not any(place.iterdir()):
                place.rmdir()


Made = TypeVar("Made")


def _written(make: Callable[[], Made], folder: Path) -> Made:
    try:
        return make()
    except OSError as error:
        raise ReportError(
            f"Nothing can be written in {folder}: {error.strerror}. Choose another --output."
        ) from None


def publish(work: Path, folder: Path, name: str) -> Path:
    """Give a finished working folder its place: `name`, or `name.2`, `name.3` … if it is taken."""
    number = 1
    while True:
        release = folder / (name if number == 1 else f"{name}.{number}")
        number += 1
        if release.exists():
            continue
        try:
            work.rename(release)
        except OSError:
            if not release.exists():  # otherwise another run took the place just now
                raise
        else:
            return release


def publish_draft(work: Path, folder: Path, name: str) -> Path:
    """Put a draft in place of the one before it."""
    draft = folder / name
    with working_folder(folder) as aside:
        before = aside / name  # from where a run that is killed here has it put back (alone.py)
        if draft.exists():
            draft.rename(before)
        try:
            work.rename(draft)
        except BaseException:
            if before.exists() and not draft.exists():
                before.rename(draft)
            raise
    return draft


def outputs(folder: Path) -> dict[str, str]:
    """SHA-256 of every file below a folder, by its path within it, run.json aside."""
    files = sorted(
        Path(place, file) for place, _, names in os.walk(folder) for file in names if file != RUN
    )
    return {
        file.relative_to(folder).as_posix(): sha256(file.read_bytes()).hexdigest() for file in files
    }
