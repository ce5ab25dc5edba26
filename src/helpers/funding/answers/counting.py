"""How an answer counts by the round's rules, and how the count changed from day to day."""

from __future__ import annotations

from datetime import date

import pandas as pd

from helpers.funding.answers.answer_states import CONDITIONAL, NO, YES, covers_year
from helpers.model.funding_round import Round
from helpers.model.round_settings import AnswerRules


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
        rows[["years", "case_number"]],
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
    rows: pd.DataFrame, fees: dict[str, int], round_: Round, last: date
) -> pd.DataFrame:
    """Return one row for each day on which a received answer changed the count.

    `rows` are the known rows of the register; `fees` are whole currency units a year by code. A row
    changes the count on the day it is received if no answer received earlier was decided later. The
    first row is the day the round began, the last is `last`.

    Returns day (datetime64[s]), yes and no (members, cumulative), and funded (of the smallest year)
    and declined, both in whole currency units a year.
    """
    ordered = apply_answer_rules(rows_taking_effect(rows), round_.answers)
    changes = _change_by_row(ordered, ordered["code"].map(fees).astype("int64"), round_)
    changes = changes[(changes != 0).any(axis=1)].assign(day=ordered["received_on"])
    ends = pd.DataFrame({"day": pd.to_datetime([round_.recommended_on, last])})
    ends["day"] = ends["day"].astype("datetime64[s]")
    daily = pd.concat([changes, ends]).fillna(0).groupby("day").sum().cumsum().astype("int64")
    by_year = daily[list(map(str, round_.years))]
    daily["funded"] = by_year.clip(upper=round_.pricing.collection_ceiling).min(axis=1)
    return daily.reset_index()[["day", "yes", "no", "funded", "declined"]]


def _change_by_row(rows: pd.DataFrame, fee: pd.Series[int], round_: Round) -> pd.DataFrame:
    """Return what each row adds to its member's count.

    The columns are members, currency units a year, and units for each year.
    """
    yes, no = rows["decision"] == YES, rows["decision"] == NO
    state = {"yes": yes.astype("int64"), "no": no.astype("int64"), "declined": fee.where(no, 0)}
    for year in round_.years:
        state[str(year)] = fee.where(yes & covers_year(rows["years"], year), 0)
    now = pd.DataFrame(state)
    return now - now.groupby(rows["code"]).shift(fill_value=0)


def first_day_reaching(over_time: pd.DataFrame, amount: int) -> date | None:
    """Return the first day on which an amount was funded, whether or not it still is, or None.

    `over_time` is the frame of answers_over_time; `amount` is in whole currency units a year.
    """
    days = over_time.loc[over_time["funded"] >= amount, "day"]
    return days.iloc[0].date() if len(days) else None
