from collections.abc import Callable
from dataclasses import replace

import pytest

from helpers import BoardReport
from helpers.funding.statement.round_statement import Statement
from helpers.funding.totals.tally import Tally
from helpers.i18n.localizer import Localizer
from helpers.sections.board.members import (
    answer_lists_section,
    breakdown_section,
    map_section,
    promptness_section,
)
from helpers.sections.board.outlook import bounds_section, largest_section, sharing_section
from helpers.sections.board.status import answer_section, decision_section, headline
from helpers.sections.components import notices
from helpers.sections.components.block import Block
from helpers.sections.components.section_context import SectionContext
from support.section_contexts import context_of

SAY = Localizer("sv")


def statement(as_of: str, **parameters: str) -> Statement:
    return BoardReport.load(round="skl-2016", as_of=as_of, **parameters).statement


@pytest.fixture(scope="module")
def reported() -> Statement:
    return statement("2017-02-22")


def tally(**changes: int) -> Tally:
    """Ten members of 100 kr each; two have said yes, one no."""
    made = {
        "members": 10, "yes": 2, "no": 1, "population": 10_000, "yes_population": 2_000,
        "no_population": 1_000, "requested": 1_000, "funded": 200, "declined": 100,
    }  # fmt: skip
    return Tally(**(made | changes))


def spaces(text: str) -> str:
    return text.replace("\u00a0", " ")


def test_the_headline_gives_the_answer_and_the_day(reported: Statement) -> None:
    assert spaces(headline.headline_text(context_of(reported))) == (
        "2,6 av 3,4 mnkr om året är säkrade per den 22 februari 2017"
    )


def test_the_headline_on_the_day_the_round_began() -> None:
    text = headline.headline_text(context_of(statement("2016-06-10")))
    assert spaces(text) == "Inget av 3,4 mnkr om året är säkrat per den 10 juni 2016"


def test_the_headline_when_all_is_funded(reported: Statement) -> None:
    whole = tally(yes=10, no=0, requested=3_400_000, funded=3_400_000, declined=0)
    text = headline.headline_text(context_of(replace(reported, total=whole)))
    assert spaces(text) == ("Hela beloppet, 3,4 mnkr om året, är säkrat per den 22 februari 2017")


@pytest.mark.parametrize(("funded", "shown"), [(3_380_000, "3 380 000"), (40_000, "40 000")])
def test_rounding_never_makes_a_part_look_like_all_or_nothing(
    reported: Statement, funded: int, shown: str
) -> None:
    near = tally(requested=3_400_000, funded=funded, declined=0)
    text = headline.headline_text(context_of(replace(reported, total=near)))
    assert spaces(text).startswith(f"{shown} av 3 400 000 kr om året är säkrade")


@pytest.mark.parametrize(
    ("funded", "said"),
    [
        (997, "Mindre än 1 % av 1 000 kr saknas; mindre än 1 % kan ännu komma"),
        (3, "Mer än 99 % av 1 000 kr saknas; mer än 99 % kan ännu komma"),
        (0, "100 % av 1 000 kr saknas; 100 % kan ännu komma"),
    ],
)
def test_a_little_is_not_said_to_be_nothing_nor_nearly_all_to_be_all(
    reported: Statement, funded: int, said: str
) -> None:
    total = tally(requested=1_000, funded=funded, declined=0)
    assert said in spaces(
        answer_section.answer(context_of(replace(reported, total=total)), None).plain
    )


def test_the_lead_names_who_answered_and_what_is_missing(reported: Statement) -> None:
    # 209, 44 and 37 of 290 are 72.07, 15.17 and 12.76 %. The amounts are in figures.json.
    lead = spaces(headline.lead_text(context_of(reported)))
    assert "209 av 290 kommuner (72 %) har sagt ja, 44 (15 %) har sagt nej" in lead
    assert "37 (13 %) har inte svarat" in lead
    assert f"{SAY.kr(reported.total.gap)} om året återstår" in spaces(lead).replace(
        " ", "\u00a0"
    ) or (spaces(SAY.kr(reported.total.gap)) in lead)


def test_the_bounds_are_bounds_and_not_a_forecast(reported: Statement) -> None:
    # 200 + the seven silent members' 700 of 1 000.
    text = spaces(decision_section.bounds_text(context_of(replace(reported, total=tally()))))
    assert "stannar det säkrade vid 200 kr om året (20 %)" in text
    assert "blir det 900 kr (90 %)" in text
    assert "inte en prognos" in text


def test_nothing_more_can_come_when_all_have_answered(reported: Statement) -> None:
    whole = replace(reported, total=tally(no=8, declined=800))
    assert decision_section.bounds_text(context_of(whole)).startswith("Alla har svarat")


@pytest.mark.parametrize(
    ("funded", "word"),
    [
        # Two have said yes and eight have not: 150 and 87.5, 50 and 112.5, 100 and 100 kr each.
        (300, "högre avgift (150 kr) än övriga (88 kr)"),
        (100, "lägre avgift (50 kr) än övriga (113 kr)"),
        (200, "20 % av kronorna. Av de 3"),
    ],
)
def test_the_shares_of_members_and_kronor_are_compared(
    reported: Statement, funded: int, word: str
) -> None:
    block = answer_section.three_counts_block(
        context_of(replace(reported, total=tally(funded=funded)))
    )
    assert word in spaces(block.plain)


def test_a_decision_is_quoted_once_it_is_known(reported: Statement) -> None:
    assert (
        "är tillräckligt för att SKL ska fortsätta"
        in decision_section.decision(context_of(reported)).plain
    )


def test_before_the_decision_the_judgement_is_the_boards() -> None:
    text = decision_section.decision(context_of(statement("2017-02-21"))).plain
    assert "Det är styrelsens bedömning" in text
    assert "är tillräckligt för att SKL ska fortsätta" not in text
    assert "fakturera" not in text


def test_a_past_day_as_known_later_still_shows_no_later_decision() -> None:
    text = decision_section.decision(
        context_of(statement("2016-12-01", known_on="2017-03-01"))
    ).plain
    assert "Det är styrelsens bedömning" in text


def test_the_notice_follows_the_flag(reported: Statement) -> None:
    assert notices.reconstruction_notice(context_of(reported)).startswith("Rekonstruerade svar")
    assert notices.reconstruction_notice(context_of(replace(reported, reconstructed=False))) == ""


@pytest.mark.parametrize(
    "show",
    [
        breakdown_section.by_county,
        breakdown_section.by_group,
        map_section.on_map,
        promptness_section.promptness,
        bounds_section.possible,
        sharing_section.sharing,
        largest_section.largest,
        answer_lists_section.accepted,
        answer_lists_section.declined,
        answer_lists_section.unanswered,
    ],
)
def test_what_speaks_of_single_members_is_headed_an_example(
    reported: Statement, show: Callable[[SectionContext], Block]
) -> None:
    assert "Exempel på metod" in show(context_of(reported)).plain
    assert "Exempel på metod" not in show(context_of(replace(reported, reconstructed=False))).plain
