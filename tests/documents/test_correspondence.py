"""The letters of the 2016 round to three municipalities: each amount is the same in all of them.

The same letters are pictured in docs/explanation/letters-2016.md.
"""

from __future__ import annotations

from pathlib import Path

import pytest

from helpers.report.board_report import BoardReport
from helpers.report.correspondence.member_paper import MemberPaper
from helpers.report.correspondence.request_annex import RequestAnnex
from helpers.report.letter_classes import LETTER_CLASSES
from support.letter_reports import text_of

JOINS = "1862,2017-03-06,2017-03-10,,yes,,,\n"
# 3 400 000 by the inhabitants of 2015 (9 650 576.4 after rebates): Timrå's 17 987 are 6 337.01,
# Degerfors' 9 543 are 3 362.10, Östhammar's 21 563 are 7 596.87.
FEES = {"2262": 6_337, "1862": 3_362, "0382": 7_597}


@pytest.fixture(scope="module")
def register(project: Path, tmp_path_factory: pytest.TempPathFactory) -> str:
    """The shipped register, and a yes of Degerfors in March 2017."""
    shipped = project / "data" / "rounds" / "skl-2016" / "decisions.csv"
    path = tmp_path_factory.mktemp("register") / "decisions.csv"
    path.write_text(shipped.read_text(encoding="utf-8") + JOINS, encoding="utf-8")
    return str(path)


def test_every_letter_of_a_municipality_states_the_same_fee(register: str) -> None:
    def on(day: str) -> BoardReport:
        return BoardReport.load(round="skl-2016", as_of=day, decisions=register)

    june, november, february, march = map(
        on, ("2016-06-10", "2016-11-01", "2017-02-22", "2017-03-15")
    )
    annex = RequestAnnex(june).figures["fees"]
    for code, fee in FEES.items():
        assert annex[code] == {"by_year": {"2017": fee, "2018": fee}, "all_years": 2 * fee}
        letters = [LETTER_CLASSES["request"].of(june, code), MemberPaper.of(june, code)]
        letters += [LETTER_CLASSES["feedback"].of(report, code) for report in (february, march)]
        if code != "1862":  # Degerfors had answered
            letters.append(LETTER_CLASSES["reminder"].of(november, code))
        in_all = f"{2 * fee:,}".replace(",", " ")
        for letter in letters:
            assert letter.facts.fee_by_year == {2017: fee, 2018: fee}, (code, letter.kind)
            assert f"sammanlagt {in_all} kr" in text_of(letter), (code, letter.kind)


def test_the_letters_tell_how_each_answered(register: str) -> None:
    def feedback(code: str, day: str = "2017-02-22") -> str:
        report = BoardReport.load(round="skl-2016", as_of=day, decisions=register)
        return text_of(LETTER_CLASSES["feedback"].of(report, code))

    assert "Tack för att ni är med." in feedback("2262")
    assert "vilken referens" not in feedback("2262")  # SKL asks for it
    assert "Ni står utanför och betalar ingenting." in feedback("1862")
    assert "Ni har sagt ja. Beslutet är daterat den 6 mars 2017" in feedback("1862", "2017-03-15")
    assert "Vill ni vara med? Svara gärna så snart ni kan." in feedback("0382")
