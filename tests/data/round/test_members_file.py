from __future__ import annotations

from collections.abc import Callable
from fractions import Fraction
from pathlib import Path
from typing import Any

import pandas as pd
import pytest

from helpers.data.round.members_file import load_members
from helpers.errors import DataError
from helpers.model.funding_round import Round

HEADING = "code,name,county,skl_group_2017,population_2015"
GOOD = ["0114,Upplands Väsby,Stockholms län,A2,42661", "0115,Vallentuna,Stockholms län,A2,32380"]


def priced_on(round_: Round, year: int) -> Round:
    pricing = round_.pricing.model_copy(update={"population_year": year})
    return round_.model_copy(update={"pricing": pricing})


@pytest.fixture
def load_lines(tmp_path: Path, shipped_round: Round) -> Callable[..., pd.DataFrame]:
    def load(*lines: str, heading: str = HEADING) -> pd.DataFrame:
        text = "\n".join([heading, *lines]) + "\n"
        (tmp_path / "members.csv").write_text(text, encoding="utf-8")
        return load_members(tmp_path, shipped_round.model_copy(update={"members": "members.csv"}))

    return load


def problems_of(error: pytest.ExceptionInfo[DataError]) -> list[tuple[object, ...]]:
    return [(p.file, p.row, p.column, p.value) for p in error.value.problems]


def test_all_290_municipalities_are_there_once_each_sorted_by_code(
    shipped_members: pd.DataFrame,
) -> None:
    codes = shipped_members["code"].tolist()
    assert len(codes) == 290
    assert codes == sorted(set(codes))
    assert all(len(code) == 4 and code.isdigit() for code in codes)


def test_a_leading_zero_survives(shipped_members: pd.DataFrame) -> None:
    by_code = shipped_members.set_index("code")["name"]
    assert by_code["0180"] == "Stockholm"


def test_there_are_21_counties(shipped_members: pd.DataFrame) -> None:
    assert shipped_members["county"].nunique() == 21


# National totals on 31 December as SCB published them (Folkmängd i riket).
@pytest.mark.parametrize(
    ("year", "total"),
    [
        (2014, 9_747_355),
        (2015, 9_851_017),
        (2016, 9_995_153),
        (2018, 10_230_185),
        (2024, 10_587_710),
    ],
)
def test_inhabitants_add_up_to_the_national_total(
    shipped_folder: Path, shipped_round: Round, year: int, total: int
) -> None:
    members = load_members(shipped_folder, priced_on(shipped_round, year))
    assert members["population"].sum() == total


def test_group_sizes_are_those_of_the_2017_classification(shipped_members: pd.DataFrame) -> None:
    # SKL, Kommungruppsindelning 2017.
    sizes = {
        "A1": 3,
        "A2": 43,
        "B3": 21,
        "B4": 52,
        "B5": 35,
        "C6": 29,
        "C7": 52,
        "C8": 40,
        "C9": 15,
    }
    assert shipped_members["group"].value_counts().to_dict() == sizes


def test_the_columns_are_named_for_what_they_hold(shipped_members: pd.DataFrame) -> None:
    columns = ["code", "name", "county", "group", "population", "east_km", "north_km"]
    assert list(shipped_members.columns) == columns


PLACED = HEADING + ",east_km,north_km"


def test_a_place_may_be_left_blank(load_lines: Callable[..., pd.DataFrame]) -> None:
    placed = load_lines(f"{GOOD[0]},664.7,6602", f"{GOOD[1]},,", heading=PLACED)
    assert placed[["east_km", "north_km"]].to_numpy().tolist()[0] == [664.7, 6602.0]
    assert placed[["east_km", "north_km"]].isna().to_numpy().tolist() == [[False] * 2, [True] * 2]


@pytest.mark.parametrize("place", ["664,7", "nan", "inf", "1e3", "öst"])
def test_a_place_is_a_number(load_lines: Callable[..., pd.DataFrame], place: str) -> None:
    with pytest.raises(DataError) as error:
        load_lines(f'{GOOD[0]},"{place}",6602', heading=PLACED)
    assert problems_of(error) == [("members.csv", 2, "east_km", place)]


