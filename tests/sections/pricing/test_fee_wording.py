"""What the board reads first of fees that add up: the headline, the lead and the bounds."""

from __future__ import annotations

from dataclasses import replace
from fractions import Fraction
from typing import get_args

import pytest

from helpers import BoardReport
from helpers.funding.statement.round_statement import Statement
from helpers.sections.components.pricing_wording import OwnSection
from helpers.sections.pricing.fee_wording import FeeWording
from helpers.sections.pricing.wording_choice import section_context
from support.section_contexts import context_of
from support.ten_members import ten_members


def statement(as_of: str) -> Statement:
    return BoardReport.load(round="skl-2016", as_of=as_of).statement


@pytest.fixture(scope="module")
def reported() -> Statement:
    return statement("2017-02-22")


def spaces(text: str) -> str:
    return text.replace("\u00a0", " ")


def test_the_headline_gives_share_and_amounts_and_the_status_line_the_day(
    reported: Statement,
) -> None:
    wording = context_of(reported).wording
    assert spaces(wording.headline()) == "77 procent är säkrat: 2,6 av 3,4 miljoner kronor per år"
    assert spaces(wording.status_line()) == "2,6 av 3,4 mnkr per år är säkrade den 22 februari 2017"


def test_the_headline_in_english(reported: Statement) -> None:
    headline = section_context(reported, "en").wording.headline()
    assert spaces(headline) == "77% secured: SEK 2.6 of 3.4 million a year"


def test_the_headline_on_the_day_the_round_began() -> None:
    text = context_of(statement("2016-06-10")).wording.headline()
    assert spaces(text) == "Inget är säkrat av 3,4 miljoner kronor per år"


def test_the_headline_when_all_is_funded(reported: Statement) -> None:
    whole = ten_members(yes=10, no=0, requested=3_400_000, funded=3_400_000, declined=0)
    text = context_of(replace(reported, total=whole)).wording.headline()
    assert spaces(text) == "Hela beloppet är säkrat: 3,4 miljoner kronor per år"


@pytest.mark.parametrize(
    ("funded", "shown"),
    [
        # 99.4 and 1.2 %.
        (3_380_000, "99 procent är säkrat: 3 380 000"),
        (40_000, "1 procent är säkrat: 40 000"),
    ],
)
def test_rounding_never_makes_a_part_look_like_all_or_nothing(
    reported: Statement, funded: int, shown: str
) -> None:
    near = ten_members(requested=3_400_000, funded=funded, declined=0)
    text = context_of(replace(reported, total=near)).wording.headline()
    assert spaces(text).startswith(f"{shown} av 3 400 000 kronor per år")


def test_the_lead_names_who_answered_and_what_is_missing(reported: Statement) -> None:
    # 209, 44 and 37 of 290 are 72.07, 15.17 and 12.76 %. The amounts are in figures.json.
    lead = spaces(context_of(reported).wording.lead())
    assert "209 av 290 kommuner (72 %) har sagt ja, 44 (15 %) har sagt nej" in lead
    assert "37 (13 %) har inte svarat" in lead
    assert (
        "781 374 kr per år saknas: 341 667 kr från kommuner som inte har svarat och 439 707 kr "
        "från kommuner som har sagt nej."
    ) in lead


def test_the_bounds_are_bounds_and_not_a_forecast(reported: Statement) -> None:
    # 200 + the seven silent members' 700 of 1 000.
    text = spaces(context_of(replace(reported, total=ten_members())).wording.bounds())
    assert "stannar det säkrade vid 200 kr per år (20 %)" in text
    assert "blir det 900 kr (90 %)" in text
    assert "inte en prognos" in text


def test_nothing_more_can_come_when_all_have_answered(reported: Statement) -> None:
    whole = replace(reported, total=ten_members(no=8, declined=800))
    assert context_of(whole).wording.bounds().startswith("Alla har svarat")


@pytest.mark.parametrize(("share", "shown"), [(Fraction(0), "0 %"), (Fraction(1, 3), "33 %")])
def test_where_all_parts_have_the_same_share_none_is_named(
    reported: Statement, share: Fraction, shown: str
) -> None:
    finding = context_of(reported).wording.bars.extremes_finding("Alm", share, "Berg", share)
    assert spaces(finding) == f"Lika stor andel är säkrad överallt: {shown}"


def test_a_round_with_fees_has_the_wording_of_fees_and_the_usual_sections(
    reported: Statement,
) -> None:
    wording = context_of(reported).wording
    assert isinstance(wording, FeeWording)
    assert {wording.own_section(name) for name in get_args(OwnSection)} == {None}
