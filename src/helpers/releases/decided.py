"""Mark releases that the board has decided on, which are kept; the mark is a separate file."""

from __future__ import annotations

from collections.abc import Callable
from contextlib import AbstractContextManager
from hashlib import sha256
from pathlib import Path

from helpers.data.round.archived_inputs import read_release_json
from helpers.errors import ReportError
from helpers.releases.listing.release_name import parse_release_name
from helpers.releases.run_lock import MARK_WAIT, hold_round_lock
from helpers.releases.storage import RUN_JSON, SIGNATURE_SUFFIX
from helpers.system.files import MAX_JSON_BYTES, atomic_write, read_bytes
from helpers.system.json_text import json_text

_DECIDED_SUFFIX = ".decided"
_MARK_KEYS = {"release", "run_sha256", "note"}


def mark_decided(
    release: Path, note: str = "", sign: Callable[[bytes], bytes] | None = None
) -> Path:
    """Write a release's mark, with the SHA-256 of its run.json, and return the mark's path.

    Marking it again changes only the note. `sign` returns the signature of a mark, which is written
    next to it; only a signed mark replaces a signed one. Waits for a run that publishes for the
    round or removes releases of it. Raises ReportError for a folder that is not a release, for a
    release that has been changed since it was marked, for a mark that is damaged or signed.
    """
    require_release(release)
    with _round_lock(release):
        require_release(release)  # `prune` may have removed it in the meantime
        return _write_mark(release, note, sign)


def require_release(release: Path) -> None:
    """Raise ReportError for a folder that is not a release."""
    if parse_release_name(release.resolve().name) is None or not (release / RUN_JSON).is_file():
        raise ReportError(
            f"{release} is not a release. Name a folder such as reports/skl-2016/2017-02-22."
        )


def _round_lock(release: Path) -> AbstractContextManager[None]:
    """Return the lock of a release's round, which `prune` also holds while it removes releases."""
    folder = release.resolve().parent
    return hold_round_lock(folder.parent, folder.name, wait=MARK_WAIT)


def _write_mark(release: Path, note: str, sign: Callable[[bytes], bytes] | None) -> Path:
    mark = mark_path(release)
    run = sha256((release / RUN_JSON).read_bytes()).hexdigest()
    marked_run = decided_hash(release)
    if marked_run == "":
        raise ReportError(
            f"{mark} is damaged. Check the release with `funding-report verify {release}`, remove "
            "the mark with `--undo`, and mark the release again."
        )
    if marked_run is not None and marked_run != run:
        raise ReportError(
            f"{release} has been changed since it was marked. "
            f"Check it with `funding-report verify {release}`."
        )
    content = {"release": release.resolve().name, "run_sha256": run, "note": note}
    _replace_mark(mark, json_text(content).encode(), sign)
    return mark


def _replace_mark(mark: Path, content: bytes, sign: Callable[[bytes], bytes] | None) -> None:
    """Write a mark and its signature; a run that is killed between the two leaves the earlier one.

    It does not fit the new mark, so that `verify` finds it, and still protects the mark.
    """
    signature = _signature_next_to(mark)
    if sign is not None:
        signed = sign(content)  # first: a key that fails changes nothing
        atomic_write(mark, content)
        atomic_write(signature, signed)
    elif not signature.exists():
        atomic_write(mark, content)
    elif not mark.exists() or read_bytes(mark, MAX_JSON_BYTES) != content:
        raise ReportError(
            f"{mark} is signed, by {signature.name}. Sign the new mark with `--sign-with`, or "
            "remove the signed one first, with `--undo`."
        )


def unmark_decided(release: Path) -> None:
    """Remove the mark; raises ReportError if there is none."""
    if not is_decided(release):
        raise ReportError(f"{release} is not marked as decided.")
    with _round_lock(release):
        mark = mark_path(release)
        # First, because a mark is removed by another run, and a signature alone is not.
        _signature_next_to(mark).unlink(missing_ok=True)
        mark.unlink(missing_ok=True)


def is_decided(release: Path) -> bool:
    """Return whether a mark exists; its content is not read, so that a damaged mark also counts."""
    return mark_path(release).exists()


def decided_hash(release: Path) -> str | None:
    """Return the SHA-256 of run.json in the mark; None without a mark, '' if it is unreadable."""
    mark = mark_path(release)
    if not mark.exists():
        return None
    try:
        content = read_release_json(mark)
    except ReportError:
        return ""
    hash_ = content.get("run_sha256")
    fits = content.get("release") == release.resolve().name and {*content} == _MARK_KEYS
    return hash_ if fits and isinstance(hash_, str) else ""


def mark_path(release: Path) -> Path:
    """Return the mark's path: next to the folder that a link leads to, unless it is at the link."""
    named = release.resolve() if release.name in ("", "..") else release
    mark = _mark_next_to(named)
    through_link = named.is_symlink() and not mark.exists()
    return _mark_next_to(named.resolve()) if through_link else mark


def mark_signature_path(release: Path) -> Path:
    """Return the path of the signature of a release's mark."""
    return _signature_next_to(mark_path(release))


def _signature_next_to(mark: Path) -> Path:
    return mark.with_name(f"{mark.name}{SIGNATURE_SUFFIX}")


def _mark_next_to(folder: Path) -> Path:
    return folder.with_name(f"{folder.name}{_DECIDED_SUFFIX}")
