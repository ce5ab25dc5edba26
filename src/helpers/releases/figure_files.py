"""The figures of a release as files: figures.json, and next to it the lists of a large round."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from helpers.model.long_lists import FIGURES_JSON, LONG_LISTS_JSON, split_figures
from helpers.system.json_text import json_bytes


def figure_files(figures: Mapping[str, Any]) -> dict[str, bytes]:
    """Return the contents of the files with a release's figures, by name."""
    short, lists = split_figures(figures)
    files = {FIGURES_JSON: short} | ({LONG_LISTS_JSON: lists} if lists else {})
    return {name: json_bytes(content) for name, content in files.items()}
