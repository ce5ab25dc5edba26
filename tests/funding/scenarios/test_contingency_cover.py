"""A reserve for unforeseen costs, worked out by hand, and as a property."""

from __future__ import annotations

from collections.abc import Callable
from decimal import Decimal
from typing import Any

import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st
from pydantic import ValidationError

from helpers.funding.figures_json.statement_json import statement_figures
from helpers.funding.scenarios.contingency_cover import ContingencyCover
from helpers.funding.statement.round_statement import Statement
from helpers.funding.statement.statement_computation import compute_statement
from helpers.model.answer_register import Register
from helpers.model.funding_round import Round
from helpers.sections.board.outlook.ways_section import ways
from helpers.sections.board.status.decision_section import decision
from helpers.sections.pricing.contingency_sentences import contingency_text
from helpers.sections.pricing.wording_choice import section_context
from support.five_member_round import DAY, HISTORY, SHARED_COST

HEADING = "code,decided_on,received_on,registered_on,decision,years,condition"
PLANNED = {"measure": "planned-costs", "percent": 100, "known_from": "2016-06-10"}

Ask = Callable[..., Statement]


@pytest.fixture(scope="module")
def on(register_of: Callable[..., Register], five_members: pd.DataFrame, five_round: Round) -> Ask:
    def ask(amount: object, *lines: str, **changes: Any) -> Statement:
        values = {**five_round.model_dump(), "contingency": {"amount": amount}, **changes}
        register = register_of(*lines, heading=HEADING) if lines else register_of(*HISTORY)
        return compute_statement(Round.model_validate(values), five_members, register, [], DAY, DAY)

    return ask


def plain(text: str) -> str:
    return text.replace("\u00a0", " ")


def text_of(statement: Statement) -> str:
    return plain(contingency_text(statement, section_context(statement, "sv").loc))


# Alm and Ek secure 500 of 1 900 a year.
@pytest.mark.parametrize(
    ("reserve", "cover"),
    [
        (1_500, "täcker de planerade kostnaderna och 100 kr per år av reserven."),
        (1_400, "täcker de planerade kostnaderna, men inget av reserven."),
        (
            1_000,
            "täcker inte de planerade kostnaderna: 400 kr per år saknas till dem, och inget är "
            "säkrat till reserven.",
        ),
    ],
)
def test_planned_costs_come_first_and_the_reserve_last(on: Ask, reserve: int, cover: str) -> None:
    found = text_of(on(reserve))
    assert found == (
        f"{reserve:,} kr per år av det önskade beloppet är en reserv för oförutsedda kostnader. "
        f"Det säkrade {cover}"
    ).replace(",", " ", 1)


def test_a_reserve_changes_no_fee_and_a_round_without_one_says_nothing(
    on: Ask, five_round: Round
) -> None:
    assert on(1_500).answers["fee"].tolist() == [100, 200, 300, 400, 900]
    assert text_of(on(100, contingency=None)) == ""
    assert "contingency" not in statement_figures(on(100, contingency=None))


def test_the_whole_reserve_is_covered_if_everything_is(on: Ask) -> None:
    lines = [f"000{n},2016-06-15,2016-06-20,,yes,," for n in range(1, 6)]
    assert text_of(on(900, *lines)).endswith("de planerade kostnaderna och hela reserven.")


def test_years_that_differ_are_covered_each_by_itself(on: Ask) -> None:
    # Fors for 2017 alone, Alm for both: 1 000 and 100. Planned are 1 900 less 1 000 and 1 200: 900
    # are covered in 2017, with 100 of the reserve; of 700 in 2018 are 100, and 600 are missing.
    lines = ["0001,2016-06-15,2016-06-20,,yes,,", "0005,2016-06-15,2016-06-20,,yes,2017,"]
    statement = on({"2017": 1_000, "2018": 1_200}, *lines)
    assert text_of(statement) == (
        "2 200 kr av det önskade beloppet för 2017 och 2018 är en reserv för oförutsedda "
        "kostnader. Det säkrade täcker de planerade kostnaderna för 2017, men inte för 2018, då "
        "600 kr saknas till dem. Av reserven är 100 kr säkrade."
    )
    figures = statement_figures(statement)["contingency"]
    assert figures["by_year"]["2018"] == {
        "planned_costs": 700,
        "planned_costs_covered": 100,
        "planned_costs_missing": 600,
        "reserve": 1_200,
        "reserve_covered": 0,
    }
    assert figures["all_years"] == {
        "planned_costs": 1_600,
        "planned_costs_covered": 1_000,
        "planned_costs_missing": 600,
        "reserve": 2_200,
        "reserve_covered": 100,
    }
    shown = plain(decision(section_context(statement, "sv")).plain)
    assert "2017 | 1 900 | 1 000 | 900 | 100" in shown
    assert "Alla år | 3 800 | 1 100 | 2 700 | 100" in shown


