"""A round's folder: where it lies, and its round.toml and published.toml read into models."""

from __future__ import annotations

import re
from collections.abc import Sequence
from pathlib import Path

from pydantic import TypeAdapter

from helpers.data.readers.toml_entries import load_toml_entries, read_toml, validate_toml
from helpers.errors import DataError, Problem, ReportError
from helpers.model.funding_round import Round
from helpers.model.localized_text import Language, find_missing_texts, required_language
from helpers.model.published_figure import PublishedFigure
from helpers.system.project_folder import project_root

ROUND_NAME_PATTERN = re.compile(r"[a-z0-9]+(-[a-z0-9]+)*")
FAILED_FOLDER = "failed"  # in the folder of releases, where notebooks that stopped are kept
RESERVED_NAME_MESSAGE = (
    f"{FAILED_FOLDER!r} cannot name a round: its releases would lie in "
    f"reports/{FAILED_FOLDER}, where notebooks "
    "that stopped are kept."
)
_LANGUAGE_NAMES = {"sv": "Swedish", "en": "English"}


def round_folder(name: str) -> Path:
    """The folder of a round by its name; ReportError, listing the rounds there are, if none."""
    existing_names = round_names()
    if name not in existing_names:
        existing = ", ".join(existing_names) or "none yet"
        raise ReportError(f"There is no round named {name!r}. The rounds are: {existing}.")
    return project_root() / "data" / "rounds" / name


def round_names() -> list[str]:
    """The names of the rounds there are, in order."""
    folders = (path.parent.name for path in (project_root() / "data/rounds").glob("*/round.toml"))
    return sorted(folder for folder in folders if ROUND_NAME_PATTERN.fullmatch(folder))


def load_round(folder: Path, name: str | None = None) -> Round:
    """Read and check round.toml; every mistake is named at once, by key.

    `name` is what the round has to be called, by default as its folder is.
    """
    path = folder / "round.toml"
    if name is None and folder.name == FAILED_FOLDER:
        raise ReportError(
            f"{RESERVED_NAME_MESSAGE} Rename the folder {folder}, and name in its {path.name}."
        )
    loaded = validate_toml(TypeAdapter(Round), read_toml(path), path)
    expected_name = folder.name if name is None else name
    if loaded.name != expected_name:
        raise ReportError(
            f"{path.name}: name is {loaded.name!r} but the folder is {expected_name!r}. "
            "Give both the same name."
        )
    if loaded.pricing.needs_requested and not loaded.requested:
        remedy = f'The pricing rule "{loaded.pricing.rule}" shares it: write the amount a year.'
        raise DataError([Problem(path.name, "requested is missing.", remedy, column="requested")])
    _check_required_texts(loaded, loaded.languages, path)
    return loaded


def load_published(folder: Path, languages: Sequence[Language] = ("sv",)) -> list[PublishedFigure]:
    """Read and check published.toml; a round that has published nothing has no such file.

    `languages` are the round's: as in round.toml, the texts are there in the first of them.
    """
    path = folder / "published.toml"
    entries = load_toml_entries(path, "figure", PublishedFigure)
    _check_required_texts(entries, languages, path)
    return entries


def _check_required_texts(
    loaded: Round | list[PublishedFigure], languages: Sequence[Language], path: Path
) -> None:
    """DataError, with every place, where a text lacks the language that all have to have."""
    language = required_language(languages)
    problems = [
        Problem(
            path.name,
            f"{key} has no text in {_LANGUAGE_NAMES[language]}.",
            f"Write {key}.{language}.",
            column=key,
        )
        for key in find_missing_texts(loaded, language)
    ]
    if problems:
        raise DataError(problems)
