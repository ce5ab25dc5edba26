"""What the sections say, and leave out, of members that are no municipalities."""

from __future__ import annotations

import re
import xml.etree.ElementTree as ET
from collections.abc import Callable
from datetime import date
from typing import Any

import pandas as pd
import pytest

from helpers.funding.statement.round_statement import Statement
from helpers.funding.statement.statement_computation import compute_statement
from helpers.i18n.localizer import Localizer
from helpers.model.answer_register import Register
from helpers.model.funding_round import Round
from helpers.model.settings.round_settings import Event
from helpers.sections.board.account import provenance_section
from helpers.sections.board.members import (
    breakdown_section,
    map_section,
    missing_section,
    over_time_section,
)
from helpers.sections.board.outlook import bounds_section, sharing_section, ways_section
from helpers.sections.components.block import EMPTY_BLOCK
from helpers.sections.map.cartogram import draw_cartogram
from helpers.sections.pricing import rule_sentences
from support.section_contexts import context_of

DAY = date(2016, 7, 31)
SAY = Localizer("sv")
ANSWERS = ["0001,2016-06-15,2016-06-20,,yes", "0002,2016-06-15,2016-06-25,,no"]

Ask = Callable[..., Statement]


@pytest.fixture
def on(register_of: Callable[..., Register], five_members: pd.DataFrame, five_round: Round) -> Ask:
    """The five members (fees 100, 200, 300, 400 and 900) without counties, groups or places."""

    def ask(
        members: dict[str, Any] | None = None, answered: str = "", **changes: object
    ) -> Statement:
        columns = {"county": "", "group": "", **(members or {})}
        register = register_of(*([answered] if answered else ANSWERS))
        round_ = five_round.model_copy(update=changes)
        return compute_statement(round_, five_members.assign(**columns), register, [], DAY, DAY)

    return ask


def test_what_the_members_lack_has_no_section(on: Ask) -> None:
    for show in (
        map_section.on_map,
        breakdown_section.by_county,
        breakdown_section.by_group,
        missing_section.missing,
    ):
        assert show(context_of(on())) == EMPTY_BLOCK, show.__name__


def test_what_they_have_has_one(on: Ask) -> None:
    given = on({"county": ["Norr", "Norr", "Norr", "Syd", "Syd"], "group": list("AABBB")})
    assert breakdown_section.by_county(context_of(given)) != EMPTY_BLOCK
    assert breakdown_section.by_group(context_of(given)) != EMPTY_BLOCK
    assert missing_section.missing(context_of(given)) != EMPTY_BLOCK


def test_a_list_of_calls_has_counties_only_where_there_are_some(on: Ask) -> None:
    assert "Län" not in bounds_section.possible(context_of(on())).html
    assert "Län" in bounds_section.possible(context_of(on({"county": "Norr"}))).html


def test_the_period_is_open_only_where_it_ends(on: Ask) -> None:
    assert "Två av fem kommuner har svarat." in over_time_section.over_time(context_of(on())).plain
    deadline = Event(kind="deadline", known_from=DAY, on=date(2016, 9, 1), text={"sv": "Svara"})
    later = over_time_section.over_time(context_of(on(events=[deadline]))).plain
    assert "Två av fem kommuner har svarat; svarstiden pågår" in later


def test_one_year_alone_is_not_spoken_of_as_several(on: Ask) -> None:
    # 1 900 are requested, and Alm's 100 secured.
    text = ways_section.ways(context_of(on(years=[2017]))).plain.replace("\u00a0", " ")
    assert "En annan finansiär betalar resten | 1 800 kr" in text
    assert "Färre år" not in text


def test_a_single_answer_is_spoken_of_as_one(on: Ask) -> None:
    alone = on(answered="0001,2016-06-15,2016-06-20,,yes")
    assert (
        "Om den enda kommun som har sagt ja bar" in sharing_section.sharing(context_of(alone)).plain
    )


def test_steps_are_said(five_round: Round, on: Ask) -> None:
    # 19 steps of 100: weights 1 000, 2 000, 3 000, 4 000 and 9 000 are 1, 2, 3, 4 and 9 of them.
    stepped = on(pricing=five_round.pricing.model_copy(update={"step": 100}))
    assert stepped.answers["fee"].tolist() == [100, 200, 300, 400, 900]
    said = rule_sentences.pricing_remarks(context_of(stepped))
    assert said[-1] == "Varje avgift är jämnt delbar med 100\u00a0kr."
    assert not any("delbar" in text for text in rule_sentences.pricing_remarks(context_of(on())))


@pytest.mark.parametrize(("file", "whose"), [("municipalities.csv", True), ("members.csv", False)])
def test_only_the_shipped_members_inhabitants_are_scbs(on: Ask, file: str, whose: bool) -> None:
    files = {"members": {"file": file, "sha256": "0" * 64}}
    assert ("SCB" in provenance_section.provenance(context_of(on()), files, "1.0").plain) is whose


def placed(on: Ask) -> Statement:
    places = {"east_km": [0.0, 100, 200, 300, 400], "north_km": [500.0, 400, 300, 100, 0]}
    return on(places)


def test_a_map_without_counties_speaks_of_none(on: Ask) -> None:
    block = map_section.on_map(context_of(placed(on)))
    assert "Varje cirkel är en kommun nära sin plats, och cirkelns yta är avgiften." in block.html
    assert not re.search(r"\bläns?\b", block.html)


@pytest.mark.parametrize("slim", [False, True])
def test_a_map_without_counties_joins_nobody(on: Ask, slim: bool) -> None:
    drawing = draw_cartogram(placed(on).answers, SAY, "map", "words", slim)
    root = ET.fromstring(drawing)
    titles = [title.text or "" for title in root.iter("{http://www.w3.org/2000/svg}title")]
    assert sorted(title.split(":")[0] for title in titles) == ["Alm", "Berg", "Dal", "Ek", "Fors"]
    texts = [text.text for text in root.iter("{http://www.w3.org/2000/svg}text")]
    assert all(texts), "a county without a name has a place on the map"
    # The bridges that make one piece of land of a county are the only lines from place to place.
    assert not re.search(r'd="M[\d. ]+L', drawing)
