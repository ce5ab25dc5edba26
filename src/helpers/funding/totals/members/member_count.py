"""The count of any set of members, from what each member's answer secures."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

import pandas as pd

from helpers.funding.answers.answer_states import CONDITIONAL, LEFT, NO, UNANSWERED, YES
from helpers.funding.answers.part_pledges import limited_to_offers
from helpers.funding.totals.shares import exact_sum
from helpers.funding.totals.tally import Tally
from helpers.model.funding_round import Round


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
    here = answers[(answers["decision"] != LEFT) & ~is_contributor(answers)]
    decided = {name: here[here["decision"] == name] for name in (YES, NO, CONDITIONAL)}
    population = {name: exact_sum(part["population"]) for name, part in decided.items()}
    money = {name: answers[answers["decision"] == name] for name in decided}
    fees = {name: int(further_fees(part).sum()) for name, part in money.items()}
    funded = int(sharing["secured"].sum())
    lowered = int(sharing["lowered"].sum()) if "lowered" in sharing else 0
    left = sharing[sharing["decision"] == LEFT]
    promised = fees[YES] + int(further_fees(left).sum())
    unconfirmed = int(sharing["unconfirmed"].sum()) if "unconfirmed" in sharing else 0
    on_condition = _fees_on_condition(money[CONDITIONAL])
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
        uncovered=promised - lowered - funded - unconfirmed + on_condition["conditional_uncovered"],
        unconfirmed=unconfirmed,
        gifts=int(answers["gift"].sum()) if "gift" in answers else 0,
        **on_condition,
        **_count_changes(sharing, joiners),
        **_count_contributors(answers),
    )


def _fees_on_condition(conditional: pd.DataFrame) -> dict[str, int]:
    """What the answers on a condition offer, and the part of their fees that they do not."""
    fees = further_fees(conditional)
    offered = int(limited_to_offers(fees, conditional).sum())
    return {"conditional_fees": offered, "conditional_uncovered": int(fees.sum()) - offered}


def count_pledges(round_: Round, answers: pd.DataFrame) -> Tally:
    """Count all members of a round of pledges, in which nobody has a part of what is requested."""
    own = count_members(answers)
    pledged = own.funded + own.conditional_fees + own.uncovered + own.unconfirmed
    above = max(pledged - round_.requested, 0)
    return replace(own, requested=round_.requested, declined=0, above_requested=above)


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


def is_contributor(answers: pd.DataFrame) -> pd.Series[bool]:
    """Which rows are of contributors outside the members, whom nobody asks."""
    if "contributor" in answers:
        return answers["contributor"]
    return pd.Series(False, index=answers.index)


def _count_contributors(answers: pd.DataFrame) -> dict[str, int]:
    """The part of the count that is of contributors outside the members."""
    outside = answers[is_contributor(answers)]
    return {
        "contributors": int(outside["decision"].isin([YES, CONDITIONAL]).sum()),
        "contributors_funded": int(outside["secured"].sum()),
    }


def count_members_by(answers: pd.DataFrame, column: str) -> dict[str, Tally]:
    """Return the count for each value of a column (county, group), sorted by the values.

    Contributors outside the members belong to none of them.
    """
    asked = answers[~is_contributor(answers)]
    return {str(name): count_members(part) for name, part in asked.groupby(column, sort=True)}


def unanswered_by(answers: pd.DataFrame, column: str) -> pd.DataFrame:
    """Return the members without an answer, the largest of a column first; equal ones by code."""
    unanswered = answers[(answers["decision"] == UNANSWERED) & ~is_contributor(answers)]
    return unanswered.sort_values([column, "code"], ascending=[False, True])
