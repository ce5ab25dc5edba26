"""The invoice basis as files: read back by a spreadsheet's reader, harmless, the same each time."""

from __future__ import annotations

import csv
import json
import time
from collections.abc import Callable
from datetime import date
from io import BytesIO, StringIO
from zipfile import ZipFile

import pandas as pd
import pytest
from openpyxl import Workbook, load_workbook
from openpyxl.utils import get_column_letter
from openpyxl.worksheet.worksheet import Worksheet

from helpers import BoardReport
from helpers.data.readers.columnar.csv_columns import read_csv_columns
from helpers.documents.invoice_files import basis_files, invoice_files
from helpers.funding.billing.invoice_basis import build_invoice_basis
from helpers.funding.statement.round_statement import Statement
from helpers.funding.statement.statement_computation import compute_statement
from helpers.model.answer_register import Register
from helpers.model.funding_round import Round
from helpers.model.settings.round_settings import AnswerRules, InvoicingSettings
from helpers.sections.board.account.invoice_sheets import build_invoice_sheets
from helpers.sections.board.account.invoices_section import invoices
from helpers.system.json_text import json_text
from support.section_contexts import context_of

DAY = date(2016, 7, 31)
HEADING = "code,decided_on,received_on,registered_on,decision,years,condition,case_number"
# Fees 100 Alm, 200 Berg, 300 Dal.
HISTORY = [
    "0001,2016-06-15,2016-06-20,,yes,,,KS 1",
    "0003,2016-06-15,2016-06-20,,yes,2017,,",
]
FORMULAS = [
    "=1+1", "+1", "-1", "@SUM(A1)", "\t=1+1", "\r=1+1", "\n=1+1", " =1+1", "\u00a0@a", "＝1",
    "=cmd|'/c calc'!A1",
]  # fmt: skip

Ask = Callable[..., Statement]
Files = dict[str, bytes]


@pytest.fixture
def on(register_of: Callable[..., Register], five_members: pd.DataFrame, five_round: Round) -> Ask:
    def ask(*lines: str, name: str = "Alm", **changes: object) -> Statement:
        round_ = five_round.model_copy(update=changes)
        members = five_members.replace("Alm", name)
        register = register_of(*(lines or HISTORY), heading=HEADING)
        return compute_statement(round_, members, register, [], DAY, DAY)

    return ask


def files(statement: Statement, *known: tuple[str, str, str]) -> Files:
    columns = ["code", "organisation_number", "buyer_reference"]
    basis = build_invoice_basis(statement, pd.DataFrame(known, columns=columns, dtype="str"))
    return basis_files(*build_invoice_sheets(context_of(statement), basis), statement.as_of)


def opened(made: Files) -> Workbook:
    return load_workbook(BytesIO(made["invoices.xlsx"]))


def values(sheet: Worksheet) -> list[list[object]]:
    return [[cell for cell in row if cell is not None] for row in sheet.values]


def table(made: Files) -> list[dict[str, str]]:
    text = made["invoices.csv"].decode("utf-8-sig")
    return list(csv.DictReader(StringIO(text, newline=""), delimiter=";"))


@pytest.fixture(scope="module")
def shipped() -> BoardReport:
    return BoardReport.load(round="skl-2016", as_of="2017-02-22")


def test_the_workbook_has_a_row_a_yes_and_year_and_totals(on: Ask) -> None:
    book = opened(files(on(), ("0001", "212000-0142", "REF-1")))
    assert book.sheetnames == ["Fakturaunderlag", "Saknade uppgifter"]
    rows, unstated = values(book["Fakturaunderlag"]), "moms: ej angivet i källorna"
    assert rows[:5] == [
        ["Fakturaunderlag: Fem"],
        ["Per den 31\u00a0juli\u00a02016"],
        ["Summa 2017", 400, unstated],
        ["Summa 2018", 100, unstated],
        ["Summa alla år", 500, unstated],
    ]
    assert rows[5] == [
        "Kod",
        "Kommun",
        "Organisationsnummer",
        "År",
        "Belopp utan moms, kr",
        "Moms",
        "Period",
        "Vår referens",
        "Köparens diarienummer",
        "Köparens referens",
        "Betalningsvillkor",
        "Saknas",
        "Anmärkning",
    ]
    assert rows[6:] == [
        [
            "0001",
            "Alm",
            "212000-0142",
            2017,
            100,
            unstated,
            "1 januari–31 december 2017",
            "KS 1",
            "REF-1",
        ],
        [
            "0003",
            "Dal",
            2017,
            300,
            unstated,
            "1 januari–31 december 2017",
            "organisationsnummer, diarienummer, köparens referens",
        ],
        [
            "0001",
            "Alm",
            "212000-0142",
            2018,
            100,
            unstated,
            "1 januari–31 december 2018",
            "KS 1",
            "REF-1",
        ],
    ]


