"""A shared cost in a year in which some of the members of the day were not members."""

from __future__ import annotations

from collections.abc import Collection

import pandas as pd

from helpers.funding.answers.answer_states import LEFT, covers_year
from helpers.funding.answers.counted_years import counted_year
from helpers.funding.answers.memberships import has_membership_days, is_member_in
from helpers.funding.totals.members.member_prices import PricesIfJoined
from helpers.funding.totals.members.member_table import (
    fees_of_year,
    has_said_yes,
    secured_by_year,
)
from helpers.model.funding_round import Round


def without_fee_of_the_day(round_: Round, answers: pd.DataFrame) -> pd.DataFrame:
    """The members of a shared cost; a member that has left pays nothing from the day on."""
    if not round_.pricing.depends_on_joined:
        return answers
    return answers.assign(fee=answers["fee"].mask(answers["decision"] == LEFT, 0))


def with_shares_of_years(
    round_: Round, answers: pd.DataFrame, joined: Collection[str], prices_if_joined: PricesIfJoined
) -> pd.DataFrame:
    """The answers with the fee of each year, fee_<year>, where a shared cost needs it.

    The cost of a year is shared by those of the `joined` that are members on some day of it, also
    if they have left since, and the others pay nothing for it. Where no member is outside a year,
    and for other rules, the answers are returned as they are. Source: docs/reference/pricing.md,
    "Members that join later".
    """
    if not round_.pricing.depends_on_joined or not has_membership_days(answers):
        return answers
    members = {year: is_member_in(answers, year) for year in round_.years}
    left = answers["decision"] == LEFT
    if all(here.all() for here in members.values()) and not left.any():
        return answers
    columns = {}
    for year, here in members.items():
        codes = set(answers.loc[here, "code"])
        fees = answers["code"].map(prices_if_joined(codes & set(joined)).fees)
        pays = here & (~left | (has_said_yes(answers) & covers_year(answers["years"], year)))
        columns[f"fee_{year}"] = fees.where(pays, 0).astype("int64")
    return answers.assign(**columns)


def secured_in_least_year(
    round_: Round, answers: pd.DataFrame, shared: pd.DataFrame
) -> tuple[pd.DataFrame, dict[int, int]]:
    """The answers with what each secures in the least year, and what each year has.

    `shared` is from with_shares_of_years. If every member secures in every year what it pays at the
    price of the day, the answers are returned as they are. Equal sums are not enough: they may be
    shared by others in each year. The fees are those of the least year too; of a member that is not
    one in it, the price of the day.
    """
    by_year = secured_by_year(round_, shared)
    sums = {year: int(secured.sum()) for year, secured in by_year.items()}
    if all(secured.equals(answers["secured"]) for secured in by_year.values()):
        return answers, sums
    least = counted_year(round_, sums)
    in_year = is_member_in(answers, least) | (answers["decision"] == LEFT)
    fee = answers["fee"].mask(in_year, fees_of_year(shared, least))
    return answers.assign(secured=by_year[least], fee=fee), sums
