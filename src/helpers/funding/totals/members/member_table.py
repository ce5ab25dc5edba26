"""What each member's answer secures, exactly."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from fractions import Fraction
from operator import mul

import pandas as pd

from helpers.funding.answers.answer_states import LEFT, NO, UNANSWERED, YES, covers_year
from helpers.funding.answers.converted_pledges import BLANK_PLEDGE
from helpers.funding.answers.counted_years import counted_year
from helpers.funding.answers.memberships import has_membership_days, is_member_on, part_of_year
from helpers.funding.answers.part_pledges import OFFERED, gifts_above, limited_to_offers
from helpers.model.funding_round import Round
from helpers.pricing.apportionment import apportion
from helpers.pricing.decimals import ExactNumber
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
    blank_amounts = BLANK_PLEDGE if "pledged" in answers else {OFFERED: 0}
    pledge = {name: blank for name, blank in blank_amounts.items() if name in answers}
    columns += pledge
    joined = members.assign(fee=members["code"].map(fees).astype("int64"))
    joined = joined.merge(answers[columns], on="code", how="left", validate="one_to_one")
    joined["withdrawn"] = joined["withdrawn"].eq(True)
    blank = dict.fromkeys(("years", "condition", "case_number"), "")
    joined = joined.fillna({"decision": UNANSWERED, **blank, **pledge})
    joined = joined.astype({OFFERED: "int64"}) if OFFERED in pledge else joined
    if "pledged" in pledge:  # nobody has a fee: what is due is what is pledged
        whole = joined.astype(dict.fromkeys(("pledged", "confirmed", "secures"), "int64"))
        joined = whole.assign(fee=whole["pledged"])
    if day is None or not has_membership_days(members):
        return joined
    here = is_member_on(joined, day)
    left = joined.assign(said=joined["decision"], decision=joined["decision"].where(here, LEFT))
    return _without_lapsed_pledges(left) if "pledged" in pledge else left


def _without_lapsed_pledges(rows: pd.DataFrame) -> pd.DataFrame:
    """The rows without what members that have left had pledged on a condition: only a yes stays."""
    lapsed = (rows["decision"] == LEFT) & ~has_said_yes(rows)
    blank = {name: rows[name].mask(lapsed, value) for name, value in BLANK_PLEDGE.items()}
    return rows.assign(**blank, fee=rows["fee"].mask(lapsed, 0))


def has_said_yes(answers: pd.DataFrame) -> pd.Series[bool]:
    """Which rows are of members that have said yes, also of members that have left since."""
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
    weights = ceiling_weights(answers, parts)
    paying = {code: weights[code] for code in answers.loc[fees > 0, "code"]}
    return answers["code"].map(apportion(ceiling, paying).fees).fillna(0).astype("int64")


def ceiling_weights(answers: pd.DataFrame, parts: list[Fraction] | None) -> dict[str, ExactNumber]:
    """The weight by which each member shares a ceiling in a year: its population for its part."""
    weights = dict(zip(answers["code"], answers["population"].tolist(), strict=True))
    if parts is None:
        return weights
    return dict(zip(weights, map(mul, weights.values(), parts), strict=True))


def promised_by_year(round_: Round, answers: pd.DataFrame) -> dict[int, pd.Series[int]]:
    """Return the fee of each member's yes in each of the round's years, before any ceiling.

    Where a yes may state another amount, it is at most that amount.
    """
    promised = _whole_by_year(round_, answers)
    if "secures" not in answers:
        return {year: limited_to_offers(fees, answers) for year, fees in promised.items()}
    return {year: fees.clip(upper=answers["secures"]) for year, fees in promised.items()}


def with_gifts(
    round_: Round, answers: pd.DataFrame, secured: Mapping[int, pd.Series[int]]
) -> dict[int, pd.Series[int]]:
    """What each yes brings in each year: what it secures, and a gift above the fee."""
    if OFFERED not in answers:
        return dict(secured)
    whole = _whole_by_year(round_, answers)
    return {
        year: amounts + gifts_above(fees_of_year(answers, year), whole[year], answers)
        for year, amounts in secured.items()
    }


def _whole_by_year(round_: Round, answers: pd.DataFrame) -> dict[int, pd.Series[int]]:
    """What each yes promises in each of the round's years, also what of it is not confirmed."""
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
    whole = round_.pricing.depends_on_joined or round_.pricing.takes_pledges
    if whole or not has_membership_days(answers):
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

    That year is counted_years.counted_year.
    """
    by_year = secured_by_year(round_, answers)
    sums = {year: int(secured.sum()) for year, secured in by_year.items()}
    least = counted_year(round_, sums)
    return with_year(round_, answers, least, by_year[least]), sums


def with_year(
    round_: Round, answers: pd.DataFrame, year: int, secured: pd.Series[int]
) -> pd.DataFrame:
    """The answers with what each secures in a year, and what is taken off its fee in it.

    Under a ceiling on what is collected, `lowered` is what that takes off. Where the members' file
    says when memberships begin and end, `lost` is what leaving takes off: the part of the year
    after the last day, and of a member that has left already all that its yes does not secure. A
    member that has said no, and leaves later, has declined its whole fee. Leaving takes nothing off
    a pledge: what is pledged and not secured is `unconfirmed`, or not covered by the yes. Where a
    yes may be of another amount than the fee, `gift` is what is above the fee.
    """
    has_ceiling = round_.pricing.collection_ceiling is not None
    as_promised = not has_ceiling and not {OFFERED, "secures", "said"} & {*answers}
    answers = answers.assign(fee=fees_of_year(answers, year), secured=secured)
    if as_promised:
        return answers
    promised = promised_by_year(round_, answers)[year]
    if has_ceiling:
        answers = answers.assign(lowered=promised - secured)
    if OFFERED in answers:
        whole = _whole_by_year(round_, answers)[year]
        answers = answers.assign(gift=gifts_above(answers["fee"], whole, answers))
    if "secures" in answers:
        return answers.assign(unconfirmed=_whole_by_year(round_, answers)[year] - promised)
    if "said" not in answers:
        return answers
    kept = due_by_year(round_, answers)[year].mask(answers["decision"] == LEFT, promised)
    return answers.assign(lost=(answers["fee"] - kept).mask(answers["decision"] == NO, 0))


def amounts_by_code(
    *parts: tuple[pd.DataFrame, Mapping[int, pd.Series[int]]],
) -> dict[int, dict[str, int]]:
    """The amounts of each year by the code of the member."""
    found: dict[int, dict[str, int]] = {}
    for rows, by_year in parts:
        for year, amounts in by_year.items():
            found.setdefault(year, {}).update(zip(rows["code"], amounts.tolist(), strict=True))
    return found