def test_what_is_missing_is_a_list_to_ask_from(on: Ask) -> None:
    book = opened(files(on(contact={"sv": "kansliet"}), ("0001", "212000-0142", "REF-1")))
    assert values(book["Saknade uppgifter"]) == [
        ["Saknade uppgifter: Fem"],
        ["Per den 31\u00a0juli\u00a02016"],
        ["Kod", "Vem", "Uppgifter som saknas", "Frågan ställs till"],
        ["Förbundet", "vår referens, regel för moms"],
        ["0003", "Dal", "organisationsnummer, diarienummer, köparens referens", "kansliet"],
    ]


def test_vat_period_reference_and_terms_are_the_rounds_own(on: Ask) -> None:
    # 12.5 % of 100 is 12.50, of 300 it is 37.50: 50.00 for 2017, 62.50 in all.
    stated = InvoicingSettings.model_validate(
        {
            "our_reference": "7310",
            "vat": "added",
            "vat_percent": "12.5",
            "due": {"sv": "30 dagar"},
            "period": {"2018": {"sv": "våren 2018"}},
        }
    )
    made = files(on(invoicing=stated))
    lines = table(made)
    assert [line["Moms"] for line in lines] == ["12,5\u00a0% tillkommer"] * 3
    assert [line["Moms, kr"] for line in lines] == ["12,50", "37,50", "12,50"]
    assert [line["Att betala, kr"] for line in lines] == ["112,50", "337,50", "112,50"]
    assert lines[2]["Period"] == "våren 2018"
    assert (lines[0]["Vår referens"], lines[0]["Betalningsvillkor"]) == ("7310", "30 dagar")
    sheet = opened(made)["Fakturaunderlag"]
    assert [sheet.cell(row, 8).value for row in (3, 4, 5)] == [450, 112.5, 562.5]
    assert sheet.cell(3, 8).number_format == "#,##0.00"
    # The round's own gaps are filled: only the members are asked.
    assert values(opened(made)["Saknade uppgifter"])[3][0] == "0001"


def test_the_csv_opens_in_swedish_excel_and_has_no_totals(on: Ask) -> None:
    made = files(on())
    data = made["invoices.csv"]
    assert data.startswith(b"\xef\xbb\xbfKod;Kommun;")
    assert data.count(b"\r\n") == data.count(b"\n") == 4
    assert [(line["Kod"], line["År"]) for line in table(made)] == [
        ("0001", "2017"),
        ("0003", "2017"),
        ("0001", "2018"),
    ]
    assert sum(int(line["Belopp utan moms, kr"]) for line in table(made)) == 500
    read, _ = read_csv_columns(data, "invoices.csv")  # our own reader understands it
    assert list(read.frame("invoices.csv").iloc[0, :2]) == ["0001", "Alm"]


@pytest.mark.parametrize("text", FORMULAS)
def test_a_name_like_a_formula_is_text_in_the_workbook(on: Ask, text: str) -> None:
    made = files(on(name=text), ("0001", text, text))
    with ZipFile(BytesIO(made["invoices.xlsx"])) as parts:
        pages = [parts.read(name) for name in parts.namelist() if "worksheets/" in name]
    assert len(pages) == 2
    assert not [page for page in pages if b"<f>" in page or b"<f " in page]
    cell = opened(made)["Fakturaunderlag"]["B7"]
    assert (cell.data_type, cell.number_format, cell.quotePrefix) == ("s", "@", True)
    assert str(cell.value).split() == text.split()


@pytest.mark.parametrize("text", FORMULAS)
def test_a_name_like_a_formula_is_text_in_the_csv(on: Ask, text: str) -> None:
    lines = table(files(on(name=text), ("0001", text, text)))
    for column in ("Kommun", "Organisationsnummer", "Köparens referens"):
        assert lines[0][column] == f"'{text}"


@pytest.mark.parametrize(
    "text", ["Alm; med semikolon", 'Alm "den lilla"', "Alm\r\nrad två", "'Alm"]
)
def test_other_text_is_itself_in_the_csv(on: Ask, text: str) -> None:
    lines = table(files(on(name=text)))
    assert [line["Kommun"] for line in lines] == [text, "Dal", text]


def test_what_xml_cannot_hold_is_shown_as_a_mark(on: Ask) -> None:
    assert opened(files(on(name="A\x0blm")))["Fakturaunderlag"]["B7"].value == "A\ufffdlm"


def test_an_error_word_of_excel_is_text(on: Ask) -> None:
    cell = opened(files(on(name="#REF!")))["Fakturaunderlag"]["B7"]
    assert (cell.data_type, cell.value) == ("s", "#REF!")


def test_the_heading_stays_in_sight_and_columns_are_wide_enough(on: Ask) -> None:
    # Title, day and, of the rows to invoice, three totals are above the heading.
    for sheet, heading in zip(opened(files(on())).worksheets, (6, 3), strict=True):
        assert sheet.freeze_panes == f"A{heading + 1}"
        assert sheet.print_title_rows == f"${heading}:${heading}"
        for number in range(1, sheet.max_column + 1):
            assert sheet.column_dimensions[get_column_letter(number)].width >= 8
    sheet = opened(files(on()))["Fakturaunderlag"]
    assert sheet.auto_filter.ref == "A6:M9"  # without the totals
    assert all(sheet.cell(row, 1).font.bold for row in range(3, 7))
    assert sheet["A1"].font.size == 14


