"""The code and the library versions that make a report."""

from __future__ import annotations

import platform
import subprocess
from functools import lru_cache
from hashlib import sha256
from importlib.metadata import version
from pathlib import Path

from helpers.system.files import read_bytes

_PACKAGE_FOLDER = Path(__file__).resolve().parents[1]
PACKAGE = "funding-report"
_RECORDED_PACKAGES = (
    PACKAGE, "babel", "font-source-sans-pro", "matplotlib", "mistune", "nbconvert", "pandas",
    "papermill", "pikepdf", "typst",
)  # fmt: skip


def minor_version(version_text: str) -> str:
    """Return the first two parts of a version of Python: 3.11 of 3.11.9 (the same bytes)."""
    return ".".join(version_text.split(".")[:2])


def library_versions() -> dict[str, str]:
    """Return the versions of Python and of the libraries that a report's bytes depend on."""
    return {"python": minor_version(platform.python_version())} | {
        name: version(name) for name in _RECORDED_PACKAGES
    }


def code_hash(notebook: Path) -> str:
    """Return the SHA-256 of the notebook and all files of this package that can change a report.

    Raises ReportError if the notebook does not exist.
    """
    files = [notebook, *sorted(p for p in _PACKAGE_FOLDER.rglob("*") if _affects_reports(p))]
    return sha256(b"".join(sha256(read_bytes(file)).digest() for file in files)).hexdigest()


def _affects_reports(path: Path) -> bool:
    return path.is_file() and path.suffix in {".py", ".po", ".j2", ".css", ".typ"}


@lru_cache
def git_state() -> dict[str, str | bool | None]:
    """Return the commit of the source tree and whether it is clean; None outside a checkout."""
    commit = _run_git("rev-parse", "HEAD")
    status = _run_git("status", "--porcelain", "--untracked-files=no")
    return {"commit": commit, "clean": None if status is None else status == ""}


def _run_git(*arguments: str) -> str | None:
    try:
        answer = subprocess.run(  # noqa: S603
            ["git", "-C", str(_PACKAGE_FOLDER), *arguments],  # noqa: S607
            capture_output=True,
            text=True,
            check=True,
            timeout=20,
        )
    except (OSError, subprocess.SubprocessError):
        return None
    return answer.stdout.strip()
