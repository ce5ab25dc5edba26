"""Releases on disk: each appears atomically and is never changed afterwards."""

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
FIGURES_JSON = "figures.json"
BOARD_REPORT_KIND = "board-report"
LETTERS_KIND = "letters"
WORK_PREFIX = ".work-"  # of the names of working folders


def json_fingerprint(content: Any) -> str:
    """SHA-256 of a value's canonical JSON."""
    return sha256(json.dumps(content, ensure_ascii=False, sort_keys=True).encode()).hexdigest()


def find_release(folder: Path, name: str, key: str) -> Path | None:
    """The latest release of that name, if it has the same key.

    An earlier release with the same key has been replaced: its inputs counted, others did, and now
    they count again. That is a change, and a new release says so.
    """
    latest = latest_release(folder, name)
    return latest if latest and _read_key(latest / RUN_JSON) == key else None


def _read_key(run: Path) -> str | None:
    """The key in a run.json; None where the file is unreadable or has no key."""
    try:
        content = json.loads(run.read_bytes())
    except (OSError, ValueError):
        return None
    return content.get("key") if isinstance(content, dict) else None


def latest_release(folder: Path, name: str) -> Path | None:
    """The release of that name with the highest number; None where there is no release."""
    found = [run.parent for run in folder.glob(f"{name}*/{RUN_JSON}")]
    same = [release for release in found if _is_name_or_successor(release.name, name)]
    return max(same, key=_release_number, default=None)


def _release_number(release: Path) -> int:
    parsed = parse_release_name(release.name)
    return parsed.number if parsed else 0


class ReleaseName(NamedTuple):
    """The parts of a release's folder name: day, kind and number within the day."""

    day: date
    kind: Literal["board-report", "letters"]
    number: int


def parse_release_name(name: str) -> ReleaseName | None:
    """Parse a folder's name; None for a draft and for any other name."""
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
    """The day of the latest board report before a day; None where there is no earlier report.

    Drafts do not count.
    """
    found = (parse_release_name(run.parent.name) for run in folder.glob(f"*/{RUN_JSON}"))
    days = (name.day for name in found if name and name.kind == BOARD_REPORT_KIND)
    return max((earlier for earlier in days if earlier < day), default=None)


@contextmanager
def working_folder(folder: Path) -> Iterator[Path]:
    """A hidden folder to build a release in, on the same disk; removed at the end.

    Parent folders that were created for it are removed if they are empty. Raises ReportError where
    the folder cannot be written.
    """
    with created_folder(folder), ExitStack() as undo:
        with uninterrupted():
            work = _or_report_error(lambda: Path(mkdtemp(prefix=WORK_PREFIX, dir=folder)), folder)
            undo.callback(shutil.rmtree, work, ignore_errors=True)
        work.chmod(0o755)
        yield work


@contextmanager
def resumable_folder(folder: Path, name: str) -> Iterator[Path]:
    """A hidden folder of a fixed name to build a release in, kept when the run stops.

    An empty folder is removed. Raises ReportError where the folder cannot be written, LockedError
    while another run builds there.
    """
    work = folder / name
    with created_folder(folder), locked(folder / f"{name}.lock"):
        try:
            _or_report_error(lambda: work.mkdir(exist_ok=True), folder)
            for partial_file in work.glob(".*.part"):
                partial_file.unlink()
            yield work
        finally:
            if work.is_dir() and not any(work.iterdir()):
                work.rmdir()


def remove_abandoned_folders(folder: Path, name: str, keep: str | None = None) -> None:
    """Remove the working folders of stopped runs that no run will continue.

    `name` is a glob pattern; the folder `keep` stays, and so does a folder that another run uses.
    """
    for work in folder.glob(name):
        if work.is_dir() and work.name != keep:
            with suppress(LockedError), locked(folder / f"{work.name}.lock"):
                shutil.rmtree(work, ignore_errors=True)


@contextmanager
def created_folder(folder: Path) -> Iterator[None]:
    """Create a folder and its parents; at the end, remove those created that are empty.

    Raises ReportError where a folder cannot be created.
    """
    missing = [path for path in (folder, *folder.parents) if not path.exists()]
    try:
        _or_report_error(lambda: folder.mkdir(parents=True, exist_ok=True), folder)
        yield
    finally:
        for path in missing:
            if path.exists() and not any(path.iterdir()):
                path.rmdir()


Created = TypeVar("Created")


def _or_report_error(action: Callable[[], Created], folder: Path) -> Created:
    try:
        return action()
    except OSError as error:
        raise ReportError(
            f"Nothing can be written in {folder}: {error.strerror}. Choose another --output."
        ) from None


def publish_release(work: Path, folder: Path, name: str) -> Path:
    """Rename a finished working folder to `name`, or `name.2`, `name.3` … if it is taken.

    All files are synced to the disk first. A file system may store the new name before the files'
    content: after a power cut the release would consist of empty files, and a release is never
    written again. A draft is, so `publish_draft` does not sync.
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
            if not release.exists():  # otherwise another run has just taken the name
                raise
        else:
            fsync_path(folder)
            return release


def publish_draft(work: Path, folder: Path, name: str) -> Path:
    """Replace an earlier draft by a new one."""
    draft = folder / name
    with working_folder(folder) as holding_folder:
        previous = holding_folder / name  # run_lock restores it after a kill
        if draft.exists():
            draft.rename(previous)
        try:
            work.rename(draft)
        except BaseException:
            if previous.exists() and not draft.exists():
                previous.rename(draft)
            raise
    return draft


def file_hashes(folder: Path) -> dict[str, str]:
    """SHA-256 of every file in a folder except run.json, by its path within the folder."""
    files = sorted(
        Path(path, file) for path, _, names in os.walk(folder) for file in names if file != RUN_JSON
    )
    return {
        file.relative_to(folder).as_posix(): sha256(file.read_bytes()).hexdigest() for file in files
    }
