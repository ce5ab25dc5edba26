import xml.etree.ElementTree as ET
from collections.abc import Callable
from dataclasses import replace

import pytest

from helpers import BoardReport
from helpers.funding.statement.round_statement import Statement
from helpers.sections.board.members import breakdown_section, map_section, member_list_section
from helpers.sections.board.outlook import bounds_section
from helpers.sections.board.status import answer_section, decision_section
from helpers.sections.components import notices
from helpers.sections.components.block import Block
from helpers.sections.components.parts.section_parts import ChartPart
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
        (997, "Mindre än 1 procent av 1 000 kr saknas; mindre än 1 procent är obesvarat"),
        (3, "Mer än 99 procent av 1 000 kr saknas; mer än 99 procent är obesvarat"),
        (0, "100 procent av 1 000 kr saknas; 100 procent är obesvarat"),
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
    ("funded", "reason"),
    [
        # Two have said yes and eight have not: 150 and 87.5, 50 and 112.5, 100 and 100 kr each.
        (300, "De står för 30 procent av det önskade beloppet, eftersom de i genomsnitt har högre"),
        (100, "De står för 10 procent av det önskade beloppet, eftersom de i genomsnitt har lägre"),
        (200, ""),
    ],
)
def test_the_shares_of_members_and_kronor_are_explained_where_they_differ(
    reported: Statement, funded: int, reason: str
) -> None:
    block = answer_section.three_counts_block(
        context_of(replace(reported, total=ten_members(funded=funded)))
    )
    text = spaces(block.plain)
    assert reason in text
    assert ("20 procent av kommunerna har sagt ja. De står för" in text) == bool(reason)


@pytest.mark.parametrize(
    ("funded", "means"),
    [
        (300, "högre avgift (150 kr) än övriga kommuner (88 kr)."),
        (100, "lägre avgift (50 kr) än övriga kommuner (113 kr)."),
    ],
)
def test_the_mean_fees_give_the_reason(reported: Statement, funded: int, means: str) -> None:
    block = answer_section.three_counts_block(
        context_of(replace(reported, total=ten_members(funded=funded)))
    )
    assert means in spaces(block.plain)


@pytest.mark.parametrize(
    ("as_of", "step"),
    [
        ("2016-07-15", "Sista svarsdag är den 30 september 2016."),
        ("2016-10-31", "Sista svarsdag är den 31 oktober 2016."),  # extended; still open that day
    ],
)
def test_the_last_reply_date_is_the_next_step_while_it_is_ahead(as_of: str, step: str) -> None:
    steps = decision_section.next_steps_block(context_of(statement(as_of)))
    assert spaces(steps.plain).split("\n\n") == ["Det här händer nu:", f"- {step}"]


def test_without_a_next_step_the_first_page_has_no_empty_sentence_on_it() -> None:
    asked = context_of(statement("2016-11-15"))
    assert decision_section.next_steps_block(asked).plain == ""
    joined = BoardReport.load(round="yrkesresan", as_of="2021-06-30").statement
    assert decision_section.next_steps_block(context_of(joined)).plain == ""
    assert (
        "Kostnaden är täckt. Något annat krav"
        in decision_section.decision(context_of(joined)).plain
    )


def test_a_decision_is_quoted_once_it_is_known(reported: Statement) -> None:
    assert (
        "är tillräckligt för att SKL ska fortsätta"
        in answer_section.answer(context_of(reported), None).plain
    )


def test_the_decision_stands_directly_under_the_headline_and_its_day_once(
    reported: Statement,
) -> None:
    lines = spaces(answer_section.answer(context_of(reported), None).plain).split("\n\n")
    assert lines[:2] == [
        "77 procent är säkrat: 2,6 av 3,4 miljoner kronor per år",
        "”Antalet kommuner och andelen resurser som står till förfogande är tillräckligt för att "
        "SKL ska fortsätta arbetet under 2017 och 2018.”",
    ]
    assert lines[2].endswith("delta.” (SKL, beslut meddelat den 22 februari 2017)")


def test_before_the_decision_the_judgement_is_the_boards() -> None:
    context = context_of(statement("2017-02-21"))
    first = answer_section.answer(context, None).plain
    assert "Fråga till styrelsen: Är antalet kommuner och andelen resurser" in first
    assert "är tillräckligt för att SKL ska fortsätta" not in first
    assert "fakturera" not in first
    assert "Det är styrelsens bedömning" in decision_section.decision(context).plain


def test_a_past_day_as_known_later_still_shows_no_later_decision() -> None:
    context = context_of(statement("2016-12-01", known_on="2017-03-01"))
    assert "Det är styrelsens bedömning" in decision_section.decision(context).plain


def test_the_notice_follows_the_flag(reported: Statement) -> None:
    assert notices.page_notice(context_of(reported)).startswith("Rekonstruerade svar")
    assert notices.page_notice(context_of(replace(reported, reconstructed=False))) == ""


def test_one_box_on_the_first_page_says_that_answers_are_examples(reported: Statement) -> None:
    said = "Exempel: summorna är publicerade"
    first = answer_section.answer(context_of(reported), None).plain
    assert first.count(said) == 1
    own = context_of(replace(reported, reconstructed=False))
    assert said not in answer_section.answer(own, None).plain


@pytest.mark.parametrize("show", [bounds_section.possible, member_list_section.members])
def test_a_list_of_members_is_marked_as_an_example(
    reported: Statement, show: Callable[[SectionContext], Block]
) -> None:
    assert "(EXEMPEL)" in show(context_of(reported)).plain
    assert "(EXEMPEL)" not in show(context_of(replace(reported, reconstructed=False))).plain


@pytest.mark.parametrize(
    "show", [breakdown_section.by_county, breakdown_section.by_group, map_section.on_map]
)
def test_a_picture_says_itself_where_and_when_it_is_from_and_that_it_is_an_example(
    reported: Statement, show: Callable[[SectionContext], Block]
) -> None:
    foot = "Källa: SKL, läget den 22 februari 2017."
    drawn = _words_drawn(show(context_of(reported)))
    assert f"EXEMPEL: rekonstruerade svar. {foot}" in drawn
    own = _words_drawn(show(context_of(replace(reported, reconstructed=False))))
    assert foot in own
    assert "EXEMPEL" not in own


def _words_drawn(block: Block) -> str:
    """The texts of the drawing for paper, without its alternative."""
    [chart] = [part for part in block.parts if isinstance(part, ChartPart)]
    texts = ET.fromstring(chart.broad).iter("{http://www.w3.org/2000/svg}text")
    return spaces(" ".join(text.text or "" for text in texts))


@pytest.mark.parametrize(("amount", "told"), [(333, True), (300, False)])
def test_shares_that_do_not_add_up_are_explained_where_they_stand(
    reported: Statement, amount: int, told: bool
) -> None:
    # 333, 333 and 334 of 1 000 are 33, 33 and 33 percent; 300, 300 and 400 are 30, 30 and 40.
    total = ten_members(requested=1_000, funded=amount, declined=amount)
    block = answer_section.three_counts_block(context_of(replace(reported, total=total)))
    assert ("summerar inte alltid till 100 procent" in block.plain) == told
