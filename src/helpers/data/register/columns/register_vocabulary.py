"""What the cells of a round's register may speak of: members, years, and the round's own words."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from functools import cached_property

import pandas as pd

from helpers.data.cells.column_headings import ColumnNames
from helpers.data.register.columns.member_names import MemberNameIndex
from helpers.model.funding_round import Round
from helpers.model.register_settings import RegisterSettings
from helpers.model.round_prices import compute_prices


@dataclass(frozen=True)
class RegisterVocabulary:
    """The members by code, the years of the round, and [register] of its round.toml.

    `fees` gives what the members pay in a year, by code: a column of amounts that repeats them says
    nothing new. It is asked only where there is such a column, and gives nothing where the price
    depends on who joins.
    """

    names: Mapping[str, str]
    years: Sequence[int]
    settings: RegisterSettings = field(default_factory=RegisterSettings)
    fees: Callable[[], Mapping[str, int]] = dict

    @cached_property
    def index(self) -> MemberNameIndex:
        """The members by every form of their names."""
        return MemberNameIndex(self.names)

    @cached_property
    def columns(self) -> ColumnNames:
        """What the headings mean in this round."""
        return ColumnNames(self.settings.columns)


def round_vocabulary(members: pd.DataFrame, round_: Round) -> RegisterVocabulary:
    """The vocabulary of a round; `members` is as data.round.members_file.load_members has it."""

    def fees() -> Mapping[str, int]:
        return {} if round_.pricing.depends_on_joined else compute_prices(round_, members).fees

    names = dict(zip(members["code"], members["name"], strict=True))
    return RegisterVocabulary(names, round_.years, round_.register_settings, fees)
