"""Read a round's comments on the sections of its report: commentary.toml."""

from __future__ import annotations

from pathlib import Path

from helpers.data.readers.toml_entries import load_toml_entries
from helpers.model.settings.commentary import Comment

COMMENTARY_FILE = "commentary.toml"


def load_commentary(folder: Path) -> list[Comment]:
    """Read and validate the comments; [] if the round has no such file."""
    return load_toml_entries(folder / COMMENTARY_FILE, "comment", Comment)
