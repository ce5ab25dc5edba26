"""Create a new round's folder: every file it needs, commented, so that reports run at once."""

from __future__ import annotations

import re
from datetime import date
from importlib.resources import files
from pathlib import Path
from string import Template

from helpers.data.new_round.scaffold_texts import (
    COMMENT_TEXTS,
    MUNICIPALITY_WORDS,
    TEMPLATE_TEXTS,
    CommentTexts,
)
from helpers.data.round.round_config import FAILED_FOLDER, RESERVED_NAME_MESSAGE, ROUND_NAME_PATTERN
from helpers.errors import ReportError
from helpers.model.currency import SEK, validate_currency
from helpers.model.localized_text import Language
from helpers.system.files import read_bytes
from helpers.system.new_folder import new_folder
from helpers.system.project_folder import rounds_folder

_WORK_FOLDER_PREFIX = ".new-"  # the folder that a round is written in before it is renamed
_LOCK_NAME = ".new-round.lock"
_OWN_MEMBERS_FILE = "members.csv"
_MUNICIPALITIES_PATH = "../../municipalities.csv"


def create_round(
    name: str,
    begins_on: date,
    *,
    own_members: bool,
    currency: str = SEK,
    language: Language = "sv",
    comments: Language = "en",
) -> Path:
    """Create the folder of a new round and return its path.

    The members are the shipped municipalities or, with `own_members`, three invented ones in the
    round's own members.csv, to be replaced. Documents and texts are in one language, comments and
    README.md in `comments`. Raises ReportError for a name that is invalid or taken, an unknown
    currency, or a folder that cannot be written; LockedError while another run creates a round.
    After an error no files are left.
    """
    _check_name_and_currency(name, currency)
    rounds = rounds_folder()
    folder = rounds / name
    values = _template_values(name, begins_on, rounds, COMMENT_TEXTS[comments], own_members)
    values |= {"currency": currency, "language": language, **TEMPLATE_TEXTS[language]}
    taken = f"There is a round named {name} already. Choose another name."
    with new_folder(folder, _WORK_FOLDER_PREFIX, _LOCK_NAME, taken) as work:
        _write_round_files(work, values, comments, own_members=own_members)
    return folder


def _template_values(
    name: str, begins_on: date, rounds: Path, texts: CommentTexts, own_members: bool
) -> dict[str, str]:
    """Return the values of the templates' variables, except currency and language."""
    return {
        "name": name,
        "year": str(begins_on.year + 1),
        "begins_on": begins_on.isoformat(),
        "members": _OWN_MEMBERS_FILE if own_members else _MUNICIPALITIES_PATH,
        "pricing": texts.own_members_pricing
        if own_members
        else texts.municipality_pricing.format(_latest_population_year(rounds)),
        "words": texts.own_members_words if own_members else MUNICIPALITY_WORDS,
        "members_row": texts.members_row if own_members else "",
    }


def _check_name_and_currency(name: str, currency: str) -> None:
    try:
        validate_currency(currency)
    except ValueError as error:
        raise ReportError(f"--currency: {error}.") from None
    if name == FAILED_FOLDER:
        raise ReportError(f"{RESERVED_NAME_MESSAGE} Choose another name.")
    if not ROUND_NAME_PATTERN.fullmatch(name):
        raise ReportError(
            f"{name!r} cannot name a round. Use small letters, digits and hyphens, as in skl-2016."
        )


def _write_round_files(
    work: Path, values: dict[str, str], comments: Language, *, own_members: bool
) -> None:
    templates = files("helpers.data.new_round").joinpath("templates")
    for template in (*templates.iterdir(), *templates.joinpath(comments).iterdir()):
        if not template.is_file() or (template.name == _OWN_MEMBERS_FILE and not own_members):
            continue
        text = Template(template.read_text(encoding="utf-8")).substitute(values)
        (work / template.name).write_text(text, encoding="utf-8", newline="\n")


def _latest_population_year(rounds: Path) -> int:
    """Return the last year for which the shipped municipalities have inhabitants."""
    path = rounds.parent / "municipalities.csv"
    heading = read_bytes(path).partition(b"\n")[0] if path.exists() else b""
    years = re.findall(rb"population_(\d{4})", heading)
    if not years:
        raise ReportError(
            f"{path} gives no municipalities with their inhabitants. Give --own-members, or copy "
            "the file from funding-report."
        )
    return max(map(int, years))
