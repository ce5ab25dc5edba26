"""The invoice basis of a round that has been invoiced in part: nothing is invoiced twice."""

from __future__ import annotations

import csv
from collections.abc import Callable
from datetime import date
from io import BytesIO, StringIO
from pathlib import Path

import pandas as pd
import pytest
from openpyxl import load_workbook

from helpers.data.round.payments_file import load_payments
from helpers.documents.invoice_files import invoice_files
from helpers.model.answer_register import Register
from helpers.model.funding_round import Round
from helpers.model.settings.round_settings import InvoicingSettings
from helpers.report.board_report import BoardReport
from support.letter_reports import report_on

DAY = date(2017, 4, 15)
# Fees 100 Alm, 200 Berg, 300 Dal, 400 Ek, 900 Fors, for 2017 and 2018; Dal has not answered.
HISTORY = [
    "0001,2016-06-15,2016-06-20,,yes",
    "0002,2016-06-25,2016-06-25,,no",
    "0004,2016-07-05,2016-07-10,,yes",
]
PAYMENTS = """code,year,invoiced_on,amount,paid_on,paid
0001,2017,2017-01-10,100,2017-02-01,100
0003,2017,,,2017-02-01,300
0004,2017,2017-01-10,150,2017-02-01,150
0004,2018,,,2017-02-01,99.50
"""


@pytest.fixture
def report(
    register_of: Callable[..., Register],
    five_members: pd.DataFrame,
    five_round: Round,
    tmp_path: Path,
) -> BoardReport:
    (tmp_path / "payments.csv").write_text(PAYMENTS, encoding="utf-8")
    vat = InvoicingSettings.model_validate({"vat": "added", "vat_percent": 25})
    round_ = five_round.model_copy(update={"invoicing": vat})
    paid = load_payments(tmp_path, five_members, round_)
    return report_on(round_, five_members, register_of(*HISTORY), DAY, payments=paid)


def test_the_csv_has_what_is_left_to_invoice_and_nothing_else(report: BoardReport) -> None:
    text = invoice_files(report)["invoices.csv"].decode("utf-8-sig")
    lines = list(csv.DictReader(StringIO(text, newline=""), delimiter=";"))
    # Ek has 400 − 150 left of 2017 and 400 − 99.50 of 2018; 25 % of 250 is 62.50, of 300.50 75.13.
    found = [
        [line["Kod"], line["År"], line["Belopp utan moms, kr"], line["Moms, kr"]] for line in lines
    ]
    assert found == [
        ["0004", "2017", "250", "62,50"],
        ["0001", "2018", "100", "25,00"],
        ["0004", "2018", "300,50", "75,13"],
    ]
    assert [line["Anmärkning"] for line in lines] == [
        "Resten av 400\u00a0kr; det övriga är fakturerat eller betalt.",
        "",
        "Resten av 400\u00a0kr; det övriga är fakturerat eller betalt.",
    ]


def test_the_workbook_shows_who_has_been_invoiced_and_has_paid(report: BoardReport) -> None:
    book = load_workbook(BytesIO(invoice_files(report)["invoices.xlsx"]))
    assert book.sheetnames == ["Fakturaunderlag", "Saknade uppgifter", "Fakturerat och betalt"]
    ask = "300\u00a0kr betalt utan ja: fråga kommunen, eller betala tillbaka"
    rows = [list(row) for row in book["Fakturerat och betalt"].values]
    assert [row[0] for row in rows[:2]] == [
        "Fakturerat och betalt: Fem",
        "Per den 15\u00a0april\u00a02017",
    ]
    assert rows[2:] == [
        ["Summa 2017", None, None, 500, 250, 550, 0, 300, 0, 250, 0, None],
        ["Summa 2018", None, None, 500, 0, 99.5, 0, 0, 0, 400.5, 0, None],
        ["Summa alla år", None, None, 1000, 250, 649.5, 0, 300, 0, 650.5, 0, None],
        [
            "Kod",
            "Kommun",
            "År",
            "Säkrat, kr",
            "Fakturerat, kr",
            "Betalt, kr",
            "Överbetalt, kr",
            "Betalt utan ja, kr",
            "Utestående, kr",
            "Kvar att fakturera, kr",
            "Att kreditera, kr",
            "Att göra",
        ],
        ["0001", "Alm", 2017, 100, 100, 100, 0, 0, 0, 0, 0, None],
        ["0003", "Dal", 2017, 0, 0, 300, 0, 300, 0, 0, 0, ask],
        ["0004", "Ek", 2017, 400, 150, 150, 0, 0, 0, 250, 0, "fakturera 250\u00a0kr till"],
        ["0001", "Alm", 2018, 100, 0, 0, 0, 0, 0, 100, 0, "fakturera 100\u00a0kr"],
        ["0004", "Ek", 2018, 400, 0, 99.5, 0, 0, 0, 300.5, 0, "fakturera 300,50\u00a0kr till"],
    ]


def test_a_notebook_shows_the_same_tables(report: BoardReport) -> None:
    text = report.invoices().plain.replace("\u00a0", " ")
    assert "0004 | Ek | 2018 | 400 | 0 | 99,50 | 0 | 0 | 0 | 300,50 | 0" in text
    assert "0001 | Alm |  | 2017" not in text
