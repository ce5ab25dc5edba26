"""Remove a release that was hidden by a rename, and the files next to it that were its own.

A run that is killed meanwhile leaves the hidden folder, by which the next run finishes the removal.
"""

from __future__ import annotations

import shutil
from contextlib import suppress
from pathlib import Path

from helpers.errors import LockedError
from helpers.releases.run_log import log_path
from helpers.releases.storage import REMOVAL_PREFIX, SIGNATURE_SUFFIX
from helpers.system.control.file_lock import locked, remove_unheld_locks

DELIVERY_FOLDER = ".delivery"  # of the delivery logs of a round's releases


def finish_removals(folder: Path) -> None:
    """Remove the hidden releases in a round's folder; the caller holds the round's lock.

    The log of the run, the signature and the delivery log of each go first: nothing else says
    afterwards that they belong to no release.
    """
    for hidden in folder.glob(f"{REMOVAL_PREFIX}*"):
        release = folder / hidden.name.removeprefix(REMOVAL_PREFIX)
        if not release.exists():
            log_path(release).unlink(missing_ok=True)
            release.with_name(f"{release.name}{SIGNATURE_SUFFIX}").unlink(missing_ok=True)
            _remove_orphaned_logs(folder)
        shutil.rmtree(hidden, ignore_errors=True)


def _remove_orphaned_logs(folder: Path) -> None:
    """Remove the delivery logs in a round's folder whose releases no longer exist.

    A log in use by another run is kept until the next call.
    """
    for path in (folder / DELIVERY_FOLDER).glob("*.json"):
        if not (folder / path.stem).exists():
            with suppress(LockedError), locked(path.with_suffix(".lock")):
                path.unlink(missing_ok=True)
    remove_unheld_locks(folder / DELIVERY_FOLDER, "*.lock")
