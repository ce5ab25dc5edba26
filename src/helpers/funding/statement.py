"""All that a report states about a round on a day, computed once and handed on as one object."""

from __future__ import annotations

import json
from dataclasses import dataclass
from datetime import date
from fractions import Fraction
from typing import Any

import pandas as pd

from helpers.data.register import Accounting, Register, known, reconstructed, standing
from helpers.errors import ReportError
from helpers.funding.amounts import (
    Tally,
    answers_over_time,
    by_year,
    fees_of,
    member_answers,
    tally,
    tally_by,
)
from helpers.funding.apportion import Apportionment
from helpers.funding.reconcile import Line, reconcile
from helpers.rounds import Assumption, Event, Published, Round


@dataclass(frozen=True)
class Statement:
    """A round as of a day, as it was known on a day.

    `answers` has one row a member (see amounts.member_answers), `over_time` one row a day (see
    amounts.answers_over_time). `milestones` counts the same on the days worth naming: when the
    round began, each deadline passed, and the day itself. `reconstructed` is true when any answer
    is not the member's own.
    """

    round: Round
    as_of: date
    known_on: date
    total: Tally
    by_year: dict[int, int]
    by_county: dict[str, Tally]
    by_group: dict[str, Tally]
    answers: pd.DataFrame
    over_time: pd.DataFrame
    milestones: dict[date, Tally]
    shares: Apportionment
    reconciliation: list[Line]
    accounting: Accounting
    reconstructed: bool

    @property
    def requested_all_years(self) -> int:
        """The requested amount over all the round's years."""
        return self.round.requested * len(self.round.years)

    @property
    def funded_all_years(self) -> int:
        """The funded amount over all the round's years."""
        return sum(self.by_year.values())

    @property
    def gap_all_years(self) -> int:
        """What is missing over all the round's years."""
        return self.requested_all_years - self.funded_all_years

    @property
    def deadlines(self) -> list[Event]:
        """The reply dates that were known on the day, in order."""
        return self.round.known_events("deadline", self.known_on)

    @property
    def assumptions(self) -> list[Assumption]:
        """What is taken for granted, as far as it could be said on the day."""
        return [a for a in self.round.assumptions if a.known_from <= self.known_on]

    def member(self, code: str) -> str:
        """The name of a member."""
        return str(self.answers.set_index("code").loc[code, "name"])


def state(
    round_: Round,
    members: pd.DataFrame,
    register: Register,
    published: list[Published],
    as_of: date,
    known_on: date,
) -> Statement:
    """Compute the statement of a round on a day.

    Raises ReportError for a day before the round began, or knowledge from before that.
    """
    _check_days(round_, as_of=as_of, known_on=known_on)
    shares = fees_of(round_, members)

    def tally_on(day: date) -> Tally:
        return tally(member_answers(members, shares.fees, standing(register, day, known_on)[0]))

    counting, accounting = standing(register, as_of, known_on)
    answers = member_answers(members, shares.fees, counting)
    total = tally(answers)
    due = [p for p in published if p.known_from <= known_on and p.state_on <= as_of]
    rows = known(register, as_of, known_on)
    return Statement(
        round=round_,
        as_of=as_of,
        known_on=known_on,
        total=total,
        by_year=by_year(round_, total.funded),
        by_county=tally_by(answers, "county"),
        by_group=tally_by(answers, "group"),
        answers=answers,
        over_time=answers_over_time(rows, shares.fees, round_.recommended_on, as_of),
        milestones={day: tally_on(day) for day in _milestones(round_, as_of, known_on)},
        shares=shares,
        reconciliation=reconcile(due, shares, round_.requested, tally_on),
        accounting=accounting,
        reconstructed=round_.reconstructed or reconstructed(rows),
    )


def _check_days(round_: Round, **days: date) -> None:
    for name, day in days.items():
        if day < round_.recommended_on:
            raise ReportError(
                f"{name} is {day}, before the round {round_.name} began on "
                f"{round_.recommended_on}. Give that day or a later one."
            )


def _milestones(round_: Round, as_of: date, known_on: date) -> list[date]:
    deadlines = [event.on for event in round_.known_events("deadline", known_on) if event.on]
    return sorted({round_.recommended_on, as_of, *(day for day in deadlines if day < as_of)})


def figures(statement: Statement) -> dict[str, Any]:
    """Every figure that the report prints, by name, unrounded: the content of figures.json.

    Amounts are whole units of `currency` a year; shares are fractions, null where there is nothing
    to take a share of; days are ISO dates.
    """
    return {
        "round": statement.round.name,
        "as_of": statement.as_of.isoformat(),
        "known_on": statement.known_on.isoformat(),
        "currency": statement.round.currency,
        "reconstructed": statement.reconstructed,
        **tally_figures(statement.total),
        "by_year": {str(year): amount for year, amount in statement.by_year.items()},
        "requested_all_years": statement.requested_all_years,
        "funded_all_years": statement.funded_all_years,
        "gap_all_years": statement.gap_all_years,
        "equal_members_differ": statement.shares.equal_members_differ,
        "by_county": {name: tally_figures(t) for name, t in statement.by_county.items()},
        "by_group": {name: tally_figures(t) for name, t in statement.by_group.items()},
        "milestones": {str(day): tally_figures(t) for day, t in statement.milestones.items()},
        "over_time": _records(statement.over_time),
        "member_list": _records(statement.answers),
        "reconciliation": [_line_figures(line) for line in statement.reconciliation],
        "rows": statement.accounting,
    }


TALLY_FIGURES = (
    "members", "answered", "yes", "no", "unanswered",
    "answered_share", "yes_share", "no_share", "unanswered_share",
    "yes_of_answered_share", "no_of_answered_share",
    "population", "yes_population", "no_population", "unanswered_population",
    "yes_population_share", "no_population_share", "unanswered_population_share",
    "requested", "funded", "gap", "declined", "possible",
    "funded_share", "declined_share", "possible_share", "funded_if_all_unanswered_yes",
    "funded_if_all_unanswered_yes_share",
)  # fmt: skip


def tally_figures(count: Tally) -> dict[str, int | float | None]:
    """The figures of one tally by name; an exact share becomes the nearest JSON number."""
    return {name: _number(getattr(count, name)) for name in TALLY_FIGURES}


def _number(value: int | Fraction | None) -> int | float | None:
    return float(value) if isinstance(value, Fraction) else value


def _records(frame: pd.DataFrame) -> list[dict[str, Any]]:
    days = frame.select_dtypes("datetime").columns
    text = {name: frame[name].dt.strftime("%Y-%m-%d") for name in days}
    plain = frame.assign(**text).astype(object)
    rows = plain.where(plain.notna(), None).to_dict("records")
    return [{str(name): value for name, value in row.items()} for row in rows]


def _line_figures(line: Line) -> dict[str, Any]:
    entry = line.published
    return {
        "figure": entry.figure,
        "state_on": entry.state_on.isoformat(),
        "published": entry.value,
        "computed": line.computed,
        "difference": line.difference,
        "relative": _number(line.relative),
        "agrees": line.agrees,
        "by_construction": entry.by_construction,
        "fits_totals": list(line.fits_totals) if line.fits_totals else None,
    }


def to_json(content: Any) -> str:
    """JSON as we write it everywhere: readable, in the order given, ending in a newline."""
    return json.dumps(content, ensure_ascii=False, indent=1, allow_nan=False) + "\n"
