"""A made-up association of five under the three kinds of rules, from a folder by new-round."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from pathlib import Path

import pytest

from helpers.data.round.round_inputs import load_inputs
from helpers.errors import ReportError
from helpers.funding.statement.round_statement import Statement
from helpers.funding.statement.statement_computation import compute_statement

DAY = date(2026, 3, 1)
# 20 000 inhabitants. Dal and Fors have said yes, Berg no; Alm and Ek are silent.
MEMBERS = """\
code,name,population_2025
a,Alm,1000
b,Berg,2000
d,Dal,3000
e,Ek,4000
f,Fors,10000
"""
ANSWERS = """\
d,2026-02-01,2026-02-02,,yes,,,
f,2026-02-01,2026-02-02,,yes,,,
b,2026-02-01,2026-02-02,,no,,,
"""
BY_INHABITANTS = """\
requested = 20_000
[pricing]
rule = "inhabitants"
population_year = 2025
[pricing.limits]
"""
RATE = """\
[pricing]
rule = "rate-with-ceiling"
population_year = 2025
rate = "1.25"
"""
SHARED = """\
[pricing]
rule = "shared-cost"
population_year = 2025
highest_rate = "2.50"
"""

Make = Callable[[str, str], Path]


@pytest.fixture
def stated(own_round: Make) -> Callable[[str], Statement]:
    """The association's statement by a pricing rule as round.toml writes it."""

    def make(pricing: str) -> Statement:
        folder = own_round(pricing, MEMBERS)
        with (folder / "decisions.csv").open("a", encoding="utf-8") as register:
            register.write(ANSWERS)
        given = load_inputs(folder.name)
        return compute_statement(
            given.round, given.members, given.register, given.published, DAY, DAY
        )

    return make


def fees(statement: Statement) -> list[int]:
    return statement.answers["fee"].tolist()


def test_a_fixed_total_with_a_cap_and_a_floor(stated: Callable[[str], Statement]) -> None:
    # 1 each: Fors 10 000 is above 40 % of 20 000 by 2 000, Alm 1 000 below 1 500 by 500, so Fors is
    # stopped first, at 8 000. 12 000 over 10 000 inhabitants is 1.2: Alm, 1 200, is lifted to
    # 1 500. 10 500 over 9 000 is 7/6: Berg 2 333.33, Dal 3 500, Ek 4 666.67.
    statement = stated(BY_INHABITANTS + 'highest_percent = "40"\nlowest = 1_500\n')
    assert fees(statement) == [1_500, 2_333, 3_500, 4_667, 8_000]
    assert statement.prices.limited == {"a": "lowest", "f": "highest"}
    total = statement.total
    # 3 500 + 8 000; of the rest Berg's is declined, and Alm's and Ek's may still come.
    assert (total.requested, total.funded, total.declined) == (20_000, 11_500, 2_333)
    assert (total.gap, total.possible) == (8_500, 6_167)


@pytest.mark.parametrize(
    ("limits", "message"),
    [
        # 40 % of 20 000 is 8 000.
        (
            'highest_percent = "40"\nlowest = 9_000\n',
            'at lowest = 9000 a member pays at least 9000, at highest_percent = "40" at most 8000',
        ),
        # 5 × 3 000 = 15 000.
        (
            "highest = 3_000\nlowest = 100\n",
            r"at highest = 3000, the 5 .*\(a, b, d, e, f\) pay at most 15000, and 20000 is left",
        ),
        # 5 × 4 500 = 22 500.
        (
            "highest = 9_000\nlowest = 4_500\n",
            r"at lowest = 4500, the 5 .*\(a, b, d, e, f\) pay at least 22500, and 20000 is left",
        ),
    ],
)
def test_a_cap_and_a_floor_that_clash_stop_the_report(
    stated: Callable[[str], Statement], limits: str, message: str
) -> None:
    with pytest.raises(ReportError, match=message):
        stated(BY_INHABITANTS + limits)


def test_a_rate_below_its_ceiling(stated: Callable[[str], Statement]) -> None:
    # 1.25 × 20 000 = 25 000.
    statement = stated(RATE + "ceiling = 30_000\n")
    assert fees(statement) == [1_250, 2_500, 3_750, 5_000, 12_500]
    assert (statement.total.requested, statement.total.funded) == (25_000, 16_250)


def test_a_rate_at_its_ceiling(stated: Callable[[str], Statement]) -> None:
    # Dal and Fors would pay 3 750 + 12 500, which is above the ceiling.
    statement = stated(RATE + "ceiling = 16_000\n")
    assert fees(statement) == [1_250, 2_500, 3_750, 5_000, 12_500]
    assert (statement.total.requested, statement.total.funded) == (16_000, 16_000)


def test_a_rate_with_its_ceiling_on_all_members(stated: Callable[[str], Statement]) -> None:
    # 16 000 over 20 000 inhabitants is 0.8.
    statement = stated(RATE + 'ceiling = 16_000\nceiling_on = "all-members"\n')
    assert fees(statement) == [800, 1_600, 2_400, 3_200, 8_000]
    assert (statement.total.requested, statement.total.funded) == (16_000, 10_400)


def test_a_shared_cost_that_those_inside_cover(stated: Callable[[str], Statement]) -> None:
    # Dal and Fors are 13 000: 26 000 / 13 000 = 2. With Alm 26 000 / 14 000 × 1 000 = 1 857.14,
    # with Berg 26 000 / 15 000 × 2 000 = 3 466.67, with Ek 26 000 / 17 000 × 4 000 = 6 117.65.
    statement = stated(SHARED + "cost = 26_000\n")
    assert fees(statement) == [1_857, 3_467, 6_000, 6_118, 20_000]
    assert (statement.total.requested, statement.total.funded) == (26_000, 26_000)
    assert statement.total.gap == 0


def test_a_shared_cost_at_its_highest_rate(stated: Callable[[str], Statement]) -> None:
    # 2.50 × 13 000 = 32 500 of 39 000. With Alm 2.50 × 14 000 = 35 000 and with Berg 37 500 are
    # still less; with Ek it is covered: 39 000 / 17 000 × 4 000 = 9 176.47.
    statement = stated(SHARED + "cost = 39_000\n")
    assert fees(statement) == [2_500, 5_000, 7_500, 9_176, 25_000]
    assert (statement.total.funded, statement.total.gap) == (32_500, 6_500)
