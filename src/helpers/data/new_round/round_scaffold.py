"""Create a new round's folder: every file it needs, commented, so that reports run at once."""

from __future__ import annotations

import re
import shutil
from contextlib import ExitStack
from datetime import date
from importlib.resources import files
from pathlib import Path
from string import Template
from tempfile import mkdtemp

from helpers.data.new_round.scaffold_texts import (
    MUNICIPALITY_WORDS,
    OWN_MEMBERS_WORDS,
    TEMPLATE_TEXTS,
)
from helpers.data.round.round_config import (
    FAILED_FOLDER,
    RESERVED_NAME_MESSAGE,
    ROUND_NAME_PATTERN,
    project_root,
)
from helpers.errors import ReportError
from helpers.model.currency import SEK, validate_currency
from helpers.model.localized_text import Language
from helpers.system.file_lock import locked
from helpers.system.files import read_bytes
from helpers.system.signals import uninterrupted

_WORK_FOLDER_PREFIX = ".new-"  # the folder that a round is written in before it is renamed
_OWN_MEMBERS_FILE = "members.csv"
_MUNICIPALITIES_PATH = "../../municipalities.csv"
_SHIPPED_MEMBERS_PRICING = """[pricing]
rule = "membership-fee"          # by inhabitants, with a rebate for the largest
population_year = {}           # inhabitants on 31 December
rebate_above = 200_000
rebate_percent = 10
# step = 100                     # every fee a multiple of it, and so is requested"""
_OWN_MEMBERS_PRICING = """[pricing]
rule = "by-weight"               # a fixed total by the column `weight` of members.csv
# step = 100                     # every fee a multiple of it, and so is requested"""
_README_MEMBERS_ROW = (
    "| `members.csv` | who is asked: code, name, group, weight; place and validity if known |\n"
)


def create_round(
    name: str,
    begins_on: date,
    *,
    own_members: bool,
    currency: str = SEK,
    language: Language = "sv",
) -> Path:
    """Create the folder of a new round and return its path.

    The members are the shipped municipalities or, with `own_members`, three invented ones in the
    round's own members.csv, to be replaced. Documents and texts are in one language. Raises
    ReportError for a name that is invalid or taken, an unknown currency, or a folder that cannot be
    written; LockedError while another run creates a round. After an error no files are left.
    """
    rounds = project_root() / "data" / "rounds"
    folder = rounds / name
    _check_name_and_currency(name, currency)
    values = _template_values(name, begins_on, rounds, own_members=own_members)
    values |= {"currency": currency, "language": language, **TEMPLATE_TEXTS[language]}
    with locked(
        rounds / f"{_WORK_FOLDER_PREFIX}round.lock", remedy="Ask for the right to write there."
    ):
        for leftover in rounds.glob(
            f"{_WORK_FOLDER_PREFIX}*/"
        ):  # by runs that were killed: the lock is ours
            shutil.rmtree(leftover, ignore_errors=True)
        if folder.exists():
            raise ReportError(f"There is a round named {name} already. Choose another name.")
        with ExitStack() as undo:
            with uninterrupted():
                work = Path(mkdtemp(prefix=_WORK_FOLDER_PREFIX, dir=rounds))
                undo.callback(shutil.rmtree, work, ignore_errors=True)
            _write_round_files(work, values, own_members=own_members)
            work.chmod(0o755)
            work.rename(folder)
    return folder


def _template_values(
    name: str, begins_on: date, rounds: Path, *, own_members: bool
) -> dict[str, str]:
    """Return the values of the templates' variables, except currency and language."""
    return {
        "name": name,
        "year": str(begins_on.year + 1),
        "begins_on": begins_on.isoformat(),
        "members": _OWN_MEMBERS_FILE if own_members else _MUNICIPALITIES_PATH,
        "pricing": _OWN_MEMBERS_PRICING
        if own_members
        else _SHIPPED_MEMBERS_PRICING.format(_latest_population_year(rounds)),
        "words": OWN_MEMBERS_WORDS if own_members else MUNICIPALITY_WORDS,
        "members_row": _README_MEMBERS_ROW if own_members else "",
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


def _write_round_files(work: Path, values: dict[str, str], *, own_members: bool) -> None:
    for template in files("helpers.data.new_round").joinpath("templates").iterdir():
        if template.name == _OWN_MEMBERS_FILE and not own_members:
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
