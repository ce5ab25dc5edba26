"""Check that a finished release is still as it was published, before it is used again."""

from __future__ import annotations

from pathlib import Path

from helpers.data.round.archived_inputs import read_release_json
from helpers.errors import ReportError
from helpers.releases.decided import decided_hash, require_release
from helpers.releases.listing.hash_list import HASH_LIST, recorded_hashes
from helpers.releases.run_log import release_hash
from helpers.releases.storage import RUN_JSON, file_hashes


def find_change(release: Path) -> str | None:
    """Return a sentence on what was changed in a release since it was published; None if nothing.

    run.json is compared with the hash that was recorded first and with the mark of a decision, and
    all other files with run.json. An altered run.json can keep its key, so that the key alone
    does not show that a release is unchanged.
    """
    folder = release.resolve()
    try:
        outputs = read_release_json(folder / RUN_JSON).get("outputs")
        current = release_hash(folder)
    except (OSError, ReportError):
        return f"{RUN_JSON} cannot be read."
    try:
        recorded = recorded_hashes(release)
    except ReportError as error:
        return str(error)
    if recorded - {current}:
        return f"{RUN_JSON} has been changed since it was published: {HASH_LIST} lists another."
    if {decided_hash(release), decided_hash(folder)} - {None, current}:
        return f"{RUN_JSON} has been changed since the release was marked as decided."
    if file_hashes(folder) != outputs:
        return f"its files do not fit its {RUN_JSON}."
    return None


def require_unchanged(release: Path) -> None:
    """Raise ReportError, before a mark is signed, for a release that was changed.

    The caller refuses a damaged mark with the way to mend it.
    """
    require_release(release)
    if decided_hash(release) != "" and (change := find_change(release)):
        raise ReportError(
            f"{release} is not marked: {change} Check it with `funding-report verify {release}`."
        )
