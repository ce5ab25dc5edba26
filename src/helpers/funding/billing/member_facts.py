"""What one member's letter states: its answer, its fee, and the price of joining."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date

import pandas as pd

from helpers.funding.answers.answer_states import YES
from helpers.funding.billing.fee_breakdown import FeeBreakdown, break_down_fee
from helpers.funding.scenarios.joining import JoiningPrice, price_of_joining
from helpers.funding.statement.round_statement import Statement
from helpers.funding.totals.member_table import secured_by_year
from helpers.model.round_settings import Answer, Event, JoiningSettings

DEFAULT_JOINING_RULE = JoiningSettings(part_of_year="whole")  # if the round states no rule


@dataclass(frozen=True)
class MemberFacts:
    """One member as of the statement's day.

    `answer` is the answer as it counts; `decided_on` and `received_on` are its days, None without
    an answer. `case_number` and `condition` are the member's own words. `withdrawn` is true if a
    yes became a no, whichever of them counts. `fee_by_year` has the fee of each year that its yes
    covers or would cover, in whole currency units; `years_outside` has the years that its yes
    leaves out. `joining_price` is the price from this day on of the years that it does not pay for;
    None if it pays for all, or they have passed.
    """

    code: str
    name: str
    answer: Answer
    decided_on: date | None
    received_on: date | None
    case_number: str
    condition: str
    withdrawn: bool
    fee_by_year: dict[int, int]
    years_outside: tuple[int, ...]
    fee_breakdown: FeeBreakdown
    joining_price: JoiningPrice | None

    @property
    def fee(self) -> int:
        """The fee in whole currency units a year."""
        return self.fee_breakdown.fee

    @property
    def fee_all_years(self) -> int:
        """The fee over all years that the member pays for, or would pay for."""
        return sum(self.fee_by_year.values())


def collect_member_facts(statement: Statement, code: str) -> MemberFacts:
    """Return the facts of one member; `code` must be a member's."""
    row = statement.rows_by_code[code]
    answer: Answer = row["decision"]
    years = statement.round.years
    covered = [year for year in years if not row["years"] or str(year) in row["years"].split(",")]
    if answer != YES:
        covered = years
    breakdown = break_down_fee(statement, code)
    fees = _fees_by_year(statement, code, breakdown.fee)
    outside = tuple(year for year in years if year not in covered)
    unpaid_years = outside if answer == YES else tuple(years)
    return MemberFacts(
        code=code,
        name=str(row["name"]),
        answer=answer,
        decided_on=_date_or_none(row["decided_on"]),
        received_on=_date_or_none(row["received_on"]),
        case_number=str(row["case_number"]),
        condition=str(row["condition"]),
        withdrawn=bool(row["withdrawn"]),
        fee_by_year={year: fees[year] for year in covered},
        years_outside=outside,
        fee_breakdown=breakdown,
        joining_price=_price_of_unpaid_years(
            statement, breakdown.fee, {year: fees[year] for year in unpaid_years}
        ),
    )


def _fees_by_year(statement: Statement, code: str, fee: int) -> dict[int, int]:
    """Return what the member pays, or would pay if it said yes, in each year of the round.

    It is the fee, or less in a year in which that yes takes the fees above a ceiling on what is
    collected: then the member's part of the ceiling.
    """
    if statement.ceiling is None:
        return dict.fromkeys(statement.round.years, fee)
    answers, is_member = statement.answers, statement.answers["code"] == code
    joined = answers.assign(
        decision=answers["decision"].mask(is_member, YES),
        years=answers["years"].mask(is_member, ""),
    )
    by_year = secured_by_year(statement.round, joined)
    return {year: int(fees[is_member].iloc[0]) for year, fees in by_year.items()}


def _price_of_unpaid_years(
    statement: Statement, fee: int, unpaid: Mapping[int, int]
) -> JoiningPrice | None:
    """Return the price of the unpaid years from the statement's day on; None if none is left."""
    round_, day = statement.round, statement.as_of
    years_left = [year for year in unpaid if year >= day.year]
    if not years_left:
        return None
    remaining_round = round_.model_copy(update={"years": years_left})
    rule = round_.joining or DEFAULT_JOINING_RULE
    return price_of_joining(remaining_round, fee, rule, day, unpaid)


def events_in_letter(statement: Statement, answer: Answer, *kinds: str) -> list[Event]:
    """Return the events that letters to members with this answer mention, as known on the day."""
    return [
        event
        for kind in kinds
        for event in statement.round.known_events(kind, statement.known_on)
        if answer in event.letters and not _is_undecided(event, statement.as_of)
    ]


def _is_undecided(event: Event, day: date) -> bool:
    return event.kind == "decision" and (event.on or event.known_from) > day


def last_reply_date(statement: Statement) -> date | None:
    """Return the last reply date that was known on the day; None if the round has none."""
    return max((event.on for event in statement.deadlines if event.on), default=None)


def _date_or_none(value: pd.Timestamp | None) -> date | None:
    return None if value is None or pd.isna(value) else value.date()
