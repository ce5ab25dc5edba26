"""A round in which a yes may be of a part of the fee, as its readers see it."""

from __future__ import annotations

from pathlib import Path

import pytest

from helpers import BoardReport, MunicipalityLetter
from helpers.errors import ReportError
from support.part_round import ANSWERS, DAY, ROUND, write_parts

NBSP = "\N{NO-BREAK SPACE}"


def report(language: str = "en") -> BoardReport:
    return BoardReport.load(round="parts", as_of=DAY, language=language, future=True)


def letter(code: str, language: str = "en") -> str:
    loaded = MunicipalityLetter.load(
        round="parts", code=code, as_of=DAY, language=language, future=True
    )
    return plain(loaded.fee().plain)


def plain(text: object) -> str:
    return str(text).replace(NBSP, " ")


def test_the_report_tells_parts_and_gifts_apart(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    write_parts(tmp_path, monkeypatch)
    wording = report().context.wording
    assert plain(wording.headline()) == "45% secured: SEK 45,000 of 100,000"
    answer = plain(report().answer().plain)
    assert "What is above the fee, SEK 6,000, is a gift, on top of the requested amount." in answer
    assert "Yes, to a part" in answer
    # 15,000 of B's fee and 15,000 of D's, whose yes has a condition.
    bounds = plain(wording.bounds())
    assert bounds.endswith("part of the fee are extended to the whole fee, SEK 30,000 is added.")
    quality = plain(report().quality().plain)
    assert "Yes to a part of the fee: Berg SEK 5,000 of SEK 20,000 and Dal SEK 25,000" in quality
    assert "Gifts: Ceder SEK 6,000 above the fee." in quality
    assert "said yes on a condition, SEK 25,000" in quality
    assert "A yes may be for an amount other than the fee." in plain(report().method().plain)


def test_it_does_so_in_swedish(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    write_parts(tmp_path, monkeypatch)
    answer = plain(report("sv").answer().plain)
    assert "Det som är över avgiften, 6 000 kr, är en gåva" in answer
    assert "Ja till en del" in answer
    assert "Ja till en del av avgiften: Berg 5 000 kr av 20 000 kr" in plain(
        report("sv").quality().plain
    )


def test_the_list_of_members_has_the_stated_amounts(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    write_parts(tmp_path, monkeypatch)
    members = report().members()
    assert members.data["offered"].tolist() == [0, 5_000, 36_000, 25_000]
    lines = [
        [cell.strip() for cell in line.split("|")] for line in plain(members.plain).splitlines()
    ]
    [berg] = [line for line in lines if line[0] == "Berg"]
    assert berg[1:4] == ["Yes", "20,000", "5,000"]
    [alm] = [line for line in lines if line[0] == "Alm"]
    assert alm[1:4] == ["Yes", "10,000", ""]


def test_a_letter_has_the_fee_and_what_the_member_pays(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    write_parts(tmp_path, monkeypatch)
    assert letter("A").startswith("Your fee is SEK 10,000 for 2026.")
    assert letter("B").startswith(
        "The full fee is SEK 20,000 for 2026, and you have stated SEK 5,000. "
        "You pay SEK 5,000 for 2026."
    )
    assert "You pay SEK 36,000 for 2026. What is above the fee is a gift." in letter("C")
    assert "Once the condition is met you pay SEK 25,000 for 2026." in letter("D")
    assert "och ni har angett 5 000 kr. Ni betalar 5 000 kr för 2026." in letter("B", "sv")


def test_a_letter_asks_for_the_amount(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    write_parts(tmp_path, monkeypatch)
    asked = report().context.wording.letter.how_to_answer("the office", "A")
    assert asked.endswith("If you want to pay another amount than the fee, state the amount.")


def test_the_invoice_basis_says_what_is_a_part_and_what_a_gift(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    write_parts(tmp_path, monkeypatch)
    text = plain(report().invoices().plain)
    assert "A part of the fee, which is SEK 20,000." in text
    assert "The fee is SEK 30,000. The rest is a gift." in text
    # 10,000, 5,000 and 36,000.
    assert "51,000" in text


def test_no_scenario_raises_what_a_member_has_stated(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    write_parts(tmp_path, monkeypatch)
    shown = report()
    assert shown.figures["sharing"] is None
    assert not shown.sharing().parts
    with pytest.raises(ReportError, match="members state the amounts themselves"):
        shown.scenarios.shared_gap()


def test_a_supposed_yes_is_of_the_whole_fee(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    write_parts(tmp_path, monkeypatch)
    total = report().with_answers({"B": "yes"}).statement.total
    assert (total.funded, total.gifts) == (10_000 + 20_000 + 30_000, 6_000)


def test_years_are_named_where_there_are_several(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    settings = ROUND.replace("[2026]", "[2026, 2027]")
    write_parts(tmp_path, monkeypatch, settings=settings, answers=ANSWERS)
    assert letter("B").startswith(
        "The full fee is SEK 20,000 for 2026 and SEK 20,000 for 2027, and you have stated "
        "SEK 5,000 a year. You pay SEK 5,000 for 2026 and SEK 5,000 for 2027."
    )
    assert "or do not cover that year, are extended, SEK 30,000 is added" in plain(
        report().context.wording.bounds()
    )


def test_what_a_member_that_leaves_secures_has_no_gift(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    # Ceder pledges 36,000 of its fee of 30,000, and is a member in the first of two years only.
    members = (
        "code,name,weight,valid_from,valid_to,known_from\nA,Alm,1,,,\nB,Berg,2,,,\n"
        "C,Ceder,3,,2026-12-31,2026-03-01\nD,Dal,4,,,\n"
    )
    write_parts(
        tmp_path,
        monkeypatch,
        settings=ROUND.replace("[2026]", "[2026, 2027]"),
        members=members,
    )
    [row] = [
        line for line in plain(report().terms().plain).splitlines() if line.startswith("Ceder |")
    ]
    assert row.split(" | ")[-1] == "SEK 30,000"
