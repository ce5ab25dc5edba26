"""What each member's answer secures, exactly, and the count of any set of members."""

from __future__ import annotations

import pandas as pd

from helpers.funding.answers.answer_states import CONDITIONAL, NO, UNANSWERED, YES, covers_year
from helpers.funding.totals.shares import exact_sum
from helpers.funding.totals.tally import Tally
from helpers.model.funding_round import Round
from helpers.pricing.apportionment import apportion


def build_member_table(
    members: pd.DataFrame, fees: dict[str, int], answers: pd.DataFrame
) -> pd.DataFrame:
    """Return one row per member, sorted by code: its columns, its fee and the answer that counts.

    Adds fee (int, whole units a year), decision (yes, no, conditional or unanswered), years
    (covered by a yes, '' for all), condition, case_number, withdrawn (bool), and decided_on,
    received_on and first_received_on (datetime64, NaT if unanswered). `answers` has at most one row
    per member (see counting.latest_answers).
    """
    columns = ["code", "decision", "years", "condition", "withdrawn", "decided_on", "received_on"]
    columns += ["first_received_on", "case_number"]
    members = members.drop(columns=["valid_from", "valid_to"], errors="ignore")
    joined = members.assign(fee=members["code"].map(fees).astype("int64"))
    joined = joined.merge(answers[columns], on="code", how="left", validate="one_to_one")
    joined["withdrawn"] = joined["withdrawn"].eq(True)
    return joined.fillna({"decision": UNANSWERED, "years": "", "condition": "", "case_number": ""})


def secured_by_year(round_: Round, answers: pd.DataFrame) -> dict[int, pd.Series[int]]:
    """Return what each member's yes secures in each of the round's years, in whole units.

    If the fees of a year add up to more than a ceiling on what is collected, the paying members
    share the ceiling by population, so that no year exceeds it.
    """
    ceiling = round_.pricing.collection_ceiling
    return {
        year: _lower_to_ceiling(fees, answers, ceiling)
        for year, fees in promised_by_year(round_, answers).items()
    }


def _lower_to_ceiling(
    fees: pd.Series[int], answers: pd.DataFrame, ceiling: int | None
) -> pd.Series[int]:
    if ceiling is None or int(fees.sum()) <= ceiling:
        return fees
    paying = answers[fees > 0]
    weights = dict(zip(paying["code"], paying["population"].tolist(), strict=True))
    return answers["code"].map(apportion(ceiling, weights).fees).fillna(0).astype("int64")


def promised_by_year(round_: Round, answers: pd.DataFrame) -> dict[int, pd.Series[int]]:
    """Return the fee of each member's yes in each of the round's years, before any ceiling."""
    fees = answers["fee"].where(answers["decision"] == YES, 0)
    return {year: fees.where(covers_year(answers["years"], year), 0) for year in round_.years}


def add_secured(round_: Round, answers: pd.DataFrame) -> tuple[pd.DataFrame, dict[int, int]]:
    """Add what each member secures in the year that has least; also return the sum of each year.

    Funded is the smallest year, the earliest of equal ones. With a ceiling on what is collected,
    `lowered` is what it subtracts from each fee in that year. Source: docs/explanation/counting.md,
    "Years".
    """
    by_year = secured_by_year(round_, answers)
    sums = {year: int(secured.sum()) for year, secured in by_year.items()}
    least = min(sums, key=lambda year: (sums[year], year))
    answers = answers.assign(secured=by_year[least])
    if round_.pricing.collection_ceiling is not None:
        promised = promised_by_year(round_, answers)[least]
        answers = answers.assign(lowered=promised - by_year[least])
    return answers, sums


def count_members(answers: pd.DataFrame) -> Tally:
    """Count a set of members: rows with fee, secured, population (int) and decision (str).

    What a ceiling subtracts from the fees (`lowered`) is not part of the requested amount.
    """
    decided = {name: answers[answers["decision"] == name] for name in (YES, NO, CONDITIONAL)}
    population = {name: exact_sum(part["population"]) for name, part in decided.items()}
    fees = {name: int(part["fee"].sum()) for name, part in decided.items()}
    funded = int(answers["secured"].sum())
    lowered = int(answers["lowered"].sum()) if "lowered" in answers else 0
    return Tally(
        members=len(answers),
        yes=len(decided[YES]),
        no=len(decided[NO]),
        population=exact_sum(answers["population"]),
        yes_population=population[YES],
        no_population=population[NO],
        requested=int(answers["fee"].sum()) - lowered,
        funded=funded,
        declined=fees[NO],
        conditional=len(decided[CONDITIONAL]),
        conditional_population=population[CONDITIONAL],
        conditional_fees=fees[CONDITIONAL],
        uncovered=fees[YES] - lowered - funded,
    )


def count_members_by(answers: pd.DataFrame, column: str) -> dict[str, Tally]:
    """Return the count for each value of a column (county, group), sorted by the values."""
    return {str(name): count_members(part) for name, part in answers.groupby(column, sort=True)}


def unanswered_by(answers: pd.DataFrame, column: str) -> pd.DataFrame:
    """Return the members without an answer, the largest of a column first; equal ones by code."""
    unanswered = answers[answers["decision"] == UNANSWERED]
    return unanswered.sort_values([column, "code"], ascending=[False, True])
