"""A lock by which only one run at a time publishes for a round; it also removes leftovers."""

from __future__ import annotations

import shutil
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path

from helpers.errors import LockedError
from helpers.releases.removal import finish_removals
from helpers.releases.storage import (
    REMOVAL_PREFIX,
    WORK_PREFIX,
    created_folder,
    remove_abandoned_folders,
)
from helpers.system.control.file_lock import locked, remove_unheld_locks

_HALF_FILES = ".*.part"  # of a log or a mark
_LETTER_LOCKS = ".*.lock"  # of working folders of letters, held under the round's lock
MARK_WAIT = 600.0  # seconds that `decide` and `prune` wait for a run of the round


@contextmanager
def hold_round_lock(
    reports: Path, round_name: str, resumed: str | None = None, wait: float = 0.0
) -> Iterator[None]:
    """Hold a round's lock, `reports`/.ROUND.lock, and first remove what killed runs have left.

    `resumed` names the hidden folder that this run continues (storage.resumable_folder); folders
    for the same letters from other inputs are removed. If nothing is published, the lock and the
    folders created for it are removed at the end. Raises LockedError if another run still holds the
    lock after `wait` seconds, and ReportError if the folder cannot be written.
    """
    folder = reports / round_name
    with (
        created_folder(reports),
        locked(reports / f".{round_name}.lock", keep_file=folder.exists, wait=wait),
    ):
        _remove_leftovers(folder, resumed)
        yield


def sweep_leftovers(reports: Path, round_name: str) -> None:
    """Remove what killed runs have left, if there is any and no other run holds the round's lock.

    For a run that publishes nothing and therefore does not take the lock.
    """
    folder = reports / round_name
    left = (f"{WORK_PREFIX}*", f"{REMOVAL_PREFIX}*", _HALF_FILES, _LETTER_LOCKS)
    if any(any(folder.glob(pattern)) for pattern in left):
        with suppress(LockedError), hold_round_lock(reports, round_name):
            pass


def sweep_all_leftovers(reports: Path, round_name: str | None = None) -> None:
    """Remove what killed runs have left of a round, or of every round in the folder."""
    for name in [round_name] if round_name else sorted(path.name for path in reports.iterdir()):
        sweep_leftovers(reports, name)


def _remove_leftovers(folder: Path, resumed: str | None) -> None:
    """Remove hidden folders and locks with the names that runs use; the caller holds the lock."""
    if not folder.is_dir():
        return
    for work in sorted(folder.glob(f"{WORK_PREFIX}*")):
        _restore_draft(work, folder)
        shutil.rmtree(work, ignore_errors=True)
    finish_removals(folder)
    if resumed:  # the name ends with the key of the inputs
        name, _, key = resumed.rpartition("-")
        remove_abandoned_folders(folder, f"{name}-{'[0-9a-f]' * len(key)}", keep=resumed)
    remove_unheld_locks(folder, _LETTER_LOCKS)
    for half in folder.glob(_HALF_FILES):
        half.unlink(missing_ok=True)
    if not any(folder.iterdir()):
        folder.rmdir()


def _restore_draft(work: Path, folder: Path) -> None:
    """Restore a draft that a run moved away before it was killed."""
    for draft in work.glob("*-draft-*"):
        if draft.is_dir() and not (folder / draft.name).exists():
            draft.rename(folder / draft.name)
