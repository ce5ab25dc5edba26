"""A threshold of an amount holds in every year of the round: by hand, and as a property."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from pathlib import Path
from typing import Any

import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from helpers.data.round.round_inputs import load_inputs
from helpers.funding.figures_json.scenario_json import scenario_figures
from helpers.funding.figures_json.statement_json import statement_figures
from helpers.funding.statement.round_statement import Statement
from helpers.funding.statement.statement_computation import compute_statement
from helpers.funding.statement.threshold_sets import smallest_sets
from helpers.funding.totals.thresholds import ThresholdOutcome
from helpers.model.answer_register import Register
from helpers.model.funding_round import Round
from helpers.sections.board.outlook.bounds_section import possible
from helpers.sections.board.status.decision_section import decision
from helpers.sections.board.status.threshold_block import threshold_texts
from helpers.sections.pricing.wording_choice import section_context
from support.appeal_round import ANSWERS as ANSWERS_OF_APPEAL
from support.appeal_round import write_appeal
from support.five_member_round import FEES

DAY = date(2016, 7, 31)
HEADING = "code,decided_on,received_on,registered_on,decision,years,condition"
AMOUNTS = {2017: 1_900, 2018: 3_800}  # the fees of 2018 are the double of those of 2017
# 2017: Alm and Fors, 1 000 of 1 900 (53 %). 2018: Alm, Berg and Ek, 200 + 400 + 800 = 1 400 of
# 3 800 (37 %). Dal has not answered: 300 and 600.
ANSWERS = {"0001": "", "0002": "2018", "0004": "2018", "0005": "2017"}
HALF = {"measure": "amount", "percent": 50, "known_from": "2016-06-10"}

Ask = Callable[..., Statement]


@pytest.fixture(scope="module")
def on(register_of: Callable[..., Register], five_members: pd.DataFrame, five_round: Round) -> Ask:
    def ask(answers: dict[str, str], threshold: dict[str, Any], **changes: Any) -> Statement:
        values = {**five_round.model_dump(), "thresholds": [threshold], **changes}
        lines = [f"{c},2016-06-15,2016-06-20,,yes,{years}," for c, years in answers.items()]
        register = register_of(*lines, heading=HEADING)
        return compute_statement(Round.model_validate(values), five_members, register, [], DAY, DAY)

    return ask


def only(statement: Statement) -> ThresholdOutcome:
    [outcome] = statement.thresholds
    return outcome


def plain(text: str) -> str:
    return text.replace("\u00a0", " ")


def test_a_share_is_measured_in_the_year_furthest_from_it(on: Ask) -> None:
    statement = on(ANSWERS, HALF, requested=AMOUNTS)
    found = only(statement)
    assert (statement.least_year, statement.by_year) == (2017, {2017: 1_000, 2018: 1_400})
    assert (found.year, found.needed, found.reached, found.shortfall) == (2018, 1_900, 1_400, 500)
    assert (found.met, found.attainable) == (False, True)  # with Dal, 2 000
    [figures] = statement_figures(statement)["thresholds"]
    assert (figures["year"], figures["short"], figures["met"]) == (2018, 500, False)
    [needed] = scenario_figures(statement)["smallest_sets"]
    assert (needed["needed"], needed["reached"], needed["codes"]) == (1_900, 1_400, ["0003"])


def test_the_report_and_status_name_the_year(on: Ask) -> None:
    context = section_context(on(ANSWERS, HALF, requested=AMOUNTS), "sv")
    text = plain(decision(context).plain)
    assert "Det som omgången kräver är inte uppnått, men kan ännu nås." in text
    assert "Säkrade kronor för 2018 | 1 900 (50 %) | 1 400 (37 %) | 500 | Nej" in text
    assert (
        "För att 1 900 kr för 2018 ska vara säkrade räcker det att en kommun till säger ja: Dal."
        in plain(possible(context).plain)
    )
    assert list(map(plain, threshold_texts(context))) == [
        "Det som omgången kräver är inte uppnått, men kan ännu nås.",
        "Säkrade kronor för 2018: 1 400 av de 1 900 som krävs.",
    ]


def test_a_year_out_of_reach_counts_before_one_that_lacks_more(on: Ask) -> None:
    # 2017: Alm, 100. 2018: Alm, Berg, Ek, 1 400. 80 % are 1 520 and 3 040. In 2017 Berg and Ek do
    # not pay, so 100 + 300 + 900 of Dal and Fors are 1 300: out of reach. In 2018, which lacks
    # 1 640 and not 1 420, all can be had.
    answers = {"0001": "", "0002": "2018", "0004": "2018"}
    found = only(on(answers, {**HALF, "percent": 80}, requested=AMOUNTS))
    assert (found.year, found.shortfall, found.attainable) == (2017, 1_420, False)
    [no_answers] = smallest_sets(on(answers, {**HALF, "percent": 80}, requested=AMOUNTS))
    assert (no_answers.replies, no_answers.short) == ((), 220)


def test_years_that_are_alike_are_not_named(on: Ask) -> None:
    # Ek (400) for 2017, Alm (100) and Dal (300) for 2018: 400 in each. Berg and Fors, who have
    # 1 100 in each too, have not answered: the years are alike, and no year is named.
    found = only(on({"0001": "2018", "0003": "2018", "0004": "2017"}, {**HALF, "percent": 79}))
    assert (found.year, found.needed, found.reached, found.possible) == (None, 1_501, 400, 1_500)
    assert not found.attainable


def test_a_number_of_members_has_no_year(on: Ask) -> None:
    found = only(on(ANSWERS, {**HALF, "measure": "members"}, requested=AMOUNTS))
    assert (found.year, found.needed, found.reached, found.met) == (None, 3, 4, True)


@settings(max_examples=60)
@given(
    answers=st.dictionaries(
        st.sampled_from(sorted(FEES)), st.sampled_from(["", "2017", "2018"]), min_size=1
    ),
    percent=st.integers(1, 100),
)
def test_it_holds_if_it_holds_in_each_year(on: Ask, answers: dict[str, str], percent: int) -> None:
    """Met, missing and enough: each year worked out from the fees."""
    statement = on(answers, {**HALF, "percent": percent}, requested=AMOUNTS)
    found, [smallest] = only(statement), smallest_sets(statement)
    fees = {2017: FEES, 2018: {code: 2 * fee for code, fee in FEES.items()}}
    secured = {
        year: sum(of[code] for code, years in answers.items() if years in ("", str(year)))
        for year, of in fees.items()
    }
    needed = {year: -(-percent * AMOUNTS[year] // 100) for year in AMOUNTS}
    silent = {year: sum(of[c] for c in FEES if c not in answers) for year, of in fees.items()}
    within = {year: secured[year] + silent[year] >= needed[year] for year in fees}
    assert found.met == all(secured[year] >= needed[year] for year in fees)
    assert found.attainable == all(within.values())
    counted = [year for year in fees if within[year] == found.attainable]
    assert found.shortfall == max(0, *(needed[year] - secured[year] for year in counted))
    if found.attainable and not found.met:
        named = [reply.code for reply in smallest.replies]
        assert all(secured[y] + sum(fees[y][c] for c in named) >= needed[y] for y in fees)
        ranked = sorted(set(FEES) - set(answers), key=FEES.__getitem__, reverse=True)
        fewer = ranked[: len(named) - 1]
        assert any(secured[y] + sum(fees[y][c] for c in fewer) < needed[y] for y in fees)


# Of 1 000 000 a half is needed. 328 494 are confirmed of A to C; F's 22 469, B's and C's rest are
# pledged; E has 50 000 on a condition.
@pytest.mark.parametrize(
    ("secured", "answers", "verdict"),
    [
        # All have answered, and 506 054 are enough once the pledges are confirmed.
        ("confirmed", ANSWERS_OF_APPEAL, "är inte uppnått, men kan ännu nås."),
        # Only A's 300 000: nobody else is left to answer.
        (
            "pledged",
            [ANSWERS_OF_APPEAL[0], *(f"{code},2026-03-04,2026-03-07,no,,,," for code in "BCDE")],
            "Alla har svarat: det kan nås bara om någon höjer sitt belopp eller om fler "
            "bidragsgivare tillkommer.",
        ),
        # B to E have not answered, and nobody knows what they will pledge.
        ("pledged", ANSWERS_OF_APPEAL[:1], "är inte uppnått, men kan ännu nås."),
    ],
)
def test_what_pledges_may_still_reach_is_what_is_known(
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
    secured: str,
    answers: list[str],
    verdict: str,
) -> None:
    folder = write_appeal(tmp_path, monkeypatch, answers=answers)
    text = (folder / "round.toml").read_text(encoding="utf-8")
    text = text.replace('secured = "confirmed"', f'secured = "{secured}"')
    needed = '[[thresholds]]\nmeasure = "amount"\npercent = 50\nknown_from = 2026-03-01\n'
    (folder / "round.toml").write_text(f"{text}\n{needed}", encoding="utf-8")
    inputs, day = load_inputs("appeal"), date(2026, 3, 31)
    statement = compute_statement(inputs.round, inputs.members, inputs.register, [], day, day)
    assert verdict in plain(decision(section_context(statement, "sv")).plain)
    [figures] = statement_figures(statement)["thresholds"]
    assert (figures["possible"] is None) == (len(answers) == 1)
