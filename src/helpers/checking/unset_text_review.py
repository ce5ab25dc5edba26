"""Lists the names and texts of a round that no typeface can set, with the font that would."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pandas as pd
from pydantic import BaseModel

from helpers.data.readers.project_csv import read_project_csv
from helpers.data.round.members_file import members_path, required_member_columns
from helpers.errors import Problem
from helpers.model.answer_register import Register
from helpers.model.funding_round import Round
from helpers.sections.components.parts.unset_texts import unset_pieces
from helpers.system.typefaces.debian_fonts import debian_font_for
from helpers.system.typefaces.project_fonts import FONTS_FOLDER
from helpers.system.typefaces.text_clusters import has_no_picture
from helpers.system.typefaces.typeface_chain import unreadable_fonts

_PRINTED_MEMBER_COLUMNS = ("code", "name", "county", "group")


def find_unset_texts(folder: Path, round_: Round, register: Register) -> list[Problem]:
    """A warning for each cell and each text of round.toml that needs another font or none has.

    And for each file of the project's fonts/ that is not used.
    """
    return [
        *_unset_member_cells(members_path(folder, round_), round_),
        *_column_problems(register.rows, "condition", register.table.file),
        *_unset_round_texts(round_),
        *_unusable_fonts(),
    ]


def _unset_member_cells(path: Path, round_: Round) -> Iterator[Problem]:
    rows = read_project_csv(path, required_member_columns(round_))
    for name in _PRINTED_MEMBER_COLUMNS:
        if name in rows.columns:
            yield from _column_problems(rows, name, path.name)


def _column_problems(rows: pd.DataFrame, column: str, file: str) -> Iterator[Problem]:
    """The problems of each text in a column, at the first row that has it."""
    for text, same in rows.groupby(column, sort=False):
        code, number = same["code"].iloc[0], len(same) - 1
        who = f"Member {code} and in rows below it {number}" if number else f"Member {code}"
        yield from _problems_of(text, file, who, int(same.index[0]), column)


def _unset_round_texts(round_: Round) -> Iterator[Problem]:
    for key, text in _texts_by_key(round_, ""):
        yield from _problems_of(text, "round.toml", "The round", None, key)


def _texts_by_key(value: object, key: str) -> Iterator[tuple[str, str]]:
    if isinstance(value, str):
        yield key, value
    elif isinstance(value, BaseModel):
        for name, part in value:
            yield from _texts_by_key(part, f"{key}.{name}".lstrip("."))
    elif isinstance(value, dict):
        for name, part in value.items():
            yield from _texts_by_key(part, f"{key}.{name}".lstrip("."))
    elif isinstance(value, list | tuple):
        for number, part in enumerate(value, 1):
            yield from _texts_by_key(part, f"{key}.{number}".lstrip("."))


def _problems_of(
    text: object, file: str, who: str, row: int | None, column: str
) -> Iterator[Problem]:
    """One problem for each font that a text needs, and one for what no font can show."""
    remedies: dict[str, list[str]] = {}
    for piece in unset_pieces(str(text)):
        remedies.setdefault(_remedy(piece), []).append(piece)
    for remedy, pieces in remedies.items():
        listed = ", ".join(map(_quote, dict.fromkeys(pieces)))
        what = f"{who}: no typeface has {listed}, so PDF and charts describe it in words."
        yield Problem(file, what, remedy, row, column, str(text), severity="warning")


def _quote(piece: str) -> str:
    if any(map(has_no_picture, piece)):
        return " ".join(f"U+{ord(letter):04X}" for letter in piece)
    return f"“{piece}”"


def _remedy(piece: str) -> str:
    if any(map(has_no_picture, piece)):
        return "No font can show it. Remove it, or write it in another way."
    package, path = debian_font_for(piece)
    return f"Install Debian's package {package} and copy {path} into the project's {FONTS_FOLDER}/."


def _unusable_fonts() -> Iterator[Problem]:
    for name, reason in unreadable_fonts().items():
        what = f"The font cannot be used: {reason}."
        remedy = "Put a font with outlines in its place: .ttf, .otf or .ttc."
        yield Problem(f"{FONTS_FOLDER}/{name}", what, remedy, severity="warning")
