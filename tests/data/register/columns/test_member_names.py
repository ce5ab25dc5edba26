from __future__ import annotations

import csv
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from helpers.data.register.columns.member_names import (
    MemberNameIndex,
    resolve_member_code,
    restore_leading_zeros,
)
from helpers.errors import ReportError

CODES = ["0114", "0180", "1480", "2584"]


@pytest.fixture(scope="module")
def members(project: Path) -> dict[str, str]:
    with (project / "data" / "municipalities.csv").open(encoding="utf-8", newline="") as file:
        return {row["code"]: row["name"] for row in csv.DictReader(file)}


@pytest.fixture(scope="module")
def index(members: dict[str, str]) -> MemberNameIndex:
    return MemberNameIndex(members)


def test_every_regular_form_of_all_290_finds_its_own_code(
    index: MemberNameIndex, members: dict[str, str]
) -> None:
    assert len(members) == 290
    for code, name in members.items():
        genitive = name if name[-1] in "sxz" else f"{name}s"
        forms = [name, f"{name} kommun", f"{genitive} kommun", f"{name} stad", f"{genitive} stad"]
        for form in forms:
            written = [form, form.upper(), f" {form.replace(' ', '  ')}\u00a0"]
            assert [index.find_code(text) for text in written] == [code] * 3, form


@pytest.mark.parametrize(
    ("name", "code"),
    [
        ("Upplands Väsby kommun", "0114"),
        ("Österåkers kommun", "0117"),
        ("Salems kommun", "0128"),
        ("Upplands-Bro kommun", "0139"),
        ("UPPLANDS BRO", "0139"),
        ("Stockholms stad", "0180"),
        ("stockholm", "0180"),
        ("Göteborgs Stad", "1480"),
        ("Go\u0308teborgs\u00a0stad", "1480"),
        ("Göteborgs kommun", "1480"),
        ("Malmö stad", "1280"),
        ("Västerås stad", "1980"),
        ("Kalix kommun", "2514"),
        ("Lilla Edets kommun", "1462"),
        ("Dals-Eds kommun", "1438"),
        ("Dals Ed", "1438"),
        ("Malung – Sälens kommun", "2023"),
        ("Malung‑Sälen", "2023"),
        ("Falun", "2080"),
        ("Falu kommun", "2080"),
        ("Faluns kommun", "2080"),
        ("Region Gotland", "0980"),
        ("Gotlands kommun", "0980"),
        ("Håbo kommun", "0305"),
        ("Habo kommun", "0643"),
        ("", None),
        ("-", None),
        ("kommun", None),
        ("Kommunen i Falun", None),
        ("Falu", None),
        ("Stockholms", None),
        ("Stockholms län", None),
        ("Region Stockholm", None),
        ("Region Falun", None),
        ("Malmo", None),
        ("0114", None),
    ],
)
def test_a_name_finds_its_code_or_none(index: MemberNameIndex, name: str, code: str | None) -> None:
    assert index.find_code(name) == code


def test_a_form_that_fits_two_members_fits_none() -> None:
    index = MemberNameIndex({"1": "Berg", "2": "Bergs", "3": "Mark"})
    assert index.find_code("Bergs kommun") is None
    assert index.find_code("Berg kommun") == "1"
    assert index.find_code("Bergs") == "2"
    assert index.find_code("Marks kommun") == "3"


def test_two_members_of_the_same_name_are_found_by_neither() -> None:
    assert MemberNameIndex({"1": "Berg", "2": "BERG"}).find_code("Berg") is None


def test_a_member_without_a_name_is_never_found() -> None:
    index = MemberNameIndex({"1": "", "2": " "})
    assert [index.find_code(name) for name in ("", "kommun", "s kommun")] == [None, None, None]


@pytest.mark.parametrize(
    ("name", "first"),
    [
        ("Upplands Väsbby", "Upplands Väsby"),
        ("Upplands Väsbby kommun", "Upplands Väsby"),
        ("Gotheborg", "Göteborg"),
        ("Gotheborgs stad", "Göteborg"),
        ("Malmo", "Malmö"),
        ("Orebro", "Örebro"),
        ("AMAL", "Åmål"),
        ("Falu komun", "Falun"),
        ("Region Gotlnd", "Gotland"),
        ("Hallmstad", "Halmstad"),
        ("Skelefteå kommun", "Skellefteå"),
    ],
)
def test_a_misspelt_name_is_suggested_right(index: MemberNameIndex, name: str, first: str) -> None:
    assert index.find_code(name) is None
    assert index.suggest(name)[0] == first


def test_suggestions_are_few_and_without_repeats(index: MemberNameIndex) -> None:
    near = index.suggest("Haboo")
    assert set(near[:2]) == {"Habo", "Håbo"}
    assert len(set(near)) == len(near) <= 3
    assert len(index.suggest("Haboo", most=1)) == 1


@pytest.mark.parametrize("name", ["", "kommun", "xyz", "Kommunalförbundet Väst", "0114"])
def test_nothing_near_gives_no_suggestion(index: MemberNameIndex, name: str) -> None:
    assert index.suggest(name) == []


def test_a_round_without_members_suggests_nothing() -> None:
    assert MemberNameIndex({}).suggest("Falun") == []


@pytest.mark.parametrize(
    ("text", "code"),
    [
        ("0114", "0114"),
        ("114", "0114"),
        ("180", "0180"),
        ("1480", "1480"),
        ("14", "14"),
        ("115", "115"),
        ("00114", "00114"),
        ("114.0", "114.0"),
        ("-114", "-114"),
        ("", ""),
        ("Falun", "Falun"),
        ("١١٤", "١١٤"),
    ],
)
def test_only_lost_zeros_are_put_back(text: str, code: str) -> None:
    assert restore_leading_zeros(text, CODES) == code


def test_codes_may_have_letters_and_other_lengths() -> None:
    assert restore_leading_zeros("7", ["007", "SE12", "0012"]) == "007"
    assert restore_leading_zeros("12", ["007", "SE12", "0012"]) == "0012"
    assert restore_leading_zeros("7", ["07", "007"]) == "7"  # either may be meant
    assert restore_leading_zeros("E12", ["0E12"]) == "E12"
    assert restore_leading_zeros("7", []) == "7"


@given(name=st.text())
def test_no_text_makes_it_fail(name: str) -> None:
    index = MemberNameIndex({"2080": "Falun", "0980": "Gotland", "": name})
    assert index.find_code(name) in {None, "", "2080", "0980"}
    assert len(index.suggest(name)) <= 3
    assert restore_leading_zeros(name, CODES) in {name, *CODES}


@pytest.mark.parametrize("written", ["0180", "180", " 0180 "])
def test_a_members_code_gets_its_zeros_back(members: dict[str, str], written: str) -> None:
    assert resolve_member_code(written, members) == "0180"


@pytest.mark.parametrize(
    ("written", "nearest"),
    [
        ("Stockholms stad", r"0180 \(Stockholm\)\."),  # a name is no code, but says who is meant
        ("Stokholm", r"0180 \(Stockholm\)"),
        ("01180", r"0180 \(Stockholm\)"),
        ("£", r"none\."),
    ],
)
def test_an_unknown_code_names_what_is_nearest(
    members: dict[str, str], written: str, nearest: str
) -> None:
    with pytest.raises(ReportError, match=f"code '{written}'. The nearest: .*{nearest}"):
        resolve_member_code(written, members)
