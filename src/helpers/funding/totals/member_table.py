"""What each member's answer secures, exactly, and the count of any set of members."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from fractions import Fraction
from operator import mul
from typing import Any

import pandas as pd

from helpers.funding.answers.answer_states import (
    CONDITIONAL,
    LEFT,
    NO,
    UNANSWERED,
    YES,
    covers_year,
)
from helpers.funding.answers.memberships import has_membership_days, is_member_on, part_of_year
from helpers.funding.totals.shares import exact_sum
from helpers.funding.totals.tally import Tally
from helpers.model.funding_round import Round
from helpers.pricing.apportionment import apportion
from helpers.rounding import round_half_up


def build_member_table(
    members: pd.DataFrame, fees: dict[str, int], answers: pd.DataFrame, day: date | None = None
) -> pd.DataFrame:
    """Return one row per member, sorted by code: its columns, its fee and the answer that counts.

    Adds fee (whole units a year), decision (yes, no, conditional or unanswered; left for a member
    that is one no longer on `day`), years (covered by a yes, blank for all), condition,
    case_number, withdrawn, decided_on, received_on and first_received_on (NaT where unanswered);
    and `said`, the decision before a member left, where the members have valid_from and valid_to.
    `answers` has at most one row a member (see counting.latest_answers).
    """
    columns = ["code", "decision", "years", "condition", "withdrawn", "decided_on", "received_on"]
    columns += ["first_received_on", "case_number"]
    joined = members.assign(fee=members["code"].map(fees).astype("int64"))
    joined = joined.merge(answers[columns], on="code", how="left", validate="one_to_one")
    joined["withdrawn"] = joined["withdrawn"].eq(True)
    blank = dict.fromkeys(("years", "condition", "case_number"), "")
    joined = joined.fillna({"decision": UNANSWERED, **blank})
    if day is None or not has_membership_days(members):
        return joined
    here = is_member_on(joined, day)
    return joined.assign(said=joined["decision"], decision=joined["decision"].where(here, LEFT))


def has_said_yes(answers: pd.DataFrame) -> pd.Series[bool]:
    """Whose yes counts, also of the members that have left since."""
    said = answers["said"] if "said" in answers else answers["decision"]
    return said == YES


def secured_by_year(
    round_: Round, answers: pd.DataFrame, taken: Mapping[int, int] | None = None
) -> dict[int, pd.Series[int]]:
    """Return what each member's yes secures in each of the round's years, in whole units.

    If the fees of a year add up to more than a ceiling on what is collected, the paying members
    share the ceiling by population, so that no year exceeds it. `taken` is the part of the ceiling
    that others have used up in each year.
    """
    ceiling = round_.pricing.collection_ceiling
    promised = promised_by_year(round_, answers)
    if ceiling is None:
        return promised
    left = {year: ceiling - (taken or {}).get(year, 0) for year in promised}
    parts = parts_of_years(round_, answers)
    return {
        year: _lower_to_ceiling(fees, answers, left[year], parts[year])
        for year, fees in promised.items()
    }


def _lower_to_ceiling(
    fees: pd.Series[int], answers: pd.DataFrame, ceiling: int, parts: list[Fraction] | None
) -> pd.Series[int]:
    if int(fees.sum()) <= ceiling:
        return fees
    weights = dict(zip(answers["code"], answers["population"].tolist(), strict=True))
    if parts is not None:
        weights = dict(zip(weights, map(mul, weights.values(), parts), strict=True))
    paying = {code: weights[code] for code in answers.loc[fees > 0, "code"]}
    return answers["code"].map(apportion(ceiling, paying).fees).fillna(0).astype("int64")


def promised_by_year(round_: Round, answers: pd.DataFrame) -> dict[int, pd.Series[int]]:
    """Return the fee of each member's yes in each of the round's years, before any ceiling."""
    yes = has_said_yes(answers)
    return {
        year: fees.where(yes & covers_year(answers["years"], year), 0)
        for year, fees in due_by_year(round_, answers).items()
    }


def due_by_year(round_: Round, answers: pd.DataFrame) -> dict[int, pd.Series[int]]:
    """The fee of each member for its part of each of the round's years, half up, in whole units."""
    return {
        year: fees_of_year(answers, year)
        if parts is None
        else _times(fees_of_year(answers, year), parts)
        for year, parts in parts_of_years(round_, answers).items()
    }


def fees_of_year(answers: pd.DataFrame, year: int) -> pd.Series[int]:
    """The whole fee of each member in a year; fee_<year> where the years' amounts differ."""
    column = f"fee_{year}"
    return answers[column] if column in answers else answers["fee"]


def parts_of_years(round_: Round, answers: pd.DataFrame) -> dict[int, list[Fraction] | None]:
    """The part of each year that each row's membership covers; None where no file says it."""
    if not has_membership_days(answers) or round_.pricing.depends_on_joined:
        return dict.fromkeys(round_.years)
    pairs = list(zip(answers["valid_from"].tolist(), answers["valid_to"].tolist(), strict=True))
    days = {  # few members join or leave: each pair of days is computed once
        pair: tuple(None if pd.isna(day) else day.date() for day in pair) for pair in set(pairs)
    }
    of_years = {
        year: {pair: part_of_year(year, round_.part_of_year, *of) for pair, of in days.items()}
        for year in round_.years
    }
    return {year: [of_year[pair] for pair in pairs] for year, of_year in of_years.items()}


