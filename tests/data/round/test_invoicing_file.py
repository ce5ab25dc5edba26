"""Organisation numbers and buyers' references, and what a round says of its invoices."""

from __future__ import annotations

from collections.abc import Callable
from fractions import Fraction
from pathlib import Path
from typing import Any

import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st
from pydantic import ValidationError

from helpers.data.round.invoicing_file import OrganisationNumbers, load_invoicing
from helpers.data.round.organisation_numbers import organisation_number
from helpers.errors import DataError
from helpers.model.funding_round import Round
from helpers.model.settings.round_settings import InvoicingSettings

Load = Callable[..., Any]
HEADING = "code,organisation_number,buyer_reference"


@pytest.fixture
def load(tmp_path: Path, five_members: pd.DataFrame) -> Load:
    def read(
        *lines: str, heading: str = "code,organisation_number,buyer_reference"
    ) -> pd.DataFrame:
        text = "\n".join([heading, *lines]) + "\n"
        (tmp_path / "invoicing.csv").write_text(text, encoding="utf-8")
        return load_invoicing(tmp_path, five_members)

    return read


# Doubled from the left every other digit of 2 1 2 0 0 0 0 1 4 2: 4+1+4+0+0+0+0+1+8+2 = 20.
@pytest.mark.parametrize("text", ["212000-0142", "2120000142", "162120000142", "16212000-0142"])
def test_a_number_in_any_usual_form_is_one_number(text: str) -> None:
    assert organisation_number(text) == "212000-0142"


# 5 5 6 0 3 6 0 7 9 3: 10→1, 5, 12→3, 0, 6, 6, 0, 7, 18→9, 3 = 40.
def test_products_of_two_digits_are_added_digit_by_digit() -> None:
    assert organisation_number("556036-0793") == "556036-0793"


@given(st.integers(0, 9), st.integers(1, 9))
def test_any_single_wrong_digit_is_found(place: int, off: int) -> None:
    digits = [int(digit) for digit in "2120000142"]
    digits[place] = (digits[place] + off) % 10
    assert organisation_number("".join(map(str, digits))) is None


def test_the_file_is_read_in_one_form(load: Load) -> None:
    rows = load("0001,2120000142,REF-1", "0002,,", "0003,556036-0793,")
    assert rows["organisation_number"].tolist() == ["212000-0142", "", "556036-0793"]
    assert rows["buyer_reference"].tolist() == ["REF-1", "", ""]


@pytest.fixture
def load_any(tmp_path: Path, five_members: pd.DataFrame) -> Load:
    def read(*lines: str, numbers: OrganisationNumbers = "any", heading: str = HEADING) -> Any:
        text = "\n".join([heading, *lines]) + "\n"
        (tmp_path / "invoicing.csv").write_text(text, encoding="utf-8")
        return load_invoicing(tmp_path, five_members, numbers)["organisation_number"].tolist()

    return read


# The check digit is Sweden's own: Denmark's, Norway's, Germany's and Britain's numbers have others.
def test_numbers_of_other_countries_are_kept_as_they_are_written(load_any: Load) -> None:
    foreign = ["DK 12345678", "974 760 673", "HRB 12345/B", "GB123456789"]
    lines = [f"000{at},{number}," for at, number in enumerate(foreign, 1)]
    assert load_any(*lines, "0005,212000-0142,") == [*foreign, "212000-0142"]


@pytest.mark.parametrize(
    ("number", "what"),
    [
        ("212000-0143", "has a check digit"),
        ("811218-9876", "may be a person's number"),
        ("kim@kommun.se", "is not an organisation number"),
        ("=1+1", "is not an organisation number"),
        ("unknown", "with at least one digit"),
        ("1" * 41, "is not an organisation number"),
    ],
)
def test_a_wrong_number_of_any_country_is_named(load_any: Load, number: str, what: str) -> None:
    with pytest.raises(DataError, match=what):
        load_any(f"0001,{number},")


def test_a_round_without_organisation_numbers_asks_for_none(load_any: Load) -> None:
    found = load_any("0001,REF-1", numbers="none", heading="code,buyer_reference")
    assert found == [""]
    with pytest.raises(DataError, match="no column 'organisation_number'"):
        load_any("0001,REF-1", heading="code,buyer_reference")


def test_without_the_file_nothing_is_known(tmp_path: Path, five_members: pd.DataFrame) -> None:
    rows = load_invoicing(tmp_path, five_members)
    assert (len(rows), list(rows.columns)) == (
        0,
        ["code", "organisation_number", "buyer_reference"],
    )


def test_a_contact_persons_column_is_not_read(load: Load) -> None:
    rows = load("0001,,R,Kim", heading="code,organisation_number,buyer_reference,contact")
    assert list(rows.columns) == ["code", "organisation_number", "buyer_reference"]


def test_every_problem_is_named_at_once(load: Load) -> None:
    with pytest.raises(DataError) as error:
        load(
            "0009,212000-0142,",
            "0001,212000-0143,",
            "0001,21200-0142,",
            "0002,811218-9876,kim@kommun.se",
            ",,REF-2",
        )
    found = [(p.row, p.column, p.what, p.remedy) for p in error.value.problems]
    assert found == [
        (2, "code", "'0009' is not a member of this round.", "Write the code as members have it."),
        (
            3,
            "organisation_number",
            "'212000-0143' has a check digit that does not fit.",
            "Compare it with the source, digit by digit.",
        ),
        (4, "code", "'0001' occurs twice.", "Keep one of the rows."),
        (4, "organisation_number", "'21200-0142' is not ten digits.", "Write it as 212000-0142."),
        (
            5,
            "organisation_number",
            "'811218-9876' is not an organisation number but may be a person's number.",
            "Write the organisation's; a person's does not belong here.",
        ),
        (
            5,
            "buyer_reference",
            "'kim@kommun.se' is an e-mail address.",
            "Write the buyer's reference code.",
        ),
        (
            6,
            "code",
            "A blank cell is not a member of this round.",
            "Write the code as members have it.",
        ),
    ]
    assert all(problem.file == "invoicing.csv" for problem in error.value.problems)


def test_the_shipped_round_states_no_rule_for_vat(shipped_round: Round) -> None:
    assert shipped_round.invoicing == InvoicingSettings(vat="not-stated")


def test_a_percentage_goes_with_vat_that_is_added_and_with_no_other() -> None:
    assert InvoicingSettings(vat="added", vat_percent="12.5").vat_percent == Fraction(25, 2)
    for values in ({"vat": "added"}, {"vat": "exempt", "vat_percent": 25}, {"vat_percent": 25}):
        with pytest.raises(ValidationError, match="give vat_percent"):
            InvoicingSettings.model_validate(values)


def test_a_period_is_of_a_year_of_the_round(five_round: Round) -> None:
    plain = five_round.model_dump()
    plain["invoicing"] = {"period": {"2019": {"sv": "hela året"}}}
    with pytest.raises(ValidationError, match="names no year of the round: 2019"):
        Round.model_validate(plain)
    plain["invoicing"] = {"period": {"2018": {"sv": "hela året"}}}
    assert Round.model_validate(plain).invoicing.period["2018"] == {"sv": "hela året"}
