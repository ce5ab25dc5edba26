from __future__ import annotations

from fractions import Fraction
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from pydantic import TypeAdapter, ValidationError

from helpers.pricing.decimals import Percent, RatePerInhabitant, decimal_text, parse_fraction


@pytest.mark.parametrize(
    ("written", "read"),
    [
        ("1.95", Fraction(195, 100)),
        ("0.001", Fraction(1, 1000)),
        ("22", Fraction(22)),
        (22, Fraction(22)),
        ("100.0", Fraction(100)),
    ],
)
def test_decimal_text_is_read_exactly(written: str | int, read: Fraction) -> None:
    assert TypeAdapter(Percent).validate_python(written, strict=True) == read


def test_a_rate_of_less_than_a_unit_is_a_rate() -> None:
    assert TypeAdapter(RatePerInhabitant).validate_python("0.05", strict=True) == Fraction(1, 20)


# A float (never exactly 1.95), a decimal comma, powers, signs, fractions, digits of other scripts.
@pytest.mark.parametrize(
    "written", [1.95, "1,95", "1e2", "+1", "-1", "1/3", "", ".5", "5.", " 1", "١", True, None]
)
def test_anything_else_is_refused_with_the_form_to_write(
    written: float | str | bool | None,
) -> None:
    with pytest.raises(ValidationError, match=r'as "1\.95"'):
        TypeAdapter(RatePerInhabitant).validate_python(written, strict=True)


@pytest.mark.parametrize(
    ("type_", "written"),
    [(RatePerInhabitant, "0"), (RatePerInhabitant, -1), (Percent, "0"), (Percent, "100.001")],
)
def test_a_rate_is_above_zero_and_a_percentage_too_and_at_most_100(
    type_: Any, written: str | int
) -> None:
    with pytest.raises(ValidationError, match=r"greater|less"):
        TypeAdapter(type_).validate_python(written, strict=True)


@settings(deadline=None)
@given(st.integers(0, 10**9 - 1), st.integers(0, 10**9 - 1))
def test_as_text_is_read_back_as_the_same(whole: int, decimals: int) -> None:
    value = parse_fraction(f"{whole}.{decimals:09}")
    assert parse_fraction(decimal_text(value)) == value


def test_as_text_says_no_more_digits_than_needed() -> None:
    assert [decimal_text(parse_fraction(text)) for text in ("8.60", "100", "0.001")] == [
        "8.6",
        "100",
        "0.001",
    ]
