"""One run at a time per round; what killed runs have left is swept away by the next one."""

from __future__ import annotations

import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from helpers.errors import ReportError
from helpers.releases.storage import WORK_PREFIX, remove_abandoned_folders
from helpers.system.file_lock import locked


@contextmanager
def hold_round_lock(reports: Path, round_name: str, resumed: str | None = None) -> Iterator[None]:
    """Hold a round's lock, `reports`/.ROUND.lock, and begin by sweeping.

    `resumed` names the hidden folder that this run would take up again (archive.resumable_folder):
    others for the same letters, made from other inputs, go. Folders that had to be made, and the
    lock with them, are gone afterwards if nothing was published. Raises LockedError while another
    run holds the lock, ReportError where the folder may not be written to.
    """
    missing = [place for place in (reports, *reports.parents) if not place.exists()]
    folder = reports / round_name
    try:
        _create_reports_folder(reports)
        with locked(reports / f".{round_name}.lock", keep_file=folder.exists):
            _remove_leftovers(folder, resumed)
            yield
    finally:
        for place in missing:
            if place.exists() and not any(place.iterdir()):
                place.rmdir()


def _create_reports_folder(reports: Path) -> None:
    try:
        reports.mkdir(parents=True, exist_ok=True)
    except OSError as error:
        raise ReportError(
            f"Nothing can be written in {reports}: {error.strerror}. Choose another --output."
        ) from None


def _remove_leftovers(folder: Path, resumed: str | None) -> None:
    """Only what is hidden and named as our runs name it; the lock is ours, so nobody uses it."""
    if not folder.is_dir():
        return
    for work in sorted(folder.glob(f"{WORK_PREFIX}*")):
        _restore_draft(work, folder)
        shutil.rmtree(work, ignore_errors=True)
    if resumed:  # the same letters made from other inputs: what follows the name is their key
        name, _, key = resumed.rpartition("-")
        remove_abandoned_folders(folder, f"{name}-{'[0-9a-f]' * len(key)}", but=resumed)
    for lock in folder.glob(".*.lock"):  # of a run of an earlier version, or killed
        lock.unlink(missing_ok=True)
    if not any(folder.iterdir()):
        folder.rmdir()


def _restore_draft(work: Path, folder: Path) -> None:
    """A draft set aside by a run that was killed before the new one took its place."""
    for draft in work.glob("*-draft-*"):
        if draft.is_dir() and not (folder / draft.name).exists():
            draft.rename(folder / draft.name)
