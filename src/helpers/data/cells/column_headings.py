"""Knows a register's columns by the headings that people give them, in Swedish and English."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from functools import cached_property

from helpers.data.cells.cell_values import normalize_text
from helpers.model.register_settings import IGNORED

# Headings of each column in addition to its own name. Left out because they are ambiguous:
# "beslut" (an answer, a day, a paragraph of minutes; and a "ja" below it may say that there is a
# decision, not which), "datum" and "svarsdatum" (whose day?), "nr" (a row's number),
# "reservation" (in minutes, a member who dissents).
_HEADING_VARIANTS = {
    "code": [
        "kod", "kommunkod", "kommunens kod", "kommunnr", "kommunnummer", "kommun id",
        "municipality code", "member code",
    ],
    "name": [
        "namn", "kommun", "kommunnamn", "kommunens namn", "municipality", "municipality name",
        "medlem", "member", "member name",
    ],
    "decided_on": [
        "beslutsdatum", "beslutsdag", "beslut datum", "datum beslut", "datum för beslut",
        "beslutat", "beslutad", "beslutat datum", "beslutad datum", "beslutat den", "beslutad den",
        "datum för ställningstagande", "decided", "decision date", "date of decision",
    ],
    "received_on": [
        "inkom", "inkommen", "inkommet", "inkom datum", "inkommen datum", "inkommet datum",
        "inkom den", "inkommen den", "inkommet den", "datum inkom", "datum inkommen",
        "datum inkommet", "ankom", "ankommen", "ankommet", "ankomstdatum", "mottagen", "mottaget",
        "mottaget datum", "mottagningsdatum", "received", "received date", "date received",
    ],
    "registered_on": [
        "registrerad", "registrerat", "registrerad den", "registrerad datum",
        "registreringsdatum", "diarieförd", "diariefört", "diarieförd den", "diarieförd datum",
        "diarieföringsdatum", "registered", "registered date", "date registered",
        "registration date",
    ],
    "decision": [
        "svar", "kommunens svar", "svar (ja/nej)", "svar ja/nej", "ja/nej", "ställningstagande",
        "kommunens ställningstagande", "answer", "yes/no",
    ],
    "years": ["åren", "avser år", "avser åren", "gäller år", "gäller åren", "years covered"],
    "condition": [
        "villkor", "ev villkor", "eventuellt villkor", "eventuella villkor", "ev förbehåll",
        "förbehåll", "förutsättning", "förutsättningar", "conditions",
    ],
    "case_number": [
        "dnr", "diarienr", "diarienummer", "diariebeteckning", "ärendenr", "ärendenummer",
        "case no",
    ],
    "note": [
        "anm", "anmärkning", "anmärkningar", "anteckning", "anteckningar", "kommentar",
        "kommentarer", "notering", "noteringar", "notes", "comment", "comments", "remark",
        "remarks",
    ],
    "source": ["källa"],
}  # fmt: skip

# The register's own order; the name is read where there is no code. Source:
# docs/explanation/counting.md, "Columns that are recognised".
KNOWN_COLUMNS = [
    "code",
    "name",
    "decided_on",
    "received_on",
    "registered_on",
    "decision",
    "years",
    "condition",
    "case_number",
    "note",
    "source",
]

# Headings are broken over lines and written apart in every way; only the letters are the name.
_HEADING_SEPARATORS = re.compile(r"[ _.:*?‐‑-]")
# A pair of columns of which one is marked for each member.
YES_COLUMN_KEYS, NO_COLUMN_KEYS = {"ja", "yes"}, {"nej", "no"}


def _heading_key(heading: str) -> str:
    return _HEADING_SEPARATORS.sub("", normalize_text(heading).casefold())


_COLUMN_BY_HEADING_KEY = {
    _heading_key(heading): column
    for column in KNOWN_COLUMNS
    for heading in (column, *_HEADING_VARIANTS[column])
}


@dataclass(frozen=True)
class ColumnNames:
    """Which column a heading names; what `declared` says of a heading comes before all else.

    `declared` is [register.columns] of round.toml: a heading to a known column, or to "ignore".
    """

    declared: Mapping[str, str] = field(default_factory=dict)

    @cached_property
    def _declared_by_key(self) -> dict[str, str]:
        return {_heading_key(heading): column for heading, column in self.declared.items()}

    def column_for(self, heading: str) -> str | None:
        """The known column that a heading names, in Swedish or English; None if it names none."""
        key = _heading_key(heading)
        column = self._declared_by_key.get(key) or _COLUMN_BY_HEADING_KEY.get(key)
        return None if column == IGNORED else column

    def is_ignored(self, heading: str) -> bool:
        """Whether round.toml says that nothing is to be read of the column."""
        return self._declared_by_key.get(_heading_key(heading)) == IGNORED

    def positions(self, headings: Sequence[str]) -> dict[str, list[int]]:
        """The positions, from 0, at which each known column stands, in the order of KNOWN_COLUMNS.

        A column that stands nowhere is left out.
        """
        found: dict[str, list[int]] = {}
        for position, heading in enumerate(headings):
            if column := self.column_for(heading):
                found.setdefault(column, []).append(position)
        return {column: found[column] for column in KNOWN_COLUMNS if column in found}

    def is_heading_row(self, cells: Sequence[str]) -> bool:
        """Whether the cells name a decision and a code or a name, as no title or answer does."""
        named = {self.column_for(cell) for cell in cells}
        answered = "decision" in named or find_answer_pair(cells) is not None
        return answered and not named.isdisjoint({"code", "name"})

    def unread(self, headings: Sequence[str]) -> list[str]:
        """The headings of which nothing is read."""
        answered = "decision" in map(self.column_for, headings)
        pair = () if answered else find_answer_pair(headings) or ()
        return [
            heading
            for at, heading in enumerate(headings)
            if self.column_for(heading) is None and at not in pair
        ]


COMMON_NAMES = ColumnNames()  # where no round says otherwise


def column_for_heading(heading: str) -> str | None:
    """The known column that a heading names, in Swedish or English; None if it names none."""
    return COMMON_NAMES.column_for(heading)


def may_be_a_persons(heading: str) -> bool:
    """Whether a heading of names may be that of persons: it does not say that they are members."""
    return _heading_key(heading) in {"name", "namn"}


def understood_headings(column: str) -> list[str]:
    """Headings that name a column, the first ones the most usual."""
    return _HEADING_VARIANTS[column]


def find_answer_pair(headings: Sequence[str]) -> tuple[int, int] | None:
    """The positions of a column Ja and a column Nej, where each stands once."""
    keys = [_heading_key(heading) for heading in headings]
    yes = [at for at, key in enumerate(keys) if key in YES_COLUMN_KEYS]
    no = [at for at, key in enumerate(keys) if key in NO_COLUMN_KEYS]
    return (yes[0], no[0]) if len(yes) == len(no) == 1 else None
