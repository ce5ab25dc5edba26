from collections.abc import Callable
from dataclasses import replace

import pytest

from helpers import BoardReport
from helpers.funding.statement.round_statement import Statement
from helpers.sections.board.members import (
    answer_lists_section,
    breakdown_section,
    map_section,
    promptness_section,
)
from helpers.sections.board.outlook import bounds_section, largest_section, sharing_section
from helpers.sections.board.status import answer_section, decision_section
from helpers.sections.components import notices
from helpers.sections.components.block import Block
from helpers.sections.components.section_context import SectionContext
from support.section_contexts import context_of
from support.ten_members import ten_members


def statement(as_of: str, **parameters: str) -> Statement:
    return BoardReport.load(round="skl-2016", as_of=as_of, **parameters).statement


@pytest.fixture(scope="module")
def reported() -> Statement:
    return statement("2017-02-22")


def spaces(text: str) -> str:
    return text.replace("\u00a0", " ")


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
    total = ten_members(requested=1_000, funded=funded, declined=0)
    assert said in spaces(
        answer_section.answer(context_of(replace(reported, total=total)), None).plain
    )


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
        context_of(replace(reported, total=ten_members(funded=funded)))
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
    assert notices.page_notice(context_of(reported)).startswith("Rekonstruerade svar")
    assert notices.page_notice(context_of(replace(reported, reconstructed=False))) == ""


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
