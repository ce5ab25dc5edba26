"""What one member's letter states: its answer, its fee, and what joining would cost it."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from fractions import Fraction
from typing import Any

import pandas as pd

from helpers.funding.amounts import YES
from helpers.funding.figures import tally_figures
from helpers.funding.receipt import Receipt, receipt
from helpers.funding.scenarios.joining import JoiningPrice, joining
from helpers.funding.shared_cost import SharedPrice
from helpers.funding.statement import Statement
from helpers.pricing import Pricing
from helpers.terms import Answer, Event, Joining

WHOLE_YEAR = Joining(part_of_year="whole")  # where the round does not say


@dataclass(frozen=True)
class MemberFacts:
    """One member as of the statement's day.

    `answer` is the answer as it counts, `decided_on` and `received_on` its days, None where there
    is none. `case_number` and `condition` are the member's own words. `withdrawn`: a yes became a
    no, whichever counts. `pays` has the fee of each year that its yes covers, or would cover, in
    whole units, and `outside` the years that a yes leaves out. `joins` is what the years that it
    does not pay for would cost from this day on; None where it pays for them all, or they have
    passed.
    """

    code: str
    name: str
    answer: Answer
    decided_on: date | None
    received_on: date | None
    case_number: str
    condition: str
    withdrawn: bool
    pays: dict[int, int]
    outside: tuple[int, ...]
    receipt: Receipt
    joins: JoiningPrice | None

    @property
    def fee(self) -> int:
        """The fee, whole units a year."""
        return self.receipt.fee

    @property
    def fee_all_years(self) -> int:
        """The fee over the years that the member pays for, or would pay for."""
        return sum(self.pays.values())


def member_facts(statement: Statement, code: str) -> MemberFacts:
    """The facts of one member; `code` is one of the round's."""
    row = statement.rows[code]
    answer: Answer = row["decision"]
    years = statement.round.years
    covered = [year for year in years if not row["years"] or str(year) in row["years"].split(",")]
    if answer != YES:
        covered = years
    made = receipt(statement, code)
    outside = tuple(year for year in years if year not in covered)
    missing = outside if answer == YES else tuple(years)
    return MemberFacts(
        code=code,
        name=str(row["name"]),
        answer=answer,
        decided_on=_day(row["decided_on"]),
        received_on=_day(row["received_on"]),
        case_number=str(row["case_number"]),
        condition=str(row["condition"]),
        withdrawn=bool(row["withdrawn"]),
        pays=dict.fromkeys(covered, made.fee),
        outside=outside,
        receipt=made,
        joins=_joins(statement, made.fee, missing),
    )


def _joins(statement: Statement, fee: int, missing: tuple[int, ...]) -> JoiningPrice | None:
    """What the missing years cost from the statement's day on; None where nothing is left."""
    round_, day = statement.round, statement.as_of
    left = [year for year in missing if year >= day.year]
    if not left:
        return None
    asked = round_.model_copy(update={"years": left})
    return joining(asked, fee, round_.joining or WHOLE_YEAR, day)


def told_to(statement: Statement, answer: Answer, *kinds: str) -> list[Event]:
    """The events that the letters to those with this answer tell of, as known on the day."""
    return [
        event
        for kind in kinds
        for event in statement.round.known_events(kind, statement.known_on)
        if answer in event.letters and not _yet_to_be_decided(event, statement.as_of)
    ]


def _yet_to_be_decided(event: Event, day: date) -> bool:
    return event.kind == "decision" and (event.on or event.known_from) > day


def reply_by(statement: Statement) -> date | None:
    """The last reply date that was known on the day; None where the round has none."""
    return max((event.on for event in statement.deadlines if event.on), default=None)


def letter_figures(statement: Statement, facts: MemberFacts) -> dict[str, Any]:
    """Every figure that the letter prints, by name, unrounded; units as in funding.figures."""
    last = reply_by(statement)
    return {
        "round": statement.round.name,
        "as_of": statement.as_of.isoformat(),
        "known_on": statement.known_on.isoformat(),
        "recommended_on": statement.round.recommended_on.isoformat(),
        "reply_by": last.isoformat() if last else None,
        "currency": statement.round.currency,
        "reconstructed": statement.reconstructed,
        "code": facts.code,
        "name": facts.name,
        "answer": facts.answer,
        "decided_on": facts.decided_on.isoformat() if facts.decided_on else None,
        "received_on": facts.received_on.isoformat() if facts.received_on else None,
        "case_number": facts.case_number,
        "condition": facts.condition,
        "withdrawn": facts.withdrawn,
        "fee": facts.fee,
        "fee_by_year": {str(year): fee for year, fee in facts.pays.items()},
        "fee_all_years": facts.fee_all_years,
        "years_outside": list(facts.outside),
        "receipt": _receipt_figures(facts.receipt, statement.round.pricing),
        "joining": _joining_figures(facts.joins),
        "price": _price_figures(statement.price),
        **tally_figures(statement.total),
    }


def _receipt_figures(made: Receipt, pricing: Pricing) -> dict[str, Any]:
    terms = ("rebate_above", "rebate_percent", "step")
    return {
        **{name: getattr(pricing, name, None) for name in terms},
        "way": made.way,
        "population_year": made.population_year,
        "key": made.key,
        "rebate": float(made.rebate),
        "weight": float(made.weight),
        "together": float(made.together),
        "share": float(made.share),
        "shared": made.shared,
        "exact": float(made.exact),
        "exact_fraction": f"{made.exact.numerator}/{made.exact.denominator}",
        "rounding": float(made.rounding),
        "rate": _number(made.rate),
        "highest_rate": _number(made.highest_rate),
        "limited": made.limited,
    }


def _joining_figures(joins: JoiningPrice | None) -> dict[str, Any] | None:
    if joins is None:
        return None
    prices = {str(year.year): year.price for year in joins.years}
    return {"on": joins.on.isoformat(), "by_year": prices, "total": joins.total}


def _price_figures(price: SharedPrice | None) -> dict[str, Any] | None:
    """What the letter says of the price for all; None where no cost is shared."""
    if price is None:
        return None
    return {
        "cost": price.cost,
        "highest_rate": float(price.highest_rate),
        "break_even_share": _number(price.break_even_share),
        "now": _number(price.now.rate),
    }


def _number(value: Fraction | None) -> float | None:
    return None if value is None else float(value)


def _day(value: pd.Timestamp | None) -> date | None:
    return None if value is None or pd.isna(value) else value.date()
