"""Who is a member on a day, as it was known, and the part of a year that a membership covers."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from fractions import Fraction

import pandas as pd

from helpers.errors import ReportError
from helpers.model.funding_round import Round
from helpers.model.member_columns import KNOWN_FROM_COLUMN, VALIDITY_COLUMNS
from helpers.model.settings.round_settings import PartOfYear


@dataclass(frozen=True)
class Memberships:
    """The members of a round as they were known on a day.

    `base` are the members that share the requested amount, `joiners` the members that joined after
    the base day, and `absent` the codes of the others, which are not asked. Both frames have the
    columns of the members' file, and valid_from and valid_to where it has any of the three days: a
    day that was not yet known is NaT. Where the price depends on who joins, members that join
    later share the cost like all others, and where members pledge, they pledge like all others:
    `joiners` is empty.
    """

    base: pd.DataFrame
    joiners: pd.DataFrame
    absent: frozenset[str]


def known_memberships(round_: Round, members: pd.DataFrame, known_on: date) -> Memberships:
    """Divide the members of a round by what was known of their memberships on a day.

    Source: docs/explanation/money.md, "Members come and go". Raises ReportError if nobody is a
    member on the base day.
    """
    if not has_membership_days(members):
        return Memberships(members, members.head(0), frozenset())
    known = _with_known_days(members, pd.Timestamp(known_on))
    base_day = pd.Timestamp(round_.base_day)
    left_before = known["valid_to"] < base_day
    joins_later = known["valid_from"] > base_day
    is_known = ~joins_later | (_days_known_from(members)["valid_from"] <= pd.Timestamp(known_on))
    absent = frozenset(known.loc[left_before | ~is_known, "code"])
    asked = known[~known["code"].isin(absent)]
    later = asked["valid_from"] > base_day
    # A member on the base day is asked from the start, also before its first day as one.
    asked = asked.assign(valid_from=asked["valid_from"].where(later)).reset_index(drop=True)
    if round_.pricing.depends_on_joined or round_.pricing.takes_pledges:
        return Memberships(asked, asked.head(0), absent)
    later = asked["valid_from"].notna()
    base, joiners = (asked[rows].reset_index(drop=True) for rows in (~later, later))
    if base.empty:
        raise ReportError(
            f"The members' file has no member on {round_.base_day}, the day whose members share "
            "the amount. Correct valid_from and valid_to, or write members_on in round.toml."
        )
    return Memberships(base, joiners, absent)


def has_membership_days(members: pd.DataFrame) -> bool:
    """Whether the members' file says when a membership begins or ends."""
    return bool(set(VALIDITY_COLUMNS) & set(members.columns))


def is_member_on(members: pd.DataFrame, day: date) -> pd.Series[bool]:
    """Which rows are of members on a day; valid_from and valid_to may be missing or NaT."""
    if not has_membership_days(members):
        return pd.Series(True, index=members.index)
    on = pd.Timestamp(day)
    return ~(members["valid_from"] > on) & ~(members["valid_to"] < on)


def is_member_in(members: pd.DataFrame, year: int) -> pd.Series[bool]:
    """Which rows are of members on some day of a year."""
    if not has_membership_days(members):
        return pd.Series(True, index=members.index)
    begins, ends = pd.Timestamp(year, 1, 1), pd.Timestamp(year, 12, 31)
    return ~(members["valid_from"] > ends) & ~(members["valid_to"] < begins)


def owes_for(round_: Round, members: pd.DataFrame, year: int) -> pd.Series[bool]:
    """Which rows owe what they secure in a year: members on some day of it.

    A pledge is owed for each year that it covers, also when its member has left or joins later.
    """
    if round_.pricing.takes_pledges:
        return pd.Series(True, index=members.index)
    return is_member_in(members, year)


def part_of_year(
    year: int, rule: PartOfYear, first: date | None = None, last: date | None = None
) -> Fraction:
    """The part of a year that is paid for, from a first day to a last; None for no limit.

    `whole`: the whole year if any day of it is covered; `months`: a twelfth for each month with a
    day that is covered; `days`: a day's part for each day.
    """
    begins, ends = date(year, 1, 1), date(year, 12, 31)
    start, end = max(begins, first or begins), min(ends, last or ends)
    if start > end:
        return Fraction(0)
    return {
        "whole": Fraction(1),
        "months": Fraction(end.month - start.month + 1, 12),
        "days": Fraction((end - start).days + 1, (ends - begins).days + 1),
    }[rule]


def _with_known_days(members: pd.DataFrame, known_on: pd.Timestamp) -> pd.DataFrame:
    """The members with valid_from and valid_to, of which those not yet known are NaT.

    valid_from stays: before it is known, the row is not a member's (see known_memberships).
    """
    known_from = _days_known_from(members)
    days = _membership_days(members)
    valid_to = days["valid_to"].where(known_from["valid_to"] <= known_on)
    kept = members.drop(columns=[KNOWN_FROM_COLUMN], errors="ignore")
    return kept.assign(valid_from=days["valid_from"], valid_to=valid_to)


def _days_known_from(members: pd.DataFrame) -> pd.DataFrame:
    """From which day valid_from and valid_to are known: `known_from`, else the date itself.

    Where a member has both days, known_from is that of the last; the first is known from itself at
    the latest.
    """
    days = _membership_days(members)
    known = days[KNOWN_FROM_COLUMN]
    both = days["valid_from"].notna() & days["valid_to"].notna()
    of_first = known.where(~both | (known < days["valid_from"]), days["valid_from"])
    return pd.DataFrame(
        {
            "valid_from": of_first.fillna(days["valid_from"]),
            "valid_to": known.fillna(days["valid_to"]),
        }
    )


def _membership_days(members: pd.DataFrame) -> pd.DataFrame:
    """The three days of each membership, NaT where the file has none."""
    return pd.DataFrame(
        {
            name: members[name] if name in members else pd.Series(pd.NaT, index=members.index)
            for name in (*VALIDITY_COLUMNS, KNOWN_FROM_COLUMN)
        },
        index=members.index,
    ).astype("datetime64[s]")
