"""Find a round's folder, and read its round.toml and published.toml into models."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

from pydantic import BaseModel, TypeAdapter

from helpers.data.readers.toml_entries import load_toml_entries, read_toml, validate_toml
from helpers.errors import DataError, Problem, ReportError
from helpers.model.funding_round import Round
from helpers.model.localized_text import Language, find_missing_texts, required_language
from helpers.model.settings.published_figure import PublishedFigure
from helpers.model.settings.yearly_amounts import FILLED_IN_KEYS
from helpers.system.project_folder import project_root, rounds_folder

ROUND_NAME_PATTERN = re.compile(r"[a-z0-9]+(-[a-z0-9]+)*")
FAILED_FOLDER = "failed"  # folder for notebooks that failed, inside the folder of releases
RESERVED_NAME_MESSAGE = (
    f"{FAILED_FOLDER!r} cannot name a round: its releases would be in "
    f"reports/{FAILED_FOLDER}, where notebooks "
    "that stopped are kept."
)
_LANGUAGE_NAMES = {"sv": "Swedish", "en": "English"}


def round_folder(name: str) -> Path:
    """Return the folder of a round by its name; raises ReportError with the rounds that exist."""
    rounds = rounds_folder()
    existing_names = round_names()
    if name not in existing_names:
        existing = ", ".join(existing_names) or "none yet"
        raise ReportError(f"There is no round named {name!r}. The rounds are: {existing}.")
    return rounds / name


def round_names() -> list[str]:
    """Return the names of all rounds, sorted."""
    folders = (path.parent.name for path in (project_root() / "data/rounds").glob("*/round.toml"))
    return sorted(folder for folder in folders if ROUND_NAME_PATTERN.fullmatch(folder))


def load_round(folder: Path, name: str | None = None, *, archived: bool = False) -> Round:
    """Read and validate round.toml; raises DataError with every mistake at once, by key.

    `name` is the name that the round must have; by default the folder's name. If `archived`, the
    file may have keys of earlier versions that changed nothing in a report.
    """
    path = folder / "round.toml"
    if name is None and folder.name == FAILED_FOLDER:
        raise ReportError(
            f"{RESERVED_NAME_MESSAGE} Rename the folder {folder}, and name in its {path.name}."
        )
    content = read_toml(path)
    if archived:
        _drop_retired_keys(content)
    _refuse_filled_in_keys(content, path)
    loaded = validate_toml(TypeAdapter(Round), content, path)
    expected_name = folder.name if name is None else name
    if loaded.name != expected_name:
        raise ReportError(
            f"{path.name}: name is {loaded.name!r} but the folder is {expected_name!r}. "
            "Give both the same name."
        )
    if loaded.pricing.needs_requested and not loaded.requested:
        remedy = f'The pricing rule "{loaded.pricing.rule}" shares it: write the amount a year.'
        raise DataError([Problem(path.name, "requested is missing.", remedy, column="requested")])
    check_required_texts(loaded, loaded.languages, path)
    return loaded.with_member_words().with_unit_words()


def _drop_retired_keys(content: dict[str, Any]) -> None:
    events = content.get("events")
    for event in events if isinstance(events, list) else []:
        if isinstance(event, dict):
            event.pop("assumed", None)  # until 0.2.0; a report never mentioned it


_YEARLY_EXAMPLE = "{ 2026 = 100_000, 2027 = 110_000 }"


def _refuse_filled_in_keys(content: Mapping[str, object], path: Path) -> None:
    """Raise DataError for a key of the model that round.toml states in another way."""
    problems = [
        Problem(
            path.name,
            f"{key} is not a key of round.toml.",
            f"Write an amount for each year as requested = {_YEARLY_EXAMPLE}.",
            column=key,
        )
        for key in FILLED_IN_KEYS
        if key in content
    ]
    if problems:
        raise DataError(problems)


def load_published(folder: Path, languages: Sequence[Language] = ("sv",)) -> list[PublishedFigure]:
    """Read and validate published.toml; [] if the round has no such file.

    Every text must exist in the first of `languages`, the round's languages as in round.toml.
    """
    path = folder / "published.toml"
    entries = load_toml_entries(path, "figure", PublishedFigure)
    check_required_texts(entries, languages, path)
    return entries


def check_required_texts(
    loaded: BaseModel | Sequence[BaseModel], languages: Sequence[Language], path: Path
) -> None:
    """Raise DataError with every text that lacks the language that all texts must have."""
    language = required_language(languages)
    problems = [
        Problem(
            path.name,
            f"{key} has no text in {_LANGUAGE_NAMES.get(language, repr(language))}.",
            f"Write {key}.{language}.",
            column=key,
        )
        for key in find_missing_texts(loaded, language)
    ]
    if problems:
        raise DataError(problems)
