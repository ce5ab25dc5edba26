"""What may stand in payments.csv, and how every mistake in it is named at once."""

from __future__ import annotations

from collections.abc import Callable
from fractions import Fraction
from pathlib import Path

import pandas as pd
import pytest

from helpers.data.cells.money_amounts import (
    ambiguous_amounts,
    parse_amount,
    round_amount,
    rounding_residue,
)
from helpers.data.round.payments_file import load_payments
from helpers.errors import DataError
from helpers.model.funding_round import Round

HEADING = "code,year,invoiced_on,amount,paid_on,paid"
Load = Callable[..., pd.DataFrame | None]


@pytest.fixture
def load(tmp_path: Path, five_members: pd.DataFrame, five_round: Round) -> Load:
    def read(
        *lines: str, heading: str = HEADING, round_: Round = five_round
    ) -> pd.DataFrame | None:
        text = "\n".join([heading, *lines]) + "\n"
        (tmp_path / "payments.csv").write_text(text, encoding="utf-8")
        return load_payments(tmp_path, five_members, round_)

    return read


def problems(load: Load, *lines: str) -> list[tuple[int | None, str | None, str]]:
    with pytest.raises(DataError) as error:
        load(*lines)
    assert all(problem.file == "payments.csv" for problem in error.value.problems)
    return [(p.row, p.column, f"{p.what} {p.remedy}") for p in error.value.problems]


def test_a_round_without_the_file_has_no_payments(
    tmp_path: Path, five_members: pd.DataFrame, five_round: Round
) -> None:
    assert load_payments(tmp_path, five_members, five_round) is None


def test_invoices_and_payments_are_read_to_the_ore(load: Load) -> None:
    rows = load(
        "0001,2017,2017-03-01,100,2017-04-01,99.50",
        "0001,2017,,,2017-04-08,0.5",  # a further payment
        "0003,2018,3 mars 2017,300,,",
        "0004,2017,2017-03-01,400,,0",  # unpaid, in figures
        "0004,2017,2017-05-01,-400,,",  # and credited
    )
    assert rows is not None
    assert rows["code"].tolist() == ["0001", "0001", "0003", "0004", "0004"]
    assert rows["year"].tolist() == [2017, 2017, 2018, 2017, 2017]
    assert rows["amount"].tolist() == [100_000, 0, 300_000, 400_000, -400_000]
    assert rows["paid"].tolist() == [99_500, 500, 0, 0, 0]
    assert rows["invoiced_on"].dt.strftime("%m%d").tolist()[::2] == ["0301", "0303", "0501"]
    assert rows["paid_on"].notna().tolist() == [True, True, False, False, False]


def test_the_file_may_be_the_spreadsheets_and_may_hold_more_columns(load: Load) -> None:
    rows = load(
        "0001;2017;2017-03-01;1 234,50;;;Kim", heading=HEADING.replace(",", ";") + ";contact"
    )
    assert rows is not None
    assert rows["amount"].tolist() == [1_234_500]
    assert "contact" not in rows.columns


def test_a_file_of_headings_alone_has_no_rows(load: Load) -> None:
    rows = load()
    assert rows is not None
    assert len(rows) == 0
    assert rows.dtypes["amount"] == "int64"


@pytest.mark.parametrize(
    ("text", "value"),
    [
        ("12", "12"),
        ("12.3", "12.3"),
        ("12,34", "12.34"),
        ("-0.01", "-0.01"),
        ("1\u00a0000", "1000"),
        ("12 345 678", "12345678"),
        ("", None),
        ("1234.567", "1234.567"),
        ("0,123456", "0.123456"),
        ("123456789012", "123456789012"),
        ("1234567890123", None),
        ("0.1234567", None),
        ("1.234.567", None),
        ("1e3", None),
        ("1 00", None),
        ("1,000.00", None),
        ("kr 5", None),
        ("\u0661", None),
        ("−5", None),
    ],
)
def test_an_amount_is_read_exactly_or_not_at_all(text: str, value: str | None) -> None:
    assert parse_amount(text) == (None if value is None else Fraction(value))


