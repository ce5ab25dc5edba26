"""Where a round's answers are read from: the command line, round.toml, or decisions.csv."""

from __future__ import annotations

from pathlib import Path

from helpers.model.funding_round import Round
from helpers.model.register_settings import RegisterSettings
from helpers.system.environment import ENVIRONMENT_PREFIX

ANSWERS_FILE = "decisions.csv"


def answers_source(
    folder: Path, round_: Round, decisions: str | None = None
) -> tuple[str, RegisterSettings]:
    """The path, address or "env:NAME" of a round's register, and how it is to be read.

    `folder` is the round's. `decisions`, from the command line, comes before round.toml; of the
    settings it then keeps what the words mean, not where the table lies in the other file.
    """
    settings = round_.register_settings
    if decisions:
        return decisions, settings.for_another_source()
    source = settings.source or ANSWERS_FILE
    if source.startswith(ENVIRONMENT_PREFIX) or "://" in source:
        return source, settings
    return str(folder / source), settings


def keeps_its_own_answers(round_: Round) -> bool:
    """Whether the round's register is its own decisions.csv, and no other source is stated."""
    return round_.register_settings.source in (None, ANSWERS_FILE)
