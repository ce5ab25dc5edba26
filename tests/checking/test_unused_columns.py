"""Columns of a round's CSV files that are not used are named, in each file."""

from __future__ import annotations

from pathlib import Path

import pytest

from helpers.checking.register_review import review_register
from support.appeal_round import write_appeal


@pytest.fixture
def appeal(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    return write_appeal(tmp_path, monkeypatch)


def test_a_round_without_such_columns_has_no_note(appeal: Path) -> None:
    assert review_register("appeal").notes == ()


MEMBERS = "code,name,{}\nA,Alm,1\nB,Berg,1\nC,Ceder,1\nD,Dal,1\nE,Ek,1\n"
PAYMENTS = "code,year,invoiced_on,amount,paid_on,paid,Bank\nA,2026,,,2026-03-20,300000,B\n"


@pytest.mark.parametrize(
    ("file", "text", "columns"),
    [
        ("contributors.csv", "code,name,Ort,Tel\nF,Fonden,,1\nG,Givaren,,2\n", "Ort, Tel"),
        ("members.csv", MEMBERS.format("adress"), "adress"),
        ("invoicing.csv", "code,organisation_number,buyer_reference,who\nA,,R1,K\n", "who"),
        ("payments.csv", PAYMENTS, "Bank"),
    ],
)
def test_each_file_names_them(appeal: Path, file: str, text: str, columns: str) -> None:
    (appeal / file).write_text(text, encoding="utf-8")
    review = review_register("appeal")
    assert review.notes == (f"{file}: columns not used: {columns}.",)
    assert review.text("sv").startswith(f"{file}: kolumner som inte användes: {columns}.")


def test_a_members_file_that_rounds_share_may_have_columns_of_others(appeal: Path) -> None:
    (appeal.parents[1] / "shared.csv").write_text(MEMBERS.format("weight"), encoding="utf-8")
    settings = (appeal / "round.toml").read_text(encoding="utf-8")
    settings = settings.replace('"members.csv"', '"../../shared.csv"')
    (appeal / "round.toml").write_text(settings, encoding="utf-8")
    assert review_register("appeal").notes == ()