@pytest.mark.parametrize(
    ("amount", "digits", "thousandths", "residue"),
    [
        ("1234.567", 2, 1_234_570, 3_000),  # 1234.57, 0.003 more
        ("1234.564", 2, 1_234_560, -4_000),
        ("1234.565", 2, 1_234_570, 5_000),  # half up
        ("-1234.565", 2, -1_234_570, -5_000),  # as the same positive amount
        ("1234.5649", 2, 1_234_560, -4_900),  # once: 1234.565 would be 1234.57
        ("1234.567", 3, 1_234_567, 0),
        ("1234.5678", 3, 1_234_568, 200),
        ("1234.5", 0, 1_235_000, 500_000),
        ("1234", 0, 1_234_000, 0),
    ],
)
def test_an_amount_is_rounded_once_to_the_currencys_minor_unit(
    amount: str, digits: int, thousandths: int, residue: int
) -> None:
    assert round_amount(Fraction(amount), digits) == thousandths
    assert rounding_residue(Fraction(amount), digits) == residue


@pytest.mark.parametrize(
    ("texts", "doubtful"),
    [
        (["1.234", "500"], {"1.234"}),  # 1234, or 1.23
        (["1.234", "1234.567"], set()),  # a point is no separator of thousands here
        (["1,234", "1234.567"], {"1,234"}),
        (["1.234", "0.125"], set()),
        (["-12.345", "7.50"], set()),
        (["123.456", "999.000", "x", ""], {"123.456", "999.000"}),
        (["1 234,567"], set()),
    ],
)
def test_three_digits_after_a_separator_are_decimals_only_if_the_file_shows_it(
    texts: list[str], doubtful: set[str]
) -> None:
    assert ambiguous_amounts(texts) == doubtful


@pytest.mark.parametrize(("stated", "remedy"), [("1,234", "1,2340"), ("1.234", "1.2340")])
def test_three_digits_may_be_thousands_of_dinars_too(
    load: Load, five_round: Round, stated: str, remedy: str
) -> None:
    # 1,234 dinars, or 1 dinar and 234 fils: a thousand times as much.
    dinars = five_round.model_copy(update={"currency": "KWD"})
    line = f'0001,2017,2017-03-01,"{stated}",,'
    with pytest.raises(DataError, match=f"Write 1234 or, for decimals, {remedy}") as error:
        load(line, round_=dinars)
    assert [(one.row, one.column) for one in error.value.problems] == [(2, "amount")]
    rows = load(line, f'0002,2017,2017-03-01,"{remedy}",,', round_=dinars)
    assert rows is not None
    assert rows["amount"].tolist() == [1_234, 1_234]


def test_sums_of_the_largest_amounts_are_whole(load: Load) -> None:
    largest = "999999999999.99"
    rows = load(
        *(f"000{n},{year},2017-03-01,{largest},," for n in range(1, 6) for year in (2017, 2018))
    )
    assert rows is not None
    assert int(rows["amount"].sum()) == 10 * 999_999_999_999_990
    with pytest.raises(DataError, match="is not an amount of money"):
        load("0001,2017,2017-03-01,1000000000000,,")


def test_thousandths_are_rounded_and_the_difference_is_kept(load: Load) -> None:
    # 100.004 + 99.996 is 200: 100.00 and 100.00, −0.004 and +0.004.
    rows = load("0001,2017,2017-03-01,1000.004,2017-04-01,99.9961")
    assert rows is not None
    assert (rows["amount"].tolist(), rows["paid"].tolist()) == ([1_000_000], [100_000])
    assert rows["amount_rounding"].tolist() == [-4_000]
    assert rows["paid_rounding"].tolist() == [3_900]


@pytest.mark.parametrize(
    ("currency", "paid", "thousandths"),
    [("JPY", "1234.5", 1_235_000), ("SEK", "1234.5", 1_234_500), ("KWD", "0.234", 234)],
)
def test_amounts_have_the_decimals_of_the_currency(
    tmp_path: Path,
    five_members: pd.DataFrame,
    five_round: Round,
    currency: str,
    paid: str,
    thousandths: int,
) -> None:
    line = f"{HEADING}\n0001,2017,,,2017-04-01,{paid}\n"
    (tmp_path / "payments.csv").write_text(line, encoding="utf-8")
    round_ = five_round.model_copy(update={"currency": currency})
    rows = load_payments(tmp_path, five_members, round_)
    assert rows is not None
    assert rows["paid"].tolist() == [thousandths]


