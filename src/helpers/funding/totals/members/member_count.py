"""The count of any set of members, from what each member's answer secures."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from typing import Any, TypeAlias

import numpy as np
import numpy.typing as npt
import pandas as pd

from helpers.funding.answers.answer_states import CONDITIONAL, LEFT, NO, UNANSWERED, YES
from helpers.funding.answers.part_pledges import OFFERED, Amounts, at_most_offered
from helpers.funding.totals.shares import exact_sum
from helpers.funding.totals.tally import Tally
from helpers.model.funding_round import Round

Rows: TypeAlias = npt.NDArray[np.bool_]
Columns: TypeAlias = dict[str, npt.NDArray[Any]]

_COUNTED = (
    "fee", "secured", "population", "lost", "lowered", "unconfirmed", "gift", "secured_outside",
    OFFERED,
)  # fmt: skip


def further_fees(answers: pd.DataFrame) -> pd.Series[int]:
    """What a yes of each member would add to the funded amount, as add_secured has the answers.

    Its fee, less what is lost because it leaves; nothing from a member that joined later.
    """
    names = [name for name in ("fee", "lost", "joined") if name in answers]
    fees = _further({name: answers[name].to_numpy() for name in names})
    return pd.Series(fees, answers.index, dtype="int64")


def _further(columns: Columns) -> Amounts:
    fees = columns["fee"] - columns.get("lost", 0)
    return np.where(columns["joined"], 0, fees) if "joined" in columns else fees


def count_members(answers: pd.DataFrame) -> Tally:
    """Count a set of members: rows with fee, secured, population (int) and decision (str).

    Members that have left are not counted, but what their yes secures is; members that joined after
    the base day (`joined`, where there are any, with `secured_outside`) are counted, and their fees
    are not requested. What a ceiling takes off the fees (`lowered`, where there is one) is not
    requested of them.
    """
    return _count_columns(_counted_columns(answers))


def _counted_columns(answers: pd.DataFrame) -> Columns:
    """What is counted, as arrays: a frame would be cut into one for each set of members."""
    names = [name for name in _COUNTED if name in answers]
    columns: Columns = {name: answers[name].to_numpy() for name in names}
    columns["decision"] = answers["decision"].to_numpy(object)
    for name in ("joined", "contributor"):
        given = answers[name].to_numpy(bool) if name in answers else np.zeros(len(answers), bool)
        columns[name] = given
    return columns


def _count_columns(columns: Columns) -> Tally:
    decision, joined, outside = (columns[name] for name in ("decision", "joined", "contributor"))
    left, sharing = decision == LEFT, ~joined
    here = ~left & ~outside
    answered = {name: decision == name for name in (YES, NO, CONDITIONAL)}
    further = _further(columns)
    promised, declined = (
        int(further[rows].sum()) for rows in (answered[YES] | (sharing & left), answered[NO])
    )
    funded, lowered, unconfirmed = (
        _sum(columns, name, sharing) for name in ("secured", "lowered", "unconfirmed")
    )
    on_condition = _fees_on_condition(columns, further, answered[CONDITIONAL])
    return Tally(
        members=int(here.sum()),
        population=exact_sum(columns["population"][here]),
        requested=_sum(columns, "fee", sharing) - lowered,
        funded=funded,
        declined=declined,
        uncovered=promised - lowered - funded - unconfirmed + on_condition["conditional_uncovered"],
        unconfirmed=unconfirmed,
        gifts=int(columns["gift"].sum()) if "gift" in columns else 0,
        **on_condition,
        **_count_answers(columns, answered, here),
        **_count_changes(columns, joined, left),
        contributors=int((outside & (answered[YES] | answered[CONDITIONAL])).sum()),
        contributors_funded=_sum(columns, "secured", outside),
    )


def _count_answers(columns: Columns, answered: Mapping[str, Rows], here: Rows) -> dict[str, Any]:
    """The members with each answer, and their inhabitants."""
    found: dict[str, Any] = {}
    for name, answer in (("yes", YES), ("no", NO), ("conditional", CONDITIONAL)):
        rows = here & answered[answer]
        found[name] = int(rows.sum())
        found[f"{name}_population"] = exact_sum(columns["population"][rows])
    return found


def _sum(columns: Columns, name: str, rows: Rows) -> int:
    """The sum of a column of whole numbers over some rows; 0 if there is no such column."""
    return int(columns[name][rows].sum()) if name in columns else 0


def _fees_on_condition(columns: Columns, further: Amounts, conditional: Rows) -> dict[str, int]:
    """What the answers on a condition offer, and the part of their fees that they do not."""
    fees = offered = further[conditional]
    if OFFERED in columns:
        offered = at_most_offered(fees, columns[OFFERED][conditional])
    total = int(offered.sum())
    return {"conditional_fees": total, "conditional_uncovered": int(fees.sum()) - total}


def count_pledges(round_: Round, answers: pd.DataFrame) -> Tally:
    """Count all members of a round of pledges, in which nobody has a part of what is requested."""
    own = count_members(answers)
    pledged = own.funded + own.conditional_fees + own.uncovered + own.unconfirmed
    above = max(pledged - round_.requested, 0)
    return replace(own, requested=round_.requested, declined=0, above_requested=above)


def _count_changes(columns: Columns, joined: Rows, left: Rows) -> dict[str, Any]:
    """The part of the count that is of members that have left or joined."""
    population, yes = columns["population"], columns["decision"] == YES
    gone, come = left & ~joined, joined & ~left
    return {
        "lost": _sum(columns, "lost", ~joined),
        "left": int(gone.sum()),
        "left_population": exact_sum(population[gone]),
        "left_funded": _sum(columns, "secured", gone),
        "joined": int(come.sum()),
        "joined_yes": int((come & yes).sum()),
        "joined_population": exact_sum(population[come]),
        "joined_funded": _sum(columns, "secured_outside", joined),
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
    columns = _counted_columns(asked)
    rows_by_name = {str(name): rows for name, rows in asked.groupby(column).indices.items()}
    return {
        name: _count_columns({key: values[rows_by_name[name]] for key, values in columns.items()})
        for name in sorted(rows_by_name)
    }


def unanswered_by(answers: pd.DataFrame, column: str) -> pd.DataFrame:
    """Return the members without an answer, the largest of a column first; equal ones by code."""
    return without_answer(answers).sort_values([column, "code"], ascending=[False, True])


def without_answer(answers: pd.DataFrame) -> pd.DataFrame:
    """Return the members without an answer; contributors outside the members are not asked."""
    return answers[(answers["decision"] == UNANSWERED) & ~is_contributor(answers)]
