"""Where a round's answers are read from: the command line, round.toml, or decisions.csv."""

from __future__ import annotations

from pathlib import Path

from helpers.model.funding_round import Round
from helpers.model.settings.register_settings import RegisterSettings
from helpers.system.environment import ENVIRONMENT_PREFIX

ANSWERS_FILE = "decisions.csv"


def answers_source(
    folder: Path, round_: Round, decisions: str | None = None
) -> tuple[str, RegisterSettings]:
    """Return the path, address or "env:NAME" of a round's register, and its settings.

    `folder` is the round's folder. `decisions`, from the command line, takes precedence over
    round.toml. Of the settings, only the meaning of words and headings is then kept, not where the
    table is in the file.
    """
    settings = round_.register_settings
    if decisions:
        return decisions, settings.for_another_source()
    source = settings.source or ANSWERS_FILE
    if source.startswith(ENVIRONMENT_PREFIX) or "://" in source:
        return source, settings
    return str(folder / source), settings


def keeps_its_own_answers(round_: Round) -> bool:
    """Return whether the round's register is its own decisions.csv.

    False if round.toml states another source.
    """
    return round_.register_settings.source in (None, ANSWERS_FILE)