ALONE = {
    "unknown code": (
        "0009,2017,2017-03-01,100,,", "code",
        "'0009' is not a member of this round. Write it as members have it.",
    ),
    "code without its zeros": (
        "1,2017,2017-03-01,100,,", "code",
        "'1' is not a member of this round. Write it as members have it.",
    ),
    "another year": (
        "0001,2019,2017-03-01,100,,", "year",
        "'2019' is not a year of the round. Write one of 2017, 2018.",
    ),
    "three decimals or thousands": (
        "0001,2017,2017-03-01,1.234,,", "amount",
        "'1.234' may be thousands or three decimals. Write 1234 or, for decimals, 1.2340.",
    ),
    "not a number": (
        "0001,2017,2017-03-01,1.234.567,,", "amount",
        "'1.234.567' is not an amount of money. Write it as 12345.50.",
    ),
    "no such day": (
        "0001,2017,2017-02-30,100,,", "invoiced_on",
        "'2017-02-30' is not a day that exists. Write an existing day as YYYY-MM-DD.",
    ),
    "paid without a day": (
        "0001,2017,2017-03-01,100,,100", "paid_on",
        "A blank cell leaves the day out although paid is given. Write the day as YYYY-MM-DD.",
    ),
    "a day without what was paid": (
        "0001,2017,2017-03-01,100,2017-04-01,", "paid",
        "A blank cell leaves the amount out although paid_on is given. Write the amount.",
    ),
    "invoiced without a day": (
        "0001,2017,,100,,", "invoiced_on",
        "A blank cell leaves the day out although amount is given. Write the day as YYYY-MM-DD.",
    ),
    "invoiced nothing": (
        "0001,2017,2017-03-01,0,,", "amount",
        "'0' leaves the amount out although invoiced_on is given. Write the amount.",
    ),
    "before the round": (
        "0001,2017,2016-06-09,100,,", "invoiced_on",
        "'2016-06-09' is before the round began on 2016-06-10. Check the date.",
    ),
    "paid before it was invoiced": (
        "0001,2017,2017-03-02,100,2017-03-01,100", "paid_on",
        "'2017-03-01' is before the invoice. Check both dates.",
    ),
    "nothing at all": (
        "0001,2017,,,,", "amount",
        "A blank cell is neither invoiced nor paid. Fill it in or delete the row.",
    ),
    "credited without an invoice": (
        "0001,2017,2017-03-01,-100,,", "amount",
        "'-100' makes more credited than invoiced for the year. Check the amounts.",
    ),
}  # fmt: skip


@pytest.mark.parametrize(("line", "column", "said"), ALONE.values(), ids=ALONE)
def test_what_is_wrong_is_said_with_its_place(
    load: Load, line: str, column: str, said: str
) -> None:
    assert problems(load, line) == [(2, column, said)]


def test_everything_wrong_is_said_at_once(load: Load) -> None:
    lines = ("0009,2016,2017-03-01,100,,", "0001,2017,2017-03-01,100,,", "0002,2017,,x,2017,1")
    assert [(row, column) for row, column, _ in problems(load, *lines)] == [
        (2, "code"),
        (2, "year"),
        (4, "amount"),
        (4, "paid_on"),
    ]


STANDS_TWICE = {
    "the invoice": ("0001,2017,2017-03-01,100,,", "0001,2017,2017-03-01,100,,"),
    "the invoice, paid in the copy": (
        "0001,2017,2017-03-01,100,,", "0001,2017,2017-03-01,100,2017-04-01,100",
    ),
    "a further payment": ("0001,2017,,,2017-04-01,50", "0001,2017,,,2017-04-01,50"),
}  # fmt: skip


@pytest.mark.parametrize("lines", STANDS_TWICE.values(), ids=STANDS_TWICE)
def test_a_row_that_stands_twice_is_an_error(load: Load, lines: tuple[str, str]) -> None:
    [(row, column, said)] = problems(load, *lines)
    assert (row, column) == (3, "code")
    assert "occurs twice" in said


def test_an_invoice_and_its_credit_note_may_be_of_one_day(load: Load) -> None:
    rows = load("0001,2017,2017-03-01,100,,", "0001,2017,2017-03-01,-100,,")
    assert rows is not None
    assert rows["amount"].sum() == 0


def test_a_missing_column_is_named(load: Load) -> None:
    with pytest.raises(DataError, match="there is no column 'paid_on'"):
        load("0001,2017,2017-03-01,100", heading="code,year,invoiced_on,amount")
