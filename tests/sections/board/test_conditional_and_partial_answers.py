"""What is said where a yes has a condition or is for some of the years, worked out by hand.

Fees 100, 200, 300, 400 and 900, for 2017 and 2018. Alm yes; Berg no; Dal yes for 2017 alone; Ek
yes on a condition; Fors silent. So 2017 has 400 and 2018 has 100, which is what is funded; 900 may
come from the silent and 400 if the condition is met.
"""

from collections.abc import Callable
from datetime import date

import pandas as pd
import pytest

from helpers.funding.statement.round_statement import Statement
from helpers.funding.statement.statement_computation import compute_statement
from helpers.model.answer_register import Register
from helpers.model.funding_round import Round
from helpers.model.settings.round_settings import Event
from helpers.model.settings.threshold_settings import Threshold
from helpers.sections.board.members import (
    breakdown_section,
    member_list_section,
    missing_section,
    over_time_section,
)
from helpers.sections.board.outlook import sharing_section
from helpers.sections.board.status import decision_section
from helpers.sections.components.block import Block
from support.five_member_round import DAY
from support.section_contexts import context_of

HEADING = "code,decided_on,received_on,decision,years,condition"
ALM, BERG = "0001,2016-06-15,2016-06-20,yes,,", "0002,2016-06-15,2016-06-20,no,,"
DAL, EK = "0003,2016-06-15,2016-06-20,yes,2017,", "0004,2016-06-15,2016-06-20,yes,,om Fors är med"
FORS = "0005,2016-06-15,2016-06-20,no,,"

Ask = Callable[..., Statement]


@pytest.fixture
def on(register_of: Callable[..., Register], five_members: pd.DataFrame, five_round: Round) -> Ask:
    def ask(*further: str, **changes: object) -> Statement:
        round_ = five_round.model_copy(update=changes)
        register = register_of(ALM, BERG, DAL, EK, *further, heading=HEADING)
        return compute_statement(round_, five_members, register, [], DAY, DAY)

    return ask


def plain(block: Block) -> str:
    return block.plain.replace("\u00a0", " ")


@pytest.mark.parametrize(
    ("measure", "needed", "verdict"),
    [
        ("amount", 100, "är uppnått."),
        ("amount", 1_000, "är inte uppnått, men kan ännu nås."),
        ("amount", 1_001, "Det kan ännu nås, men bara om villkor för ja-svar uppfylls."),
        ("amount", 1_400, "Det kan ännu nås, men bara om villkor för ja-svar uppfylls."),
        ("amount", 1_401, "kan inte nås utan att någon ändrar sitt svar."),
        ("members", 3, "är inte uppnått, men kan ännu nås."),
        ("members", 4, "Det kan ännu nås, men bara om villkor för ja-svar uppfylls."),
        ("members", 5, "kan inte nås utan att någon ändrar sitt svar."),
        # Of 20 000 inhabitants Alm and Dal have 4 000, Fors 10 000 and Ek 4 000.
        ("inhabitants", 14_000, "är inte uppnått, men kan ännu nås."),
        ("inhabitants", 18_000, "Det kan ännu nås, men bara om villkor för ja-svar uppfylls."),
        ("inhabitants", 18_001, "kan inte nås utan att någon ändrar sitt svar."),
    ],
)
def test_a_condition_that_is_met_changes_no_answer(
    on: Ask, measure: str, needed: int, verdict: str
) -> None:
    threshold = Threshold(measure=measure, at_least=needed, known_from=date(2016, 6, 10))
    assert verdict in plain(decision_section.decision(context_of(on(thresholds=[threshold]))))


def test_what_conditions_may_add_stands_beside_the_bounds(on: Ask) -> None:
    bounds = context_of(on()).wording.bounds().replace("\u00a0", " ")
    assert "Om den säger ja blir det 1 000 kr" in bounds
    assert "Uppfylls villkoren för de ja-svar som har villkor kommer 400 kr till." in bounds
    assert bounds.endswith("Utvidgas de ja-svar som inte gäller det året kommer 300 kr till.")
    nobody_unanswered = context_of(on(FORS)).wording.bounds().replace("\u00a0", " ")
    assert nobody_unanswered.startswith(
        "Alla har svarat. Uppfylls villkoren för de ja-svar som har villkor kommer 400 kr till. "
    )


def test_only_a_yes_for_all_years_can_carry_it_all(on: Ask) -> None:
    text = plain(sharing_section.sharing(context_of(on())))
    assert "Om den enda kommun som har sagt ja för alla år bar hela beloppet" in text


def test_late_answers_are_told_with_their_conditions_and_without_zeros(on: Ask) -> None:
    # All four answers came on 20 June: Alm and Dal yes, Berg no, Ek yes on a condition.
    deadline = Event(
        kind="deadline", known_from=date(2016, 6, 10), on=date(2016, 6, 18), text={"sv": "Svara"}
    )
    text = plain(over_time_section.over_time(context_of(on(events=[deadline]))))
    assert (
        "Fyra kommuner svarade efter sista svarsdagen den 18 juni 2016: "
        "två ja, ett nej och ett ja med villkor."
    ) in text


def test_what_a_county_lacks_is_for_the_year_that_is_counted(on: Ask) -> None:
    # 2017 has 400 and 2018 has 100, so that what is missing is that of 2018.
    finding = plain(missing_section.missing(context_of(on()))).splitlines()[0]
    assert "för 2018" in finding
    assert "per år" not in finding


def test_the_years_of_a_yes_stand_beside_it(on: Ask) -> None:
    listed = plain(member_list_section.members(context_of(on())))
    assert "Dal | Ja (2017) | 300 | Norra län | " in listed
    assert "Alm | Ja | 100 | Norra län | " in listed


def test_answers_by_part_add_up_to_the_members(on: Ask) -> None:
    table = plain(breakdown_section.by_county(context_of(on())))
    heading = next(line for line in table.splitlines() if line.startswith("Län |"))
    assert heading.startswith(
        "Län | Säkrad andel | Andel ja | Kommuner | Ja | Nej | Ej svarat | Ja, med villkor |"
    )
    total = next(line for line in table.splitlines() if line.startswith("Alla |"))
    assert " | 5 | 2 | 1 | 1 | 1 |" in total


def test_the_curve_is_of_the_year_with_least_where_the_years_differ(on: Ask) -> None:
    def label(statement: Statement) -> str:
        section = over_time_section.over_time(context_of(statement))
        assert section.figure is not None
        return section.figure.axes[0].get_ylabel()

    assert label(on()) == "mnkr det år som har minst"  # Dal says yes for 2017 only
    assert label(on("0003,2016-07-05,2016-07-10,yes,,")) == "mnkr per år"


def test_answers_by_day_add_up_to_those_that_have_answered(on: Ask) -> None:
    table = plain(over_time_section.over_time(context_of(on())))
    assert "Per den | Har svarat | Ja | Nej | Ja, med villkor |" in table
    assert "31 juli 2016 | 4 | 2 | 1 | 1 | 100 |" in table
