"""Retention: old releases are removed, but never one that is marked as decided."""

from __future__ import annotations

import shutil
from collections import Counter
from pathlib import Path

from helpers.delivery.delivery_log import remove_orphaned_logs
from helpers.errors import ReportError
from helpers.releases.catalogue import Release, list_releases
from helpers.releases.decided import is_decided

_REMOVAL_PREFIX = ".gone-"  # a release that is being removed


def expired_releases(reports: Path, keep: int, round_name: str | None = None) -> list[Release]:
    """The releases beyond the newest `keep` of each round and kind, oldest last.

    Those that are marked as decided stay and take no place among the `keep`. Only what an index
    would list is ever removed. Raises ReportError where there is no such folder or round.
    """
    if not reports.is_dir() or (round_name and not (reports / round_name).is_dir()):
        place = reports / round_name if round_name else reports
        raise ReportError(f"There is no folder {place}. Give --output, or another round.")
    seen: Counter[tuple[str, str]] = Counter()
    found = []
    for release in list_releases(reports)[0]:
        name = release.folder.parent.name
        if is_decided(release.folder) or round_name not in (None, name):
            continue
        seen[name, release.name.kind] += 1
        if seen[name, release.name.kind] > keep:
            found.append(release)
    return found


def remove_release(release: Release) -> None:
    """Take a release away: at once for whoever looks, then from the disk.

    What is noted of its deliveries goes last: a release that stays must not forget its mails.
    Raises ReportError where that is not allowed.
    """
    folder = release.folder
    aside = folder.with_name(f"{_REMOVAL_PREFIX}{folder.name}")
    try:
        shutil.rmtree(aside, ignore_errors=True)  # what a run that was stopped left behind
        folder.rename(aside)
    except OSError as error:
        raise ReportError(f"{folder} cannot be removed: {error.strerror}.") from None
    shutil.rmtree(aside, ignore_errors=True)
    remove_orphaned_logs(folder.parent)
