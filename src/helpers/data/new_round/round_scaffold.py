"""Create a new round's folder: the files that it needs, short, so that reports run at once."""

from __future__ import annotations

import re
from importlib.resources import files
from pathlib import Path
from string import Template

from helpers.data.new_round.round_options import RoundChoices, RoundOptions, read_options
from helpers.data.new_round.round_toml import OWN_MEMBERS_FILE, round_toml
from helpers.data.new_round.rule_choice import RULE_CHOICES
from helpers.data.new_round.scaffold_texts import COMMENT_TEXTS, TEMPLATE_TEXTS
from helpers.data.round.round_config import load_round
from helpers.errors import ReportError
from helpers.model.localized_text import Language
from helpers.system.files import read_bytes
from helpers.system.new_folder import new_folder
from helpers.system.project_folder import rounds_folder

_ROUND_WORK_PREFIX = ".new-"  # the folder that a round is written in before it is renamed
_ROUND_LOCK_NAME = ".new-round.lock"
_REGISTER_COLUMNS = ("code", "decided_on", "received_on", "registered_on", "decision")
_OTHER_COLUMNS = ("case_number", "note", "source")
# Three made-up members: the code, the key of the name, the group and the number of the column.
_MADE_UP_MEMBERS = [
    ("0001", "north", "A", 1000),
    ("0002", "middle", "A", 2000),
    ("0003", "south", "B", 7000),
]


def scaffold_round(options: RoundOptions, comments: Language = "en") -> Path:
    """Create the folder of a new round and return its path.

    The members are the municipalities of the project or, with `own_members`, three invented ones in
    the round's own members.csv, to be replaced. Comments and README.md are in the language
    `comments`. Raises DataError with every option that is wrong, ReportError for a name that is
    taken or a folder that cannot be written, LockedError while another run creates a round. After
    an error no files are left.
    """
    choices = read_options(options)
    rounds = rounds_folder()
    year = _population_year(choices, rounds)
    folder = rounds / choices.name
    taken = f"There is a round named {choices.name} already. Choose another name."
    with new_folder(folder, _ROUND_WORK_PREFIX, _ROUND_LOCK_NAME, taken) as work:
        for name, text in _round_files(choices, year, comments).items():
            (work / name).write_text(text, encoding="utf-8", newline="\n")
        load_round(work, choices.name)
    return folder


def _round_files(choices: RoundChoices, year: int, comments: Language) -> dict[str, str]:
    """The text of each file by its name."""
    column = _number_column(choices, year)
    texts_of = COMMENT_TEXTS[comments]
    columns = texts_of.members_columns.format(column=column) if column else texts_of.names_only
    readme = files("helpers.data.new_round").joinpath("templates", comments, "README.md")
    values = {
        "name": choices.name,
        "begins_on": choices.begins_on.isoformat(),
        "members_row": texts_of.members_row.format(columns=columns) if choices.own_members else "",
        "amount_sentence": texts_of.amount_sentence if _takes_pledges(choices) else "",
    }
    texts = {
        "round.toml": round_toml(choices, year, comments),
        "decisions.csv": _register_heading(choices),
        "README.md": Template(readme.read_text(encoding="utf-8")).substitute(values),
    }
    if choices.own_members:
        texts[OWN_MEMBERS_FILE] = _members_csv(column, choices.languages[0])
    return texts


def _takes_pledges(choices: RoundChoices) -> bool:
    return RULE_CHOICES[choices.rule].takes_pledges


def _number_column(choices: RoundChoices, year: int) -> str:
    """The column of numbers in the members' file that the rule needs; "" if it needs none."""
    if _takes_pledges(choices):
        return ""
    return RULE_CHOICES[choices.rule].own_column or f"population_{year}"


def _register_heading(choices: RoundChoices) -> str:
    """The register's columns; the currency of a pledge only where there are several."""
    amounts: tuple[str, ...] = ()
    if _takes_pledges(choices):
        currency = ("currency",) if choices.reference_rates else ()
        amounts = ("amount", *currency, "confirmed")
    return ",".join([*_REGISTER_COLUMNS, *amounts, *_OTHER_COLUMNS]) + "\n"


def _members_csv(column: str, language: Language) -> str:
    """Three made-up members. Listed fees are amounts, and add up to the usual amount."""
    unit = 10 if column == "fee" else 1
    names = TEMPLATE_TEXTS[language]
    lines = [["code", "name", "group", *([column] if column else [])]]
    for code, key, group, number in _MADE_UP_MEMBERS:
        lines.append([code, names[key], group, *([str(number * unit)] if column else [])])
    return "".join(f"{','.join(line)}\n" for line in lines)


def _population_year(choices: RoundChoices, rounds: Path) -> int:
    """The year whose inhabitants count: the last of the municipalities' file, or the last year."""
    if choices.own_members:
        return choices.begins_on.year - 1
    path = rounds.parent / "municipalities.csv"
    heading = read_bytes(path).partition(b"\n")[0] if path.exists() else b""
    years = re.findall(rb"population_(\d{4})", heading)
    if not years:
        raise ReportError(
            f"{path} gives no municipalities with their inhabitants. Give --own-members, or copy "
            "the file from a project that `funding-report new-project DIR --municipalities` made."
        )
    return max(map(int, years))
