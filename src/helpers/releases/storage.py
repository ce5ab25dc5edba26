"""Releases on disk: each appears atomically and is never changed afterwards."""

from __future__ import annotations

import json
import os
import shutil
import stat
from collections.abc import Callable, Iterator
from contextlib import ExitStack, contextmanager, suppress
from datetime import date
from hashlib import file_digest, sha256
from pathlib import Path
from tempfile import mkdtemp
from typing import Any, TypeVar

from helpers.errors import LockedError, ReportError
from helpers.releases.listing.release_name import parse_release_name
from helpers.system.control.file_lock import locked
from helpers.system.control.signals import uninterrupted
from helpers.system.files import MAX_JSON_BYTES, fsync_path, fsync_tree, read_bytes
from helpers.system.json_text import strict_json

RUN_JSON = "run.json"
BOARD_REPORT_KIND = "board-report"
LETTERS_KIND = "letters"
SIGNATURE_SUFFIX = ".sig"  # of a file next to a release or mark
WORK_PREFIX = ".work-"  # of the names of working folders
REMOVAL_PREFIX = ".gone-"  # of the name of a release that is being removed


def json_fingerprint(content: Any) -> str:
    """Return the SHA-256 of a value's canonical JSON."""
    return sha256(json.dumps(content, ensure_ascii=False, sort_keys=True).encode()).hexdigest()


def find_release(folder: Path, name: str, key: str) -> Path | None:
    """Return the latest release of that name, if it has the same key.

    An earlier release with the same key does not count. It has been replaced by one from other
    inputs, so that returning to the old inputs is a change, which a new release states.
    """
    latest = latest_release(folder, name)
    return latest if latest and _read_key(latest / RUN_JSON) == key else None


def _read_key(run: Path) -> str | None:
    """Return the key in a run.json; None if the file is unreadable or has no key."""
    try:
        content = strict_json(read_bytes(run, MAX_JSON_BYTES))
    except (ReportError, ValueError):
        return None
    return content.get("key") if isinstance(content, dict) else None


def latest_release(folder: Path, name: str) -> Path | None:
    """Return the release of that name with the highest number; None if there is no release."""
    found = [run.parent for run in folder.glob(f"{name}*/{RUN_JSON}")]
    same = [release for release in found if _is_name_or_successor(release.name, name)]
    return max(same, key=_release_number, default=None)


def _release_number(release: Path) -> int:
    parsed = parse_release_name(release.name)
    return parsed.number if parsed else 0


def _is_name_or_successor(candidate: str, name: str) -> bool:
    return candidate == name or candidate.removeprefix(f"{name}.").isdigit()


def previous_report_day(folder: Path, day: date) -> date | None:
    """Return the day of the latest board report before a day, or None; drafts do not count."""
    found = (parse_release_name(run.parent.name) for run in folder.glob(f"*/{RUN_JSON}"))
    days = (name.day for name in found if name and name.kind == BOARD_REPORT_KIND)
    return max((earlier for earlier in days if earlier < day), default=None)


@contextmanager
def working_folder(folder: Path) -> Iterator[Path]:
    """Create a hidden folder to build a release in, on the same disk; removed at the end.

    Parent folders that were created for it are removed if they are empty. Raises ReportError if the
    folder cannot be written.
    """
    with created_folder(folder), ExitStack() as undo:
        with uninterrupted():
            work = _or_report_error(lambda: Path(mkdtemp(prefix=WORK_PREFIX, dir=folder)), folder)
            undo.callback(shutil.rmtree, work, ignore_errors=True)
        work.chmod(0o755)
        yield work


@contextmanager
def resumable_folder(folder: Path, name: str) -> Iterator[Path]:
    """Create a hidden folder with a fixed name to build a release in, kept when the run stops.

    An empty folder is removed. Raises ReportError if the folder cannot be written, and LockedError
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
    """Rename a finished working folder to `name`, or to `name.2`, `name.3` … if it is taken.

    All files are synced to the disk first. A file system may store the new name before the files'
    content: after a power cut the release would consist of empty files and would never be written
    again. A draft is replaced anyway, so `publish_draft` does not sync.
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


_LINK, _NOT_A_FILE, _EMPTY_FOLDER = "a link", "not a file", "an empty folder"


def file_hashes(folder: Path) -> dict[str, str]:
    """Return the SHA-256 of every file in a folder except the run.json at its top, by path in it.

    What no release contains (a link, a pipe, an empty folder) has what it is in place of a hash, so
    that it fits no record of a release. It is not followed or opened.
    """
    found: dict[str, str] = {}
    for path, folders, names in os.walk(folder):
        links = [name for name in folders if Path(path, name).is_symlink()]
        for entry in (Path(path, name) for name in (*names, *links)):
            found[entry.relative_to(folder).as_posix()] = _hash_or_kind(entry)
        if not folders and not names and Path(path) != folder:
            found[f"{Path(path).relative_to(folder).as_posix()}/"] = _EMPTY_FOLDER
    if is_hash(found.get(RUN_JSON, "")):
        del found[RUN_JSON]
    return dict(sorted(found.items()))


def is_hash(value: str) -> bool:
    """Whether a value of `file_hashes` is a file's hash, and not the kind of an entry."""
    return len(value) == sha256().digest_size * 2


def _hash_or_kind(entry: Path) -> str:
    mode = entry.lstat().st_mode
    if stat.S_ISLNK(mode):
        return _LINK
    if not stat.S_ISREG(mode):
        return _NOT_A_FILE
    with entry.open("rb") as file:
        return file_digest(file, "sha256").hexdigest()
