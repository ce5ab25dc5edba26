"""Part pledges under a fee: what counts, what is a gift, and that the account adds up."""

from __future__ import annotations

from datetime import date
from fractions import Fraction
from pathlib import Path

import pytest

from helpers.data.round.invoicing_file import load_invoicing
from helpers.data.round.round_inputs import load_inputs
from helpers.errors import DataError, ReportError
from helpers.funding.billing.invoice_basis import build_invoice_basis
from helpers.funding.statement.round_statement import Statement
from helpers.funding.statement.statement_computation import compute_statement
from support.part_round import ANSWERS, ROUND, write_parts

DAY = date(2026, 3, 31)


def computed(day: date = DAY) -> Statement:
    given = load_inputs("parts")
    return compute_statement(given.round, given.members, given.register, [], day, day)


def test_a_part_counts_as_stated_and_a_gift_is_outside(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    # Fees of 10,000, 20,000, 30,000 and 40,000. A pays all, B 5,000 and C 30,000 with a gift.
    write_parts(tmp_path, monkeypatch)
    total = computed().total
    assert (total.yes, total.conditional, total.requested) == (3, 1, 100_000)
    assert total.funded == 10_000 + 5_000 + 30_000
    assert total.gifts == 36_000 - 30_000
    assert total.conditional_fees == 25_000
    # 15,000 of B's fee and 15,000 of D's.
    assert (total.uncovered, total.conditional_uncovered) == (30_000, 15_000)
    assert (total.gap, total.unanswered_fees, total.possible) == (55_000, 0, 55_000)
    assert (total.mean_fee_yes, total.mean_fee_others) == (20_000, 40_000)


def test_without_a_condition_it_counts_and_later_rows_replace_it(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    again = ["D,2026-03-10,2026-03-11,yes,40000,", "B,2026-03-10,2026-03-12,no,,"]
    write_parts(tmp_path, monkeypatch, answers=[*ANSWERS, *again])
    total = computed().total
    assert total.funded == 10_000 + 30_000 + 40_000
    assert (total.declined, total.uncovered, total.gifts) == (20_000, 0, 6_000)
    steps = computed().over_time.set_index("day")["funded"]
    assert steps.tolist() == [0, 10_000, 15_000, 45_000, 45_000, 85_000, 80_000, 80_000]


def test_decimals_are_rounded_half_up_once(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    write_parts(tmp_path, monkeypatch, answers=["B,2026-03-03,2026-03-05,yes,5000.50,"])
    assert computed().total.funded == 5_001


def test_what_is_invoiced_is_the_part_or_the_fee_with_the_gift(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    folder = write_parts(tmp_path, monkeypatch)
    statement = computed()
    basis = build_invoice_basis(statement, load_invoicing(folder, statement.on_day.everyone))
    assert [(row.code, row.fee, row.whole_fee) for row in basis.rows] == [
        ("A", 10_000, None), ("B", 5_000, 20_000), ("C", 36_000, 30_000),
    ]  # fmt: skip


def test_a_year_with_a_lower_fee_has_a_gift_and_one_with_a_higher_a_part(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    settings = ROUND.replace("100_000", "{ 2026 = 100_000, 2027 = 200_000 }")
    settings = settings.replace("[2026]", "[2026, 2027]")
    write_parts(
        tmp_path, monkeypatch, settings=settings, answers=["B,2026-03-03,2026-03-05,yes,30000,"]
    )
    # B's fee is 20,000 in 2026 and 40,000 in 2027.
    statement = computed()
    assert statement.on_day.secured[2026]["B"] == 20_000 + 10_000
    assert statement.on_day.secured[2027]["B"] == 30_000
    by_year = statement.on_day.tally_by_year
    assert (by_year[2026].funded, by_year[2026].gifts, by_year[2026].uncovered) == (
        20_000,
        10_000,
        0,
    )
    assert (by_year[2027].funded, by_year[2027].gifts, by_year[2027].uncovered) == (
        30_000,
        0,
        10_000,
    )


def test_a_member_that_leaves_pays_no_more_than_its_part_of_the_year(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    settings = ROUND.replace("part_pledges", 'part_of_year = "months"\npart_pledges')
    members = (
        "code,name,weight,valid_to,known_from\nA,Alm,1,2026-06-30,2026-01-01\n"
        "B,Berg,1,2026-06-30,2026-01-01\nC,Ceder,2,,\n"
    )
    answers = ["A,2026-03-03,2026-03-05,yes,4000,", "B,2026-03-03,2026-03-05,yes,20000,"]
    write_parts(tmp_path, monkeypatch, settings=settings, members=members, answers=answers)
    # Fees of 25,000: half a year is 12,500. A pays its 4,000, B 12,500 of its 20,000.
    for on in (DAY, date(2026, 8, 1)):
        total = computed(on).total
        assert total.funded == 4_000 + 12_500
        assert total.gifts == 0
        assert total.unanswered_fees == 50_000
        assert total.funded + total.unanswered_fees + total.uncovered + total.lost == 100_000


@pytest.mark.parametrize(
    ("row", "message"),
    [
        (
            "B,2026-03-03,2026-03-05,yes,five,",
            "column amount: 'five' is not an amount",
        ),
        ("B,2026-03-03,2026-03-05,yes,0,", "column amount: '0' is less than one unit"),
        ("B,2026-03-03,2026-03-05,yes,-5,", "column amount: '-5' is below zero"),
        (
            "B,2026-03-03,2026-03-05,no,500,",
            "column amount: '500' is stated together with a no",
        ),
    ],
)
def test_an_amount_that_means_nothing_is_an_error(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, row: str, message: str
) -> None:
    write_parts(tmp_path, monkeypatch, answers=[row])
    with pytest.raises(DataError) as caught:
        load_inputs("parts")
    [problem] = map(str, caught.value.problems)
    assert message in problem


@pytest.mark.parametrize(
    ("heading", "cell", "message"),
    [
        ("currency", "EUR", "column currency: 'EUR' is not the currency of the fees, SEK."),
        ("confirmed", "yes", "column confirmed: 'yes' is stated as confirmed"),
    ],
)
def test_other_columns_of_pledges_are_refused(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, heading: str, cell: str, message: str
) -> None:
    write_parts(
        tmp_path,
        monkeypatch,
        heading=f"code,decided_on,received_on,decision,amount,{heading}",
        answers=[f"B,2026-03-03,2026-03-05,yes,500,{cell}"],
    )
    with pytest.raises(DataError) as caught:
        load_inputs("parts")
    assert any(message in str(problem) for problem in caught.value.problems)


CONFIRMED_HEADING = "code,decided_on,received_on,decision,amount,confirmed"


@pytest.mark.parametrize("amount", ["", "500"])
@pytest.mark.parametrize("confirmed", ["yes", "500"])
def test_a_confirmed_amount_is_refused_with_and_without_an_amount(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, amount: str, confirmed: str
) -> None:
    row = f"B,2026-03-03,2026-03-05,yes,{amount},{confirmed}"
    write_parts(tmp_path, monkeypatch, heading=CONFIRMED_HEADING, answers=[row])
    with pytest.raises(DataError) as caught:
        load_inputs("parts")
    [problem] = map(str, caught.value.problems)
    assert f"column confirmed: '{confirmed}' is stated as confirmed" in problem


@pytest.mark.parametrize("confirmed", ["", "no", "nej", "0", "0,00", "-"])
def test_nothing_confirmed_may_be_stated(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, confirmed: str
) -> None:
    row = f'B,2026-03-03,2026-03-05,yes,500,"{confirmed}"'
    write_parts(tmp_path, monkeypatch, heading=CONFIRMED_HEADING, answers=[row])
    assert computed().total.funded == 500


def test_without_the_setting_another_amount_than_the_fee_is_an_error(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    write_parts(
        tmp_path,
        monkeypatch,
        settings=ROUND.replace("part_pledges = true\n", ""),
        answers=["A,2026-03-03,2026-03-04,yes,10000,", "B,2026-03-03,2026-03-05,yes,10000,"],
    )
    with pytest.raises(DataError) as caught:
        load_inputs("parts")
    [problem] = caught.value.problems
    # 10,000 is A's fee; B's is 20,000.
    assert (problem.file, problem.row, problem.value) == ("decisions.csv", 3, "10000")
    assert "column amount: '10000' is not the member's fee" in str(problem)
    assert "write part_pledges = true in round.toml" in str(problem)


@pytest.mark.parametrize(
    ("old", "new", "message"),
    [
        ('rule = "by-weight"', 'rule = "pledges"', "part_pledges is about fees"),
        (
            'rule = "by-weight"',
            'rule = "shared-cost"\npopulation_year = 2020\ncost = 9\nhighest_rate = "2"',
            'part_pledges does not fit the rule "shared-cost"',
        ),
        (
            'rule = "by-weight"',
            'rule = "rate-with-ceiling"\npopulation_year = 2020\nceiling = 9\nrate = "2"',
            'part_pledges does not fit the rule "rate-with-ceiling"',
        ),
        (
            "[pricing]",
            "[sharing]\nhighest_increase_percent = 9\n[pricing]",
            "[sharing] raises fees",
        ),
    ],
)
def test_what_does_not_fit_is_refused(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, old: str, new: str, message: str
) -> None:
    settings = ROUND.replace(old, new)
    if "shared" in new or "rate-with" in new:
        settings = settings.replace("requested = 100_000\n", "")
    write_parts(tmp_path, monkeypatch, settings=settings)
    with pytest.raises(ReportError) as caught:
        load_inputs("parts")
    assert message in str(caught.value)


def test_a_share_is_of_the_requested_amount_alone(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    write_parts(tmp_path, monkeypatch)
    assert computed().total.funded_share == Fraction(45, 100)
