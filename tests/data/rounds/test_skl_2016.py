from __future__ import annotations

import csv
import importlib.util
from datetime import date, timedelta
from pathlib import Path
from types import ModuleType

import pandas as pd
import pytest

from helpers.model.answer_register import Register, reconstructed
from helpers.model.funding_round import Round
from helpers.model.settings.round_prices import compute_prices
from support.optional_values import present

Row = dict[str, str]


@pytest.fixture(scope="module")
def script(shipped_folder: Path) -> ModuleType:
    path = shipped_folder / "reconstruct.py"
    spec = present(importlib.util.spec_from_file_location("reconstruct", path))
    module = importlib.util.module_from_spec(spec)
    present(spec.loader).exec_module(module)
    return module


@pytest.fixture(scope="module")
def rows(shipped_folder: Path) -> list[Row]:
    with (shipped_folder / "decisions.csv").open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


def received_between(rows: list[Row], first: date, last: date) -> int:
    return sum(first <= date.fromisoformat(row["received_on"]) <= last for row in rows)


def test_the_script_gives_the_bytes_of_the_register(
    script: ModuleType, shipped_folder: Path
) -> None:
    assert script.reconstruct().encode() == (shipped_folder / "decisions.csv").read_bytes()


def test_a_second_run_gives_the_same_bytes(script: ModuleType) -> None:
    assert script.reconstruct() == script.reconstruct()


def test_253_answered_209_yes_and_44_no(rows: list[Row]) -> None:
    # SKL's letter of 22 February 2017.
    decisions = [row["decision"] for row in rows]
    assert (len(rows), decisions.count("yes"), decisions.count("no")) == (253, 209, 44)


def test_every_row_is_another_member_of_the_round(
    rows: list[Row], shipped_members: pd.DataFrame
) -> None:
    codes = [row["code"] for row in rows]
    assert len(set(codes)) == 253
    assert set(codes) <= set(shipped_members["code"])


def test_a_little_over_2_6_million_is_funded(
    rows: list[Row], shipped_round: Round, shipped_members: pd.DataFrame
) -> None:
    fees = compute_prices(shipped_round, shipped_members).fees
    funded = sum(fees[row["code"]] for row in rows if row["decision"] == "yes")
    assert 2_600_000 < funded < 2_650_000


def test_stockholm_says_yes_under_its_case_number(rows: list[Row]) -> None:
    # City of Stockholm, PM 2016:149 (Dnr 159-1145/2016), proposed on 8 September 2016.
    [stockholm] = [row for row in rows if row["code"] == "0180"]
    assert stockholm["decision"] == "yes"
    assert stockholm["case_number"] == "159-1145/2016"
    assert stockholm["decided_on"] > "2016-09-08"


def test_no_other_row_has_a_case_number(rows: list[Row]) -> None:
    assert [row["code"] for row in rows if row["case_number"]] == ["0180"]


@pytest.mark.parametrize("column", ["decided_on", "received_on"])
def test_every_day_is_a_weekday_within_the_round(rows: list[Row], column: str) -> None:
    days = [date.fromisoformat(row[column]) for row in rows]
    assert min(days) >= date(2016, 6, 10)
    assert max(days) <= date(2017, 2, 22)
    assert all(day.isoweekday() <= 5 for day in days)


def test_no_answer_is_received_before_it_is_decided(rows: list[Row]) -> None:
    assert all(row["decided_on"] <= row["received_on"] for row in rows)


@pytest.mark.parametrize("deadline", [date(2016, 9, 30), date(2016, 10, 31)])
def test_answers_crowd_before_each_deadline(rows: list[Row], deadline: date) -> None:
    # The eleven days that end on the deadline, and the eleven that follow it.
    up_to = received_between(rows, deadline - timedelta(days=10), deadline)
    after = received_between(rows, deadline + timedelta(days=1), deadline + timedelta(days=11))
    assert up_to > after


def test_every_row_says_that_it_is_reconstructed(
    rows: list[Row], shipped_register: Register
) -> None:
    assert {row["source"] for row in rows} == {"reconstructed"}
    assert reconstructed(shipped_register.rows)


def test_no_row_is_registered_apart_from_when_it_was_received(rows: list[Row]) -> None:
    assert {row["registered_on"] for row in rows} == {""}
