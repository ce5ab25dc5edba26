"""The annex of the request: every fee, as page, PDF and workbook, the same as in the letters."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from io import BytesIO

import pandas as pd
import pytest
from openpyxl import load_workbook

from helpers.documents.annex_files import annex_files
from helpers.model.answer_register import Register
from helpers.model.funding_round import Round
from helpers.report.board_report import BoardReport
from helpers.report.correspondence.request_annex import RequestAnnex
from helpers.report.correspondence.request_letter import RequestLetter
from support.letter_reports import priced_by, report_on

CODES = ["0001", "0002", "0003", "0004", "0005"]
On = Callable[..., BoardReport]


@pytest.fixture
def on(register_of: Callable[..., Register], five_members: pd.DataFrame, five_round: Round) -> On:
    """The report of the day of the request, of a round whose fees are known by hand."""

    def report(round_: Round = five_round, members: pd.DataFrame = five_members) -> BoardReport:
        asked = round_.model_copy(update={"recommended_on": date(2016, 6, 10)})
        return report_on(asked, members, register_of(), date(2016, 6, 10))

    return report


def test_every_fee_is_listed_with_its_sum(on: On) -> None:
    files = annex_files(on(), "sv")
    assert sorted(files) == ["annex.sv.html", "annex.sv.pdf", "annex.sv.xlsx"]
    [sheet] = load_workbook(BytesIO(files["annex.sv.xlsx"])).worksheets
    rows = [list(row) for row in sheet.values]
    assert [row[0] for row in rows[:2]] == [
        "Avgifter: Fem",
        "Per den 10\u00a0juni\u00a02016",
    ]
    assert [cell for cell in rows[2] if cell] == ["Summa", 1_900, 1_900, 3_800]
    assert rows[3] == [
        "Kod", "Kommun", "Folkmängd den 31\u00a0december\u00a02015", "Avgift, kr för 2017",
        "Avgift, kr för 2018", "Sammanlagt för 2017 och 2018, kr",
    ]  # fmt: skip
    # Weights 1, 2, 3, 4 and 9 thousand of 19 thousand share 1 900.
    assert rows[4] == ["0001", "Alm", 1_000, 100, 100, 200]
    assert rows[8] == ["0005", "Fors", 10_000, 900, 900, 1_800]
    page = files["annex.sv.html"].decode().replace("\u00a0", " ")
    for text in ("Bilaga till förfrågan", "Alla kommuners avgifter", "Fors", "1 800", "3 800"):
        assert text in page
    assert files["annex.sv.pdf"].startswith(b"%PDF")


def test_the_same_report_gives_the_same_bytes(on: On) -> None:
    assert annex_files(on(), "sv") == annex_files(on(), "sv")


@pytest.mark.parametrize(
    ("rule", "terms"),
    [
        ("inhabitants", {"requested": 1_001, "population_year": 2015}),
        ("rate-with-ceiling", {"population_year": 2015, "rate": "0.5", "ceiling": 4_000}),
        ("shared-cost", {"population_year": 2015, "cost": 12_000, "highest_rate": "1"}),
        ("annex", {}),
    ],
)  # fmt: skip
def test_the_annex_and_the_letters_agree_to_the_krona(
    on: On, five_round: Round, rule: str, terms: dict[str, object]
) -> None:
    requested = terms.pop("requested", 0)
    assert isinstance(requested, int)
    report = on(priced_by(five_round, rule, requested, **terms))
    figures = RequestAnnex(report).figures
    for code in CODES:
        letter = RequestLetter.of(report, code)
        assert figures["fees"][code]["by_year"] == letter.figures["fee_by_year"]
        assert figures["fees"][code]["all_years"] == letter.figures["fee_all_years"]


def test_years_in_which_a_member_is_none_are_no_fee(on: On, five_members: pd.DataFrame) -> None:
    blank = [""] * 4
    leaves = five_members.assign(
        valid_from=pd.to_datetime([""] * 5),
        valid_to=pd.to_datetime(["2017-12-31", *blank]),
        known_from=pd.to_datetime(["2016-01-01", *blank]),
    )
    figures = RequestAnnex(on(members=leaves)).figures
    assert figures["fees"]["0001"] == {"by_year": {"2017": 100}, "all_years": 100}
    # 1 900 in 2017; without the first member's 100 in 2018.
    assert figures["by_year"] == {"2017": 1_900, "2018": 1_800}
