"""How an answer counts by the round's rules, and how the count changed from day to day."""

from __future__ import annotations

from datetime import date

import pandas as pd

from helpers.funding.answers.answer_states import CONDITIONAL, NO, YES, covers_year
from helpers.funding.answers.converted_pledges import with_pledges
from helpers.funding.answers.counted_years import years_to_count
from helpers.funding.answers.part_pledges import limited_to_offers, with_offers
from helpers.model.answer_register import AMOUNT_COLUMNS
from helpers.model.funding_round import Round
from helpers.model.settings.round_settings import AnswerRules


def apply_answer_rules(rows: pd.DataFrame, rules: AnswerRules) -> pd.DataFrame:
    """Return each answer as it counts by the rules, a member's rows in the order they take effect.

    `rows` has code, decision, years, condition and case_number (str). The result has decision as
    yes, no or conditional; years as what a yes covers; and `withdrawn` (bool), true if a yes that
    counted has become a no. If the rules make a yes binding, later answers of the member count as
    that yes, with its case number.
    """
    is_yes = rows["decision"] == YES
    is_conditional = is_yes & (rows["condition"] != "") & (rules.conditional_yes == "apart")
    is_firm_yes = is_yes & ~is_conditional
    has_said_yes = is_firm_yes.groupby(rows["code"]).cummax()
    withdrawn = has_said_yes & (rows["decision"] == NO)
    decision, yes_columns = (
        rows["decision"].mask(is_conditional, CONDITIONAL),
        rows[["years", "case_number", *(name for name in AMOUNT_COLUMNS if name in rows)]],
    )
    if rules.withdrawn_yes == "binds":
        is_bound = (
            has_said_yes & ~is_firm_yes
        )  # a later condition does not make a binding yes conditional
        decision = decision.mask(is_bound, YES)
        yes_columns = yes_columns.mask(
            is_bound, yes_columns.where(is_firm_yes).groupby(rows["code"]).ffill()
        )
    return rows.assign(decision=decision, withdrawn=withdrawn).assign(**yes_columns)


def latest_answers(rows: pd.DataFrame, rules: AnswerRules) -> pd.DataFrame:
    """Return the answer of each member that counts; `rows` as in EffectiveAnswers.known.

    Adds first_received_on (datetime64[s]), the day of the member's first answer of any kind.
    """
    first = rows.groupby("code")["received_on"].transform("min")
    ordered = rows_taking_effect(rows.assign(first_received_on=first))
    return apply_answer_rules(ordered, rules).drop_duplicates("code", keep="last")


def rows_taking_effect(rows: pd.DataFrame) -> pd.DataFrame:
    """Return the answers in the order in which they took effect, by the day they were received.

    An answer that was decided before another answer that had already been received never took
    effect. It is left out.
    """
    ordered = rows.sort_values(["received_on", "decided_on"], kind="stable")
    return ordered[ordered["decided_on"] >= ordered.groupby("code")["decided_on"].cummax()]


def answers_over_time(
    rows: pd.DataFrame, due: pd.DataFrame, round_: Round, last: date
) -> pd.DataFrame:
    """How the count moved, one row for each day on which an answer or a leaving changed it.

    `rows` are the known rows of the register. A row changes the count on the day it is received
    if no answer received earlier was decided later. `due` has one row a member, with its code as
    index: fee (what a no declines), the fee due in each year (a column a year, named as text), and
    first_day and last_day as a member (NaT for no limit); after the last it is not counted. The
    first row is the day the round began, the last is `last`.

    Returns day (datetime64), answered (with any answer, so also a yes with a condition), yes, no
    (members, cumulative), funded (the smallest year's; where the
    requested amounts differ, that of the year that the round counts), declined (units of currency).
    """
    ordered = apply_answer_rules(rows_taking_effect(rows), round_.answers)
    ordered = with_offers(round_, with_pledges(round_, ordered))
    state = _state_by_row(ordered, due.loc[ordered["code"]].set_index(ordered.index), round_)
    changes = state - state.groupby(ordered["code"]).shift(fill_value=0)
    changes = changes[(changes != 0).any(axis=1)].assign(day=ordered["received_on"])
    ends = pd.DataFrame({"day": pd.to_datetime([round_.recommended_on, last])})
    ends["day"] = ends["day"].astype("datetime64[s]")
    left = _changes_by_leaving(state, ordered, due["last_day"], pd.Timestamp(last))
    daily = pd.concat([changes, *left, ends]).fillna(0).groupby("day").sum().cumsum()
    daily = daily.astype("int64")
    by_year = daily[list(map(str, years_to_count(round_)))]
    daily["funded"] = by_year.clip(upper=round_.pricing.collection_ceiling).min(axis=1)
    return daily.reset_index()[["day", "answered", "yes", "no", "funded", "declined"]]


def _state_by_row(rows: pd.DataFrame, due: pd.DataFrame, round_: Round) -> pd.DataFrame:
    """What the count has of a member from each row on: members, kronor, and kronor of each year.

    From an answer that comes after a member has left, it has the kronor of the years alone.
    """
    yes, no = rows["decision"] == YES, rows["decision"] == NO
    here = ~(rows["received_on"] > due["last_day"])
    if "contributor" in due:  # its money counts, and nobody has asked it
        here &= ~due["contributor"]
    if "secures" in rows:
        due = due.assign(**{str(year): rows["secures"] for year in round_.years})
    state = {
        "answered": here.astype("int64"),
        "yes": (yes & here).astype("int64"),
        "no": (no & here).astype("int64"),
        "declined": due["fee"].where(no & here, 0),
    }
    for year in map(str, round_.years):
        of_year = limited_to_offers(due[year], rows)
        state[year] = of_year.where(yes & covers_year(rows["years"], int(year)), 0)
    return pd.DataFrame(state)


def _changes_by_leaving(
    state: pd.DataFrame, rows: pd.DataFrame, last_days: pd.Series[pd.Timestamp], last: pd.Timestamp
) -> list[pd.DataFrame]:
    """What each member that has left takes out of the count, on the day after its last."""
    last_day = rows["code"].map(last_days)
    before = state[rows["received_on"] <= last_day].assign(code=rows["code"], day=last_day)
    left = before[before["day"] < last].drop_duplicates("code", keep="last")
    if left.empty:
        return []
    day = (left["day"] + pd.Timedelta(days=1)).astype("datetime64[s]")
    return [(-left[["answered", "yes", "no", "declined"]]).assign(day=day)]


def first_day_reaching(over_time: pd.DataFrame, amount: int) -> date | None:
    """Return the first day on which an amount was funded, whether or not it still is, or None.

    `over_time` is the frame of answers_over_time; `amount` is in whole currency units a year.
    """
    days = over_time.loc[over_time["funded"] >= amount, "day"]
    return days.iloc[0].date() if len(days) else None
