"""Answers to ask "what if" of: those of the five members, or of any number made up on the spot."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from datetime import date

import pandas as pd
import pytest
from hypothesis import strategies as st

from helpers.funding.answers.counting import latest_answers
from helpers.funding.answers.effective_answers import effective_answers
from helpers.funding.totals.members.member_table import add_secured, build_member_table
from helpers.model.answer_register import Register
from helpers.model.funding_round import Round
from helpers.model.settings.round_prices import compute_prices
from helpers.pricing.apportionment import apportion, membership_fee_weights
from helpers.pricing.decimals import ExactNumber

DAY = date(2016, 7, 31)
HEADING = "code,decided_on,received_on,registered_on,decision,years,condition"
DIGITS = {"Alm": 1, "Berg": 2, "Dal": 3, "Ek": 4, "Fors": 5}


@pytest.fixture(scope="session")
def answers_of(
    register_of: Callable[..., Register], five_members: pd.DataFrame, five_round: Round
) -> Callable[..., pd.DataFrame]:
    """Fees 100 Alm, 200 Berg, 300 Dal, 400 Ek, 900 Fors; asked for as Ek="yes" or Ek="yes,2017"."""

    def make(**said: str) -> pd.DataFrame:
        lines = [
            f"000{DIGITS[name]},2016-06-15,2016-06-20,,{answer}{',' * (2 - answer.count(','))}"
            for name, answer in said.items()
        ]
        rows = latest_answers(
            effective_answers(register_of(*lines, heading=HEADING), DAY, DAY).known,
            five_round.answers,
        )
        fees = compute_prices(five_round, five_members).fees
        return add_secured(five_round, build_member_table(five_members, fees, rows))[0]

    return make


@pytest.fixture(scope="session")
def five_weights(five_members: pd.DataFrame) -> dict[str, ExactNumber]:
    return _weights(five_members, 8_000)


@pytest.fixture(scope="session")
def shipped_weights(shipped_members: pd.DataFrame) -> dict[str, ExactNumber]:
    return _weights(shipped_members, 200_000)


def _weights(members: pd.DataFrame, rebate_above: int) -> dict[str, ExactNumber]:
    inhabitants = dict(zip(members["code"], members["population"].tolist(), strict=True))
    return membership_fee_weights(inhabitants, rebate_above, 10)


@pytest.fixture(scope="session")
def made_up(five_round: Round) -> Callable[..., tuple[Round, pd.DataFrame, dict[str, int]]]:
    """Makes a round, its answers and its weights out of (inhabitants, answer) of each member.

    An answer is written as "yes", "yes 2017", "no", "conditional" or "unanswered"; a member's
    weight is its inhabitants.
    """

    def make(
        requested: int, rows: Sequence[tuple[int, str]]
    ) -> tuple[Round, pd.DataFrame, dict[str, int]]:
        round_ = five_round.model_copy(update={"requested": requested})
        weights = {f"{n:04}": population for n, (population, _) in enumerate(rows, 1)}
        answers = pd.DataFrame(
            {
                "code": list(weights),
                "name": [f"M{code}" for code in weights],
                "county": "Länet",
                "group": "A1",
                "population": list(weights.values()),
                "fee": list(apportion(requested, weights).fees.values()),
                "decision": [answer.split()[0] for _, answer in rows],
                "years": ["".join(answer.split()[1:]) for _, answer in rows],
            }
        )
        return round_, add_secured(round_, answers)[0], weights

    return make


ANSWERS = ("unanswered", "unanswered", "unanswered", "yes", "yes", "yes 2017", "no", "conditional")


@pytest.fixture(scope="session")
def any_rows() -> st.SearchStrategy[list[tuple[int, str]]]:
    """Up to eight members, some of them alike, with any answer; about a third are silent."""
    member = st.tuples(st.integers(1, 30), st.sampled_from(ANSWERS))
    return st.lists(member, min_size=1, max_size=8)
