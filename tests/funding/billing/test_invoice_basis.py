"""What is invoiced of a round small enough to work out by hand."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from fractions import Fraction

import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from helpers.funding.billing.invoice_basis import InvoiceBasis, build_invoice_basis, vat_on
from helpers.funding.figures_json.billing_json import invoice_figures
from helpers.funding.figures_json.statement_json import statement_figures
from helpers.funding.statement.round_statement import Statement
from helpers.funding.statement.statement_computation import compute_statement
from helpers.model.answer_register import Register
from helpers.model.funding_round import Round
from helpers.model.settings.round_settings import AnswerRules, InvoicingSettings

DAY = date(2016, 7, 31)
HEADING = "code,decided_on,received_on,registered_on,decision,years,condition,case_number"
# Fees 100 Alm, 200 Berg, 300 Dal, 400 Ek, 900 Fors.
HISTORY = [
    "0001,2016-06-15,2016-06-20,,yes,,,KS 1",
    "0002,2016-06-15,2016-06-20,,no,,,KS 2",
    "0003,2016-06-15,2016-06-20,,yes,2017,,",
    "0004,2016-06-15,2016-06-20,,yes,,om alla är med,KS 4",
    "0005,2016-06-15,2016-06-20,,yes,,,KS 5",
    "0005,2016-07-01,2016-07-05,,no,,,KS 6",
]
NOBODY = pd.DataFrame(columns=["code", "organisation_number", "buyer_reference"], dtype="str")

Ask = Callable[..., Statement]


@pytest.fixture
def on(register_of: Callable[..., Register], five_members: pd.DataFrame, five_round: Round) -> Ask:
    def ask(**changes: object) -> Statement:
        round_ = five_round.model_copy(update=changes)
        register = register_of(*HISTORY, heading=HEADING)
        return compute_statement(round_, five_members, register, [], DAY, DAY)

    return ask


def rows(basis: InvoiceBasis) -> list[tuple[int, str, int | Fraction]]:
    return [(row.year, row.code, row.amount) for row in basis.rows]


def test_a_yes_is_invoiced_in_its_years_and_nothing_else_is(on: Ask) -> None:
    # Dal only 2017; Ek's condition stands apart, Fors has withdrawn, Berg declined.
    basis = build_invoice_basis(on(), NOBODY)
    assert rows(basis) == [(2017, "0001", 100), (2017, "0003", 300), (2018, "0001", 100)]
    assert {year: sums.amount for year, sums in basis.by_year.items()} == {2017: 400, 2018: 100}
    assert basis.total.amount == 500


def test_invoices_are_sorted_by_year_and_code(
    on: Ask,
) -> None:
    basis = build_invoice_basis(on(years=[2018, 2017]), NOBODY)
    assert rows(basis) == [(2017, "0001", 100), (2017, "0003", 300), (2018, "0001", 100)]
    assert list(basis.by_year) == basis.years == [2017, 2018]
    # With Ek's yes and Fors's as well; each is asked once, by the invoice of its first year.
    rules = AnswerRules(conditional_yes="counts", withdrawn_yes="binds")
    requests = build_invoice_basis(on(years=[2018, 2017], answers=rules), NOBODY).requests
    assert [row.code for row in requests] == ["0001", "0003", "0004", "0005"]
    assert {row.year for row in requests} == {2017}


def test_the_round_may_let_a_condition_count_and_a_withdrawn_yes_bind(on: Ask) -> None:
    rules = AnswerRules(conditional_yes="counts", withdrawn_yes="binds")
    basis = build_invoice_basis(on(answers=rules), NOBODY)
    # 100 + 300 + 400 + 900; in 2018 without Dal's 300.
    assert invoice_figures(basis)["by_year"] == {"2017": 1_700, "2018": 1_400}
    by_code = {row.code: row for row in basis.rows}
    assert by_code["0004"].condition == "om alla är med"
    assert [code for code, row in by_code.items() if row.withdrawn] == ["0005"]
    assert by_code["0005"].case_number == "KS 5"  # that of the yes that binds


@pytest.mark.parametrize("rules", [AnswerRules(), AnswerRules(withdrawn_yes="binds")])
def test_the_totals_agree_with_the_figures_of_the_report(on: Ask, rules: AnswerRules) -> None:
    statement = on(answers=rules)
    said, reported = (
        invoice_figures(build_invoice_basis(statement, NOBODY)),
        statement_figures(statement),
    )
    assert said["by_year"] == reported["by_year"]
    assert said["amount"] == reported["funded_all_years"]


ANSWER = st.sampled_from(["yes,,", "yes,2017,", "yes,2018,", "yes,,om alla är med", "no,,"])


@settings(max_examples=60)
@given(
    st.lists(st.tuples(st.integers(1, 5), ANSWER), max_size=9),
    st.sampled_from(["apart", "counts"]),
    st.sampled_from(["unforeseen", "frees", "binds"]),
)
def test_whatever_was_answered_the_invoices_are_what_is_secured(
    register_of: Callable[..., Register],
    five_members: pd.DataFrame,
    five_round: Round,
    said: list[tuple[int, str]],
    conditional: str,
    withdrawn: str,
) -> None:
    days = [f"2016-07-{at:02}" for at in range(1, 10)]
    lines = [f"000{n},{day},{day},,{text}," for day, (n, text) in zip(days, said, strict=False)]
    rules = {"conditional_yes": conditional, "withdrawn_yes": withdrawn}
    round_ = five_round.model_copy(update={"answers": AnswerRules.model_validate(rules)})
    register = register_of(*lines, heading=HEADING)
    statement = compute_statement(round_, five_members, register, [], DAY, DAY)
    found = invoice_figures(build_invoice_basis(statement, NOBODY))
    assert found["by_year"] == statement_figures(statement)["by_year"]
    assert found["members"] == statement.total.yes


def test_the_shipped_rounds_totals_agree_and_all_details_are_missing(
    shipped_on: Callable[[date, date], Statement],
) -> None:
    statement = shipped_on(date(2017, 2, 22), date(2017, 2, 22))
    said, reported = (
        invoice_figures(build_invoice_basis(statement, NOBODY)),
        statement_figures(statement),
    )
    assert (said["rows"], said["members"], said["requests"]) == (2 * 209, 209, 209)
    assert said["by_year"] == reported["by_year"]
    # Stockholm's case number is the only one that a source states.
    assert said["missing_members"] == {
        "organisation_number": 209,
        "case_number": 208,
        "buyer_reference": 209,
    }
    assert said["missing_round"] == ["our_reference", "vat"]
    assert (said["vat"], said["to_pay"]) == (None, None)


def test_what_is_missing_is_asked_for_once_a_member(on: Ask) -> None:
    known = [("0001", "212000-0142", "REF-1"), ("0003", "", "REF-3"), ("0002", "", "")]
    basis = build_invoice_basis(on(), pd.DataFrame(known, columns=NOBODY.columns))
    assert [(row.code, row.missing) for row in basis.requests] == [
        ("0003", ["organisation_number", "case_number"])
    ]
    assert basis.missing_members == {
        "organisation_number": 1,
        "case_number": 1,
        "buyer_reference": 0,
    }
    without = on(invoicing=InvoicingSettings(organisation_numbers="none"))
    basis = build_invoice_basis(without, pd.DataFrame(known, columns=NOBODY.columns))
    assert [(row.code, row.missing) for row in basis.requests] == [("0003", ["case_number"])]
    basis = build_invoice_basis(on(), pd.DataFrame(known, columns=NOBODY.columns))
    assert basis.rows[0].organisation_number == basis.rows[2].organisation_number == "212000-0142"


def test_a_member_described_twice_is_never_invoiced_twice(on: Ask) -> None:
    twice = pd.DataFrame([("0001", "", ""), ("0001", "", "")], columns=NOBODY.columns)
    with pytest.raises(pd.errors.MergeError):
        build_invoice_basis(on(), twice)


def test_what_the_round_leaves_out_is_missing_too(on: Ask) -> None:
    assert build_invoice_basis(on(), NOBODY).missing == ["our_reference", "vat"]
    stated = InvoicingSettings(our_reference="7310", vat="exempt")
    assert build_invoice_basis(on(invoicing=stated), NOBODY).missing == []


def test_without_a_rule_no_vat_is_guessed_and_exempt_is_nothing_on_top(on: Ask) -> None:
    unstated = build_invoice_basis(on(), NOBODY)
    assert (unstated.total.vat, unstated.total.to_pay, unstated.rows[0].to_pay) == (
        None,
        None,
        None,
    )
    exempt = build_invoice_basis(on(invoicing=InvoicingSettings(vat="exempt")), NOBODY)
    assert (exempt.total.vat, exempt.total.to_pay) == (0, 500_000)


def test_vat_is_added_invoice_by_invoice(on: Ask) -> None:
    # 0.125 % of 100 is 0.125 kr, up to 13 öre; of 300 it is 0.375 kr, up to 38: 13 + 38 + 13.
    rule = InvoicingSettings(vat="added", vat_percent="0.125")
    basis = build_invoice_basis(on(invoicing=rule), NOBODY)
    assert [row.vat for row in basis.rows] == [130, 380, 130]
    assert [row.to_pay for row in basis.rows] == [100_130, 300_380, 100_130]
    assert (basis.total.vat, basis.total.to_pay) == (640, 500_640)
    said = invoice_figures(basis)
    assert said["vat_by_year"] == {"2017": 0.51, "2018": 0.13}
    assert said["to_pay_by_year"] == {"2017": 400.51, "2018": 100.13}
    assert said["to_pay"] == 500.64


@pytest.mark.parametrize(
    ("amount", "rounded_to", "vat"),
    [
        (101, "öre", 12_630),
        (101, "krona", 13_000),  # 12.625 kr
        (100, "öre", 12_500),
        (100, "krona", 13_000),  # 12.50 kr: half goes up
        (99, "öre", 12_380),
        (99, "krona", 12_000),  # 12.375 kr
        (0, "öre", 0),
        (0, "krona", 0),
    ],
)
def test_vat_is_rounded_half_up_to_what_the_round_says(
    amount: int, rounded_to: str, vat: int
) -> None:
    values = {"vat": "added", "vat_percent": "12.5", "vat_rounded_to": rounded_to}
    assert vat_on(amount, InvoicingSettings.model_validate(values), 2) == vat


@given(st.integers(0, 10**9), st.integers(1, 9_999))
def test_vat_to_the_ore_is_the_nearest_there_is(amount: int, hundredths: int) -> None:
    percent = f"{hundredths // 100}.{hundredths % 100:02}"
    rule = InvoicingSettings.model_validate({"vat": "added", "vat_percent": percent})
    vat = vat_on(amount, rule, 2)
    assert vat is not None
    assert vat % 10 == 0  # whole öre
    exact = Fraction(amount * hundredths, 100)  # in öre
    assert Fraction(-1, 2) <= exact - vat // 10 < Fraction(1, 2)


@pytest.mark.parametrize(
    ("currency", "percent", "vat"),
    [
        ("JPY", "12.5", [13_000, 38_000, 13_000]),  # 12.5 and 37.5, half up: no decimals
        ("SEK", "0.125", [130, 380, 130]),
        ("KWD", "0.125", [125, 375, 125]),  # 0.125 and 0.375: three decimals
    ],
)
def test_vat_has_the_decimals_of_the_currency(
    on: Ask, currency: str, percent: str, vat: list[int]
) -> None:
    rule = InvoicingSettings(vat="added", vat_percent=percent)
    basis = build_invoice_basis(on(invoicing=rule, currency=currency), NOBODY)
    assert [row.vat for row in basis.rows] == vat  # of 100, 300 and 100
    assert basis.total.vat == sum(vat)
