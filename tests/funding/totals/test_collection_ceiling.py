"""A ceiling on what is collected: the account adds up, year by year and over all of them."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from functools import partial

import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from helpers.funding.billing.invoice_basis import build_invoice_basis
from helpers.funding.billing.member_facts import collect_member_facts, fees_if_yes
from helpers.funding.billing.receivables_ledger import build_receivables_ledger
from helpers.funding.figures_json.statement_json import statement_figures
from helpers.funding.statement.round_statement import Statement
from helpers.funding.statement.statement_computation import compute_statement
from helpers.model.answer_register import Register
from helpers.model.funding_round import Round
from helpers.sections.board.members.breakdown_section import by_county
from helpers.sections.board.members.missing_section import missing
from helpers.sections.board.outlook.bounds_section import possible
from helpers.sections.board.outlook.largest_section import largest
from helpers.sections.board.status.answer_section import three_counts_block
from helpers.sections.letter.fee_part import fee
from helpers.sections.letter.letter_context import LetterContext
from helpers.sections.pricing.rule_sentences import pricing_remarks
from support.section_contexts import context_of

DAY = date(2016, 7, 31)
HEADING = "code,decided_on,received_on,registered_on,decision,years,condition"


@pytest.fixture(scope="session")
def state_of(
    five_round: Round, five_members: pd.DataFrame, register_of: Callable[..., Register]
) -> Callable[..., Statement]:
    """Makes a statement on the five members at 1 kr an inhabitant.

    They pay 1 000, 2 000, 3 000, 4 000 and 10 000. `leaving` is the last day of the last member.
    """
    pricing = {"rule": "rate-with-ceiling", "population_year": 2015, "rate": "1"}
    plain = {**five_round.model_dump(), "requested": 0, "part_of_year": "days"}

    def make(ceiling: int, leaving: date | None = None, **said: str) -> Statement:
        round_ = Round.model_validate({**plain, "pricing": {**pricing, "ceiling": ceiling}})
        lines = [
            f"000{code[1]},2016-06-15,2016-06-20,,{answer}{',' * (2 - answer.count(','))}"
            for code, answer in said.items()
        ]
        members = five_members
        if leaving:
            never, last = pd.Series([pd.NaT] * 5), pd.to_datetime(pd.Series([None] * 4 + [leaving]))
            known = pd.Series([pd.Timestamp(DAY)] * 5).where(last.notna())
            members = members.assign(valid_from=never, valid_to=last, known_from=known)
        register = register_of(*lines, heading=HEADING)
        return compute_statement(round_, members, register, [], DAY, DAY)

    return make


def test_what_may_still_come_stops_at_the_ceiling(
    state_of: Callable[..., Statement],
) -> None:
    # 10 000 secured of 15 000; 20 000 in all. The silent have 9 000, of which 5 000 fits.
    statement = state_of(15_000, m5="yes", m1="no")
    total = statement.total
    assert (total.requested, total.funded, total.gap) == (15_000, 10_000, 5_000)
    assert (total.unanswered_fees, total.declined, total.over_ceiling) == (9_000, 1_000, 5_000)
    assert (total.possible, total.funded_if_all_unanswered_yes) == (5_000, 15_000)
    assert statement.by_year == {2017: 10_000, 2018: 10_000}
    # The first answer adds 4 000, the second 3 000, of which 1 000 fits.
    assert [reply.funded for reply in statement.call_list] == [14_000, 15_000, 15_000]
    assert [after.funded.high for after in statement.after_more_answers] == [14_000, 15_000]
    figures = statement_figures(statement)
    assert (figures["over_ceiling"], figures["over_ceiling_share"]) == (5_000, 1 / 3)
    words = " ".join(pricing_remarks(context_of(statement))).replace("\u00a0", " ")
    assert "Taket minskar det som inte är säkrat med 5 000 kr per år" in words


def test_a_ceiling_that_is_passed_lowers_what_those_that_said_yes_pay(
    state_of: Callable[..., Statement],
) -> None:
    # 2017: 10 000 + 4 000 share 7 000: 5 000 and 2 000. 2018: 10 000 alone pays 7 000.
    statement = state_of(7_000, m5="yes", m4="yes,2017")
    assert statement.by_year == {2017: 7_000, 2018: 7_000}
    assert (statement.total.funded, statement.total.gap, statement.total.possible) == (7_000, 0, 0)
    facts = collect_member_facts(statement, "0005")
    assert (facts.fee, facts.fee_by_year) == (10_000, {2017: 5_000, 2018: 7_000})
    details = pd.DataFrame({"code": ["0005"], "organisation_number": "", "buyer_reference": ""})
    basis = build_invoice_basis(statement, details)
    amounts = {(row.code, row.year): row.amount for row in basis.rows}
    assert amounts == {("0004", 2017): 2_000, ("0005", 2017): 5_000, ("0005", 2018): 7_000}
    assert statement.largest[0].funded_without == 0
    assert statement.largest[1].funded_without == 7_000
    # The letter: 5 000 and 7 000 make 12 000, and not the full fee of 10 000 a year.
    letter = fee(LetterContext.of_member(context_of(statement), facts)).plain.replace("\u00a0", " ")
    assert "Full avgift är 10 000 kr per år." in letter
    assert "ni betalar sammanlagt 12 000 kr för 2017 och 2018" in letter


def test_a_letter_to_a_no_says_what_joining_costs_under_a_ceiling_that_is_reached(
    state_of: Callable[..., Statement],
) -> None:
    # 2 000 joins 10 000 + 4 000 under 8 000: 8 000 × 2 000 / 16 000 = 1 000 a year.
    statement = state_of(8_000, m5="yes", m4="yes", m2="no")
    facts = collect_member_facts(statement, "0002")
    assert (facts.fee, facts.fee_by_year) == (2_000, {2017: 1_000, 2018: 1_000})
    assert facts.joining_price is not None
    assert facts.joining_price.total == 2_000
    context = LetterContext.of_member(context_of(statement), facts)
    letter = fee(context).plain.replace("\u00a0", " ")
    assert "Full avgift är 2 000 kr per år. Om ni går med når avgifterna taket" in letter
    assert "ni betalar sammanlagt 2 000 kr för 2017 och 2018" in letter
    # Ek's 4 000 is for 2017. In 2018 Berg shares 8 000 with 10 000 alone: 1 333.33.
    split = state_of(8_000, m5="yes", m4="yes,2017", m2="no")
    assert collect_member_facts(split, "0002").fee_by_year == {2017: 1_000, 2018: 1_333}
    # Below the ceiling it pays its fee.
    below = state_of(15_000, m5="yes", m2="no")
    assert collect_member_facts(below, "0002").fee_by_year == {2017: 2_000, 2018: 2_000}


def test_the_largest_fees_are_shares_of_all_fees_where_a_ceiling_lowers_the_requested_amount(
    state_of: Callable[..., Statement],
) -> None:
    # 10 000, then + 4 000 + 3 000 + 2 000 = 19 000, of fees of 20 000; 15 000 is requested.
    statement = state_of(15_000, m1="no")
    figures = statement_figures(statement)
    assert figures["largest_shares"] == {"1": 0.5, "4": 0.95}
    assert [payer["cumulative_share"] for payer in figures["largest"]][-1] == 1
    shown = largest(context_of(statement)).plain.replace("\u00a0", " ")
    assert "är 50,0 procent av alla avgifter och de fyra största är 95,0 procent" in shown
    assert "med andelar av alla avgifter, som tillsammans är högre än" in shown


def test_the_first_page_has_what_the_ceiling_takes_off_as_a_column(
    state_of: Callable[..., Statement],
) -> None:
    # 10 000 yes, 1 000 no and 9 000 unanswered are 20 000, with a ceiling of 15 000.
    statement = state_of(15_000, m5="yes", m1="no")
    shown = three_counts_block(context_of(statement)).plain.replace("\u00a0", " ")
    # 10 000 + 1 000 + 9 000 − 5 000 = 15 000, with shares of 15 000.
    assert (
        "Kronor per år | 10 000 (67 %) | 1 000 (7 %) | 9 000 (60 %) | −5 000 (33 %) | 15 000"
        in shown
    )
    assert "Beloppet över taket, 5 000 kr, är den del av avgifterna som inte skulle" in shown
    assert "i genomsnitt har högre avgift (10 000 kr)" in shown
    # At 7 000 the fee is lowered: its mean says nothing, and 10 000 + 0 more are beside it.
    lowered = three_counts_block(context_of(state_of(7_000, m5="yes")))
    assert "i genomsnitt" not in lowered.plain
    # 20 000 ≤ 20 000: nothing is taken off.
    whole = three_counts_block(context_of(state_of(20_000, m5="yes")))
    assert "Över taket" not in whole.plain


def test_where_the_ceiling_is_reached_nothing_is_missing_and_no_answer_adds_anything(
    state_of: Callable[..., Statement],
) -> None:
    # 10 000 yes pays 7 000, all that is requested; fees of 10 000 are unanswered.
    context = context_of(state_of(7_000, m5="yes"))
    assert missing(context).plain == ""
    assert "De svar som betyder mest" not in possible(context).plain
    counties = by_county(context)
    # 7 000 + 10 000 in the counties' rows.
    assert "tillsammans 10\\xa0000\\xa0kr högre än det önskade beloppet" in str(counties.parts)
    assert "Alla | 100 % | 20 % | 5 | 1 | 0 | 4 | 7 000 | 7 000 |" in counties.plain.replace(
        "\u00a0", " "
    )
    words = context.wording.rounding_remark().replace("\u00a0", " ")
    assert "Avgifterna är tillsammans 13 000 kr högre än det önskade beloppet" in words
    assert "summan är exakt" not in words


def test_an_invoice_that_the_ceiling_lowers_becomes_a_credit(
    state_of: Callable[..., Statement],
) -> None:
    statement = state_of(7_000, m5="yes", m4="yes")
    invoiced = pd.DataFrame(
        {
            "code": ["0005"],
            "year": [2017],
            "invoiced_on": pd.to_datetime(["2016-07-01"]),
            "amount": [10_000_000],
            "paid_on": pd.to_datetime([""]),
            "paid": [0],
            "amount_rounding": [0],
            "paid_rounding": [0],
        }
    )
    [position] = [
        one
        for one in build_receivables_ledger(statement, invoiced).positions
        if (one.code, one.year) == ("0005", 2017)
    ]
    # Invoiced 10 000 kr; 10 000 and 4 000 share 7 000, so 5 000 is to be credited.
    assert (position.secured, position.credit_due) == (5_000_000, 5_000_000)
    assert position.credit_reason == "above the fee"


ANSWERS = st.sampled_from(("yes", "yes,2017", "yes,2018", "no", "yes,,if all do"))
SAID = st.dictionaries(st.sampled_from(("m1", "m2", "m3", "m4", "m5")), ANSWERS)
any_answers = partial(given, said=SAID, ceiling=st.integers(1, 22_000))


@settings(deadline=None, max_examples=40)
@any_answers()
def test_the_parts_always_add_up(
    said: dict[str, str], ceiling: int, state_of: Callable[..., Statement]
) -> None:
    statement = state_of(ceiling, **said)
    total = statement.total
    parts = total.unanswered_fees + total.conditional_fees + total.uncovered + total.declined
    assert total.requested == total.funded + parts - total.over_ceiling == min(ceiling, 20_000)
    assert min(parts, total.over_ceiling, total.uncovered, total.possible) >= 0
    assert total.funded + total.possible <= total.requested
    assert all(amount <= ceiling for amount in statement.by_year.values())
    assert sum(part.funded for part in statement.by_county.values()) == total.funded
    assert statement.over_time["funded"].iloc[-1] == total.funded


@pytest.mark.parametrize("leaving", [None, date(2017, 4, 30)], ids=["all stay", "one leaves"])
@settings(deadline=None, max_examples=40)
@any_answers(joins=st.integers(1, 5))
def test_a_yes_would_cost_what_it_costs_when_it_is_registered(
    said: dict[str, str],
    ceiling: int,
    joins: int,
    leaving: date | None,
    state_of: Callable[..., Statement],
) -> None:
    statement = state_of(ceiling, leaving, **said)
    joined = state_of(ceiling, leaving, **said | {f"m{joins}": "yes"})
    paid = {year: amounts[f"000{joins}"] for year, amounts in joined.on_day.secured.items()}
    assert fees_if_yes(statement, f"000{joins}") == paid


def test_a_yes_shares_the_ceiling_by_its_part_of_the_year(
    state_of: Callable[..., Statement],
) -> None:
    # Fors is a member on 120 of the 365 days of 2017. Ek and Dal share 5 000 in both years. With
    # Fors it is by 4 000, 3 000 and 10 000 × 120/365 = 3 287.67: 5 000 × 3 287.67 / 10 287.67 =
    # 1 597.87, which is rounded up: those of the others are 1 944.07 and 1 458.06.
    statement = state_of(5_000, date(2017, 4, 30), m4="yes", m3="yes")
    assert fees_if_yes(statement, "0005") == {2017: 1_598, 2018: 0}
