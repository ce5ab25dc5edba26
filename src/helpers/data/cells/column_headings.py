"""Recognise a register's columns by the headings that people give them, in Swedish and English."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from functools import cached_property, lru_cache

from helpers.data.cells.cell_values import normalize_text
from helpers.model.answer_register import AMOUNT_COLUMNS, REGISTER_COLUMNS
from helpers.model.settings.register_settings import IGNORED, RegisterSettings

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

# The columns of a round of pledges. In a round of fees they are not known: an amount there may
# change what an answer means, and round.toml states it (see doubtful_headings).
_AMOUNT_HEADINGS = {
    "amount": [
        "belopp", "utfäst", "utfäst belopp", "utfästelse", "bidrag", "pledge", "pledged",
        "pledged amount", "amount pledged", "contribution",
    ],
    "currency": ["valuta", "currency code"],
    "confirmed": [
        "bekräftat", "bekräftat belopp", "varav bekräftat", "confirmed amount", "amount confirmed",
    ],
}  # fmt: skip

# The register's own order; the name is read where there is no code. Source:
# docs/explanation/counting.md, "Columns that are recognised".
KNOWN_COLUMNS = ["code", "name", *REGISTER_COLUMNS[1:]]

# Headings contain line breaks, hyphens and spaces anywhere, so only their letters are compared.
_HEADING_SEPARATORS = re.compile(r"[ _.:*?‐‑-]")
# Two columns of which one is marked for each member, as in minutes of a vote.
YES_COLUMN_KEYS, NO_COLUMN_KEYS = {"ja", "yes"}, {"nej", "no"}


@lru_cache(maxsize=4096)  # the cells of a file's first rows are asked for with each separator
def _heading_key(heading: str) -> str:
    return _HEADING_SEPARATORS.sub("", normalize_text(heading).casefold())


_COLUMN_BY_HEADING_KEY = {
    _heading_key(heading): column
    for column, variants in _HEADING_VARIANTS.items()
    for heading in (column, *variants)
}
_AMOUNT_COLUMN_BY_HEADING_KEY = {
    _heading_key(heading): column
    for column, variants in _AMOUNT_HEADINGS.items()
    for heading in (column, *variants)
}


@dataclass(frozen=True)
class ColumnNames:
    """Maps headings to known columns; an entry in `declared` takes precedence.

    `declared` is [register.columns] of round.toml: a heading to the name of a known column, or to
    "ignore". With `amounts`, the columns of a round of pledges are known too.
    """

    declared: Mapping[str, str] = field(default_factory=dict)
    amounts: bool = False

    @classmethod
    def of(cls, settings: RegisterSettings) -> ColumnNames:
        """Return the names of a round whose [register] is `settings`."""
        return cls(settings.columns, settings.reads_amounts)

    @cached_property
    def _declared_by_key(self) -> dict[str, str]:
        return {_heading_key(heading): column for heading, column in self.declared.items()}

    def column_for(self, heading: str) -> str | None:
        """Return the known column that a heading names in Swedish or English, or None."""
        key = _heading_key(heading)
        column = self._declared_by_key.get(key) or _COLUMN_BY_HEADING_KEY.get(key)
        if column is None and self.amounts:
            column = _AMOUNT_COLUMN_BY_HEADING_KEY.get(key)
        return None if column == IGNORED else column

    def is_ignored(self, heading: str) -> bool:
        """Return whether round.toml says that the column is not to be read."""
        return self._declared_by_key.get(_heading_key(heading)) == IGNORED

    def positions(self, headings: Sequence[str]) -> dict[str, list[int]]:
        """Return the positions (from 0) of each known column, in the order of KNOWN_COLUMNS.

        Columns that are not among the headings are left out.
        """
        found: dict[str, list[int]] = {}
        for position, heading in enumerate(headings):
            if column := self.column_for(heading):
                found.setdefault(column, []).append(position)
        return {
            column: found[column] for column in (*KNOWN_COLUMNS, *AMOUNT_COLUMNS) if column in found
        }

    def is_heading_row(self, cells: Sequence[str]) -> bool:
        """Return whether the cells are a heading: they name a decision and a code or a name.

        A title or a row with an answer never does.
        """
        named = {self.column_for(cell) for cell in cells}
        answered = "decision" in named or find_answer_pair(cells) is not None
        answered |= self.amounts and "amount" in named
        return answered and not named.isdisjoint({"code", "name"})

    def unread(self, headings: Sequence[str]) -> list[str]:
        """Return the headings of columns that are not read."""
        answered = "decision" in map(self.column_for, headings)
        pair = () if answered else find_answer_pair(headings) or ()
        return [
            heading
            for at, heading in enumerate(headings)
            if self.column_for(heading) is None and at not in pair
        ]


COMMON_NAMES = ColumnNames()  # where no round says otherwise


def column_for_heading(heading: str) -> str | None:
    """Return the known column that a heading names in Swedish or English, or None."""
    return COMMON_NAMES.column_for(heading)


def may_be_a_persons(heading: str) -> bool:
    """Whether a heading of names may be that of persons: it does not say that they are members."""
    return _heading_key(heading) in {"name", "namn"}


def understood_headings(column: str) -> list[str]:
    """Return headings that name a column, the most usual first."""
    return {**_HEADING_VARIANTS, **_AMOUNT_HEADINGS}[column]


def find_answer_pair(headings: Sequence[str]) -> tuple[int, int] | None:
    """Return the positions of a column Ja and a column Nej; None unless there is one of each."""
    keys = [_heading_key(heading) for heading in headings]
    yes = [at for at, key in enumerate(keys) if key in YES_COLUMN_KEYS]
    no = [at for at, key in enumerate(keys) if key in NO_COLUMN_KEYS]
    return (yes[0], no[0]) if len(yes) == len(no) == 1 else None
