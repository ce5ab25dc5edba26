"""Which code and which libraries made a report."""

from __future__ import annotations

import platform
import subprocess
from functools import lru_cache
from hashlib import sha256
from importlib.metadata import version
from pathlib import Path

from helpers.data.round_files import read_bytes

_PACKAGE = Path(__file__).resolve().parents[1]
PACKAGE = "funding-report"
_SHOWN = (
    PACKAGE, "babel", "matplotlib", "mistune", "nbconvert", "pandas",
    "papermill", "typst",
)  # fmt: skip


def versions() -> dict[str, str]:
    """Python and the libraries that a report's bytes depend on."""
    return {"python": platform.python_version()} | {name: version(name) for name in _SHOWN}


def code_hash(notebook: Path) -> str:
    """SHA-256 over the notebook and every file of this package that can change a report.

    Raises ReportError where the project has no such notebook.
    """
    files = [notebook, *sorted(p for p in _PACKAGE.rglob("*") if _counts(p))]
    return sha256(b"".join(sha256(read_bytes(file)).digest() for file in files)).hexdigest()


def _counts(path: Path) -> bool:
    return path.is_file() and path.suffix in {".py", ".po", ".j2", ".css", ".typ"}


@lru_cache
def git_state() -> dict[str, str | bool | None]:
    """The commit of the source tree and whether it was clean; None outside a checkout."""
    commit = _git("rev-parse", "HEAD")
    status = _git("status", "--porcelain", "--untracked-files=no")
    return {"commit": commit, "clean": None if status is None else status == ""}


def _git(*arguments: str) -> str | None:
    try:
        answer = subprocess.run(  # noqa: S603
            ["git", "-C", str(_PACKAGE), *arguments],  # noqa: S607
            capture_output=True, text=True, check=True, timeout=20,
        )  # fmt: skip
    except (OSError, subprocess.SubprocessError):
        return None
    return answer.stdout.strip()
