"""Which positions there are, which are to be acted on, and in what order."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date

import pandas as pd

from helpers.funding.billing.receivables import Receivable
from helpers.funding.billing.receivables_ledger import ReceivablesLedger, build_receivables_ledger
from helpers.funding.statement.statement_computation import compute_statement
from helpers.model.answer_register import Register
from helpers.model.funding_round import Round
from helpers.model.settings.round_settings import Answer

DAY = date(2016, 7, 31)


def test_of_what_is_owed_the_most_comes_first_then_the_code_and_the_year() -> None:
    # Secured, invoiced and paid in kronor: Alm owes 40, Berg and Ek 300 each, Ek in both years;
    # Dal is owed 10 and Fors 20.
    positions = [
        Receivable(code, code, year, 1000 * secured, 1000 * invoiced, 1000 * paid)
        for code, year, secured, invoiced, paid in (
            ("0001", 2017, 100, 100, 60),
            ("0004", 2018, 300, 300, 0),
            ("0004", 2017, 300, 300, 0),
            ("0002", 2018, 300, 300, 0),
            ("0003", 2017, 50, 50, 60),
            ("0005", 2017, 50, 50, 70),
        )
    ]
    found = ReceivablesLedger(positions, [2017, 2018], 0, 0).to_act_on
    assert [(position.code, position.year) for position in found] == [
        ("0005", 2017),
        ("0003", 2017),
        ("0002", 2018),
        ("0004", 2017),
        ("0004", 2018),
        ("0001", 2017),
    ]


def test_no_invoice_is_told_apart_from_an_invoice_of_a_part() -> None:
    # Secured, invoiced and paid: a part invoiced and paid; nothing invoiced; paid without a yes.
    answers: dict[str, Answer] = {"0003": "unanswered"}
    part, nothing, stray = (
        Receivable(
            code,
            code,
            2017,
            1000 * secured,
            1000 * invoiced,
            1000 * paid,
            answer=answers.get(code, "yes"),
        )
        for code, secured, invoiced, paid in (
            ("0001", 100, 60, 60),
            ("0002", 100, 0, 0),
            ("0003", 0, 0, 100),
        )
    )
    found = ReceivablesLedger([part, nothing, stray], [2017], 0, 0)
    assert found.uninvoiced == [nothing]
    assert found.to_act_on == [stray, part]


def test_receivables_are_by_year_and_code_without_empty_ones(
    register_of: Callable[..., Register], five_members: pd.DataFrame, five_round: Round
) -> None:
    # Berg and Alm have said yes for both years, Fors has paid without; Dal and Ek have nothing.
    said = ("0002,2016-06-15,2016-06-20,,yes", "0001,2016-06-15,2016-06-20,,yes")
    round_ = five_round.model_copy(update={"years": [2018, 2017]})
    paid = {
        "code": ["0005"],
        "year": [2018],
        "invoiced_on": [pd.NaT],
        "amount": [0],
        "paid_on": [pd.Timestamp(DAY)],
        "paid": [900_000],
        "amount_rounding": [0],
        "paid_rounding": [0],
    }
    found = build_receivables_ledger(
        compute_statement(round_, five_members, register_of(*said), [], DAY, DAY),
        pd.DataFrame(paid),
    )
    assert [(position.year, position.code) for position in found.positions] == [
        (2017, "0001"),
        (2017, "0002"),
        (2018, "0001"),
        (2018, "0002"),
        (2018, "0005"),
    ]
    assert list(found.by_year) == found.years == [2017, 2018]


def test_what_a_member_paid_that_had_left_before_the_base_day_is_not_lost(
    register_of: Callable[..., Register], five_members: pd.DataFrame, five_round: Round
) -> None:
    never = pd.Series([pd.NaT] * 5, dtype="datetime64[s]")
    gone = never.mask(five_members["code"].eq("0001"), pd.Timestamp("2015-12-31"))
    members = five_members.assign(valid_from=never, valid_to=gone, known_from=never)
    paid = pd.DataFrame(
        {
            "code": ["0001"],
            "year": [2017],
            "invoiced_on": [pd.NaT],
            "amount": [0],
            "paid_on": [pd.Timestamp(DAY)],
            "paid": [70_000],
            "amount_rounding": [0],
            "paid_rounding": [0],
        }
    )
    statement = compute_statement(five_round, members, register_of(), [], DAY, DAY)
    [position] = build_receivables_ledger(statement, paid).positions
    assert (position.code, position.paid_without_yes) == ("0001", 70_000)
