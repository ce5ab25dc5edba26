"""What the report says of invoices and payments, in a round worked out by hand."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from pathlib import Path

import pandas as pd
import pytest

from helpers.data.round.payments_file import load_payments
from helpers.documents.typst.section_typst import section_as_typst
from helpers.funding.billing.receivables import Receivable
from helpers.funding.billing.receivables_ledger import ReceivablesLedger, build_receivables_ledger
from helpers.funding.statement.statement_computation import compute_statement
from helpers.i18n.localizer import Localizer
from helpers.model.answer_register import Register
from helpers.model.funding_round import Round
from helpers.sections.board.account.payments_section import MAX_MEMBERS_TO_ACT_ON, payments
from helpers.sections.board.status.answer_section import answer
from helpers.sections.board.status.report_brief import brief_texts
from helpers.sections.components.block import Block
from helpers.sections.components.payment_texts import ladder_text, without_yes_text
from helpers.sections.components.section_context import SectionContext
from support.section_contexts import context_of

SV, EN = Localizer("sv"), Localizer("en")
DAY = date(2016, 7, 31)
# Fees 100 Alm, 200 Berg, 300 Dal, 400 Ek, 900 Fors, in each of two years; Ek withdraws.
ANSWERS = [
    "0001,2016-06-15,2016-06-20,,yes",
    "0003,2016-06-15,2016-06-20,,yes",
    "0004,2016-06-15,2016-06-20,,yes",
    "0004,2016-07-05,2016-07-20,,no",
    "0005,2016-06-15,2016-06-20,,yes",
]
LINES = [
    "0001,2017,2016-07-10,100,2016-07-20,40",
    "0002,2017,2016-07-10,200,,",
    "0003,2017,2016-07-10,300,2016-07-15,350",
    "0004,2017,2016-07-10,400,2016-07-31,400",
    "0005,2017,2016-07-10,500,2016-08-20,500",
]

Ask = Callable[..., tuple[SectionContext, ReceivablesLedger]]


@pytest.fixture
def on(
    register_of: Callable[..., Register],
    five_members: pd.DataFrame,
    five_round: Round,
    tmp_path: Path,
) -> Ask:
    def ask(*lines: str, **changes: object) -> tuple[SectionContext, ReceivablesLedger]:
        round_ = five_round.model_copy(update=changes)
        statement = compute_statement(round_, five_members, register_of(*ANSWERS), [], DAY, DAY)
        text = "\n".join(["code,year,invoiced_on,amount,paid_on,paid", *(lines or LINES)])
        (tmp_path / "payments.csv").write_text(text + "\n", encoding="utf-8")
        rows = load_payments(tmp_path, five_members, round_)
        assert rows is not None
        return context_of(statement), build_receivables_ledger(statement, rows)

    return ask


def plain(block: Block) -> str:
    return block.plain.replace("\u00a0", " ")


def test_without_payments_there_is_no_section_and_it_says_why(on: Ask) -> None:
    context, _ = on()
    section = payments(context, None)
    assert not section.parts
    assert section.reason == "Omgången har ingen fil över betalningar (payments.csv)."


def test_the_ladder_is_a_table_by_year(on: Ask) -> None:
    # Secured 100 + 300 + 900 a year. 2017: 100 + 200 + 300 + 400 + 500 invoiced, 200 and 400 of
    # it with no yes; 40 + 350 + 400 paid, 50 of it too much and 400 without a yes; Alm owes 60,
    # Fors 500.
    text = plain(payments(*on()))
    for row in (
        "Steg | 2017 | 2018 | Alla år",
        "Säkrat | 1 300 | 1 300 | 2 600",
        "varav kvar att fakturera | 400 | 1 300 | 1 700",
        "Fakturerat, brutto | 1 500 | 0 | 1 500",
        "varav att kreditera | 600 | 0 | 600",
        "Fakturerat, netto | 900 | 0 | 900",
        "Betalt, brutto | 790 | 0 | 790",
        "varav utan ja | 400 | 0 | 400",
        "varav överbetalt | 50 | 0 | 50",
        "Betalt, netto | 340 | 0 | 340",
        "Utestående, brutto | 560 | 0 | 560",
        "Utestående, netto (minus överbetalt) | 510 | 0 | 510",
        # Alm a part of 2017, Dal more than all of it, Fors nothing; in 2018 none of the three.
        "Har betalat | 2017 | 2018 | Alla år",
        "Allt | 0 | 0 | 0",
        "Mer än allt | 1 | 0 | 0",
        "En del | 1 | 0 | 2",
        "Inget | 1 | 3 | 1",
        "Utan ett ja för året | 1 | 0 | 1",
    ):
        assert row in text.splitlines()
    # Each of the three in 2018.
    assert "Tre fakturor har inte skickats än, på sammanlagt 1 300 kr." in text
    assert "En rad i underlaget gäller helt eller delvis senare dagar" in text
    assert "öresskillnader" not in text


def test_the_ladder_in_a_sentence(on: Ask) -> None:
    found = on()[1]
    # 340 + 560 + 1 700 is 2 600; 340 is 13.08 % of it.
    assert ladder_text(found, SV).replace("\u00a0", " ") == (
        "1 500 kr är fakturerade och 790 kr betalda för 2017 och 2018. Av 2 600 kr säkrade är "
        "340 kr betalda (13 %), 560 kr fakturerade men inte betalda och 1 700 kr kvar att "
        "fakturera. Av tre kommuner som ska betala har ingen betalat allt, ingen mer än så, två en "
        "del och en inget. 50 kr är överbetalt och ska betalas tillbaka. 600 kr är fakturerat för "
        "mycket och ska krediteras."
    )
    assert ladder_text(found, EN).replace("\u00a0", " ") == (
        "SEK 1,500 has been invoiced and SEK 790 paid for 2017 and 2018. Of SEK 2,600 secured, "
        "SEK 340 has been paid (13%), SEK 560 has been invoiced and not paid, and SEK 1,700 is "
        "still to be invoiced. Of three municipalities that are to pay, everything has been paid "
        "by none, more than that by none, a part by two and nothing by one. SEK 50 is overpaid and "
        "is to be repaid. SEK 600 has been invoiced too much and is to be credited."
    )


def test_money_without_a_yes_is_stated_first_and_outside_what_is_secured(on: Ask) -> None:
    context, found = on()
    assert plain(payments(context, found)).startswith(
        "! En kommun har betalat 400 kr utan ett ja för året. Pengarna räknas inte som säkrade."
    )
    assert without_yes_text(on(LINES[0])[1], SV) == ""
    # The money is on the first page too, below the headline.
    page = plain(answer(context, None, ledger=found))
    assert page.index("En kommun har betalat 400 kr utan") < page.index("1 500 kr är fakturerade")
    assert page.index("1 500 kr är fakturerade") < page.index("Räknat i")
    assert "400 kr utan ett ja" in brief_texts(context, found)["lead"].replace("\u00a0", " ")


def test_each_member_to_act_on_has_what_to_do_the_urgent_first(on: Ask) -> None:
    text = plain(payments(*on()))
    rows = text.split("Att göra\n")[1].splitlines()
    assert rows == [
        "Ek | 2017 | 0 | 400 | 400 | kreditera 400 kr (jaet är återtaget); betala tillbaka 400 kr",
        "Berg | 2017 | 0 | 200 | 0 | kreditera 200 kr (inget ja)",
        "Dal | 2017 | 300 | 300 | 350 | betala tillbaka 50 kr",
        "Fors | 2017 | 900 | 500 | 0 | fakturera 400 kr till; 500 kr utestående",
        "Alm | 2017 | 100 | 100 | 40 | 60 kr utestående",
    ]


def test_ore_are_shown_where_there_are_any(on: Ask) -> None:
    # 0.50 between secured and invoiced is settled, and 0.25 of the 99.50 overpaid.
    text = plain(payments(*on("0001,2017,2016-07-10,99.50,2016-07-20,99.75")))
    assert "Fakturerat, brutto | 99,50 | 0,00 | 99,50" in text
    assert "Utestående, brutto | 0,00 | 0,00 | 0,00" in text
    assert (
        "Reglerade öresskillnader: 0,50 kr mellan säkrat och fakturerat, −0,25 kr mellan "
        "fakturerat och betalt."
    ) in text
    assert "Att följa upp" not in text


def test_amounts_with_more_decimals_than_the_currency_are_rounded_and_the_page_says_so(
    on: Ask,
) -> None:
    # 99.996 is 100.00, 0.004 more; 60.0049 and 39.9949 are 60.00 and 39.99, 0.0049 less each.
    lines = (
        "0001,2017,2016-07-10,99.996,2016-07-20,60.0049",
        "0001,2017,,,2016-07-21,39.9949",
        "0001,2017,,,2016-08-21,39.9949",  # not yet known
    )
    context, ledger = on(*lines)
    assert (ledger.amounts_rounded, ledger.rounding) == (3, (4_000, -9_800))
    text = plain(payments(context, ledger))
    assert "Betalt, brutto | 99,99 | 0,00 | 99,99" in text
    assert (
        "Tre belopp i underlaget har fler decimaler än valutan och är avrundade, vart och ett för "
        "sig. Det ändrar summan av det fakturerade med +0,004 kr och av det betalda med "
        "−0,0098 kr."
    ) in text
    assert "fler decimaler" not in plain(payments(*on()))


def test_a_currency_of_thousandths_shows_them(on: Ask) -> None:
    text = plain(payments(*on("0001,2017,2016-07-10,98.125,2016-07-20,60.5", currency="KWD")))
    assert "Fakturerat, brutto | 98,125 | 0,000 | 98,125" in text
    assert "Alm | 2017 | 100,000 | 98,125 | 60,500 |" in text
    assert "37,625 kr utestående" in text
    assert "fler decimaler" not in text


def test_a_currency_without_decimals_has_whole_amounts(on: Ask) -> None:
    # 60.5 is 61, and 98 is invoiced: 37 is owed.
    text = plain(payments(*on("0001,2017,2016-07-10,98.00,2016-07-20,60.5", currency="ISK")))
    assert "Fakturerat, brutto | 98 | 0 | 98" in text
    assert "fakturera 2 kr till; 37 kr utestående" in text
    assert "Ett belopp i underlaget har fler decimaler än valutan och är avrundat." in text
    assert "av det fakturerade med 0,00 kr och av det betalda med +0,50 kr." in text


def test_a_round_of_one_year_has_one_column(on: Ask) -> None:
    text = plain(payments(*on(years=[2017])))
    assert "Steg | 2017\n" in text


def test_the_list_has_an_end_and_says_so(on: Ask) -> None:
    many = [
        Receivable(f"{n}", f"Nr {n}", 2017, 100_000, 100_000, 0)
        for n in range(MAX_MEMBERS_TO_ACT_ON + 3)
    ]
    text = plain(payments(on()[0], ReceivablesLedger(many, [2017], MAX_MEMBERS_TO_ACT_ON + 3, 0)))
    assert text.count("100 kr utestående") == MAX_MEMBERS_TO_ACT_ON
    assert text.endswith("Tre rader till finns i figures.json.")


def test_reconstructed_answers_mark_the_list_of_members_as_an_example(on: Ask) -> None:
    assert "störst belopp först. (EXEMPEL)\n" in plain(payments(*on(reconstructed=True)))
    assert "EXEMPEL" not in plain(payments(*on()))


def test_a_members_name_is_escaped(on: Ask) -> None:
    one = Receivable("1", '<b>#"Alm"', 2017, 100_000, 100_000, 0)
    block = payments(on()[0], ReceivablesLedger([one], [2017], 1, 0))
    assert "&lt;b&gt;#&#34;Alm&#34;" in block.html
    assert '"<b>#\\"Alm\\""' in section_as_typst(block)
