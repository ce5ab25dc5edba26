"""What each member's answer is worth, exactly, and the count of any set of members."""

from __future__ import annotations

from collections.abc import Callable, Collection
from functools import cache
from typing import TypeAlias

import pandas as pd

from helpers.funding.tally import Tally
from helpers.pricing import Prices
from helpers.rounds import Round

# What each member pays when those with the given codes have joined.
PriceList: TypeAlias = Callable[[Collection[str]], Prices]

YES, NO, UNANSWERED = "yes", "no", "unanswered"
CONDITIONAL = "conditional"  # a yes with a condition, where the round counts it apart


def price_list(round_: Round, members: pd.DataFrame) -> PriceList:
    """What members pay, by who has joined; each answer is computed once.

    Where the price does not depend on who joins, that is once for all.
    """

    @cache
    def given(joined: frozenset[str]) -> Prices:
        return fees_of(round_, members, joined)

    if round_.pricing.depends_on_joined:
        return lambda joined: given(frozenset(joined))
    return lambda _: given(frozenset())


def fees_of(round_: Round, members: pd.DataFrame, joined: Collection[str] = ()) -> Prices:
    """The fees of all members by the round's pricing rule; `members` as load_members has them.

    `joined` are the codes of those that have joined, where the price depends on it. Raises
    ReportError where members and rule do not fit.
    """
    pricing = round_.pricing
    key, *others = pricing.columns()
    columns = {key: "population", **{name: name for name in others}}
    amounts = {
        name: dict(zip(members["code"], members[column].tolist(), strict=True))
        for name, column in columns.items()
    }
    return pricing.prices(round_.requested or None, amounts, joined)


def priced(round_: Round, shares: Prices) -> Round:
    """The round with what is requested filled in, where the rule says it and not round.toml."""
    return round_.model_copy(update={"requested": shares.requested})


def member_answers(
    members: pd.DataFrame, fees: dict[str, int], answers: pd.DataFrame
) -> pd.DataFrame:
    """One row a member, sorted by code: the member's columns, its fee and the answer that counts.

    Adds fee (whole units a year), decision (yes, no, conditional or unanswered), years (those that
    a yes covers, blank for all), condition, case_number, withdrawn, decided_on, received_on and
    first_received_on (NaT where unanswered). `answers` has at most one row a member (see
    answers.latest).
    """
    columns = ["code", "decision", "years", "condition", "withdrawn", "decided_on", "received_on"]
    columns += ["first_received_on", "case_number"]
    members = members.drop(columns=["valid_from", "valid_to"], errors="ignore")
    joined = members.assign(fee=members["code"].map(fees).astype("int64"))
    joined = joined.merge(answers[columns], on="code", how="left", validate="one_to_one")
    joined["withdrawn"] = joined["withdrawn"].eq(True)
    return joined.fillna({"decision": UNANSWERED, "years": "", "condition": "", "case_number": ""})


def secured_by_year(round_: Round, answers: pd.DataFrame) -> dict[int, pd.Series[int]]:
    """What each member's yes secures in each of the round's years, in whole units."""
    fees = answers["fee"].where(answers["decision"] == YES, 0)
    return {year: fees.where(covers(answers["years"], year), 0) for year in round_.years}


def covers(years: pd.Series[str], year: int) -> pd.Series[bool]:
    """Whether an answer covers a year; a blank covers them all."""
    return (years == "") | years.str.contains(str(year), regex=False)


def with_secured(round_: Round, answers: pd.DataFrame) -> tuple[pd.DataFrame, dict[int, int]]:
    """The answers with what each secures in the year that has least, and the sum of each year.

    Funded is the smallest year (docs/explanation/money.md); a tie goes to the earliest.
    """
    by_year = secured_by_year(round_, answers)
    sums = {year: int(secured.sum()) for year, secured in by_year.items()}
    least = min(sums, key=lambda year: (sums[year], year))
    return answers.assign(secured=by_year[least]), sums


def tally(answers: pd.DataFrame) -> Tally:
    """Count a set of members: rows with fee, secured, population and decision."""
    decided = {name: answers[answers["decision"] == name] for name in (YES, NO, CONDITIONAL)}
    population = {name: int(part["population"].sum()) for name, part in decided.items()}
    fees = {name: int(part["fee"].sum()) for name, part in decided.items()}
    funded = int(answers["secured"].sum())
    return Tally(
        members=len(answers),
        yes=len(decided[YES]),
        no=len(decided[NO]),
        population=int(answers["population"].sum()),
        yes_population=population[YES],
        no_population=population[NO],
        requested=int(answers["fee"].sum()),
        funded=funded,
        declined=fees[NO],
        conditional=len(decided[CONDITIONAL]),
        conditional_population=population[CONDITIONAL],
        conditional_fees=fees[CONDITIONAL],
        uncovered=fees[YES] - funded,
    )


def tally_by(answers: pd.DataFrame, column: str) -> dict[str, Tally]:
    """The same count for each value of a column (county, group), in the order of the values."""
    return {str(name): tally(part) for name, part in answers.groupby(column, sort=True)}
