"""Releases on disk: each appears whole or not at all, and is never written into again."""

from __future__ import annotations

import json
import os
import re
import shutil
from collections.abc import Callable, Iterator
from contextlib import ExitStack, contextmanager, suppress
from datetime import date
from hashlib import sha256
from pathlib import Path
from tempfile import mkdtemp
from typing import Any, Literal, NamedTuple, TypeVar

from helpers.errors import LockedError, ReportError
from helpers.system.file_lock import locked
from helpers.system.files import fsync_path, fsync_tree
from helpers.system.signals import uninterrupted

RUN_JSON = "run.json"


def json_fingerprint(content: Any) -> str:
    """SHA-256 of a value's canonical JSON."""
    return sha256(json.dumps(content, ensure_ascii=False, sort_keys=True).encode()).hexdigest()


def find_release(folder: Path, name: str, key: str) -> Path | None:
    """The release of that name, or one that came after it, that was made with the same key."""
    for run in sorted(folder.glob(f"{name}*/{RUN_JSON}")):
        if _is_name_or_successor(run.parent.name, name) and _read_key(run) == key:
            return run.parent
    return None


def _read_key(run: Path) -> str | None:
    """The key in a run.json; None where it is not ours to read."""
    try:
        content = json.loads(run.read_bytes())
    except (OSError, ValueError):
        return None
    return content.get("key") if isinstance(content, dict) else None


def latest_release(folder: Path, name: str) -> Path | None:
    """The latest release of that name: the one with the highest number; None if there is none."""
    found = [run.parent for run in folder.glob(f"{name}*/{RUN_JSON}")]
    same = [release for release in found if _is_name_or_successor(release.name, name)]
    return max(same, key=_release_number, default=None)


def _release_number(release: Path) -> int:
    parsed = parse_release_name(release.name)
    return parsed.number if parsed else 0


class ReleaseName(NamedTuple):
    """What a release's folder is called after: its day, its kind, and which of that day it is."""

    day: date
    kind: Literal["board-report", "letters"]
    number: int


def parse_release_name(name: str) -> ReleaseName | None:
    """What a folder's name says; None for a draft, and for what is no release's name."""
    match = re.fullmatch(r"(\d{4}-\d{2}-\d{2})(-letters)?(?:\.([1-9]\d{0,8}))?", name)
    if not match:
        return None
    try:
        day = date.fromisoformat(match[1])
    except ValueError:
        return None
    return ReleaseName(day, "letters" if match[2] else "board-report", int(match[3] or 1))


def _is_name_or_successor(candidate: str, name: str) -> bool:
    return candidate == name or candidate.removeprefix(f"{name}.").isdigit()


def previous_report_day(folder: Path, day: date) -> date | None:
    """The day of the latest board report before a day; None if there is none.

    A folder bears a day's name, or that of a later release of the same day; drafts do not.
    """
    found = (parse_release_name(run.parent.name) for run in folder.glob(f"*/{RUN_JSON}"))
    days = (one.day for one in found if one and one.kind == "board-report")
    return max((earlier for earlier in days if earlier < day), default=None)


@contextmanager
def working_folder(folder: Path) -> Iterator[Path]:
    """A hidden folder to build a release in, on the same disk; gone afterwards, come what may.

    Folders that had to be made for it are gone too if nothing was published. Raises ReportError
    where the folder may not be written to.
    """
    with _created_folder(folder), ExitStack() as undo:
        with uninterrupted():
            work = _or_report_error(lambda: Path(mkdtemp(prefix=".work-", dir=folder)), folder)
            undo.callback(shutil.rmtree, work, ignore_errors=True)
        work.chmod(0o755)
        yield work


@contextmanager
def resumable_folder(folder: Path, name: str) -> Iterator[Path]:
    """A hidden folder of its own name to build a release in, that is there again after a stop.

    What has been written stays when the context is left by an error; an empty folder goes. Raises
    ReportError where the folder may not be written to, LockedError while another run builds there.
    """
    work = folder / name
    with _created_folder(folder), locked(folder / f"{name}.lock"):
        try:
            _or_report_error(lambda: work.mkdir(exist_ok=True), folder)
            for half in work.glob(".*.part"):
                half.unlink()
            yield work
        finally:
            if work.is_dir() and not any(work.iterdir()):
                work.rmdir()


def remove_abandoned_folders(folder: Path, name: str, but: str | None = None) -> None:
    """Remove what runs of the same name left that were stopped, and that nobody will take up.

    `name` is a pattern; the folder called `but` stays, and so does one that another run builds in.
    """
    for work in folder.glob(name):
        if work.is_dir() and work.name != but:
            with suppress(LockedError), locked(folder / f"{work.name}.lock"):
                shutil.rmtree(work, ignore_errors=True)


@contextmanager
def _created_folder(folder: Path) -> Iterator[None]:
    """A folder, made if need be; what had to be made is gone again if nothing is left in it."""
    missing = [place for place in (folder, *folder.parents) if not place.exists()]
    try:
        _or_report_error(lambda: folder.mkdir(parents=True, exist_ok=True), folder)
        yield
    finally:
        for place in missing:
            if place.exists() and not any(place.iterdir()):
                place.rmdir()


Created = TypeVar("Created")


def _or_report_error(make: Callable[[], Created], folder: Path) -> Created:
    try:
        return make()
    except OSError as error:
        raise ReportError(
            f"Nothing can be written in {folder}: {error.strerror}. Choose another --output."
        ) from None


def publish_release(work: Path, folder: Path, name: str) -> Path:
    """Give a finished working folder its place: `name`, or `name.2`, `name.3` … if it is taken.

    All of it is on the disk before it is there to be seen. A file system may keep the new name and
    not yet what is in the files: after a power cut there would be a release of empty files, which
    is never written into again. A draft, which is, is not waited for.
    """
    fsync_tree(work)
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
            fsync_path(folder)
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


def file_hashes(folder: Path) -> dict[str, str]:
    """SHA-256 of every file below a folder, by its path within it, run.json aside."""
    files = sorted(
        Path(place, file)
        for place, _, names in os.walk(folder)
        for file in names
        if file != RUN_JSON
    )
    return {
        file.relative_to(folder).as_posix(): sha256(file.read_bytes()).hexdigest() for file in files
    }


WORK_PREFIX = ".work-"  # what the names of archive.working_folder begin with


FIGURES_JSON = "figures.json"


LETTERS_KIND = "letters"  # the kind of a release of letters


BOARD_REPORT_KIND = "board-report"
