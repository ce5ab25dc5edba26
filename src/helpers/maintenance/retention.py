"""Retention: find and remove old releases, except releases marked as decided on."""

from __future__ import annotations

import shutil
from collections import Counter
from collections.abc import Iterator
from pathlib import Path

from helpers.errors import ReportError
from helpers.releases.decided import is_decided
from helpers.releases.listing.catalogue import Release, list_releases
from helpers.releases.listing.hash_list import listed_as_removed
from helpers.releases.removal import finish_removals
from helpers.releases.run_lock import MARK_WAIT, hold_round_lock, sweep_all_leftovers
from helpers.releases.storage import REMOVAL_PREFIX
from helpers.system.control.signals import uninterrupted


def expired_releases(reports: Path, keep: int, round_name: str | None = None) -> list[Release]:
    """Return the releases beyond the newest `keep` of each round and kind, oldest last.

    Releases marked as decided are not among them and do not count towards `keep`; neither do
    folders that the index does not list. Raises ReportError if the folder or the round does not
    exist.
    """
    if not reports.is_dir() or (round_name and not (reports / round_name).is_dir()):
        missing_folder = reports / round_name if round_name else reports
        raise ReportError(
            f"There is no folder {missing_folder}. Check the round, or choose another --output."
        )
    seen: Counter[tuple[str, str]] = Counter()
    found = []
    for release in list_releases(reports)[0]:
        name = release.folder.parent.name
        if is_decided(release.folder) or round_name not in (None, name):
            continue
        kind = f"{release.name.kind} {release.name.letters}"
        seen[name, kind] += 1
        if seen[name, kind] > keep:
            found.append(release)
    return found


def remove_expired(
    reports: Path, keep: int, round_name: str | None, removed: set[str]
) -> Iterator[Release]:
    """Remove the releases beyond the newest `keep`; yield each removed release.

    Each round's lock is held and its releases are listed again under it, so that no release goes
    that was marked in the meantime. The paths of the removed releases are added to `removed`, also
    if the run is stopped. Raises LockedError if another run does not release the lock in time, and
    ReportError as `expired_releases` and `remove_release` do.
    """
    found = {release.folder.parent.name for release in expired_releases(reports, keep, round_name)}
    for name in sorted(found):
        with hold_round_lock(reports, name, wait=MARK_WAIT):
            for release in expired_releases(reports, keep, name):
                with uninterrupted():  # stopped halfway, hidden files would remain
                    if is_removed := remove_release(release):
                        removed.add(release.path)
                if is_removed:
                    yield release
    sweep_all_leftovers(reports, round_name)


def remove_release(release: Release) -> bool:
    """Remove a release: list it as removed, hide it by an atomic rename, then delete its files.

    The caller holds the round's lock. Returns False for a release that is marked as decided, which
    stays. The files next to it go with it, after the rename: a release that could not be removed
    must keep the record of its mails. Raises ReportError if the folder cannot be renamed, or the
    list of hashes is damaged.
    """
    folder = release.folder
    if is_decided(folder):
        return False
    hidden_folder = folder.with_name(f"{REMOVAL_PREFIX}{folder.name}")
    try:
        shutil.rmtree(hidden_folder, ignore_errors=True)  # left by a stopped run
        with listed_as_removed(folder.parent.parent, release.path):
            folder.rename(hidden_folder)
    except OSError as error:
        raise ReportError(f"{folder} cannot be removed: {error.strerror}.") from None
    finish_removals(folder.parent)
    return True
