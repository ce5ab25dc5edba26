"""Each share says what it is a share of, and each sentence agrees with the one beside it.

Worked out by hand. Fees 100 Alm, 200 Berg, 300 Dal, 400 Ek and 900 Fors, 1 900 a year.
"""

import re
from collections.abc import Callable
from dataclasses import replace
from datetime import date
from fractions import Fraction

import pandas as pd
import pytest

from helpers.funding.statement.round_statement import Statement
from helpers.funding.statement.statement_computation import compute_statement
from helpers.model.answer_register import Register
from helpers.model.funding_round import Round
from helpers.pricing.kinds.fixed_total import Annex
from helpers.sections.board.members import member_list_section, over_time_section
from helpers.sections.board.outlook import (
    bounds_section,
    largest_section,
    sharing_section,
    ways_section,
)
from helpers.sections.board.status import answer_section, decision_section
from helpers.sections.components.block import Block
from helpers.sections.pricing.wording_choice import section_context
from support.five_member_round import DAY, FORS_JOINS, HISTORY
from support.section_contexts import context_of

HEADING = "code,decided_on,received_on,registered_on,decision,years"
Ask = Callable[..., Statement]


@pytest.fixture
def on(register_of: Callable[..., Register], five_members: pd.DataFrame, five_round: Round) -> Ask:
    def ask(
        *lines: str, day: date = DAY, members: pd.DataFrame = five_members, **changes: object
    ) -> Statement:
        round_ = Round.model_validate(five_round.model_dump() | changes)
        register = register_of(*lines, heading=HEADING)
        return compute_statement(round_, members, register, [], day, day)

    return ask


def plain(block: Block) -> str:
    return block.plain.replace("\u00a0", " ")


def says_yes(digit: int, years: str = "") -> str:
    return f"000{digit},2016-06-15,2016-06-20,,yes,{years}"


def test_what_depends_on_the_largest_is_a_share_of_what_is_secured(on: Ask) -> None:
    # Alm's 100 and Ek's 400 are secured: Ek has 80 %. Fors has 47 % of the requested and no answer.
    text = plain(largest_section.largest(context_of(on(*HISTORY))))
    assert text.startswith("Ek, som säkrar mest, står för 80,0 procent av det säkrade beloppet. ")
    assert "med andelar av det önskade beloppet" in text
    assert "Fors | Ej svarat | 900 | 47,4 % | 47,4 %" in text


def test_four_that_secure_most_are_not_the_four_largest_fees(on: Ask) -> None:
    # 100, 300, 400 and 900 of 1 700: 52.9 % and all of it. Berg's fee, larger than Alm's, is a no.
    lines = [*HISTORY, FORS_JOINS, says_yes(3)]
    text = plain(largest_section.largest(context_of(on(*lines))))
    assert text.startswith(
        "Fors, som säkrar mest, står för 52,9 procent av det säkrade beloppet "
        "och de fyra som säkrar mest "
        "för 100,0 procent."
    )


def test_nobody_is_the_largest_where_several_secure_as_much(
    on: Ask, five_members: pd.DataFrame
) -> None:
    # 5 000 inhabitants: 380 each of 1 900.
    equal = five_members.assign(population=1_000)
    text = plain(largest_section.largest(context_of(on(says_yes(1), says_yes(4), members=equal))))
    assert text.startswith(
        "Två kommuner säkrar lika mycket: 50,0 procent av det säkrade beloppet var."
    )
    # Weights 1, 4, 4 of 9, of 900 in all; Alm secures 100, Ek and Fors 400 each.
    twins = five_members.iloc[[0, 3, 4]].assign(population=[1_000, 4_000, 4_000])
    lines = [says_yes(1), says_yes(4), says_yes(5)]
    text = plain(largest_section.largest(context_of(on(*lines, members=twins, requested=900))))
    assert text.startswith(
        "Var och en av de två som säkrar mest står för 44,4 procent av det säkrade beloppet."
    )


def test_where_nothing_is_secured_the_shares_are_of_the_requested_amount(on: Ask) -> None:
    text = plain(largest_section.largest(context_of(on())))
    assert text.startswith(
        "Inget är säkrat. Den största avgiften är 47,4 procent av det önskade "
        "beloppet och de fyra största "
        "är 94,7 procent."
    )


ALM_2017 = says_yes(1, "2017")


