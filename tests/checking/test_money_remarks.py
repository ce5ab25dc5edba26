"""`check` names money that was paid without a yes, and amounts that were rounded."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from fractions import Fraction
from pathlib import Path

import pandas as pd
import pytest

from helpers.checking.money_remarks import find_payment_remarks, find_rounded_requests
from helpers.data.round.payments_file import load_payments
from helpers.model.answer_register import Register
from helpers.model.funding_round import Round

# Fees 100 Alm, 200 Berg, 300 Dal, 400 Ek and 900 Fors. Berg says no, Dal yes for 2017 only, and
# Ek and Fors have not answered.
ANSWERS = [
    "0001,2016-06-15,2016-06-20,,yes,",
    "0002,2016-06-15,2016-06-20,,no,",
    "0003,2016-06-15,2016-06-20,,yes,2017",
]
PAID = [
    "0001,2017,,,2016-07-01,100",
    "0002,2017,,,2016-07-01,200",
    "0003,2017,,,2016-07-01,300.004",
    "0003,2018,,,2016-07-02,300.003",
    "0004,2017,,,2016-07-01,0.5",  # less than a krona
    "0005,2018,2016-07-01,900.00,2016-08-01,900",
]

Find = Callable[..., list[str]]


@pytest.fixture
def found(
    tmp_path: Path,
    five_round: Round,
    five_members: pd.DataFrame,
    register_of: Callable[..., Register],
) -> Find:
    def find(*lines: str, today: date | None = None) -> list[str]:
        text = "\n".join(["code,year,invoiced_on,amount,paid_on,paid", *lines]) + "\n"
        (tmp_path / "payments.csv").write_text(text, encoding="utf-8")
        payments = load_payments(tmp_path, five_members, five_round)
        register = register_of(
            *ANSWERS, heading="code,decided_on,received_on,registered_on,decision,years"
        )
        problems = find_payment_remarks(five_round, five_members, register, payments, today)
        return [f"{problem.severity}: {problem}" for problem in problems]

    return find


def test_each_member_and_year_paid_without_a_yes_is_named(found: Find) -> None:
    ending = (
        "which no yes covers. The money is not counted as secured: ask the member, or repay it."
    )
    assert [line for line in found(*PAID) if line.startswith("warning")] == [
        f"warning: payments.csv: 0002 Berg has paid 200 SEK for 2017, {ending}",
        f"warning: payments.csv: 0003 Dal has paid 300 SEK for 2018, {ending}",
        f"warning: payments.csv: 0005 Fors has paid 900 SEK for 2018, {ending}",
    ]


def test_a_payment_of_a_later_day_is_not_named_yet(found: Find) -> None:
    assert "0005" not in str(found(*PAID, today=date(2016, 7, 31)))
    assert "0005" in str(found(*PAID, today=date(2016, 8, 1)))


def test_rounded_amounts_are_named_once_for_each_column(found: Find) -> None:
    # 300.004 and 300.003 are 300.00: 0.007 less together.
    assert [line for line in found(*PAID) if line.startswith("repair")] == [
        "repair: payments.csv, row 4, column paid: 2 of the amounts have more decimals than the 2 "
        "of SEK; the first is in this row. Each is rounded once, which changes their sum by "
        "-0.007. The report states the difference."
    ]


def test_a_single_rounded_amount_is_named_by_itself(found: Find) -> None:
    [repair] = [
        line for line in found("0003,2017,,,2016-07-01,1300.004") if line.startswith("repair")
    ]
    assert repair == (
        "repair: payments.csv, row 2, column paid: An amount has more decimals than the 2 of SEK. "
        "It is rounded once, which changes it by -0.004. The report states the difference."
    )


def test_a_requested_amount_with_decimals_is_named(five_round: Round) -> None:
    assert find_rounded_requests(five_round) == []
    stated = {"requested_as_stated": {2017: Fraction("1899.75")}}
    [problem] = find_rounded_requests(five_round.model_copy(update=stated))
    assert str(problem) == (
        "round.toml, key requested: 1899.75 for 2017 is rounded to whole units, which changes "
        "it by +0.25. The report states the difference."
    )
    assert problem.severity == "repair"


def test_the_same_amount_of_several_years_is_named_once(five_round: Round) -> None:
    stated = {"requested_as_stated": dict.fromkeys((2017, 2018), Fraction("1899.75"))}
    [problem] = find_rounded_requests(five_round.model_copy(update=stated))
    assert problem.what == (
        "1899.75 for 2017, 2018 is rounded to whole units, which changes it by +0.25."
    )


def test_a_round_whose_payments_all_have_a_yes_has_no_remark(found: Find) -> None:
    assert found(PAID[0]) == []
    assert found() == []
