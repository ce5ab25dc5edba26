"""Overpayments kept as an advance, worked out by hand; and payments of all kinds that add up."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date

import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from helpers.funding.billing.advances import apply_advances
from helpers.funding.billing.invoice_basis import build_invoice_basis
from helpers.funding.billing.member_facts import collect_member_facts
from helpers.funding.billing.receivables import Receivable
from helpers.funding.billing.receivables_ledger import (
    ReceivablesLedger,
    ReceivableSums,
    build_receivables_ledger,
    sum_receivables,
)
from helpers.funding.statement.round_statement import Statement
from helpers.funding.statement.statement_computation import compute_statement
from helpers.model.answer_register import Register
from helpers.model.funding_round import Round
from helpers.model.settings.round_settings import InvoicingSettings
from support.optional_values import present

DAY = date(2016, 7, 31)
COLUMNS = ["code", "year", "invoiced_on", "amount", "paid_on", "paid"]
ROUNDING = {"amount_rounding": 0, "paid_rounding": 0}
NO_DETAILS = pd.DataFrame(columns=["code", "organisation_number", "buyer_reference"], dtype="str")
# Fees 100 Alm, 200 Berg, 300 Dal, 400 Ek, 900 Fors, for 2017 and 2018.
HEADING = "code,decided_on,received_on,registered_on,decision,years,condition"
ANSWERS = [
    "0001,2016-06-15,2016-06-20,,yes,,",
    "0002,2016-06-15,2016-06-20,,no,,",
    "0003,2016-06-15,2016-06-20,,yes,2017,",
    "0004,2016-06-15,2016-06-20,,yes,,om alla är med",
]
Entry = tuple[str, int, int, int]
Ask = Callable[..., tuple[Statement, ReceivablesLedger]]


@pytest.fixture(scope="module")
def ledger_of(
    register_of: Callable[..., Register], five_members: pd.DataFrame, five_round: Round
) -> Ask:
    """The ledger of entries (code, year, invoiced, paid in thousandths) under a rule."""
    register = register_of(*ANSWERS, heading=HEADING)

    def ask(entries: list[Entry], rule: str = "repaid") -> tuple[Statement, ReceivablesLedger]:
        invoicing = InvoicingSettings.model_validate({"overpaid": rule})
        round_ = five_round.model_copy(update={"invoicing": invoicing})
        statement = compute_statement(round_, five_members, register, [], DAY, DAY)
        days = (pd.Timestamp(DAY), pd.Timestamp(DAY))
        rows = [(code, year, days[0], sent, days[1], paid) for code, year, sent, paid in entries]
        payments = pd.DataFrame(rows, columns=COLUMNS).assign(**ROUNDING)
        return statement, build_receivables_ledger(statement, payments)

    return ask


def test_an_advance_pays_the_next_year_and_what_is_left_stays_an_advance(ledger_of: Ask) -> None:
    # Alm owes 100 a year and pays 130, and then 150 of the next year's 100 before its invoice.
    _, ledger = ledger_of([("0001", 2017, 100_000, 130_000), ("0001", 2018, 0, 0)], "advance")
    first, second = ledger.by_year[2017], ledger.by_year[2018]
    assert (first.paid_net, first.advance_out, first.overpaid) == (100_000, 30_000, 0)
    assert (second.paid, second.advance_in, second.paid_net) == (0, 30_000, 30_000)
    assert second.not_invoiced == 70_000
    _, ledger = ledger_of([("0001", 2017, 100_000, 250_000), ("0001", 2018, 0, 0)], "advance")
    assert (ledger.by_year[2017].advance_out, ledger.by_year[2017].overpaid) == (100_000, 50_000)
    assert ledger.by_year[2018].not_invoiced == 0
    assert not [position for position in ledger.to_act_on if position.code == "0001"]


def test_an_overpayment_that_is_repaid_pays_nothing_else(ledger_of: Ask) -> None:
    _, ledger = ledger_of([("0001", 2017, 100_000, 130_000)], "repaid")
    assert (ledger.by_year[2017].overpaid, ledger.by_year[2018].advance_in) == (30_000, 0)
    assert ledger.by_year[2018].not_invoiced == 100_000
    assert [position.code for position in ledger.to_act_on] == ["0001"]


def test_an_advance_is_the_members_own_goes_forward_and_needs_a_yes() -> None:
    def position(code: str, year: int, due: int, paid: int, answer: str = "yes") -> Receivable:
        return Receivable(code, code, year, 1000 * due, 0, 1000 * paid, False, answer, True)  # type: ignore[arg-type]

    positions = [
        position("1", 2018, 100, 150),  # its 50 do not pay 2017
        position("1", 2017, 100, 0),
        position("2", 2018, 100, 0),  # another member's
        position("3", 2017, 0, 80, "unanswered"),
        position("3", 2018, 100, 0),  # what was paid without a yes is no advance
    ]
    assert apply_advances(positions) == positions


def test_the_oldest_overpayment_is_used_first_and_the_earliest_year_paid_first() -> None:
    dues = {2017: (100, 130), 2018: (100, 140), 2019: (100, 60), 2020: (100, 0)}
    positions = [
        Receivable("1", "A", year, 1000 * due, 0, 1000 * paid, keeps_overpaid=True)
        for year, (due, paid) in dues.items()
    ]
    # 2019 lacks 40: 30 from 2017 and 10 from 2018; 2020 gets the last 30 of 2018.
    found = apply_advances(positions)
    assert [p.advance_out for p in found] == [30_000, 40_000, 0, 0]
    assert [p.advance_in for p in found] == [0, 0, 40_000, 30_000]
    assert [p.overpaid for p in found] == [0, 0, 0, 0]


def assert_adds_up(sums: ReceivableSums) -> None:
    asked_or_paid = sums.invoiced_net + sums.paid_uninvoiced
    assert sums.secured == asked_or_paid + sums.not_invoiced + sums.residue_invoiced
    assert asked_or_paid == sums.paid_net + sums.outstanding + sums.residue_paid
    assert sums.invoiced == sums.invoiced_net + sums.credit_due
    received = sums.paid + sums.advance_in
    assert received == sums.paid_net + sums.overpaid + sums.advance_out + sums.paid_without_yes


AMOUNT = st.one_of(st.just(0), st.integers(0, 1_200_000))
ENTRIES = st.lists(
    st.tuples(
        st.sampled_from(["0001", "0002", "0003", "0004", "0005"]),
        st.sampled_from([2017, 2018]),
        AMOUNT,
        AMOUNT,
    ),
    max_size=8,
)


@settings(max_examples=60, deadline=None)
@given(ENTRIES, st.sampled_from(["repaid", "advance"]))
def test_payments_of_all_kinds_add_up_in_every_year_and_in_all(
    ledger_of: Ask, entries: list[Entry], rule: str
) -> None:
    statement, ledger = ledger_of(entries, rule)
    for sums in (*ledger.by_year.values(), ledger.all_years):
        assert_adds_up(sums)
    assert ledger.all_years.advance_in == ledger.all_years.advance_out
    assert {y: s.secured for y, s in ledger.by_year.items()} == {
        year: 1000 * amount for year, amount in statement.by_year.items()
    }
    # Nothing that was invoiced or paid is lost on the way from the file.
    assert ledger.all_years.invoiced == sum(entry[2] for entry in entries)
    assert ledger.all_years.paid == sum(entry[3] for entry in entries)
    # The first four counts are the members that have something due or overpaid: Alm and Dal.
    counts = ledger.counts
    assert counts.settled + counts.part + counts.nothing + counts.overpaid == 2


@settings(max_examples=30, deadline=None)
@given(ENTRIES, st.sampled_from(["repaid", "advance"]))
def test_basis_and_letters_say_what_the_ledger_says(
    ledger_of: Ask, entries: list[Entry], rule: str
) -> None:
    statement, ledger = ledger_of(entries, rule)
    basis = build_invoice_basis(statement, NO_DETAILS, ledger)
    for year, sums in ledger.by_year.items():
        assert 1000 * basis.by_year[year].amount == sums.not_invoiced
    facts = [collect_member_facts(statement, f"000{n}", ledger) for n in range(1, 6)]
    positions = [position for one in facts for position in present(one.positions)]
    assert sum_receivables(positions) == ledger.all_years