def test_what_one_year_has_is_neither_nothing_nor_all(on: Ask) -> None:
    # Alm pays 100 for 2017 of three years: 100 of 5 700, and 2018 and 2019 have nothing.
    context = context_of(on(ALM_2017, years=[2017, 2018, 2019]))
    headline = context.wording.headline().replace("\u00a0", " ")
    # 100 of 5 700 is 1.75 %.
    assert headline == "2 procent är säkrat: 100 av 5 700 kronor för 2017–2019"
    status = context.wording.status_line().replace("\u00a0", " ")
    assert status == "100 av 5 700 kr för 2017–2019 är säkrade den 31 juli 2016"
    lead = context.wording.lead().replace("\u00a0", " ")
    assert lead == (
        "En av fem kommuner (20 %) har sagt ja och fyra (80 %) har inte svarat. Säkrat är 100 kr "
        "för 2017 och 0 kr för vart och ett av åren 2018 och 2019. Minst är säkrat för "
        "2018: då återstår 1 900 kr, varav 1 900 kr ännu kan komma."
    )
    finding = plain(answer_section.answer(context, None))
    assert "100 procent av 1 900 kr för 2018 saknas; 100 procent kan ännu komma" in finding
    assert "\nKronor för 2018 | 0 (0 %) | " in finding


def test_what_may_come_is_what_the_bounds_add_up_to(on: Ask) -> None:
    # 2018 has 0. Dal, Ek and Fors have not answered: 1 600. Berg no: 200. Alm's 100 for 2018 makes
    # it 1 700, which is what may come.
    berg_no = "0002,2016-06-15,2016-06-20,,no,"
    context = context_of(on(ALM_2017, berg_no))
    lead, bounds = (
        text.replace("\u00a0", " ") for text in (context.wording.lead(), context.wording.bounds())
    )
    assert "då återstår 1 900 kr, varav 1 700 kr ännu kan komma" in lead
    assert "Om alla säger ja blir det 1 600 kr (84 %)." in bounds
    assert bounds.endswith(
        "Beloppen gäller 2018, det år som har minst säkrat. Utvidgas de ja-svar som inte gäller "
        "det året kommer 100 kr till."
    )


def test_a_round_of_one_year_speaks_of_its_amount_and_not_of_a_year(on: Ask) -> None:
    statement = on(*HISTORY, years=[2017])
    for language in ("sv", "en"):
        context = section_context(statement, language)
        texts = [
            context.wording.headline(),
            context.wording.lead(),
            context.wording.bounds(),
            *map(
                plain,
                (
                    answer_section.answer(context, None),
                    decision_section.decision(context),
                    bounds_section.possible(context),
                    largest_section.largest(context),
                    sharing_section.sharing(context),
                    over_time_section.over_time(context),
                    ways_section.ways(context),
                    member_list_section.members(context),
                ),
            ),
        ]
        for text in texts:
            assert not re.search(r"om året|per år|alla år|a year|per year|all years", text), text
    # 500 of 1 900 are 26.3 %.
    assert section_context(statement, "sv").wording.headline().replace("\u00a0", " ") == (
        "26 procent är säkrat: 500 av 1 900 kronor"
    )


def test_a_reason_is_given_only_for_a_difference_that_is_seen(on: Ask) -> None:
    # Two of five are 40 %, their 300 and 400 kr of 1 900 are 36.8 %.
    differ = on(says_yes(3), says_yes(4))
    text = context_of(differ).wording.answers.compare_shares().replace("\u00a0", " ")
    assert "40 % av kommunerna har sagt ja. De står för 37 % av det önskade beloppet" in text
    assert "lägre avgift (350 kr) än övriga kommuner (400 kr)" in text
    # 399 of 1 000 are 39.9 %, 40 400 of 100 000 are 40.4 %: both are printed as 40 %.
    alike = replace(
        differ,
        total=replace(
            differ.total, members=1_000, yes=399, population=1_000, requested=100_000, funded=40_400
        ),
    )
    assert context_of(alike).wording.answers.compare_shares() == ""
    # A yes for some of the years lowers the share of the amount, and no mean fee.
    partial_yes = replace(differ, total=replace(differ.total, uncovered=100))
    assert context_of(partial_yes).wording.answers.compare_shares() == ""


