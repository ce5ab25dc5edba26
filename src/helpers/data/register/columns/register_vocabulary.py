"""What the cells of a round's register may contain: members, years and the round's own words."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from functools import cached_property

import pandas as pd

from helpers.data.cells.column_headings import ColumnNames
from helpers.data.register.columns.member_names import MemberNameIndex
from helpers.model.funding_round import Round
from helpers.model.settings.pledge_settings import may_take_parts
from helpers.model.settings.register_settings import RegisterSettings
from helpers.model.settings.round_prices import compute_prices


@dataclass(frozen=True)
class RegisterVocabulary:
    """The members by code, the years of the round, and [register] of its round.toml.

    `fees` returns the members' yearly fees by code, in whole currency units: a column of amounts
    that repeats them needs no decision. It is called only if the register has such a column, and
    returns an empty mapping if the price depends on which members join. `may_take_parts` is whether
    round.toml could allow a yes of another amount than the fee.
    """

    names: Mapping[str, str]
    years: Sequence[int]
    settings: RegisterSettings = field(default_factory=RegisterSettings)
    fees: Callable[[], Mapping[str, int]] = dict
    may_take_parts: bool = False

    @cached_property
    def index(self) -> MemberNameIndex:
        """The members by every form of their names."""
        return MemberNameIndex(self.names)

    @cached_property
    def columns(self) -> ColumnNames:
        """The meaning of headings in this round."""
        return ColumnNames.of(self.settings)


def round_vocabulary(members: pd.DataFrame, round_: Round) -> RegisterVocabulary:
    """Return the vocabulary of a round; `members` is the frame of members_file.load_members."""

    def fees() -> Mapping[str, int]:
        return {} if round_.pricing.depends_on_joined else compute_prices(round_, members).fees

    names = dict(zip(members["code"], members["name"], strict=True))
    parts = may_take_parts(round_.pricing, has_sharing=round_.sharing is not None)
    return RegisterVocabulary(names, round_.years, round_.register_settings, fees, parts)
