"""What one member's letter states: its answer, its fee, and the price of joining."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from datetime import date
from typing import Any

import pandas as pd

from helpers.funding.answers.answer_states import CONDITIONAL, YES
from helpers.funding.answers.memberships import part_of_year
from helpers.funding.answers.part_pledges import OFFERED, gifts_above, limited_to_offers
from helpers.funding.billing.fee_breakdown import FeeBreakdown, break_down_fee
from helpers.funding.billing.receivables import Receivable
from helpers.funding.billing.receivables_ledger import (
    ReceivablesLedger,
    ReceivableSums,
    sum_receivables,
)
from helpers.funding.scenarios.joining import JoiningPrice, fees_of_member, price_of_joining
from helpers.funding.statement.round_statement import Statement
from helpers.model.member_columns import VALIDITY_COLUMNS
from helpers.model.settings.round_settings import Answer, Event, JoiningSettings

DEFAULT_JOINING_RULE = JoiningSettings(part_of_year="whole")  # if the round states no rule


@dataclass(frozen=True)
class MemberFacts:
    """One member as of the statement's day.

    `answer` is the answer as it counts, `decided_on` and `received_on` its days, None where there
    is none. `case_number` and `condition` are the member's own words. `withdrawn`: a yes became a
    no, whichever counts. `fee_by_year` has the fee of each year that its yes covers, or would
    cover, in whole units, and `years_outside` the years that a yes leaves out. `joining_price` is
    what the years that it does not pay for would cost from this day on; None where it pays for them
    all, or they have passed. `member_from` is the first day of a member that joined after the base
    day, `member_until` the last day if it is known to leave. `positions` are what was invoiced to
    it and what it has paid, by year; None if the round has no payments.csv. `official_name` and
    `address`, the mail address of its office, are those of the members' file, or blank. `offered`
    is the amount a year that its answer states in place of the fee; 0 for the fee.
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
    member_from: date | None = None
    member_until: date | None = None
    positions: tuple[Receivable, ...] | None = None
    official_name: str = ""
    address: str = ""
    offered: int = 0

    @property
    def fee(self) -> int:
        """The fee in whole currency units a year."""
        return self.fee_breakdown.fee

    @property
    def fee_all_years(self) -> int:
        """The fee over all years that the member pays for, or would pay for."""
        return sum(self.fee_by_year.values())

    @property
    def payments(self) -> ReceivableSums | None:
        """What was invoiced to the member and what it has paid; None without payments.csv."""
        return None if self.positions is None else sum_receivables(list(self.positions))


def collect_member_facts(
    statement: Statement, code: str, ledger: ReceivablesLedger | None = None
) -> MemberFacts:
    """Return the facts of one member; `code` must be a member's."""
    row = statement.rows_by_code[code]
    answer: Answer = row["decision"]
    years = _years_as_member(statement, row)
    covered = [year for year in years if not row["years"] or str(year) in row["years"].split(",")]
    if answer != YES:
        covered = years
    breakdown = break_down_fee(statement, code)
    fees = fees_if_yes(statement, code)
    offered = int(row[OFFERED]) if OFFERED in row and answer in (YES, CONDITIONAL) else 0
    on_condition = _amounts_if_met(row, {year: fees[year] for year in covered}, offered)
    outside = tuple(year for year in years if year not in covered)
    unpaid_years = outside if answer == YES else tuple(years)
    secured = statement.on_day.secured
    return MemberFacts(
        code=code,
        name=str(row["name"]),
        answer=answer,
        decided_on=_date_or_none(row["decided_on"]),
        received_on=_date_or_none(row["received_on"]),
        case_number=str(row["case_number"]),
        condition=str(row["condition"]),
        withdrawn=bool(row["withdrawn"]),
        fee_by_year={
            year: secured[year][code] if answer == YES else on_condition[year] for year in covered
        },
        years_outside=outside,
        fee_breakdown=breakdown,
        joining_price=_price_of_unpaid_years(statement, code, breakdown.fee, fees, unpaid_years),
        member_from=_date_or_none(row.get("valid_from")),
        member_until=_date_or_none(row.get("valid_to")),
        positions=None if ledger is None else tuple(ledger.by_member.get(code, ())),
        official_name=str(row.get("official_name", "")),
        address=str(row.get("address", "")),
        offered=offered,
    )


def _amounts_if_met(
    row: Mapping[str, Any], due_by_year: dict[int, int], offered: int
) -> dict[int, int]:
    """What an answer brings in each year if its condition is met: the fee, or what it states."""
    if not offered:
        return due_by_year
    due = pd.Series(due_by_year, dtype="int64")
    whole = pd.Series(fees_of_member(row, row["fee"], due_by_year), dtype="int64")
    offers = pd.DataFrame({OFFERED: offered}, index=due.index)
    amounts = limited_to_offers(due, offers) + gifts_above(whole, due, offers)
    return {year: int(amounts[year]) for year in due_by_year}


def _years_as_member(statement: Statement, row: dict[str, Any]) -> list[int]:
    """Return the years of the round in which the member is one on some day; all for a pledge."""
    if statement.takes_pledges:
        return [*statement.round.years]
    first, last = (_date_or_none(row.get(name)) for name in VALIDITY_COLUMNS)
    return [year for year in statement.round.years if part_of_year(year, "whole", first, last)]


def fees_of_membership(statement: Statement, code: str) -> dict[int, int]:
    """Return what the member would pay if it said yes, by the years in which it is a member."""
    fees = fees_if_yes(statement, code)
    return {year: fees[year] for year in _years_as_member(statement, statement.rows_by_code[code])}


def fees_if_yes(statement: Statement, code: str) -> dict[int, int]:
    """Return what the member would pay in each year of the round if it said yes to all of them.

    It is the fee for its part of the year, or less in a year in which that yes takes the fees above
    a ceiling on what is collected: then the member's part of the ceiling.
    """
    under_ceiling = statement.fee_sharing.under_ceiling
    if under_ceiling is None or code in statement.on_day.joiner_prices.fees:
        return {year: due[code] for year, due in statement.on_day.due.items()}
    return under_ceiling.if_yes(code)


def _price_of_unpaid_years(
    statement: Statement,
    code: str,
    fee: int,
    fees_if_yes: Mapping[int, int],
    unpaid_years: Iterable[int],
) -> JoiningPrice | None:
    """Return the price of the unpaid years from the statement's day on; None if none is left.

    A year in which the membership begins or ends costs its part at most.
    """
    round_, day, due = statement.round, statement.as_of, statement.on_day.due
    years_left = [year for year in unpaid_years if year >= day.year]
    if not years_left:
        return None
    remaining_round = round_.model_copy(update={"years": years_left})
    fees = fees_of_member(statement.rows_by_code[code], fee, years_left)
    lowered = {year: fees_if_yes[year] for year in fees if fees_if_yes[year] < due[year][code]}
    rule = round_.joining or DEFAULT_JOINING_RULE
    price = price_of_joining(remaining_round, fee, rule, day, {**fees, **lowered})
    years = (replace(one, price=min(one.price, due[one.year][code])) for one in price.years)
    return replace(price, years=tuple(years))


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
