"""The folder of a project: where its rounds, notebooks, fonts and releases are."""

from __future__ import annotations

from pathlib import Path

from helpers.errors import ReportError

_SOURCE_TREE = Path(__file__).resolve().parents[3]  # of an installed wheel, Python's own folder


def project_root() -> Path:
    """The nearest folder upwards from the working folder that holds data/rounds.

    Outside any project, the source tree that this package runs from, or without one the working
    folder.
    """
    here = Path.cwd()
    candidates = (here, *here.parents, _SOURCE_TREE)
    return next((p for p in candidates if (p / "data" / "rounds").is_dir()), here)


def rounds_folder() -> Path:
    """The folder data/rounds of the project; raises ReportError outside any project."""
    rounds = project_root() / "data" / "rounds"
    if not rounds.is_dir():
        raise ReportError(
            f"There is no project here: neither {Path.cwd()} nor a folder above it has a folder "
            "data/rounds. Change to the folder of a project, or create one: "
            "funding-report new-project DIR."
        )
    return rounds
