"""contributors.csv: contributors outside the members, in a round of pledges alone."""

from __future__ import annotations

from pathlib import Path

import pytest

from helpers.data.round.members_file import load_members
from helpers.data.round.round_config import load_round
from helpers.errors import DataError
from support.appeal_round import ROUND, write_appeal


@pytest.fixture
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    return write_appeal(tmp_path, monkeypatch)


def test_contributors_stand_among_the_members_by_code(folder: Path) -> None:
    members = load_members(folder, load_round(folder))
    outside = dict(zip(members["code"], members["contributor"], strict=True))
    assert outside == {code: code in "FG" for code in "ABCDEFG"}


def test_without_the_file_there_are_the_members_alone(folder: Path) -> None:
    (folder / "contributors.csv").unlink()
    members = load_members(folder, load_round(folder))
    assert list(members["code"]) == list("ABCDE")
    assert not members["contributor"].any()


def test_a_contributor_has_a_blank_name_and_address_for_letters(folder: Path) -> None:
    lines = ["code,name,official_name,address,county"]
    lines.append("A,Alm,Alms kommun,alm@example.org,Länet")
    (folder / "members.csv").write_text(
        "\n".join([*lines, "B,Berg,,,Länet"]) + "\n", encoding="utf-8"
    )
    members = load_members(folder, load_round(folder)).set_index("code")
    blank = members["official_name"] + members["address"]
    assert blank[["B", "F", "G"]].to_list() == ["", "", ""]
    assert members.at["F", "county"] == ""
    assert members.at["A", "address"] == "alm@example.org"


def test_a_contributor_may_have_an_official_name_and_an_address(folder: Path) -> None:
    lines = ["code,name,official_name,address", "F,Fonden,Stiftelsen Fonden,kansli@example.org"]
    (folder / "contributors.csv").write_text("\n".join([*lines, "G,Givaren,,"]) + "\n", "utf-8")
    members = load_members(folder, load_round(folder)).set_index("code")
    assert members.at["F", "official_name"] == "Stiftelsen Fonden"
    assert members.at["F", "address"] == "kansli@example.org"
    assert (members.at["A", "address"], members.at["G", "official_name"]) == ("", "")


def test_an_address_of_a_contributor_that_is_none_is_named(folder: Path) -> None:
    text = "code,name,address\nF,Fonden,Storgatan 1\n"
    (folder / "contributors.csv").write_text(text, encoding="utf-8")
    with pytest.raises(DataError) as error:
        load_members(folder, load_round(folder))
    [problem] = error.value.problems
    assert (problem.row, problem.column, problem.value) == (2, "address", "Storgatan 1")


def test_every_mistake_is_named_with_its_row(folder: Path) -> None:
    lines = ["code,name", "a,Gåvan", "H,Berg", "I,", "x/y,Kryss", "J,Jul", "J,Jull"]
    (folder / "contributors.csv").write_text("\n".join(lines) + "\n", encoding="utf-8")
    with pytest.raises(DataError) as error:
        load_members(folder, load_round(folder))
    assert [(one.file, one.row, one.column) for one in error.value.problems] == [
        ("contributors.csv", 2, "code"),  # A is a member
        ("contributors.csv", 3, "name"),  # and so is Berg
        ("contributors.csv", 4, "name"),
        ("contributors.csv", 5, "code"),
        ("contributors.csv", 7, "code"),
    ]


def test_a_round_of_fees_refuses_the_file(folder: Path) -> None:
    fees = ROUND.partition("[pricing]")[0] + '[pricing]\nrule = "by-weight"\n'
    (folder / "round.toml").write_text(fees, encoding="utf-8")
    (folder / "members.csv").write_text("code,name,weight\nA,Alm,1\n", encoding="utf-8")
    with pytest.raises(DataError, match=r"contributors\.csv.*by-weight"):
        load_members(folder, load_round(folder))
