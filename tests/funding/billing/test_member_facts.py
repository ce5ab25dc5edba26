"""What a letter states of one member of the round of five, worked out by hand."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from fractions import Fraction
from pathlib import Path
from typing import Any

import pandas as pd
import pytest

from helpers.funding.billing.member_facts import (
    collect_member_facts,
    events_in_letter,
    last_reply_date,
)
from helpers.funding.figures_json.letter_json import letter_figures
from helpers.funding.figures_json.tally_json import tally_figures
from helpers.funding.statement.round_statement import Statement
from helpers.funding.statement.statement_computation import compute_statement
from helpers.model.answer_register import Register
from helpers.model.funding_round import Round
from support import five_member_round as five
from support.loaded_register import load_register
from support.optional_values import present

# Fees a year: Alm 100, Berg 200, Dal 300, Ek 400, Fors 900, for 2017 and 2018.
HEADING = "code,decided_on,received_on,decision,years,condition,case_number"
HISTORY = [
    "0001,2016-06-15,2016-06-20,yes,,,A 1",
    "0002,2016-06-15,2016-06-20,yes,,,",
    "0002,2016-07-15,2016-07-20,no,,,",
    "0004,2016-06-15,2016-06-20,yes,,Om alla,",
    "0005,2016-06-15,2016-06-20,yes,2018,,",
]
DAY, NEXT_YEAR = date(2017, 7, 15), date(2018, 2, 1)
TEXT = {"sv": "Text"}
EVENTS: list[dict[str, Any]] = [
    {"kind": "deadline", "known_from": date(2016, 6, 10), "on": date(2016, 9, 30), "text": TEXT},
    {"kind": "deadline", "known_from": date(2016, 9, 1), "on": date(2016, 10, 31), "text": TEXT},
    {"kind": "decision", "known_from": date(2016, 6, 10), "on": date(2017, 8, 1), "text": TEXT,
     "letters": ["yes", "no"]},
    {"kind": "decision", "known_from": date(2017, 7, 15), "text": TEXT, "letters": ["yes"]},
    {"kind": "next", "known_from": date(2016, 6, 10), "text": TEXT, "letters": ["no"]},
]  # fmt: skip

Ask = Callable[..., Statement]


@pytest.fixture(scope="module")
def on(five_round: Round, five_members: pd.DataFrame, register_of: Callable[..., Register]) -> Ask:
    register = register_of(*HISTORY, heading=HEADING)

    def ask(day: date = DAY, **more: Any) -> Statement:
        round_ = Round.model_validate(five_round.model_dump() | more)
        return compute_statement(round_, five_members, register, [], day, day)

    return ask


def test_a_yes_for_all_years_pays_them_and_joins_nothing(on: Ask) -> None:
    alm = collect_member_facts(on(), "0001")
    assert (alm.name, alm.answer, alm.case_number, alm.condition) == ("Alm", "yes", "A 1", "")
    assert (alm.decided_on, alm.received_on) == (date(2016, 6, 15), date(2016, 6, 20))
    assert (alm.fee, alm.fee_by_year, alm.fee_all_years) == (100, {2017: 100, 2018: 100}, 200)
    assert (alm.years_outside, alm.joining_price, alm.withdrawn) == ((), None, False)


def test_a_yes_for_one_year_leaves_the_other_out_until_it_has_passed(on: Ask) -> None:
    fors = collect_member_facts(on(), "0005")
    assert (fors.fee_by_year, fors.years_outside, fors.fee_all_years) == ({2018: 900}, (2017,), 900)
    assert [(year.year, year.price) for year in present(fors.joining_price).years] == [(2017, 900)]
    assert present(fors.joining_price).on == DAY
    assert collect_member_facts(on(NEXT_YEAR), "0005").joining_price is None


def test_those_outside_are_told_what_the_years_left_would_cost(on: Ask) -> None:
    berg = collect_member_facts(on(), "0002")
    assert (berg.answer, berg.withdrawn, berg.fee_all_years) == ("no", True, 400)
    assert present(berg.joining_price).total == 400
    # 2017 has passed.
    assert present(collect_member_facts(on(NEXT_YEAR), "0002").joining_price).total == 200
    # July is the first of six months: 300 × 6/12 and 300.
    dal = collect_member_facts(on(joining={"part_of_year": "months"}), "0003")
    assert (dal.answer, dal.decided_on, dal.received_on) == ("unanswered", None, None)
    assert [(y.part, y.price) for y in present(dal.joining_price).years] == [
        (Fraction(1, 2), 150),
        (1, 300),
    ]


def test_a_conditional_yes_would_pay_and_can_join(on: Ask) -> None:
    ek = collect_member_facts(on(), "0004")
    assert (ek.answer, ek.condition, ek.fee_by_year) == (
        "conditional",
        "Om alla",
        {2017: 400, 2018: 400},
    )
    assert (ek.years_outside, present(ek.joining_price).total) == ((), 800)


def test_events_are_told_to_those_they_concern_once_they_have_happened(on: Ask) -> None:
    now, later = on(events=EVENTS), on(date(2017, 8, 1), events=EVENTS)
    # The board's first decision is on 1 August; of the second, only the day it is known is stated.
    assert [e.on for e in events_in_letter(now, "yes", "decision", "next")] == [None]
    assert events_in_letter(now, "no", "decision") == []
    assert [e.on for e in events_in_letter(later, "yes", "decision")] == [date(2017, 8, 1), None]
    assert [e.kind for e in events_in_letter(later, "no", "next", "decision")] == [
        "next",
        "decision",
    ]
    assert events_in_letter(later, "unanswered", "decision", "next") == []


def test_the_reply_date_is_the_last_one_known(on: Ask) -> None:
    assert last_reply_date(on()) is None
    assert last_reply_date(on(date(2016, 8, 31), events=EVENTS)) == date(2016, 9, 30)
    assert last_reply_date(on(events=EVENTS)) == date(2016, 10, 31)


def test_the_figures_of_a_letter_by_name(on: Ask) -> None:
    statement = on(events=EVENTS)
    found = letter_figures(statement, collect_member_facts(statement, "0005"))
    assert (found["code"], found["name"], found["answer"], found["fee"]) == (
        "0005",
        "Fors",
        "yes",
        900,
    )
    assert (found["as_of"], found["known_on"], found["recommended_on"], found["reply_by"]) == (
        "2017-07-15",
        "2017-07-15",
        "2016-06-10",
        "2016-10-31",
    )
    assert (found["decided_on"], found["received_on"]) == ("2016-06-15", "2016-06-20")
    assert (found["fee_by_year"], found["fee_all_years"]) == ({"2018": 900}, 900)
    assert found["years_outside"] == [2017]
    assert found["joining"] == {"on": "2017-07-15", "by_year": {"2017": 900}, "total": 900}
    # 10 000 inhabitants less 10 % weigh 9 000 of the 19 000 that share 1 900.
    receipt = found["receipt"]
    names = ("key", "rebate_above", "weight", "together", "share", "exact_fraction", "rounding")
    assert [receipt[name] for name in names] == [10_000, 8_000, 9_000, 19_000, 9 / 19, "900/1", 0]
    assert (receipt["rate"], receipt["highest_rate"], receipt["step"]) == (None, None, 1)


def test_a_letters_figures_are_these_and_the_rounds_own(on: Ask) -> None:
    statement = on(events=EVENTS)
    found = letter_figures(statement, collect_member_facts(statement, "0001"))
    total = tally_figures(statement.total)
    assert {name: found[name] for name in total} == total
    # 1 000 inhabitants of the 19 000 that weigh: 1 900 × 1/19 is 100.
    assert {name: value for name, value in found.items() if name not in total} == {
        "round": "five-2016",
        "as_of": "2017-07-15",
        "known_on": "2017-07-15",
        "currency": "SEK",
        "recommended_on": "2016-06-10",
        "reply_by": "2016-10-31",
        "reconstructed": False,
        "code": "0001",
        "name": "Alm",
        "answer": "yes",
        "case_number": "A 1",
        "condition": "",
        "decided_on": "2016-06-15",
        "received_on": "2016-06-20",
        "withdrawn": False,
        "fee": 100,
        "fee_by_year": {"2017": 100, "2018": 100},
        "fee_all_years": 200,
        "years_outside": [],
        "joining": None,
        "receipt": {
            "rebate_above": 8_000,
            "rebate_percent": 10,
            "step": 1,
            "way": "share",
            "population_year": 2015,
            "key": 1_000,
            "rebate": 0,
            "weight": 1_000,
            "together": 19_000,
            "share": 1 / 19,
            "shared": 1_900,
            "exact": 100,
            "exact_fraction": "100/1",
            "rounding": 0,
            "rate": None,
            "highest_rate": None,
            "limited": None,
        },
    }


def test_a_letter_has_the_price_of_a_shared_cost(
    five_round: Round, five_members: pd.DataFrame, register_of: Callable[..., Register]
) -> None:
    # Alm, Ek and Fors have 15 000 of the 20 000 inhabitants; 10 000 cover 20 000 kr at 2 kr each.
    values = {**five_round.model_dump(), "requested": 0, "pricing": five.SHARED_COST}
    register = register_of(*five.HISTORY, five.FORS_JOINS)
    round_, day = Round.model_validate(values), five.DAY
    statement = compute_statement(round_, five_members, register, [], day, day)
    assert letter_figures(statement, collect_member_facts(statement, "0001"))["price"] == {
        "cost": 20_000,
        "highest_rate": 2.0,
        "break_even_share": 0.5,
        "now": 4 / 3,
    }


def test_a_yes_for_two_years_of_three_pays_those_two(
    five_round: Round, five_members: pd.DataFrame, tmp_path: Path
) -> None:
    round_ = Round.model_validate(five_round.model_dump() | {"years": [2017, 2018, 2019]})
    path = tmp_path / "decisions.csv"
    path.write_text(f'{HEADING}\n0005,2016-06-15,2016-06-20,yes,"2017, 2019",,\n', encoding="utf-8")
    register = load_register(path, five_members, round_)
    day = date(2016, 7, 15)
    fors = collect_member_facts(
        compute_statement(round_, five_members, register, [], day, day), "0005"
    )
    assert (fors.fee_by_year, fors.years_outside) == ({2017: 900, 2019: 900}, (2018,))
    assert (fors.fee_all_years, present(fors.joining_price).total) == (1_800, 900)


def test_what_a_member_has_not_done_is_null(on: Ask) -> None:
    found = letter_figures(on(), collect_member_facts(on(), "0003"))
    assert [found[name] for name in ("decided_on", "received_on", "reply_by")] == [None] * 3
    assert letter_figures(on(), collect_member_facts(on(), "0001"))["joining"] is None
