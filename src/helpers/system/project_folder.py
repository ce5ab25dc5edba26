"""The folder of a project: where its rounds, notebooks, fonts and releases are."""

from __future__ import annotations

from pathlib import Path

_SOURCE_TREE = Path(__file__).resolve().parents[3]


def project_root() -> Path:
    """The nearest folder upwards from the working folder that holds data/rounds.

    Outside any project, the source tree that this package was installed from.
    """
    here = Path.cwd()
    candidates = (here, *here.parents)
    return next((p for p in candidates if (p / "data" / "rounds").is_dir()), _SOURCE_TREE)