def test_indexation_raises_the_reserve_as_it_raises_the_amount(on: Ask) -> None:
    # 10 percent: 1 900 and 2 090 are requested, of which 105 and 115.5, so 116, are the reserve.
    round_ = on(105, indexation={"percent": "10"}).round
    assert [round_.requested_in(year) for year in round_.years] == [1_900, 2_090]
    assert round_.contingency_by_year == {2017: 105, 2018: 116}


def test_the_reserve_has_the_words_of_the_round(on: Ask) -> None:
    named = {"amount": 1_500, "name": {"sv": "en buffert"}}
    assert "1 500 kr per år av det önskade beloppet är en buffert." in text_of(
        on(0, contingency=named)
    )


def test_a_threshold_of_the_planned_costs(on: Ask) -> None:
    # 500 are secured: the planned costs are 400, or 900 of which 400 are missing.
    [met] = on(1_500, thresholds=[PLANNED]).thresholds
    assert (met.needed, met.reached, met.met, met.year) == (400, 400, True, None)
    statement = on(1_000, thresholds=[PLANNED])
    [short] = statement.thresholds
    assert (short.needed, short.shortfall, short.attainable) == (900, 400, True)
    shown = plain(decision(section_context(statement, "sv")).plain)
    assert "Säkrade kronor per år, till planerade kostnader | 900 (100 %) | 500 (56 %)" in shown


def test_only_the_reserve_is_smaller_if_the_planned_costs_are_covered(on: Ask) -> None:
    # 100 of 1 500 a year, in two years.
    shown = plain(ways(section_context(on(1_500), "sv")).plain)
    assert "Reserven för oförutsedda kostnader blir mindre | 200 kr av 3 000 kr" in shown
    assert "Arbetet anpassas" not in shown
    assert "Arbetet anpassas" in plain(ways(section_context(on(1_000), "sv")).plain)


@pytest.mark.parametrize(
    ("changes", "message"),
    [
        ({"contingency": {"amount": 1_900}}, "for 2017, 1900, is not less than the requested"),
        ({"contingency": {"amount": 0}}, "greater than 0"),
        ({"contingency": {"amount": -5}}, "greater than 0"),
        ({"contingency": {"amount": Decimal("0.4")}}, "less than half a unit"),
        ({"contingency": {"amount": {"2017": 5}}}, "contingency.amount has no amount for 2018"),
        ({"pricing": SHARED_COST}, 'does not fit the rule "shared-cost"'),
        ({"contingency": None, "thresholds": [PLANNED]}, "needs the reserve"),
        ({"thresholds": [{**PLANNED, "in_every": "county"}]}, "without in_every"),
    ],
)
def test_a_reserve_that_cannot_be_is_refused(
    on: Ask, changes: dict[str, Any], message: str
) -> None:
    with pytest.raises(ValidationError, match=message):
        on(100, **changes)


@given(st.integers(2, 10**12), st.data())
def test_what_is_covered_adds_up_to_what_is_secured(requested: int, data: st.DataObject) -> None:
    """Planned costs and reserve together are the secured amount, at most the requested one."""
    reserve = data.draw(st.integers(1, requested - 1))
    secured = data.draw(st.integers(0, 2 * requested))
    found = ContingencyCover.of(requested, reserve, secured)
    assert found.planned_covered + found.reserve_covered == min(secured, requested)
    assert min(found.planned_covered, found.reserve_covered, found.planned_missing) >= 0
    assert not (found.planned_missing and found.reserve_covered)
