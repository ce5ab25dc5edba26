"""The count of any set of members, from what each member's answer secures."""

from __future__ import annotations

from dataclasses import replace
from typing import Any, TypeAlias

import numpy as np
import numpy.typing as npt
import pandas as pd

from helpers.funding.answers.answer_states import CONDITIONAL, LEFT, NO, UNANSWERED, YES
from helpers.funding.answers.part_pledges import limited_to_offers
from helpers.funding.totals.shares import exact_sum
from helpers.funding.totals.tally import Tally
from helpers.model.funding_round import Round

Rows: TypeAlias = npt.NDArray[np.bool_]


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
    decision = answers["decision"].to_numpy(object)
    joined, outside = _mask(answers, "joined"), _mask(answers, "contributor")
    left, sharing = decision == LEFT, ~joined
    here = ~left & ~outside
    answered = {name: decision == name for name in (YES, NO, CONDITIONAL)}
    further = further_fees(answers).to_numpy()
    promised, declined = (
        int(further[rows].sum()) for rows in (answered[YES] | (sharing & left), answered[NO])
    )
    funded, lowered, unconfirmed = (
        _sum(answers, name, sharing) for name in ("secured", "lowered", "unconfirmed")
    )
    on_condition = _fees_on_condition(answers[answered[CONDITIONAL]])
    return Tally(
        members=int(here.sum()),
        population=exact_sum(answers["population"].to_numpy()[here]),
        requested=_sum(answers, "fee", sharing) - lowered,
        funded=funded,
        declined=declined,
        uncovered=promised - lowered - funded - unconfirmed + on_condition["conditional_uncovered"],
        unconfirmed=unconfirmed,
        gifts=_sum(answers, "gift", np.ones(len(answers), bool)),
        **on_condition,
        **_count_answers(answers, here),
        **_count_changes(answers, joined, left),
        **_count_contributors(answers, outside),
    )


def _count_answers(answers: pd.DataFrame, here: Rows) -> dict[str, Any]:
    """The members with each answer, and their inhabitants."""
    decision = answers["decision"].to_numpy(object)
    population = answers["population"].to_numpy()
    found: dict[str, Any] = {}
    for name, answer in (("yes", YES), ("no", NO), ("conditional", CONDITIONAL)):
        rows = here & (decision == answer)
        found[name] = int(rows.sum())
        found[f"{name}_population"] = exact_sum(population[rows])
    return found


def _count_contributors(answers: pd.DataFrame, outside: Rows) -> dict[str, int]:
    """The part of the count that is of contributors outside the members."""
    pledging = answers["decision"].isin([YES, CONDITIONAL]).to_numpy(bool)
    return {
        "contributors": int((outside & pledging).sum()),
        "contributors_funded": _sum(answers, "secured", outside),
    }


def _mask(answers: pd.DataFrame, column: str) -> Rows:
    """The rows for which a column of bool is true; none if there is no such column."""
    if column in answers:
        return answers[column].to_numpy(bool)
    return np.zeros(len(answers), dtype=bool)


def _sum(answers: pd.DataFrame, column: str, rows: Rows) -> int:
    """The sum of a column of whole numbers over some rows; 0 if there is no such column."""
    return int(answers[column].to_numpy()[rows].sum()) if column in answers else 0


def _fees_on_condition(conditional: pd.DataFrame) -> dict[str, int]:
    """What the answers on a condition offer, and the part of their fees that they do not."""
    if conditional.empty:
        return {"conditional_fees": 0, "conditional_uncovered": 0}
    fees = further_fees(conditional)
    offered = int(limited_to_offers(fees, conditional).sum())
    return {"conditional_fees": offered, "conditional_uncovered": int(fees.sum()) - offered}


def count_pledges(round_: Round, answers: pd.DataFrame) -> Tally:
    """Count all members of a round of pledges, in which nobody has a part of what is requested."""
    own = count_members(answers)
    pledged = own.funded + own.conditional_fees + own.uncovered + own.unconfirmed
    above = max(pledged - round_.requested, 0)
    return replace(own, requested=round_.requested, declined=0, above_requested=above)


def _count_changes(answers: pd.DataFrame, joined: Rows, left: Rows) -> dict[str, Any]:
    """The part of the count that is of members that have left or joined."""
    population = answers["population"].to_numpy()
    yes = answers["decision"].to_numpy(object) == YES
    gone, come = left & ~joined, joined & ~left
    return {
        "lost": _sum(answers, "lost", ~joined),
        "left": int(gone.sum()),
        "left_population": exact_sum(population[gone]),
        "left_funded": _sum(answers, "secured", gone),
        "joined": int(come.sum()),
        "joined_yes": int((come & yes).sum()),
        "joined_population": exact_sum(population[come]),
        "joined_funded": _sum(answers, "secured_outside", joined),
    }


def is_contributor(answers: pd.DataFrame) -> pd.Series[bool]:
    """Which rows are of contributors outside the members, which are not asked."""
    if "contributor" in answers:
        return answers["contributor"]
    return pd.Series(False, index=answers.index)


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
