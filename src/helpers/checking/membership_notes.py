"""Notes of the `check` command on members that leave or join, and who is therefore not asked."""

from __future__ import annotations

import pandas as pd

from helpers.funding.answers.memberships import has_membership_days
from helpers.model.funding_round import Round


def membership_notes(round_: Round, members: pd.DataFrame) -> list[str]:
    """A line each on the members that left before the base day, that leave, and that join later.

    All days of the members' file are used, whether or not they are known yet.
    """
    if not has_membership_days(members):
        return []
    base_day, last = pd.Timestamp(round_.base_day), pd.Timestamp(max(round_.years), 12, 31)
    blank = pd.Series(pd.NaT, index=members.index)
    first_day, last_day = members.get("valid_from", blank), members.get("valid_to", blank)
    gone, later = last_day < base_day, first_day > base_day
    leaving = ~gone & (last_day < last)
    left, leave, join = (
        _listed(members.assign(day=days)[which])
        for which, days in ((gone, last_day), (leaving, last_day), (later, first_day))
    )
    notes = {
        f"Left before {round_.base_day}, and not asked: {left}.": left,
        f"Leave during the round: {leave}.": leave,
        _joining(round_, join): join,
    }
    return [note for note, listed in notes.items() if listed]


def _joining(round_: Round, members: str) -> str:
    """Whether they share a cost, or pledge, as the others, or pay on top of what is requested."""
    if round_.pricing.depends_on_joined or round_.pricing.takes_pledges:
        return f"Join after {round_.base_day}, within the requested amount: {members}."
    return f"Join after {round_.base_day}, outside the requested amount: {members}."


def _listed(members: pd.DataFrame) -> str:
    """Code, name and day of each, by the day; '' for no members."""
    rows = members.sort_values(["day", "code"])
    return ", ".join(
        f"{code} {name} ({day:%Y-%m-%d})"
        for code, name, day in zip(rows["code"], rows["name"], rows["day"], strict=True)
    )