def test_reconstructed_answers_are_marked_in_every_row(on: Ask) -> None:
    made = files(on(reconstructed=True))
    assert {line["Obs"] for line in table(made)} == {"EXEMPEL – ej faktura"}
    for sheet in opened(made).worksheets:
        _, _, notice, *others = [cell.value for cell in sheet["A"]]
        assert str(notice).startswith("Rekonstruerade svar: bara summorna är publicerade.")
        assert set(others) == {"Obs", "EXEMPEL – ej faktura"}
        assert others.count("Obs") == 1
    others = [line for line in opened(files(on()))["Fakturaunderlag"].values if line[0]]
    assert "Rekonstruerade" not in str(others)
    assert b"EXEMPEL" not in files(on())["invoices.csv"]


def test_what_is_out_of_the_ordinary_is_remarked(on: Ask) -> None:
    assert {line["Anmärkning"] for line in table(files(on()))} == {""}
    remarked = on(
        "0001,2016-06-15,2016-06-20,,yes,,om alla är med,KS 1",
        "0002,2016-06-15,2016-06-20,,yes,,,KS 2",
        "0002,2016-07-01,2016-07-05,,no,,,KS 3",
        answers=AnswerRules(conditional_yes="counts", withdrawn_yes="binds"),
    )
    lines = table(files(remarked))
    assert [(line["Kod"], line["Anmärkning"], line["Köparens diarienummer"]) for line in lines] == [
        ("0001", "Ja med villkor, som enligt omgången räknas: om alla är med.", "KS 1"),
        ("0002", "Jaet är återtaget men gäller enligt omgången.", "KS 2"),
    ] * 2


def test_with_nobody_to_invoice_the_files_are_headings_and_zeros(on: Ask) -> None:
    made = files(on("0001,2016-06-15,2016-06-20,,no,,,"))
    assert table(made) == []
    totals = values(opened(made)["Fakturaunderlag"])[2:5]
    assert [total[:2] for total in totals] == [
        ["Summa 2017", 0],
        ["Summa 2018", 0],
        ["Summa alla år", 0],
    ]


def test_the_same_statement_gives_the_same_bytes_at_any_time(
    on: Ask, monkeypatch: pytest.MonkeyPatch
) -> None:
    before = files(on())
    tomorrow = time.time() + 86_400
    monkeypatch.setattr(time, "time", lambda: tomorrow)  # from which a zip file takes its times
    assert files(on()) == before
    book = opened(before)
    assert book.properties.modified.date() == book.properties.created.date() == DAY
    with ZipFile(BytesIO(before["invoices.xlsx"])) as parts:
        assert {part.date_time for part in parts.infolist()} == {(1980, 1, 1, 0, 0, 0)}


def test_the_shipped_rounds_files_agree_with_figures_json_to_the_krona(
    shipped: BoardReport,
) -> None:
    figures = json.loads(json_text(shipped.figures))
    made = invoice_files(shipped)
    assert made == invoice_files(shipped)
    sums: dict[str, int] = {}
    for line in table(made):
        sums[line["År"]] = sums.get(line["År"], 0) + int(line["Belopp utan moms, kr"])
    assert sums == figures["by_year"] == figures["invoices"]["by_year"]
    rows = values(opened(made)["Fakturaunderlag"])
    assert [row[2] for row in rows[3:6]] == [
        *figures["by_year"].values(),
        figures["funded_all_years"],
    ]
    stockholm = next(line for line in table(made) if line["Kommun"] == "Stockholm")
    assert (stockholm["Kod"], stockholm["Belopp utan moms, kr"]) == ("0180", "292828")
    assert stockholm["Köparens diarienummer"] == "159-1145/2016"


def test_the_english_draft_is_english(shipped: BoardReport) -> None:
    text = invoice_files(shipped, "en")["invoices.csv"].decode("utf-8-sig")
    assert text.startswith("Note;Code;Municipality;Organisation number;Year;")
    assert "EXAMPLE – not an invoice" in text
    assert "VAT: not stated in the sources" in text
    assert "1 January–31 December 2017" in text


def test_analysts_see_the_same_rows(on: Ask) -> None:
    statement = on(name="<b>&Alm")
    nobody = pd.DataFrame(columns=["code", "organisation_number", "buyer_reference"], dtype="str")
    block = invoices(context_of(statement), build_invoice_basis(statement, nobody))
    assert "Summa alla år" in block.plain
    assert "&lt;b&gt;&amp;Alm" in block.html
    assert "<b>&Alm" not in block.html
    empty = on("0001,2016-06-15,2016-06-20,,no,,,")
    assert invoices(context_of(empty), build_invoice_basis(empty, nobody)).plain.startswith(
        "Ingen kommun har sagt ja"
    )
