"""The code and the library versions that make a report."""

from __future__ import annotations

import os
import platform
import subprocess
from collections.abc import Iterator
from functools import lru_cache
from hashlib import sha256
from importlib.metadata import version
from itertools import chain
from operator import attrgetter
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
    contents = chain([read_bytes(notebook)], _contents_of_code(str(_PACKAGE_FOLDER)))
    return sha256(b"".join(sha256(content).digest() for content in contents)).hexdigest()


def _contents_of_code(folder: str) -> Iterator[bytes]:
    """The contents of the files that can change a report, in the order of their names."""
    with os.scandir(folder) as found:
        entries = sorted(found, key=attrgetter("name"))
    for entry in entries:
        if entry.name.endswith((".py", ".po", ".j2", ".css", ".typ")):
            yield Path(entry.path).read_bytes()
        elif entry.is_dir():
            yield from _contents_of_code(entry.path)


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
