"""The members that one member may compare itself with: same group, same county, same size."""

from __future__ import annotations

from dataclasses import dataclass
from fractions import Fraction
from typing import Literal

import pandas as pd

from helpers.funding.answers.answer_states import NO, YES
from helpers.funding.statement.round_statement import Statement

NEAREST_MEMBERS = 10  # members of nearly the same size


@dataclass(frozen=True)
class PeerSet:
    """The other members of a kind: how many, their answers, and what they pay or would pay.

    `other` have not answered, or said yes on a condition. `fee` is the mean in whole units a year,
    exact, and `fee_per_inhabitant` that of all their inhabitants; None where fees are not by
    inhabitants. `rows` are the members, by distance in size for the kind `size`, otherwise by code.
    """

    kind: Literal["group", "county", "size"]
    members: int
    yes: int
    no: int
    other: int
    fee: Fraction
    fee_per_inhabitant: Fraction | None
    rows: pd.DataFrame


def find_peers(statement: Statement, code: str) -> list[PeerSet]:
    """Return the member's peers on the day; a kind without members is left out.

    Peers of the same size are the NEAREST_MEMBERS nearest in inhabitants, ties by code.
    """
    everyone = statement.on_day.present
    own = statement.rows_by_code[code]
    others = everyone[everyone["code"] != code]
    has_inhabitants = statement.round.pricing.population_year_or_none is not None
    kinds: dict[Literal["group", "county", "size"], pd.DataFrame] = {
        kind: others[(others[kind] == own[kind]) & (others[kind] != "")]
        for kind in ("group", "county")
    }
    if has_inhabitants:
        distance = (others["population"] - own["population"]).abs()
        nearest = others.assign(distance=distance).sort_values(["distance", "code"])
        kinds["size"] = nearest.head(NEAREST_MEMBERS)
    return [
        _peer_set(kind, rows, has_inhabitants=has_inhabitants)
        for kind, rows in kinds.items()
        if len(rows)
    ]


def _peer_set(
    kind: Literal["group", "county", "size"], rows: pd.DataFrame, *, has_inhabitants: bool
) -> PeerSet:
    yes, no = int((rows["decision"] == YES).sum()), int((rows["decision"] == NO).sum())
    fees = sum(int(fee) for fee in rows["fee"])
    inhabitants = sum(int(count) for count in rows["population"])
    per_inhabitant = Fraction(fees, inhabitants) if has_inhabitants and inhabitants else None
    mean = Fraction(fees, len(rows))
    return PeerSet(kind, len(rows), yes, no, len(rows) - yes - no, mean, per_inhabitant, rows)