@pytest.fixture
def load_weights(tmp_path: Path, five_round: Round) -> Callable[..., pd.DataFrame]:
    def load(*lines: str, rule: str = "by-weight", column: str = "weight", **more: object) -> Any:
        text = "\n".join([f"code,name,{column}", *lines]) + "\n"
        (tmp_path / "members.csv").write_text(text, encoding="utf-8")
        stated = {**five_round.model_dump(), "pricing": {"rule": rule, **more}}
        round_ = Round.model_validate(stated | {"members": "members.csv"})
        return load_members(tmp_path, round_)["population"].tolist()

    return load


def test_weights_may_have_decimals_and_are_read_exactly(
    load_weights: Callable[..., list[object]],
) -> None:
    weights = load_weights("a,Alm,22.5", 'b,Berg,"0,001"', "c,Dal,7")
    assert weights == [Fraction(45, 2), Fraction(1, 1000), 7]
    assert load_weights("a,Alm,2.0", "b,Berg,7") == [2, 7]


@pytest.mark.parametrize("wrong", ["0", "0.0", "-1", "1e3", "1.2.3", "nan", "", ".5", "5.", "½"])
def test_a_weight_is_a_number_above_zero(
    load_weights: Callable[..., list[object]], wrong: str
) -> None:
    with pytest.raises(DataError) as error:
        load_weights(f"a,Alm,{wrong}", "b,Berg,7")
    assert problems_of(error) == [("members.csv", 2, "weight", wrong)]


def test_a_member_with_a_fixed_share_needs_no_weight(
    load_weights: Callable[..., list[object]],
) -> None:
    limits = {"fixed_percent": {"a": "10"}}
    assert load_weights("a,Alm,", "b,Berg,7", limits=limits) == [0, 7]
    with pytest.raises(DataError):
        load_weights("a,Alm,x", "b,Berg,7", limits=limits)


def test_a_listed_fee_may_be_zero_and_have_decimals(
    load_weights: Callable[..., list[object]],
) -> None:
    fees = load_weights("a,Alm,0", "b,Berg,1234.5", rule="annex", column="fee")
    assert fees == [0, Fraction(2469, 2)]


def test_inhabitants_are_whole(load_lines: Callable[..., pd.DataFrame]) -> None:
    with pytest.raises(DataError, match="inhabitants are not a whole number above zero"):
        load_lines("0114,Upplands Väsby,Stockholms län,A2,42661.5")


def test_members_come_sorted_by_code_whatever_the_file_order(
    load_lines: Callable[..., pd.DataFrame],
) -> None:
    assert load_lines(*reversed(GOOD))["code"].tolist() == ["0114", "0115"]


def test_a_population_year_that_the_file_lacks_names_the_column(
    shipped_folder: Path, shipped_round: Round
) -> None:
    with pytest.raises(DataError) as error:
        load_members(shipped_folder, priced_on(shipped_round, 1999))
    assert problems_of(error) == [("municipalities.csv", 1, "population_1999", None)]


def test_every_missing_column_is_named(load_lines: Callable[..., pd.DataFrame]) -> None:
    with pytest.raises(DataError) as error:
        load_lines("0114,Upplands Väsby,A2", heading="code,name,skl_group_2017")
    assert problems_of(error) == [
        ("members.csv", 1, "population_2015", None),
    ]


def test_a_code_that_stands_twice_is_named_where_it_is_repeated(
    load_lines: Callable[..., pd.DataFrame],
) -> None:
    with pytest.raises(DataError) as error:
        load_lines(*GOOD, "0114,Väsby,Stockholms län,A2,1")
    assert problems_of(error) == [("members.csv", 4, "code", "0114")]


def test_codes_that_differ_in_capitals_alone_are_refused(
    load_lines: Callable[..., pd.DataFrame],
) -> None:
    # Windows' and macOS' file systems: the second member's letter would be the first one's.
    with pytest.raises(DataError, match="is another's but for capital letters") as error:
        load_lines("ab1,Alm,X,A1,10", "AB1,Berg,X,A1,10", "ab2,Dal,X,A1,10")
    assert problems_of(error) == [("members.csv", 3, "code", "AB1")]