def test_parts_whose_shares_look_alike_are_not_ranked(on: Ask) -> None:
    bars = context_of(on()).wording.bars
    text = bars.extremes_finding("Alm", Fraction(334, 1_000), "Berg", Fraction(33, 100))
    assert text.replace("\u00a0", " ") == "Ungefär lika stor andel är säkrad överallt: 33 %"


def test_nothing_secured_is_not_a_smaller_budget(on: Ask) -> None:
    text = plain(ways_section.ways(context_of(on())))
    assert "Arbetet anpassas" not in text
    assert "Färre år" not in text
    assert "En annan finansiär betalar resten | 1 900 kr per år |" in text


def test_a_budget_of_unequal_years_is_their_sum(on: Ask) -> None:
    # 2017 has 500 and 2018 400: 900 of 3 800 is 23.7 %; 1 400 and 1 500 remain.
    text = plain(ways_section.ways(context_of(on(ALM_2017, says_yes(4)))))
    assert (
        "Arbetet anpassas till det som är säkrat | 900 kr för 2017 och 2018 | "
        "Budgeten blir 24 % av den önskade |"
    ) in text
    assert "En annan finansiär betalar resten | 2 900 kr för 2017 och 2018 |" in text


def test_on_its_last_day_a_deadline_has_not_passed(on: Ask) -> None:
    event = {"kind": "deadline", "known_from": "2016-06-10", "on": DAY, "text": {"sv": "Svara"}}
    text = plain(over_time_section.over_time(context_of(on(*HISTORY, events=[event]))))
    assert text.startswith("Tre av fem kommuner har svarat; svarstiden pågår")
    assert "efter sista svarsdagen" not in text
    event["on"] = date(2016, 7, 30)
    text = plain(over_time_section.over_time(context_of(on(*HISTORY, events=[event]))))
    assert text.startswith("När svarstiden gick ut den 30 juli 2016 var 500 kr säkrade")


@pytest.mark.parametrize(
    ("measure", "needed", "text"),
    [
        # Alm's 100 and Ek's 400; Dal 300 and Fors 900 are silent.
        (
            "amount",
            800,
            "För att 800 kr per år ska vara säkrade räcker det att en kommun till säger "
            "ja, till exempel Fors.",
        ),
        (
            "amount",
            801,
            "För att 801 kr per år ska vara säkrade räcker det att en kommun till säger ja: Fors.",
        ),
        (
            "members",
            3,
            "För att tre kommuner ska ha sagt ja räcker det att en kommun till säger ja, "
            "till exempel Fors.",
        ),
        (
            "members",
            4,
            "För att fyra kommuner ska ha sagt ja räcker det att två kommuner till säger "
            "ja: Fors och Dal.",
        ),
        (
            "inhabitants",
            8_000,
            "För att kommuner med 8 000 invånare ska ha sagt ja räcker det att en "
            "kommun till säger ja, till exempel Fors.",
        ),
        (
            "inhabitants",
            8_001,
            "För att kommuner med 8 001 invånare ska ha sagt ja räcker det att en "
            "kommun till säger ja: Fors.",
        ),
    ],
)
def test_members_are_an_example_where_others_would_do(
    on: Ask, measure: str, needed: int, text: str
) -> None:
    threshold = {"measure": measure, "at_least": needed, "known_from": "2016-06-10"}
    statement = on(*HISTORY, thresholds=[threshold])
    assert text in plain(bounds_section.possible(context_of(statement)))


def test_no_answers_of_a_kind_are_not_counted_in_the_lead_or_the_bar(on: Ask) -> None:
    context = context_of(on(says_yes(1), says_yes(4)))
    assert (
        context.wording.lead()
        .replace("\u00a0", " ")
        .startswith("Två av fem kommuner (40 %) har sagt ja och tre (60 %) har inte svarat. ")
    )
    assert "Har sagt nej 0 kr" not in plain(answer_section.answer(context, None))
    everyone = context_of(on(*(says_yes(digit) for digit in range(1, 6))))
    assert everyone.wording.lead().replace("\u00a0", " ") == "Alla fem kommunerna har sagt ja."


def test_listed_fees_are_not_said_to_be_rounded_or_equal(on: Ask) -> None:
    statement = on(*HISTORY)
    listed = statement.round.model_copy(update={"pricing": Annex(rule="annex")})
    text = context_of(replace(statement, round=listed)).wording.rounding_remark()
    assert text == "Avgifterna är inte avrundade, och det önskade beloppet är deras summa."
