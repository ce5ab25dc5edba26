"""The rule of pledges: exact conversion at a stated rate, rounded once."""

from __future__ import annotations

from datetime import date
from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st
from pydantic import ValidationError

from helpers.errors import ReportError
from helpers.pricing.kinds.pledges import Pledges, ReferenceRate

EUR = {"rate": "11.2345", "on": date(2026, 3, 2), "source": "Sveriges riksbank"}
JPY = {"rate": "7.1234", "per": 100, "on": date(2026, 3, 2), "source": "Sveriges riksbank"}
RULE = Pledges.model_validate({"rule": "pledges", "rates": {"EUR": EUR, "JPY": JPY}})


@pytest.mark.parametrize(
    ("amount", "currency", "whole"),
    [
        ("300000", "SEK", 300_000),
        ("0.50", "SEK", 1),  # half up
        ("10000.50", "EUR", 112_351),  # 112 350.617 25
        ("1000000", "JPY", 71_234),
        ("400000", "JPY", 28_494),  # 28 493.6
        ("2000", "EUR", 22_469),
    ],
)
def test_an_amount_in_the_rounds_currency(amount: str, currency: str, whole: int) -> None:
    assert RULE.converted(Fraction(amount), currency) == whole


@given(
    amount=st.fractions(min_value=0, max_value=10**9, max_denominator=100),
    rate=st.fractions(min_value=Fraction(1, 10**6), max_value=10**4, max_denominator=10**6),
    per=st.sampled_from([1, 100, 1000]),
)
def test_rounding_moves_an_amount_by_half_a_unit_at_most(
    amount: Fraction, rate: Fraction, per: int
) -> None:
    stated = ReferenceRate.model_construct(rate=rate, per=per, on=date(2026, 3, 2), source="s")
    rule = RULE.model_copy(update={"rates": {"USD": stated}})
    exact = amount * rate / per
    assert -Fraction(1, 2) < rule.converted(amount, "USD") - exact <= Fraction(1, 2)


@given(
    amount=st.fractions(min_value=0, max_value=10**9, max_denominator=100),
    more=st.fractions(min_value=0, max_value=10**9, max_denominator=100),
)
def test_what_is_confirmed_is_never_more_than_what_is_pledged(
    amount: Fraction, more: Fraction
) -> None:
    assert RULE.converted(amount, "EUR") <= RULE.converted(amount + more, "EUR")


def test_nobody_has_a_fee() -> None:
    prices = RULE.prices(1_000, {"code": {"A": 0, "B": 0}}, ())
    assert (prices.requested, prices.fees) == (1_000, {"A": 0, "B": 0})


def test_an_appeal_states_its_amount() -> None:
    with pytest.raises(ReportError, match="requested"):
        RULE.prices(None, {"code": {"A": 0}}, ())


@pytest.mark.parametrize(
    "wrong", [{"rate": "0"}, {"rate": 11.2345}, {"source": ""}, {"per": 0}, {"on": None}]
)
def test_a_rate_has_a_number_a_day_and_a_source(wrong: dict[str, object]) -> None:
    with pytest.raises(ValidationError):
        ReferenceRate.model_validate({**EUR, **wrong})
