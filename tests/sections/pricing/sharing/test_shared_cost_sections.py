"""What the board reads of a cost that is shared by those that join, worked out by hand."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from fractions import Fraction

import pandas as pd
import pytest

from helpers.funding.statement.round_statement import Statement
from helpers.funding.statement.statement_computation import compute_statement
from helpers.model.answer_register import Register
from helpers.model.funding_round import Round
from helpers.report.board_report import BoardReport
from helpers.sections.board.members import (
    breakdown_section,
    map_section,
    member_list_section,
    terms_section,
)
from helpers.sections.board.outlook import (
    bounds_section,
    largest_section,
    price_section,
    sharing_section,
)
from helpers.sections.board.status import answer_section
from helpers.sections.components.block import EMPTY_BLOCK, Block
from helpers.sections.pricing.rule_sentences import pricing_remarks
from helpers.sections.pricing.wording_choice import section_context
from support.five_member_round import DAY, FORS_JOINS, HISTORY, SHARED_COST
from support.section_contexts import context_of

HEADING = "code,decided_on,received_on,registered_on,decision"
ONLY_YES = [line for line in HISTORY if line.endswith("yes")]

Ask = Callable[..., Statement]


@pytest.fixture
def on(register_of: Callable[..., Register], five_members: pd.DataFrame, five_round: Round) -> Ask:
    def ask(
        *lines: str, estimated: bool = False, declined_known: bool = True, heading: str = HEADING
    ) -> Statement:
        values = {**five_round.model_dump(), "requested": 0}
        values["pricing"] = {**SHARED_COST, "estimated": estimated}
        values["answers"] = {"declined_known": declined_known}
        round_ = Round.model_validate(values)
        register = register_of(*(lines or HISTORY), heading=heading)
        return compute_statement(round_, five_members, register, [], DAY, DAY)

    return ask


def plain(block: Block) -> str:
    return block.plain.replace("\u00a0", " ")


def text(words: str) -> str:
    return words.replace("\u00a0", " ")


def test_the_headline_says_whether_the_cost_is_covered(on: Ask) -> None:
    assert text(context_of(on()).wording.headline()) == (
        "50 procent av kostnaden är täckt, och priset är det högsta: 2,00 kr per invånare"
    )
    # 20 000 / 15 000.
    assert text(context_of(on(*HISTORY, FORS_JOINS)).wording.headline()) == (
        "Kostnaden är täckt: priset är 1,33 kr per invånare, mot högst 2,00 kr"
    )
    assert text(context_of(on(*HISTORY, FORS_JOINS)).wording.status_line()) == (
        "Kostnaden är täckt den 31 juli 2016, och priset är 1,33 kr per invånare, mot högst 2,00 kr"
    )


def test_a_headline_that_begins_with_words_has_a_capital(on: Ask) -> None:
    statement = on()
    # 4 of 10 000 members' fees of 20 000 kr: 0.02 %.
    little = replace(statement, total=replace(statement.total, funded=4))
    assert text(context_of(little).wording.headline()).startswith(
        "Mindre än 1 procent av kostnaden är "
    )


def test_what_rests_on_an_estimated_cost_is_marked(on: Ask) -> None:
    covered = on(*HISTORY, FORS_JOINS, estimated=True)
    assert "1,33 kr per invånare (uppskattat)" in text(context_of(covered).wording.headline())
    lead = text(context_of(covered).wording.lead())
    assert "Kostnaden, cirka 20 000 kr per år (uppskattat)," in lead
    assert "De största kommunerna och vad de betalar per år (uppskattat)" in plain(
        largest_section.largest(context_of(covered))
    )
    assert "är inte publicerad" in plain_of_note(price_section.price(context_of(covered)))
    listed = plain(member_list_section.members(context_of(covered)))
    assert "Avgift, kr per år (uppskattat)" in listed
    assert "(uppskattat)" not in plain(
        member_list_section.members(context_of(on(*HISTORY, FORS_JOINS)))
    )
    # The highest price is the organiser's own.
    assert "uppskatta" not in context_of(on(estimated=True)).wording.headline()


def test_what_the_highest_price_gives_is_no_estimate(on: Ask) -> None:
    # 5,000 of the 20,000 inhabitants at the highest price, 2 kr: 10,000 kr whatever the cost is.
    binding, covered = on(estimated=True), on(*HISTORY, FORS_JOINS, estimated=True)
    assert text(context_of(binding).wording.answers.compare_shares()) == (
        "De kommuner som är med betalar tillsammans 10 000 kr per år."
    )
    assert context_of(covered).wording.answers.compare_shares() == ""


def plain_of_note(block: Block) -> str:
    """The note below a chart, which only page and PDF carry."""
    return block.html


def test_the_lead_counts_members_and_inhabitants(on: Ask) -> None:
    assert text(context_of(on()).wording.lead()) == (
        "Två av fem kommuner (40 %) är med; de har 25 % av invånarna. En har sagt nej och två har "
        "inte svarat. Kostnaden, 20 000 kr per år, är täckt när 50 % av invånarna är med; därefter "
        "sjunker priset för alla."
    )


def test_where_a_no_is_not_known_none_is_counted(on: Ask) -> None:
    statement = on(*ONLY_YES, declined_known=False)
    assert "Tre kommuner är inte med; det är inte känt hur många av dem som har sagt nej." in text(
        context_of(statement).wording.lead()
    )
    for block in (
        answer_section.answer(context_of(statement), None),
        breakdown_section.by_county(context_of(statement)),
    ):
        assert "Nej" not in plain(block)
        assert "Har sagt nej" not in plain(block)
    assert plain(terms_section.terms(context_of(statement))).endswith(
        "Tre av fem kommuner är inte med."
    )


def test_the_bounds_are_prices(on: Ask) -> None:
    # 20 000 / 18 000.
    assert text(context_of(on()).wording.bounds()) == (
        "Om ingen av de två kommuner som återstår ansluter sig är priset 2,00 kr per invånare. Om "
        "båda ansluter sig blir det 1,11 kr per invånare. Det är gränser, inte en prognos, och "
        "förutsätter att ingen ändrar sitt svar."
    )


def test_the_price_as_more_join(on: Ask) -> None:
    lines = plain(price_section.price(context_of(on()))).splitlines()
    assert lines[0] == (
        "Priset är 2,00 kr per invånare tills 50 procent av invånarna är med; är alla med blir "
        "det 1,00 kr per invånare"
    )
    assert lines[-3:] == [
        "0 | 2 | 5 000 | 25 % | 2,00 | 10 000",
        "1 | 3 | 15 000 | 75 % | 1,33 | 20 000",
        "Alla 2 | 4 | 18 000 | 90 % | 1,11 | 20 000",
    ]


def test_other_rules_have_no_such_section(
    register_of: Callable[..., Register], five_members: pd.DataFrame, five_round: Round
) -> None:
    statement = compute_statement(five_round, five_members, register_of(*HISTORY), [], DAY, DAY)
    assert price_section.price(context_of(statement)) == EMPTY_BLOCK


def test_the_call_list_says_what_each_reply_does_to_the_price(on: Ask) -> None:
    lines = plain(bounds_section.possible(context_of(on()))).splitlines()
    assert lines[-2:] == [
        "Fors | Södra län | 10 000 | 13 333 | 1,33",
        "Dal | Norra län | 3 000 | 6 000 | 1,11",
    ]


def test_the_gap_cannot_be_shared_at_the_highest_price(on: Ask) -> None:
    assert plain(sharing_section.sharing(context_of(on()))).startswith(
        "Det som saknas, 10 000 kr per år, kan"
    )
    assert sharing_section.sharing(context_of(on(*HISTORY, FORS_JOINS))) == EMPTY_BLOCK


def test_the_largest_and_the_price_if_one_leaves(on: Ask) -> None:
    lines = plain(largest_section.largest(context_of(on(*HISTORY, FORS_JOINS)))).splitlines()
    assert lines[0] == "De fem största kommunerna har 100 procent av invånarna."
    # Without Fors 2,00; without Ek 20 000 / 11 000; without Alm 20 000 / 14 000.
    assert [line for line in lines if "|" in line][1:] == [
        "Fors | Ja | 10 000 | 50,0 % | 13 333 | 2,00",
        "Ek | Ja | 4 000 | 20,0 % | 5 333 | 1,82",
        "Dal | Ej svarat | 3 000 | 15,0 % | 3 333 | –",
        "Berg | Nej | 2 000 | 10,0 % | 2 353 | –",
        "Alm | Ja | 1 000 | 5,0 % | 1 334 | 1,43",
    ]


def test_parts_are_measured_in_inhabitants(on: Ask) -> None:
    block = breakdown_section.by_county(context_of(on()))
    # Norra län: Alm, Berg, Dal; 1 000 of 6 000 inhabitants. Södra län: Ek, Fors; 4 000 of 14 000.
    lines = plain(block).splitlines()
    assert "Norra län | 17 % | 33 % | 3 | 1 | 1 | 1 | 6 000 | 1 000" in lines
    assert lines[-1] == "Alla | 25 % | 40 % | 5 | 2 | 1 | 2 | 20 000 | 5 000"
    assert "Störst andel av invånarna är med i Södra län (29 %), minst i Norra län (17 %)" in lines


def test_a_yes_for_some_years_is_counted_in_members_and_inhabitants(on: Ask) -> None:
    # Alm joins for both years and Dal for the first: 2 of 5 members, 4 000 of 20 000 inhabitants.
    lines = ("0001,2016-06-15,2016-06-20,yes,", "0003,2016-06-15,2016-06-20,yes,2017")
    statement = on(*lines, heading="code,decided_on,received_on,decision,years")
    assert statement.total.uncovered > 0
    assert plain(answer_section.three_counts_block(context_of(statement))).splitlines()[1:4] == [
        "Räknat i | Ja | Nej | Ej svarat | Alla",
        "Kommuner | 2 (40 %) | 0 (0 %) | 3 (60 %) | 5",
        "Invånare | 4 000 (20 %) | 0 (0 %) | 16 000 (80 %) | 20 000",
    ]


def test_where_all_parts_have_the_same_share_of_inhabitants_none_is_named(on: Ask) -> None:
    third = Fraction(1, 3)
    finding = context_of(on()).wording.bars.extremes_finding("Alm", third, "Berg", third)
    assert text(finding) == "Lika stor andel av invånarna är med överallt: 33 %"


def test_the_sum_of_the_fees_is_exact_once_the_cost_is_covered(on: Ask) -> None:
    # At the highest price each fee is inhabitants × 2; else the fees share 20 000.
    assert context_of(on()).wording.rounding_remark() == (
        "Varje avgift är ett helt antal kronor, avrundat var för sig."
    )
    covered = context_of(on(*HISTORY, FORS_JOINS)).wording.rounding_remark()
    assert "summan är exakt det önskade beloppet" in covered


def test_the_rule_is_said(on: Ask) -> None:
    assert text(pricing_remarks(context_of(on()))[0]).startswith(
        "De kommuner som är med delar kostnaden, 20 000 kr per år, efter folkmängden den "
        "31 december 2015, "
        "och betalar högst 2,00 kr per invånare."
    )


def test_where_a_no_is_not_known_only_those_outside_are_compared() -> None:
    report = BoardReport.load(round="yrkesresan", as_of="2021-04-13")
    words = plain(report.profile())
    assert "Inte med, av alla" in words
    assert "nej" not in words.replace("Tystnad räknas aldrig som ett nej", "").lower()
    measures = {
        compared["measure"]
        for one in report.figures["profile"]["classes"]
        for compared in one["comparisons"]
    }
    assert measures == {"silent"}


def test_the_map_says_who_is_outside_and_adds_no_fees(on: Ask) -> None:
    # Of the five, only Fors is in. A place for each, so that there is a map.
    statement = on(FORS_JOINS)
    placed = statement.answers.assign(east_km=[500.0] * 5, north_km=[6600.0 + n for n in range(5)])
    on_day = replace(statement.on_day, answers=placed)
    placed_statement = replace(statement, answers=placed, on_day=on_day)
    shown = plain(map_section.on_map(context_of(placed_statement)))
    assert "Fyra kommuner är inte med" in shown


def test_the_ten_largest_outside_are_told_in_inhabitants() -> None:
    # Uppsala 230 767 + 94 606 + 79 990 + 69 364 + 63 779 + 62 622 + 59 686 + 56 703 + 55 998 +
    # 52 145 = 825 660, of the 1 573 676 of the 52 that are not in: 52.47 %.
    statement = BoardReport.load(round="yrkesresan", as_of="2021-06-30").statement
    shown = text(plain(map_section.on_map(section_context(statement, "sv"))))
    assert (
        "De tio största av de 52 kommuner som inte är med har 52 procent av deras invånare" in shown
    )
