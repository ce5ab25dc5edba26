"""The log of the run that published a release: a file next to it, for what differs between runs.

A release has the same bytes in every folder and at every time. The time, the machine, the state of
the source tree and the durations are therefore not in it.
"""

from __future__ import annotations

import platform
import time
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import UTC, datetime
from hashlib import sha256
from pathlib import Path
from typing import Any

from helpers.data.round.archived_inputs import read_release_json
from helpers.errors import ReportError
from helpers.releases.provenance import git_state
from helpers.releases.storage import RUN_JSON
from helpers.system.files import atomic_write
from helpers.system.json_text import json_text

_LOG_SUFFIX = ".log.json"
_LOG_SCHEMA_VERSION = 1


def release_hash(release: Path) -> str:
    """Return the hash of a release: the SHA-256 of its run.json, which has those of all files."""
    return sha256((release / RUN_JSON).read_bytes()).hexdigest()


@dataclass
class RunLog:
    """What is known of a run: its start, and the durations in seconds by language or code.

    `started` is a time of `perf_counter`.
    """

    started: float = field(default_factory=time.perf_counter)
    durations: Mapping[Any, Mapping[str, float]] = field(default_factory=dict)

    def write(self, release: Path) -> None:
        """Write the log next to a release that has been published."""
        written = (release / RUN_JSON).stat().st_mtime  # at the end of the run
        started_at = datetime.fromtimestamp(written - (time.perf_counter() - self.started), UTC)
        content = {
            "schema_version": _LOG_SCHEMA_VERSION,
            "release": release.name,
            "run_sha256": release_hash(release),
            "started_at": started_at.isoformat(timespec="seconds"),
            "host": platform.node(),
            "python": platform.python_version(),
            "git": git_state(),
            "durations": self.durations,
        }
        atomic_write(log_path(release), json_text(content).encode())


def log_path(release: Path) -> Path:
    """Return the path of a release's log."""
    return release.with_name(f"{release.name}{_LOG_SUFFIX}")


def recorded_commit(run: Mapping[str, Any], release: Path) -> str | None:
    """Return the commit that a release was made from, as its log states it; None if unknown.

    A release of schema 1 or 2 states it in its run.json. The log is believed only in a remark: its
    content is not part of the release.
    """
    git = run.get("git")
    try:
        git = git or read_release_json(log_path(release.resolve()))["git"]
        return str(git["commit"]) if git["commit"] else None
    except (ReportError, LookupError, TypeError):
        return None
