"""The ladder from a yes to the money: worked out by hand, and what holds of every ladder."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from datetime import date

import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st

from helpers.data.round.payments_file import load_payments
from helpers.funding.billing.payment_counts import PaymentCounts
from helpers.funding.billing.receivables import Receivable
from helpers.funding.billing.receivables_ledger import (
    RECEIVABLE_SUMS,
    ReceivablesLedger,
    build_receivables_ledger,
    sum_receivables,
)
from helpers.funding.figures_json.billing_json import payment_figures
from helpers.funding.statement.statement_computation import compute_statement
from helpers.model.answer_register import Register
from helpers.model.funding_round import Round
from helpers.model.settings.round_settings import Answer, AnswerRules

# In whole kronor: secured, invoiced, paid; then what is not invoiced, to credit, outstanding,
# overpaid.
CASES = {
    "settled": ((100, 100, 100), (0, 0, 0, 0)),
    "nothing sent": ((100, 0, 0), (100, 0, 0, 0)),
    "not paid": ((100, 100, 0), (0, 0, 100, 0)),
    "paid in part": ((100, 100, 60), (0, 0, 40, 0)),
    "invoiced in part": ((100, 60, 0), (40, 0, 60, 0)),
    "overpaid": ((100, 100, 150), (0, 0, 0, 50)),
    "paid before the invoice": ((100, 0, 100), (0, 0, 0, 0)),
    "a part paid before the invoice": ((100, 0, 30), (70, 0, 0, 0)),
    "a part invoiced, more than it paid": ((100, 60, 80), (20, 0, 0, 0)),
    "more than all paid before the invoice": ((100, 0, 130), (0, 0, 0, 30)),
    "invoiced too much, and paid": ((100, 130, 130), (0, 30, 0, 30)),
    "invoiced too much, not yet paid": ((100, 130, 0), (0, 30, 100, 0)),
    "no fee, not paid": ((0, 100, 0), (0, 100, 0, 0)),
    "no fee, paid in part": ((0, 100, 60), (0, 100, 0, 60)),
    "no fee, credited, not paid back": ((0, 0, 100), (0, 0, 0, 100)),
}


@pytest.mark.parametrize(("given_", "left"), CASES.values(), ids=CASES)
def test_each_step_leaves_what_it_should(
    given_: tuple[int, int, int], left: tuple[int, ...]
) -> None:
    secured, invoiced, paid = (1000 * amount for amount in given_)
    position = Receivable("1", "Alm", 2017, secured, invoiced, paid)
    found = (
        position.not_invoiced,
        position.credit_due,
        position.outstanding,
        position.overpaid,
    )
    assert found == tuple(1000 * amount for amount in left)
    assert (position.residue_invoiced, position.residue_paid) == (0, 0)


@pytest.mark.parametrize("answer", ["no", "unanswered", "conditional"])
def test_what_is_paid_without_a_yes_is_a_part_of_its_own(answer: Answer) -> None:
    position = Receivable("1", "Alm", 2017, 0, 100_000, 60_000, answer=answer)
    assert (position.paid_without_yes, position.overpaid, position.paid_net) == (60_000, 0, 0)
    assert (position.credit_due, position.not_invoiced, position.needs_action) == (100_000, 0, True)


@pytest.mark.parametrize(
    ("paid", "outstanding", "overpaid", "residue"),
    [(99_000, 1_000, 0, 0), (99_001, 0, 0, 999), (100_999, 0, 0, -999), (101_000, 0, 1_000, 0)],
)
def test_less_than_a_krona_is_settled(
    paid: int, outstanding: int, overpaid: int, residue: int
) -> None:
    position = Receivable("1", "Alm", 2017, 100_000, 100_000, paid)
    found = (position.outstanding, position.overpaid, position.residue_paid)
    assert found == (outstanding, overpaid, residue)


def test_less_than_a_krona_between_secured_and_invoiced_is_settled_too() -> None:
    below, above = (Receivable("1", "A", 2017, 100_000, sent, sent) for sent in (99_500, 100_500))
    assert (below.not_invoiced, below.residue_invoiced, below.needs_action) == (0, 500, False)
    assert (above.credit_due, above.residue_invoiced, above.needs_action) == (0, -500, False)
    # A whole krona is not.
    assert Receivable("1", "A", 2017, 100_000, 99_000, 0).not_invoiced == 1_000
    assert Receivable("1", "A", 2017, 100_000, 101_000, 0).credit_due == 1_000


@pytest.mark.parametrize(
    ("secured", "withdrawn", "reason"),
    [(0, True, "withdrawn"), (0, False, "no yes"), (100_000, False, "above the fee")],
)
def test_a_credit_has_its_reason(secured: int, withdrawn: bool, reason: str) -> None:
    answer: Answer = "yes" if secured else "no"
    position = Receivable("1", "A", 2017, secured, 200_000, 0, withdrawn, answer)
    assert position.credit_reason == reason
    assert replace(position, invoiced=secured).credit_reason is None


MONEY = st.integers(0, 500_000)
FEE = st.integers(0, 500).map(lambda kronor: 1000 * kronor)
WITH_YES = st.builds(
    Receivable, st.just("1"), st.just("A"), st.just(2017), FEE, MONEY, MONEY, st.booleans()
)
WITHOUT_YES = st.builds(
    Receivable,
    st.just("1"),
    st.just("A"),
    st.just(2017),
    st.just(0),
    MONEY,
    MONEY,
    st.booleans(),
    st.sampled_from(["no", "unanswered", "conditional"]),
)
POSITIONS = st.lists(st.one_of(WITH_YES, WITHOUT_YES), min_size=1, max_size=8)


@given(POSITIONS)
def test_the_parts_always_add_up(positions: list[Receivable]) -> None:
    for total in (sum_receivables(positions), *map(sum_receivables, ([p] for p in positions))):
        asked_or_paid = total.invoiced_net + total.paid_uninvoiced
        assert total.secured == asked_or_paid + total.not_invoiced + total.residue_invoiced
        assert asked_or_paid == total.paid_net + total.outstanding + total.residue_paid
        assert total.invoiced == total.invoiced_net + total.credit_due
        assert total.paid == total.paid_net + total.overpaid + total.paid_without_yes
        assert total.outstanding_net == total.outstanding - total.overpaid
        parts = (total.not_invoiced, total.credit_due, total.outstanding, total.overpaid)
        assert min(*parts, total.paid_uninvoiced, total.paid_without_yes) >= 0


@given(POSITIONS)
def test_no_step_leaves_something_on_both_sides_or_a_residue_of_a_krona(
    positions: list[Receivable],
) -> None:
    for one in positions:
        assert 0 in (one.not_invoiced, one.credit_due)
        assert 0 in (one.outstanding, one.overpaid)
        assert 0 in (one.outstanding, one.paid_uninvoiced)
        assert 0 in (one.overpaid, one.paid_without_yes)
        assert max(abs(one.residue_invoiced), abs(one.residue_paid)) < 1000


@given(POSITIONS, MONEY)
def test_an_overpayment_never_hides_anothers_gap(positions: list[Receivable], more: int) -> None:
    first, *others = positions
    # All that is due has been paid, and then more.
    settled = replace(first, answer="yes", paid=first.secured)
    over = replace(settled, paid=settled.paid + more)
    assert (
        sum_receivables([over, *others]).outstanding
        == sum_receivables([settled, *others]).outstanding
    )
    assert sum_receivables([over, *others]).outstanding == sum_receivables(others).outstanding


UNFORESEEN = AnswerRules()
HEADING = "code,decided_on,received_on,registered_on,decision,years"
# Fees 100 Alm, 200 Berg, 300 Dal, 400 Ek, 900 Fors. Ek withdraws in August; Dal pays only 2017.
ANSWERS = [
    "0001,2016-06-15,2016-06-20,,yes,",
    "0002,2016-06-15,2016-06-20,,no,",
    "0003,2016-06-15,2016-06-20,,yes,2017",
    "0004,2016-06-15,2016-06-20,,yes,",
    "0004,2016-08-05,2016-08-10,,no,",
]
PAYMENTS = """code,year,invoiced_on,amount,paid_on,paid
0001,2017,2016-07-10,100,2016-07-20,40
0001,2017,,,2016-09-01,60.50
0002,2017,2016-07-10,200,,
0003,2017,2016-07-10,300,2016-07-15,350
0004,2017,2016-07-10,400,2016-07-31,400
0001,2018,2017-02-01,100,,
"""


@pytest.fixture
def on(
    register_of: Callable[..., Register],
    five_members: pd.DataFrame,
    five_round: Round,
    tmp_path_factory: pytest.TempPathFactory,
) -> Callable[..., ReceivablesLedger]:
    folder = tmp_path_factory.mktemp("payments")
    (folder / "payments.csv").write_text(PAYMENTS, encoding="utf-8")

    def ask(as_of: str, known_on: str = "", rules: AnswerRules = UNFORESEEN) -> ReceivablesLedger:
        round_ = five_round.model_copy(update={"answers": rules})
        days = (date.fromisoformat(as_of), date.fromisoformat(known_on or as_of))
        register = register_of(*ANSWERS, heading=HEADING)
        payments = load_payments(folder, five_members, five_round)
        assert payments is not None
        return build_receivables_ledger(
            compute_statement(round_, five_members, register, [], *days), payments
        )

    return ask


def test_the_ladder_of_five_members(on: Callable[..., ReceivablesLedger]) -> None:
    # Secured: 2017 Alm 100, Dal 300, Ek 400; 2018 Alm 100, Ek 400.
    # Alm has paid 40 of 100, Dal 350 of 300, Ek 400; Berg's 200 has no yes behind it. Dal has
    # settled 2017 and paid more; Alm and Ek have 2018 left.
    found = on("2016-07-31")
    first, second = found.by_year[2017], found.by_year[2018]
    assert (first.secured, first.invoiced, first.paid) == (800_000, 1_000_000, 790_000)
    assert (first.invoiced_net, first.paid_net, first.credit_due) == (800_000, 740_000, 200_000)
    assert (first.outstanding, first.overpaid, first.outstanding_net) == (60_000, 50_000, 10_000)
    assert (second.secured, second.not_invoiced, second.invoiced) == (500_000, 500_000, 0)
    assert found.all_years.secured == 1_300_000
    assert [(p.name, p.year) for p in found.uninvoiced] == [("Alm", 2018), ("Ek", 2018)]
    assert found.counts_by_year[2017] == PaymentCounts(1, 1, 0, 1, 0)
    assert found.counts_by_year[2018] == PaymentCounts(0, 0, 2, 0, 0)
    assert found.counts == PaymentCounts(0, 2, 0, 1, 0)


def test_what_we_owe_comes_first_among_those_to_act_on(
    on: Callable[..., ReceivablesLedger],
) -> None:
    # Berg is to be credited 200, Dal repaid 50; Alm owes 60.
    assert [p.name for p in on("2016-07-31").to_act_on] == ["Berg", "Dal", "Alm"]


@pytest.mark.parametrize(
    ("as_of", "known_on", "invoiced", "paid", "known", "later"),
    [
        ("2016-07-09", "", 0, 0, 0, 6),
        ("2016-07-10", "", 1_000, 0, 4, 5),  # Berg's row alone has no later day
        ("2016-07-15", "", 1_000, 350, 4, 4),
        ("2016-07-31", "", 1_000, 790, 4, 2),
        ("2016-07-31", "2016-07-15", 1_000, 350, 4, 4),
        ("2016-07-15", "2017-03-01", 1_000, 350, 4, 4),
        ("2017-02-01", "", 1_100, 850.5, 6, 0),
    ],
)
def test_a_later_day_is_not_yet_known(
    on: Callable[..., ReceivablesLedger],
    as_of: str,
    known_on: str,
    invoiced: int,
    paid: float,
    known: int,
    later: int,
) -> None:
    found = on(as_of, known_on)
    total = found.all_years
    assert (total.invoiced, total.paid) == (1000 * invoiced, 1000 * paid)
    assert (found.rows_known, found.rows_not_yet_known) == (known, later)


def test_a_withdrawn_yes_is_credited_unless_it_binds(on: Callable[..., ReceivablesLedger]) -> None:
    [ek] = [p for p in on("2016-08-31").to_act_on if p.name == "Ek"]
    assert (ek.credit_due, ek.paid_without_yes, ek.credit_reason) == (400_000, 400_000, "withdrawn")
    bound = on("2016-08-31", rules=AnswerRules(withdrawn_yes="binds"))
    assert "Ek" not in [p.name for p in bound.to_act_on]


def test_the_figures_are_in_kronor_exactly(on: Callable[..., ReceivablesLedger]) -> None:
    found = payment_figures(on("2016-09-01"))
    assert found is not None
    # Alm has paid 100.50 of 100: settled, half a krona over.
    year = found["by_year"]["2017"]
    assert (year["paid"], year["residue_paid"], year["outstanding"]) == (850.5, -0.5, 0)
    assert [(p["code"], p["credit_reason"]) for p in found["positions"]] == [
        ("0004", "withdrawn"),
        ("0002", "no yes"),
        ("0003", None),
    ]
    assert payment_figures(None) is None


def test_the_figures_by_name(on: Callable[..., ReceivablesLedger]) -> None:
    # As the ladder above, in kronor. Two rows tell of later days: Alm's second and 2018.
    found = payment_figures(on("2016-07-31"))
    assert found is not None
    nothing = dict.fromkeys(RECEIVABLE_SUMS, 0)
    members = ("settled", "part", "nothing", "overpaid", "without_yes")

    def counted(*numbers: int) -> dict[str, int]:
        return dict(zip((f"members_{name}" for name in members), numbers, strict=True))

    first = {
        "invoiced": 1_000,
        "credit_due": 200,
        "paid": 790,
        "overpaid": 50,
        "paid_net": 740,
        "invoiced_net": 800,
        "outstanding": 60,
        "outstanding_net": 10,
    }
    alm = {
        "secured": 100,
        "invoiced": 100,
        "invoiced_net": 100,
        "paid": 40,
        "paid_net": 40,
        "outstanding": 60,
        "outstanding_net": 60,
    }
    whose = {"code": "0001", "name": "Alm", "year": 2017, "credit_reason": None}
    assert found.pop("positions")[-1] == nothing | alm | whose
    assert found == {
        "rows_known": 4,
        "rows_not_yet_known": 2,
        "uninvoiced": 2,
        "amounts_rounded": 0,
        "rounding_invoiced": 0,
        "rounding_paid": 0,
        "overpaid_rule": "repaid",
        "by_year": {
            "2017": nothing
            | {"secured": 800, "paid_share": 740 / 800}
            | first
            | counted(1, 1, 0, 1, 0),
            "2018": nothing
            | {"secured": 500, "not_invoiced": 500, "paid_share": 0.0}
            | counted(0, 0, 2, 0, 0),
        },
        "all_years": nothing
        | {"secured": 1_300, "not_invoiced": 500, "paid_share": 740 / 1_300}
        | first
        | counted(0, 2, 0, 1, 0),
    }
    # Whole kronor are whole numbers in JSON: 800, not 800.0.
    del found["all_years"]["paid_share"]
    assert {type(amount) for amount in found["all_years"].values()} == {int}
