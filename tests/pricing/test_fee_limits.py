from __future__ import annotations

from typing import Any

import pytest
from pydantic import ValidationError

from helpers.errors import ReportError
from helpers.pricing.fee_limits import FeeLimits


def limits(**values: object) -> FeeLimits:
    return FeeLimits.model_validate(values, strict=True)


@pytest.mark.parametrize(
    ("stated", "requested", "step", "bounds"),
    [
        # Nothing is limited: from nought to one step more than there are.
        ({}, 1_000, 1, (0, 1_001)),
        ({}, 1_000, 100, (0, 11)),
        # The lowest alone may be more than there is; that is found out when it is to be paid.
        ({"lowest": 2_000}, 1_000, 1, (2_000, 2_001)),
        ({"lowest": 5, "highest": 50}, 1_000, 1, (5, 50)),
        # 22 % of 1 010 is 222.2, at most 222; 0.1 % of it is 1.01, at least 2.
        ({"lowest_percent": "0.1", "highest_percent": "22"}, 1_010, 1, (2, 222)),
        # Of two, the stricter: 22 % of 1 000 is 220, 1 % is 10.
        (
            {"lowest_percent": 1, "lowest": 9, "highest": 221, "highest_percent": 22},
            1_000,
            1,
            (10, 220),
        ),
        (
            {"lowest_percent": 1, "lowest": 11, "highest": 219, "highest_percent": 22},
            1_000,
            1,
            (11, 219),
        ),
        # In steps of 100: at least 150 is two, at most 450 is four.
        ({"lowest": 150, "highest": 450}, 1_000, 100, (2, 4)),
        ({"lowest": 300, "highest": 300}, 1_000, 100, (3, 3)),
    ],
)
def test_bounds_are_whole_steps_within_the_limits(
    stated: dict[str, Any], requested: int, step: int, bounds: tuple[int, int]
) -> None:
    assert limits(**stated).step_bounds(requested, step) == bounds


@pytest.mark.parametrize(
    ("stated", "step", "message"),
    [
        (
            {"lowest": 60, "highest": 50},
            1,
            "at lowest = 60 a member pays at least 60, at highest = 50 at most 50. Raise",
        ),
        # 5 % of 1 000 is 50.
        (
            {"lowest_percent": "5.0", "highest": 40},
            1,
            'at lowest_percent = "5" a member pays at least 50, at highest = 40 at most 40',
        ),
        # No hundred lies between 110 and 190.
        ({"lowest": 110, "highest": 190}, 100, "at least 200, .* at most 100"),
        (
            {"lowest": 60, "highest": 50, "highest_percent": "6"},
            1,
            'at highest = 50 and highest_percent = "6" at most 50',
        ),
    ],
)
def test_a_lowest_above_the_highest_is_a_clash(
    stated: dict[str, Any], step: int, message: str
) -> None:
    with pytest.raises(ReportError, match=message):
        limits(**stated).step_bounds(1_000, step)


@pytest.mark.parametrize(
    "stated",
    [
        {"lowest": 0},
        {"highest": 0},
        {"highest": 1.5},
        {"highest_percent": "101"},
        {"lowest_percent": 0.001},
        {"fixed_percent": {"0180": "0"}},
        {"cap": 5},
    ],
)
def test_limits_that_mean_nothing_are_refused(stated: dict[str, Any]) -> None:
    with pytest.raises(ValidationError):
        limits(**stated)


def test_fixed_shares_leave_something_for_the_others() -> None:
    assert limits(fixed_percent={"a": "60", "b": "39.9"}).fixed_percent["b"] < 40
    with pytest.raises(ValidationError, match=r"adds up to 100\.5: keep it below 100"):
        limits(fixed_percent={"a": "60", "b": "40.5"})
    with pytest.raises(ValidationError, match="adds up to 100: keep it below 100"):
        limits(fixed_percent={"a": 100})
