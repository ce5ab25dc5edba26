"""A lock by which only one run at a time publishes for a round; it also removes leftovers."""

from __future__ import annotations

import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from helpers.releases.storage import WORK_PREFIX, created_folder, remove_abandoned_folders
from helpers.system.file_lock import locked


@contextmanager
def hold_round_lock(reports: Path, round_name: str, resumed: str | None = None) -> Iterator[None]:
    """Hold a round's lock, `reports`/.ROUND.lock, and first remove what killed runs have left.

    `resumed` names the hidden folder that this run continues (storage.resumable_folder); folders
    for the same letters from other inputs are removed. If nothing is published, the lock and the
    folders created for it are removed at the end. Raises LockedError while another run holds the
    lock, and ReportError if the folder cannot be written.
    """
    folder = reports / round_name
    with (
        created_folder(reports),
        locked(reports / f".{round_name}.lock", keep_file=folder.exists),
    ):
        _remove_leftovers(folder, resumed)
        yield


def _remove_leftovers(folder: Path, resumed: str | None) -> None:
    """Remove hidden folders and locks with the names that runs use; the caller holds the lock."""
    if not folder.is_dir():
        return
    for work in sorted(folder.glob(f"{WORK_PREFIX}*")):
        _restore_draft(work, folder)
        shutil.rmtree(work, ignore_errors=True)
    if resumed:  # the name ends with the key of the inputs
        name, _, key = resumed.rpartition("-")
        remove_abandoned_folders(folder, f"{name}-{'[0-9a-f]' * len(key)}", keep=resumed)
    for lock in folder.glob(".*.lock"):  # of a killed run
        lock.unlink(missing_ok=True)
    if not any(folder.iterdir()):
        folder.rmdir()


def _restore_draft(work: Path, folder: Path) -> None:
    """Restore a draft that a run moved away before it was killed."""
    for draft in work.glob("*-draft-*"):
        if draft.is_dir() and not (folder / draft.name).exists():
            draft.rename(folder / draft.name)
