"""What a letter says of invoices and payments, and what it no longer asks for."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from pathlib import Path

import pandas as pd
import pytest

from helpers.data.round.payments_file import load_payments
from helpers.model.answer_register import Register
from helpers.model.funding_round import Round
from helpers.model.settings.round_settings import InvoicingSettings
from helpers.report.correspondence.credit_letter import CreditLetter
from helpers.report.correspondence.member_letter import MemberLetter
from helpers.report.letter_report import MunicipalityLetter
from support.letter_reports import report_on, text_of

DAY = date(2017, 4, 15)
# Fees 100 Alm, 200 Berg, 300 Dal, 400 Ek, 900 Fors, for 2017 and 2018; Dal has not answered.
HISTORY = [
    "0001,2016-06-15,2016-06-20,,yes",
    "0002,2016-06-25,2016-06-25,,no",
    "0004,2016-07-05,2016-07-10,,yes",
    "0005,2016-07-05,2016-07-10,,yes",
]
PAYMENTS = """code,year,invoiced_on,amount,paid_on,paid
0001,2017,2017-01-10,100,2017-02-01,100
0001,2018,,,2017-02-01,100
0002,2017,,,2017-02-01,200
0003,2017,2017-01-10,300,2017-02-01,300
0004,2017,2017-01-10,400,2017-02-01,250
0005,2017,2017-01-10,900,2017-02-01,1000.50
0005,2018,2017-01-10,900,,
"""
REFERENCE = "Meddela oss vilken referens ni vill ha på fakturan."
Write = Callable[..., str]


@pytest.fixture
def letter_to(
    register_of: Callable[..., Register],
    five_members: pd.DataFrame,
    five_round: Round,
    tmp_path: Path,
) -> Write:
    """All that a letter says to the member with this last digit."""
    (tmp_path / "payments.csv").write_text(PAYMENTS, encoding="utf-8")

    def write(
        digit: int,
        rule: str = "repaid",
        language: str = "sv",
        kind: type[MemberLetter] = MunicipalityLetter,
    ) -> str:
        invoicing = InvoicingSettings.model_validate({"overpaid": rule})
        round_ = five_round.model_copy(update={"invoicing": invoicing})
        paid = load_payments(tmp_path, five_members, round_)
        register = register_of(*HISTORY)
        report = report_on(round_, five_members, register, DAY, language, paid)
        return text_of(kind.of(report, f"000{digit}"))

    return write


def test_a_member_that_has_paid_everything_is_thanked_and_asked_for_nothing(
    letter_to: Write,
) -> None:
    text = letter_to(1)
    assert (
        "Till och med den 15 april 2017 har vi fakturerat er 100 kr, och ni har betalat 200 kr. "
        "Därmed är hela avgiften betald. Tack!"
    ) in text
    assert REFERENCE not in text
    assert "- Ni behöver inte göra något mer." in text


def test_a_no_that_has_paid_gets_its_money_back(letter_to: Write) -> None:
    text = letter_to(2)
    assert "200 kr av det som ni har betalat gäller år som ni inte har sagt ja till." in text
    assert (
        "Ange er kod, 0002, och beslutets datum.\n"
        "- Ni ska inte betala något. Skriv till oss hur ni vill ha pengarna tillbaka."
    ) in text
    assert "Ni står utanför. Om ni går med" in text
    assert "betalar ingenting" not in text


def test_a_member_without_an_answer_is_told_what_its_money_would_count_for(
    letter_to: Write,
) -> None:
    text = letter_to(3)
    assert (
        "har vi fakturerat er 300 kr, och ni har betalat 300 kr. 300 kr är fakturerat för mycket "
        "och krediteras. 300 kr av det som ni har betalat gäller år som ni inte har sagt ja till."
    ) in text
    assert "- Säger ni ja räknas det som ni redan har betalat mot avgiften." in text


def test_a_part_is_paid_and_the_next_year_is_not_invoiced(letter_to: Write) -> None:
    text = letter_to(4)
    assert "150 kr är inte betalda, och 400 kr är inte fakturerade än." in text
    assert REFERENCE in text


def test_what_is_overpaid_is_repaid_or_kept_by_the_rounds_rule(letter_to: Write) -> None:
    # 1 000.50 for 900: 100.50 too much, and 2018 is invoiced with 900.
    repaid, kept = letter_to(5), letter_to(5, rule="advance")
    assert "900 kr är inte betalda. Ni har betalat 100,50 kr för mycket, som vi betalar" in repaid
    assert "- Betala 900 kr enligt fakturan." in repaid
    assert "799,50 kr är inte betalda." in kept
    assert "för mycket" not in kept
    assert "- Betala 799,50 kr enligt fakturan." in kept
    assert "Pay SEK 799.50 as the invoice states." in letter_to(5, "advance", "en")


def test_a_credit_has_its_letter_with_the_same_amount(letter_to: Write) -> None:
    # Dal was invoiced 300 for 2017 and has not said yes: all of it is credited.
    text = letter_to(3, kind=CreditLetter)
    assert "Kredit: Fem" in text
    assert "Vi krediterar er 300 kr. Det är vad vi har fakturerat er utöver" in text
    assert "2017 | 300 kr | 0 kr | 300 kr" in text
    assert "Sammanlagt" not in text  # of one year, it would repeat the row
    assert "fakturerat för mycket" not in text  # a second time, it would read as another credit
    assert "300 kr är fakturerat för mycket och krediteras." in letter_to(3)
    assert "We credit you SEK 300." in letter_to(3, language="en", kind=CreditLetter)


def test_a_letter_on_no_credit_says_so(letter_to: Write) -> None:
    assert "Vi har inte fakturerat er mer än det som ni ska betala." in letter_to(
        1, kind=CreditLetter
    )
