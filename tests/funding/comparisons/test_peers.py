"""The members that one member is compared with, of a round small enough to count by hand."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from fractions import Fraction

import pandas as pd

from helpers.funding.comparisons.peers import PeerIndex, find_peers
from helpers.model.answer_register import Register
from helpers.model.funding_round import Round
from support.letter_reports import report_on


def test_peers_are_of_the_same_group_county_and_size(
    register_of: Callable[..., Register], five_members: pd.DataFrame, five_round: Round
) -> None:
    # Fees 100 Alm, 200 Berg, 300 Dal, 400 Ek, 900 Fors; Berg, Ek and Fors are B3, Alm, Berg and
    # Dal in Norra län.
    register = register_of("0001,2016-06-15,2016-06-20,,yes", "0005,2016-06-15,2016-06-20,,no")
    statement = report_on(five_round, five_members, register, date(2016, 7, 31)).statement
    group, county, size = find_peers(PeerIndex(statement), "0002")
    assert (group.kind, group.members, group.yes, group.no, group.other) == ("group", 2, 0, 1, 1)
    # (400 + 900) / 2, of 4 000 and 10 000 inhabitants.
    assert (group.fee, group.fee_per_inhabitant) == (650, Fraction(1_300, 14_000))
    assert (county.kind, county.members, county.yes, county.no, county.other) == (
        "county", 2, 1, 0, 1,
    )  # fmt: skip
    assert (county.fee, county.fee_per_inhabitant) == (200, Fraction(400, 4_000))
    # From 2 000: 1 000 and 3 000 are as near, then 4 000, then 10 000.
    assert size.nearest is not None
    assert list(size.nearest["code"]) == ["0001", "0003", "0004", "0005"]


def test_a_round_without_groups_counties_or_inhabitants_has_no_peers(
    register_of: Callable[..., Register], five_members: pd.DataFrame, five_round: Round
) -> None:
    by_weight = {**five_round.model_dump(exclude={"pricing"}), "pricing": {"rule": "by-weight"}}
    members = five_members.assign(group="", county="")
    round_ = Round.model_validate(by_weight)
    statement = report_on(round_, members, register_of(), date(2016, 7, 31)).statement
    assert find_peers(PeerIndex(statement), "0002") == []