def _times(fees: pd.Series[int], parts: list[Fraction]) -> pd.Series[int]:
    amounts = [
        fee if part.denominator == part.numerator else round_half_up(fee * part)
        for fee, part in zip(fees.tolist(), parts, strict=True)
    ]
    return pd.Series(amounts, fees.index, dtype="int64")


def add_secured(round_: Round, answers: pd.DataFrame) -> tuple[pd.DataFrame, dict[int, int]]:
    """Add what each member secures in the year that has least; also return the sum of each year.

    Funded is the smallest year, of equal ones the earliest. Source: docs/explanation/counting.md,
    "Years".
    """
    by_year = secured_by_year(round_, answers)
    sums = {year: int(secured.sum()) for year, secured in by_year.items()}
    least = counted_year(round_, sums)
    return with_year(round_, answers, least, by_year[least]), sums


def counted_year(round_: Round, sums: Mapping[int, int]) -> int:
    """The year that is funded: the one with least, unless the round counts a certain year."""
    return round_.counted_year or min(sums, key=lambda year: (sums[year], year))


def with_year(
    round_: Round, answers: pd.DataFrame, year: int, secured: pd.Series[int]
) -> pd.DataFrame:
    """The answers with what each secures in a year, and what is taken off its fee in it.

    Under a ceiling on what is collected, `lowered` is what that takes off. Where the members' file
    says when memberships begin and end, `lost` is what leaving takes off: the part of the year
    after the last day, and of a member that has left already all that its yes does not secure. A
    member that has said no, and leaves later, has declined its whole fee.
    """
    promised = promised_by_year(round_, answers)[year]
    answers = answers.assign(fee=fees_of_year(answers, year), secured=secured)
    if round_.pricing.collection_ceiling is not None:
        answers = answers.assign(lowered=promised - secured)
    if "said" not in answers:
        return answers
    kept = due_by_year(round_, answers)[year].mask(answers["decision"] == LEFT, promised)
    return answers.assign(lost=(answers["fee"] - kept).mask(answers["decision"] == NO, 0))


def further_fees(answers: pd.DataFrame) -> pd.Series[int]:
    """What a yes of each member would add to the funded amount, as add_secured has the answers.

    Its fee, less what is lost because it leaves; nothing from a member that joined later.
    """
    fees = answers["fee"] - answers.get("lost", 0)
    return fees.where(~answers["joined"], 0) if "joined" in answers else fees


def count_members(answers: pd.DataFrame) -> Tally:
    """Count a set of members: rows with fee, secured, population (int) and decision (str).

    Members that have left are not counted, but what their yes secures is; members that joined after
    the base day (`joined`, where there are any, with `secured_outside`) are counted, and their fees
    are not requested. What a ceiling takes off the fees (`lowered`, where there is one) is not
    requested of them.
    """
    joined = answers["joined"] if "joined" in answers else pd.Series(False, index=answers.index)
    sharing, joiners = answers[~joined], answers[joined]
    here = answers[answers["decision"] != LEFT]
    decided = {name: here[here["decision"] == name] for name in (YES, NO, CONDITIONAL)}
    population = {name: exact_sum(part["population"]) for name, part in decided.items()}
    fees = {name: int(further_fees(part).sum()) for name, part in decided.items()}
    funded = int(sharing["secured"].sum())
    lowered = int(sharing["lowered"].sum()) if "lowered" in sharing else 0
    left = sharing[sharing["decision"] == LEFT]
    promised = fees[YES] + int(further_fees(left).sum())
    return Tally(
        members=len(here),
        yes=len(decided[YES]),
        no=len(decided[NO]),
        population=exact_sum(here["population"]),
        yes_population=population[YES],
        no_population=population[NO],
        requested=int(sharing["fee"].sum()) - lowered,
        funded=funded,
        declined=fees[NO],
        conditional=len(decided[CONDITIONAL]),
        conditional_population=population[CONDITIONAL],
        conditional_fees=fees[CONDITIONAL],
        uncovered=promised - lowered - funded,
        **_count_changes(sharing, joiners),
    )


def _count_changes(sharing: pd.DataFrame, joiners: pd.DataFrame) -> dict[str, Any]:
    """The part of the count that is of members that have left or joined."""
    left = sharing[sharing["decision"] == LEFT]
    here = joiners[joiners["decision"] != LEFT]
    return {
        "lost": int(sharing["lost"].sum()) if "lost" in sharing else 0,
        "left": len(left),
        "left_population": exact_sum(left["population"]),
        "left_funded": int(left["secured"].sum()),
        "joined": len(here),
        "joined_yes": int((here["decision"] == YES).sum()),
        "joined_population": exact_sum(here["population"]),
        "joined_funded": int(joiners["secured_outside"].sum()) if len(joiners) else 0,
    }


def count_members_by(answers: pd.DataFrame, column: str) -> dict[str, Tally]:
    """Return the count for each value of a column (county, group), sorted by the values."""
    return {str(name): count_members(part) for name, part in answers.groupby(column, sort=True)}


def unanswered_by(answers: pd.DataFrame, column: str) -> pd.DataFrame:
    """Return the members without an answer, the largest of a column first; equal ones by code."""
    unanswered = answers[answers["decision"] == UNANSWERED]
    return unanswered.sort_values([column, "code"], ascending=[False, True])
