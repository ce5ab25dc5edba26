"""Marks beside a release, never in it: that the board has decided on it, so that it is kept."""

from __future__ import annotations

import json
from hashlib import sha256
from pathlib import Path

from helpers.errors import ReportError
from helpers.releases.storage import RUN_JSON, parse_release_name
from helpers.system.files import atomic_write
from helpers.system.json_text import json_text

_DECIDED_SUFFIX = ".decided"


def mark_decided(release: Path, note: str = "") -> Path:
    """Mark a release as decided on, with the SHA-256 of its run.json; the mark's path.

    Marking it again changes nothing but the note. Raises ReportError for what is no release.
    """
    if parse_release_name(release.resolve().name) is None or not (release / RUN_JSON).is_file():
        raise ReportError(f"{release} is no release. Give the folder of one, as it is listed.")
    mark = _mark_path(release)
    run = sha256((release / RUN_JSON).read_bytes()).hexdigest()
    if mark.exists() and decided_hash(release) != run:
        raise ReportError(
            f"{release} has been changed since it was marked. "
            f"Look at it with `funding-report verify {release}`."
        )
    content = {"release": release.resolve().name, "run_sha256": run, "note": note}
    atomic_write(mark, json_text(content).encode())
    return mark


def unmark_decided(release: Path) -> None:
    """Take the mark away; ReportError where there is none."""
    try:
        _mark_path(release).unlink()
    except FileNotFoundError:
        raise ReportError(f"{release} is not marked as decided.") from None


def is_decided(release: Path) -> bool:
    """Whether there is a mark, whatever it says: what is marked is kept."""
    return _mark_path(release).exists()


def decided_hash(release: Path) -> str | None:
    """The SHA-256 of run.json that was decided on; None without a mark, blank if unreadable."""
    mark = _mark_path(release)
    if not mark.exists():
        return None
    try:
        return str(json.loads(mark.read_bytes())["run_sha256"])
    except (OSError, ValueError, LookupError, TypeError):
        return ""


def _mark_path(release: Path) -> Path:
    place = release if release.name not in ("", "..") else release.resolve()
    return place.with_name(f"{place.name}{_DECIDED_SUFFIX}")