def test_a_blank_name_is_named(load_lines: Callable[..., pd.DataFrame]) -> None:
    with pytest.raises(DataError) as error:
        load_lines(GOOD[0], "0115, ,Stockholms län,A2,32380")
    assert problems_of(error) == [("members.csv", 3, "name", "")]


def test_a_blank_code_is_named(load_lines: Callable[..., pd.DataFrame]) -> None:
    with pytest.raises(DataError) as error:
        load_lines(",Vallentuna,Stockholms län,A2,32380")
    assert problems_of(error) == [("members.csv", 2, "code", "")]


@pytest.mark.parametrize(
    "inhabitants", ["32380.5", "-1", "0", "", "32 380", "1e4", "många", "99999999999999999999"]
)
def test_inhabitants_must_be_a_whole_number_above_zero(
    load_lines: Callable[..., pd.DataFrame], inhabitants: str
) -> None:
    with pytest.raises(DataError) as error:
        load_lines(GOOD[0], f"0115,Vallentuna,Stockholms län,A2,{inhabitants}")
    assert problems_of(error) == [("members.csv", 3, "population_2015", inhabitants)]


def test_all_problems_come_at_once(load_lines: Callable[..., pd.DataFrame]) -> None:
    with pytest.raises(DataError) as error:
        load_lines(GOOD[0], "0114,,Stockholms län,A2,x")
    found = {(row, column) for _, row, column, _ in problems_of(error)}
    assert found == {(3, "code"), (3, "name"), (3, "population_2015")}


def test_the_message_says_where_and_what_to_do(load_lines: Callable[..., pd.DataFrame]) -> None:
    with pytest.raises(DataError) as error:
        load_lines("0115,,Stockholms län,A2,32380")
    assert str(error.value) == ("members.csv, row 2, column name: the name is blank. Fill it in.")


def test_a_file_that_lists_no_member_is_named(load_lines: Callable[..., pd.DataFrame]) -> None:
    with pytest.raises(DataError, match=r"members\.csv: lists no member\. Add a row for each"):
        load_lines()


@pytest.mark.parametrize(
    ("days", "column", "what"),
    [
        ("2026-07-01,2026-06-30,", "valid_to", "is before valid_from."),
        ("2026-02-30,,", "valid_from", "is not a day."),
        (",,1 mars", "known_from", "is not a day."),
        (
            ",,2026-03-01",
            "known_from",
            "is the day from which valid_from or valid_to is known, and both are blank.",
        ),
    ],
)
def test_the_days_of_a_membership_must_be_possible(
    load_lines: Callable[..., pd.DataFrame], days: str, column: str, what: str
) -> None:
    heading = "code,name,county,skl_group_2017,population_2015,valid_from,valid_to,known_from"
    with pytest.raises(DataError) as error:
        load_lines(f"0114,Alm,Norra län,A1,1000,{days}", heading=heading)
    assert [(p.column, p.what) for p in error.value.problems] == [(column, what)]


def test_official_names_and_addresses_are_kept_as_they_stand(
    load_lines: Callable[..., pd.DataFrame],
) -> None:
    heading = f"{HEADING},official_name,address"
    members = load_lines(
        f"{GOOD[0]},Upplands Väsby kommun,kommun@example.org", f"{GOOD[1]},,", heading=heading
    )
    assert list(members["official_name"]) == ["Upplands Väsby kommun", ""]
    assert list(members["address"]) == ["kommun@example.org", ""]


@pytest.mark.parametrize("address", ["kommun", "a@b", "a b@example.org", "a@x.org;b@x.org"])
def test_an_address_that_no_mail_reaches_is_an_error(
    load_lines: Callable[..., pd.DataFrame], address: str
) -> None:
    with pytest.raises(DataError) as raised:
        load_lines(f"{GOOD[0]},{address}", heading=f"{HEADING},address")
    assert problems_of(raised) == [("members.csv", 2, "address", address)]
