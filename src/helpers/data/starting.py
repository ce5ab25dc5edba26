"""A new round's folder: everything it needs, commented, and running at once."""

from __future__ import annotations

import re
import shutil
from contextlib import ExitStack
from datetime import date
from importlib.resources import files
from pathlib import Path
from string import Template
from tempfile import mkdtemp

from helpers.currency import SEK, known_currency
from helpers.data.round_files import FAILED, ROUND_NAME, TAKEN, project_root, read_bytes
from helpers.data.starting_words import OWN_WORDS, TEXTS, WORDS
from helpers.errors import ReportError
from helpers.interrupts import uninterrupted
from helpers.lock import locked
from helpers.terms import Language

_NEW = ".new-"  # what a round is made in before it takes its place
_OWN = "members.csv"
_SHIPPED = "../../municipalities.csv"
_PRICING = """[pricing]
rule = "membership-fee"          # by inhabitants, with a rebate for the largest
population_year = {}           # inhabitants on 31 December
rebate_above = 200_000
rebate_percent = 10
# step = 100                     # every fee a multiple of it, and so is requested"""
_OWN_PRICING = """[pricing]
rule = "by-weight"               # a fixed total by the column `weight` of members.csv
# step = 100                     # every fee a multiple of it, and so is requested"""
_MEMBERS_ROW = (
    "| `members.csv` | who is asked: code, name, group, weight; place and validity if known |\n"
)


def start_round(
    name: str,
    begins_on: date,
    *,
    own_members: bool,
    currency: str = SEK,
    language: Language = "sv",
) -> Path:
    """Make the folder of a new round and return it.

    Its members are the shipped municipalities, or three made-up ones in a members.csv of its own
    to write over; its documents and texts are in one language. Raises ReportError for a name that
    is no name or is taken, a currency that does not exist, or a folder that may not be written to;
    LockedError while another run makes a round. Then nothing is left.
    """
    rounds = project_root() / "data" / "rounds"
    folder = rounds / name
    _check(name, currency)
    values = _values(name, begins_on, rounds, own_members=own_members)
    values |= {"currency": currency, "language": language, **TEXTS[language]}
    with locked(rounds / f"{_NEW}round.lock", remedy="Ask for the right to write there."):
        for left in rounds.glob(f"{_NEW}*/"):  # by runs that were killed: the lock is ours
            shutil.rmtree(left, ignore_errors=True)
        if folder.exists():
            raise ReportError(f"There is a round named {name} already. Choose another name.")
        with ExitStack() as undo:
            with uninterrupted():
                work = Path(mkdtemp(prefix=_NEW, dir=rounds))
                undo.callback(shutil.rmtree, work, ignore_errors=True)
            _write(work, values, own_members=own_members)
            work.chmod(0o755)
            work.rename(folder)
    return folder


def _values(name: str, begins_on: date, rounds: Path, *, own_members: bool) -> dict[str, str]:
    """What the templates say of the round, but for its currency and its language."""
    return {
        "name": name,
        "year": str(begins_on.year + 1),
        "begins_on": begins_on.isoformat(),
        "members": _OWN if own_members else _SHIPPED,
        "pricing": _OWN_PRICING if own_members else _PRICING.format(_latest_population(rounds)),
        "words": OWN_WORDS if own_members else WORDS,
        "members_row": _MEMBERS_ROW if own_members else "",
    }


def _check(name: str, currency: str) -> None:
    try:
        known_currency(currency)
    except ValueError as error:
        raise ReportError(f"--currency: {error}.") from None
    if name == FAILED:
        raise ReportError(f"{TAKEN} Choose another name.")
    if not ROUND_NAME.fullmatch(name):
        raise ReportError(
            f"{name!r} cannot name a round. Use small letters, digits and hyphens, as in skl-2016."
        )


def _write(work: Path, values: dict[str, str], *, own_members: bool) -> None:
    for template in files("helpers.data").joinpath("new_round").iterdir():
        if template.name == _OWN and not own_members:
            continue
        text = Template(template.read_text(encoding="utf-8")).substitute(values)
        (work / template.name).write_text(text, encoding="utf-8", newline="\n")


def _latest_population(rounds: Path) -> int:
    """The last year for which the shipped municipalities have inhabitants."""
    path = rounds.parent / "municipalities.csv"
    heading = read_bytes(path).partition(b"\n")[0] if path.exists() else b""
    years = re.findall(rb"population_(\d{4})", heading)
    if not years:
        raise ReportError(
            f"{path} gives no municipalities with their inhabitants. Give --own-members, or copy "
            "the file from funding-report."
        )
    return max(map(int, years))
