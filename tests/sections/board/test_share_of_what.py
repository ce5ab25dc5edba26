"""Each share says what it is a share of, and each sentence agrees with the one beside it.

Worked out by hand. Fees 100 Alm, 200 Berg, 300 Dal, 400 Ek and 900 Fors, 1 900 a year.
"""

from collections.abc import Callable
from datetime import date

import pandas as pd
import pytest

from helpers.funding.statement.round_statement import Statement
from helpers.funding.statement.statement_computation import compute_statement
from helpers.model.answer_register import Register
from helpers.model.funding_round import Round
from helpers.sections.board.outlook import largest_section
from helpers.sections.components.block import Block
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
    assert text.startswith("Ek, som säkrar mest, står för 80,0 % av det säkrade beloppet. ")
    assert "med andelar av det önskade beloppet" in text
    assert "Fors | Ej svarat | 900 | 47,4 % | 47,4 %" in text


def test_four_that_secure_most_are_not_the_four_largest_fees(on: Ask) -> None:
    # 100, 300, 400 and 900 of 1 700: 52.9 % and all of it. Berg's fee, larger than Alm's, is a no.
    lines = [*HISTORY, FORS_JOINS, says_yes(3)]
    text = plain(largest_section.largest(context_of(on(*lines))))
    assert text.startswith(
        "Fors, som säkrar mest, står för 52,9 % av det säkrade beloppet och de 4 som säkrar mest "
        "för 100,0 %."
    )


def test_nobody_is_the_largest_where_several_secure_as_much(
    on: Ask, five_members: pd.DataFrame
) -> None:
    # 5 000 inhabitants: 380 each of 1 900.
    equal = five_members.assign(population=1_000)
    text = plain(largest_section.largest(context_of(on(says_yes(1), says_yes(4), members=equal))))
    assert text.startswith("2 kommuner säkrar lika mycket: 50,0 % av det säkrade beloppet var.")
    # Weights 1, 4, 4 of 9, of 900 in all; Alm secures 100, Ek and Fors 400 each.
    twins = five_members.iloc[[0, 3, 4]].assign(population=[1_000, 4_000, 4_000])
    lines = [says_yes(1), says_yes(4), says_yes(5)]
    text = plain(largest_section.largest(context_of(on(*lines, members=twins, requested=900))))
    assert text.startswith(
        "Var och en av de 2 som säkrar mest står för 44,4 % av det säkrade beloppet."
    )


def test_where_nothing_is_secured_the_shares_are_of_the_requested_amount(on: Ask) -> None:
    text = plain(largest_section.largest(context_of(on())))
    assert text.startswith(
        "Inget är säkrat. Den största avgiften är 47,4 % av det önskade beloppet och de 4 största "
        "är 94,7 %."
    )
