"""Releases on disk: each appears whole or not at all, and is never written into again."""

from __future__ import annotations

import json
import os
import re
import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import date
from hashlib import sha256
from pathlib import Path
from tempfile import mkdtemp
from typing import Any

from helpers.errors import ReportError

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
    missing = [place for place in (folder, *folder.parents) if not place.exists()]
    try:
        folder.mkdir(parents=True, exist_ok=True)
        work = Path(mkdtemp(prefix=".work-", dir=folder))
        work.chmod(0o755)
    except OSError as error:
        raise ReportError(
            f"Nothing can be written in {folder}: {error.strerror}. Choose another --output."
        ) from None
    try:
        yield work
    finally:
        shutil.rmtree(work, ignore_errors=True)
        for place in missing:
            if place.exists() and not any(place.iterdir()):
                place.rmdir()


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
        if draft.exists():
            draft.rename(aside / "before")
        work.rename(draft)
    return draft


def outputs(folder: Path) -> dict[str, str]:
    """SHA-256 of every file below a folder, by its path within it, run.json aside."""
    files = sorted(
        Path(place, file) for place, _, names in os.walk(folder) for file in names if file != RUN
    )
    return {
        file.relative_to(folder).as_posix(): sha256(file.read_bytes()).hexdigest() for file in files
    }
