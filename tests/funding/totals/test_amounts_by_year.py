"""A requested amount that differs from year to year, worked out by hand, and as property tests."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from fractions import Fraction
from pathlib import Path
from typing import Any

import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from pydantic import ValidationError

from helpers.data.round.round_config import load_round
from helpers.errors import DataError
from helpers.funding.billing.invoice_basis import build_invoice_basis
from helpers.funding.billing.member_facts import collect_member_facts
from helpers.funding.figures_json.statement_json import statement_figures
from helpers.funding.statement.round_statement import Statement
from helpers.funding.statement.statement_computation import compute_statement
from helpers.funding.totals.year_account import account_of_years
from helpers.model.answer_register import Register
from helpers.model.funding_round import Round
from helpers.sections.board.members.member_list_section import members
from helpers.sections.board.status.decision_section import decision
from helpers.sections.pricing.wording_choice import section_context

DAY = date(2016, 7, 31)
HEADING = "code,decided_on,received_on,registered_on,decision,years,condition"
NO_DETAILS = pd.DataFrame(columns=["code", "organisation_number", "buyer_reference"], dtype="str")
# Weights 1, 2, 3, 4 and 9 in 19: of 1 900 they are 100, 200, 300, 400 and 900, of 3 800 the double.
AMOUNTS = {2017: 1_900, 2018: 3_800}
YES = "{code},2016-06-15,2016-06-20,,yes,{years},"

Ask = Callable[..., Statement]


@pytest.fixture(scope="module")
def on(register_of: Callable[..., Register], five_members: pd.DataFrame, five_round: Round) -> Ask:
    def ask(*answers: tuple[str, str], **changes: Any) -> Statement:
        values = {**five_round.model_dump(), "requested": AMOUNTS, **changes}
        lines = [YES.format(code=code, years=years) for code, years in answers]
        register = register_of(*lines, heading=HEADING)
        return compute_statement(Round.model_validate(values), five_members, register, [], DAY, DAY)

    return ask


def plain(text: str) -> str:
    return text.replace("\u00a0", " ")


def test_each_year_has_its_own_fees_and_the_least_year_is_counted(on: Ask) -> None:
    # Alm and Ek: 500 of 1 900 and 1 000 of 3 800.
    found = on(("0001", ""), ("0004", ""))
    assert found.by_year == {2017: 500, 2018: 1_000}
    assert (found.least_year, found.round.requested) == (2017, 1_900)
    assert (found.total.requested, found.total.funded, found.total.gap) == (1_900, 500, 1_400)
    assert (found.requested_all_years, found.funded_all_years) == (5_700, 1_500)
    figures = statement_figures(found)
    assert figures["requested_by_year"] == {"2017": 1_900, "2018": 3_800}
    assert figures["gap_by_year"] == {"2017": 1_400, "2018": 2_800}
    assert figures["counted_year"] == 2017


def test_a_partial_yes_may_make_the_dearer_year_the_least(on: Ask) -> None:
    # Alm both years, Fors only 2017: 1 000 of 1 900, and 200 of 3 800.
    found = on(("0001", ""), ("0005", "2017"))
    assert found.by_year == {2017: 1_000, 2018: 200}
    total = found.total
    assert (total.requested, total.funded, total.uncovered) == (3_800, 200, 1_800)
    # Every day is counted for the same year.
    assert {tally.requested for tally in found.milestones.values()} == {3_800}
    assert found.over_time["funded"].max() == 200
    assert found.smaller_budget.all_years_share == Fraction(1_200, 5_700)
    # 1 200 pays for none of the 1 900 of 2017.
    assert (found.fewer_years.years, found.fewer_years.left_over) == (0, 1_200)
    assert found.reserve.by_year == {2017: 900, 2018: 3_600}


def test_of_years_with_equal_sums_the_first_is_counted(on: Ask) -> None:
    # Berg's 200 of 2017, and Alm's 200 of 2018.
    found = on(("0002", "2017"), ("0001", "2018"))
    assert found.by_year == {2017: 200, 2018: 200}
    assert found.least_year == found.round.counted_year == 2017


def test_the_headline_is_the_sum_over_the_years_with_each_year_beside_it(on: Ask) -> None:
    context = section_context(on(("0001", ""), ("0004", "")), "sv")
    assert plain(context.wording.headline()) == (
        # 1 500 of 5 700 are 26.3 %.
        "26 procent är säkrat: 1 500 av 5 700 kronor för 2017 och 2018"
    )
    assert "Säkrat är 500 kr av 1 900 kr för 2017 och 1 000 kr av 3 800 kr för 2018." in plain(
        context.wording.lead()
    )
    assert plain(section_context(on(), "sv").wording.headline()) == (
        "Inget är säkrat av 5 700 kronor för 2017 och 2018"
    )
    everyone = section_context(on(*((f"000{n}", "") for n in range(1, 6))), "sv")
    assert plain(everyone.wording.headline()) == (
        "Hela beloppet är säkrat: 5 700 kronor för 2017 och 2018"
    )


def test_amounts_of_one_year_are_not_said_to_be_of_every_year(on: Ask) -> None:
    context = section_context(on(("0001", ""), ("0004", "")), "sv")
    text = plain(decision(context).plain)
    assert "stannar det säkrade vid 500 kr för 2017" in text
    assert "per år" not in text.replace("Beloppen per år och sammanlagt", "")
    for row in ("2017 | 1 900 | 500 | 1 400", "2018 | 3 800 | 1 000 | 2 800"):
        assert row in text
    assert "Alla år | 5 700 | 1 500 | 4 200" in text
    # The list names the year that its fees are for.
    listed = plain(members(context).plain)
    assert "Avgift, kr för 2017" in listed
    assert "Ek | Ja | 400 | Södra län |" in listed


def test_letters_and_invoices_have_the_fee_of_each_year(on: Ask) -> None:
    found = on(("0001", ""), ("0005", "2018"))
    assert collect_member_facts(found, "0001").fee_by_year == {2017: 100, 2018: 200}
    fors = collect_member_facts(found, "0005")
    assert (fors.fee_by_year, fors.years_outside) == ({2018: 1_800}, (2017,))
    joining = fors.joining_price
    assert joining is not None
    assert [(one.year, one.price) for one in joining.years] == [(2017, 900)]
    rows = [(r.year, r.code, r.amount) for r in build_invoice_basis(found, NO_DETAILS).rows]
    assert rows == [(2017, "0001", 100), (2018, "0001", 200), (2018, "0005", 1_800)]


def test_equal_amounts_are_the_same_as_one_amount(on: Ask) -> None:
    said = (("0001", ""), ("0005", "2017"))
    one, table = on(*said, requested=1_900), on(*said, requested={"2017": 1_900, "2018": 1_900})
    assert one.round == table.round
    assert statement_figures(one) == statement_figures(table)


@pytest.mark.parametrize(
    ("changes", "message"),
    [
        ({"requested": {2017: 1}}, "requested has no amount for 2018"),
        ({"requested": {2017: 1, 2018: 2, 2019: 3}}, "requested names 2019, which is not in years"),
        (
            {"requested": AMOUNTS, "pricing": {"rule": "annex"}},
            'an amount for each year in requested does not fit the rule "annex"',
        ),
    ],
)
def test_a_table_that_does_not_fit_is_refused(
    five_round: Round, changes: dict[str, Any], message: str
) -> None:
    with pytest.raises(ValidationError, match=message):
        Round.model_validate(five_round.model_dump() | changes)


YEARS = st.sampled_from(["", "2017", "2018"])
ANSWERS = st.dictionaries(st.sampled_from([f"000{n}" for n in range(1, 6)]), YEARS)
MONEY = st.integers(1, 10_000_000)


@settings(max_examples=40, deadline=None)
@given(ANSWERS, MONEY, MONEY)
def test_fees_add_up_to_the_amount_of_every_year_and_the_account_to_all(
    on: Ask, answers: dict[str, str], first: int, second: int
) -> None:
    found = on(*answers.items(), requested={2017: first, 2018: second})
    due = found.on_day.due
    assert {year: sum(fees.values()) for year, fees in due.items()} == {2017: first, 2018: second}
    by_year, all_years = account_of_years(found.on_day.tally_by_year)
    for account in (*by_year.values(), all_years):
        parts = (account.unanswered, account.conditional, account.uncovered, account.declined)
        assert account.requested == account.funded + sum(parts)
    assert {year: account.requested for year, account in by_year.items()} == {
        2017: first,
        2018: second,
    }
    assert {year: account.funded for year, account in by_year.items()} == found.by_year
    basis = build_invoice_basis(found, NO_DETAILS)
    assert {year: sums.amount for year, sums in basis.by_year.items()} == found.by_year


def test_round_toml_states_the_amounts_in_requested_only(small_project: Path) -> None:
    folder = small_project / "data/rounds/few"
    path = folder / "round.toml"
    text = path.read_text(encoding="utf-8")
    path.write_text(f"counted_year = 2026\n{text}", encoding="utf-8")
    with pytest.raises(DataError, match=r"counted_year is not a key of round\.toml"):
        load_round(folder)
