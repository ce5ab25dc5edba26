"""Members that joined after the base day and have not answered: what their yes would bring."""

from __future__ import annotations

from dataclasses import dataclass

from helpers.funding.answers.answer_states import UNANSWERED
from helpers.funding.totals.members.members_on_day import MembersOnDay
from helpers.model.funding_round import Round


@dataclass(frozen=True)
class JoinerToAsk:
    """A joiner without an answer: its fee a year, and what it would pay in each year."""

    code: str
    name: str
    county: str
    fee: int
    by_year: dict[int, int]

    @property
    def all_years(self) -> int:
        """What it would pay over all the round's years."""
        return sum(self.by_year.values())


@dataclass(frozen=True)
class JoinersToAsk:
    """All of them, the largest fee first; what their yes brings is outside the requested amount.

    `by_year` is what they would pay together, at most what is left below a ceiling on what is
    collected.
    """

    members: tuple[JoinerToAsk, ...]
    by_year: dict[int, int]

    @property
    def all_years(self) -> int:
        """What they would pay together over all years."""
        return sum(self.by_year.values())

    @property
    def years(self) -> list[int]:
        """The years in which they would pay anything."""
        return [year for year, amount in sorted(self.by_year.items()) if amount]


def find_joiners_to_ask(round_: Round, on_day: MembersOnDay) -> JoinersToAsk:
    """The joiners that are members on the day and have not answered.

    None in a shared cost, where every member of the day shares the cost itself.
    """
    rows = on_day.joiners
    unanswered = rows[rows["decision"] == UNANSWERED]
    if round_.pricing.depends_on_joined or unanswered.empty:
        return JoinersToAsk((), {})
    members = [
        JoinerToAsk(
            code=str(row["code"]),
            name=str(row["name"]),
            county=str(row["county"]),
            fee=int(row["fee"]),
            by_year={year: due[str(row["code"])] for year, due in sorted(on_day.due.items())},
        )
        for row in unanswered.to_dict("records")
    ]
    ordered = sorted(members, key=lambda member: (-member.fee, member.code))
    sums = {year: sum(m.by_year[year] for m in members) for year in sorted(on_day.due)}
    return JoinersToAsk(tuple(ordered), _below_ceiling(round_, on_day, sums))


def _below_ceiling(round_: Round, on_day: MembersOnDay, sums: dict[int, int]) -> dict[int, int]:
    ceiling = round_.pricing.collection_ceiling
    if ceiling is None:
        return sums
    taken = {year: on_day.by_year[year] + on_day.joined_by_year[year] for year in sums}
    return {year: min(amount, max(0, ceiling - taken[year])) for year, amount in sums.items()}
