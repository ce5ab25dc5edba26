"""The members that one member may compare itself with: same group, same county, same size."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from fractions import Fraction
from functools import cached_property
from typing import Any, Literal

import numpy as np
import pandas as pd

from helpers.funding.answers.answer_states import NO, YES
from helpers.funding.statement.round_statement import Statement

NEAREST_MEMBERS = 10  # members of nearly the same size


@dataclass(frozen=True)
class PeerSet:
    """The other members of a kind: how many, their answers, and what they pay or would pay.

    `other` have not answered, or said yes on a condition. `fee` is the mean in whole units a year,
    exact, and `fee_per_inhabitant` that of all their inhabitants; None where fees are not by
    inhabitants. `nearest` are the members of the kind `size`, by distance in inhabitants.
    """

    kind: Literal["group", "county", "size"]
    members: int
    yes: int
    no: int
    other: int
    fee: Fraction
    fee_per_inhabitant: Fraction | None
    nearest: pd.DataFrame | None = None


@dataclass(frozen=True)
class _PeerSums:
    """The members of a group or a county, and their fees and inhabitants together."""

    members: int = 0
    yes: int = 0
    no: int = 0
    fees: int = 0
    inhabitants: int = 0

    def plus(self, row: Mapping[str, Any], sign: int = 1) -> _PeerSums:
        """Return the sums with a member, or with the sign -1 without it."""
        return _PeerSums(
            self.members + sign,
            self.yes + sign * (row["decision"] == YES),
            self.no + sign * (row["decision"] == NO),
            self.fees + sign * int(row["fee"]),
            self.inhabitants + sign * int(row["population"]),
        )


@dataclass(frozen=True)
class PeerIndex:
    """The members on a day by group, county and size, computed once for the papers to all of them.

    To look through all members for each paper would cost more in a larger round.
    """

    statement: Statement

    @property
    def has_inhabitants(self) -> bool:
        """Whether fees are by inhabitants, so that members have a size."""
        return self.statement.round.pricing.population_year_or_none is not None

    @cached_property
    def sums(self) -> dict[tuple[str, str], _PeerSums]:
        """The sums of each group and county, by kind and name."""
        found: dict[tuple[str, str], _PeerSums] = {}
        for code in self.statement.on_day.present["code"].tolist():
            row = self.statement.rows_by_code[code]
            for key in (("group", row["group"]), ("county", row["county"])):
                found[key] = found.get(key, _PeerSums()).plus(row)
        return found

    @cached_property
    def by_size(self) -> pd.DataFrame:
        """The members, the fewest inhabitants first."""
        return self.statement.on_day.present.sort_values(["population", "code"])

    def nearest(self, code: str, inhabitants: int) -> pd.DataFrame:
        """Return the other members nearest in inhabitants, with their distance; ties by code."""
        sizes = self.by_size["population"].to_numpy()
        at = int(np.searchsorted(sizes, inhabitants))
        # The member itself and as many on either side: the nearest are as near as one of these.
        around = np.abs(
            sizes[max(at - NEAREST_MEMBERS, 0) : at + NEAREST_MEMBERS + 1] - inhabitants
        )
        most = np.sort(around)[: NEAREST_MEMBERS + 1][-1]
        first = np.searchsorted(sizes, inhabitants - most)
        last = np.searchsorted(sizes, inhabitants + most, side="right")
        rows = self.by_size.iloc[first:last]
        rows = rows[rows["code"] != code]
        distance = (rows["population"] - inhabitants).abs()
        return (
            rows.assign(distance=distance).sort_values(["distance", "code"]).head(NEAREST_MEMBERS)
        )


def find_peers(index: PeerIndex, code: str) -> list[PeerSet]:
    """Return the peers of a member on the day; a kind without members is left out.

    Peers of the same size are the NEAREST_MEMBERS nearest in inhabitants, ties by code.
    """
    own = index.statement.rows_by_code[code]
    kinds: tuple[Literal["group", "county"], ...] = ("group", "county")
    alike = {kind: index.sums[kind, own[kind]].plus(own, -1) for kind in kinds if own[kind] != ""}
    found = [
        _peer_set(kind, sums, has_inhabitants=index.has_inhabitants)
        for kind, sums in alike.items()
        if sums.members
    ]
    nearest = index.nearest(code, own["population"]) if index.has_inhabitants else index.by_size[:0]
    if len(nearest):
        sums = _PeerSums()
        for near in nearest["code"].tolist():
            sums = sums.plus(index.statement.rows_by_code[near])
        found.append(_peer_set("size", sums, has_inhabitants=True, rows=nearest))
    return found


def _peer_set(
    kind: Literal["group", "county", "size"],
    sums: _PeerSums,
    *,
    has_inhabitants: bool,
    rows: pd.DataFrame | None = None,
) -> PeerSet:
    by_inhabitants = has_inhabitants and sums.inhabitants
    per_inhabitant = Fraction(sums.fees, sums.inhabitants) if by_inhabitants else None
    other, mean = sums.members - sums.yes - sums.no, Fraction(sums.fees, sums.members)
    return PeerSet(kind, sums.members, sums.yes, sums.no, other, mean, per_inhabitant, rows)
