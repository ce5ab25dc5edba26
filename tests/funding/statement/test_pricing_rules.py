"""The pricing rules as a round uses them, from round.toml to the statement and the text."""

from __future__ import annotations

import json
from collections.abc import Callable
from datetime import date
from decimal import Decimal
from fractions import Fraction

import pandas as pd
import pytest

from helpers.errors import ReportError
from helpers.funding.billing.fee_breakdown import break_down_fee
from helpers.funding.figures_json.scenario_json import scenario_figures
from helpers.funding.figures_json.statement_json import statement_figures
from helpers.funding.statement.round_statement import Statement
from helpers.funding.statement.statement_computation import compute_statement
from helpers.model.answer_register import Register
from helpers.model.funding_round import Round
from helpers.sections.board.outlook.largest_section import largest
from helpers.sections.board.outlook.sharing_section import sharing
from helpers.sections.board.status.answer_section import three_counts_block
from helpers.sections.pricing.rule_sentences import fee_sum_remark, pricing_remarks
from support.section_contexts import context_of

DAY = date(2016, 7, 31)


@pytest.fixture
def priced(
    register_of: Callable[..., Register], five_members: pd.DataFrame, five_round: Round
) -> Callable[..., Statement]:
    """The five members (1 000, 2 000, 3 000, 4 000 and 10 000 inhabitants), priced by a rule."""

    def make(
        requested: int = 0,
        members: pd.DataFrame = five_members,
        groups: dict[str, dict[str, str]] | None = None,
        **pricing: object,
    ) -> Statement:
        values = {**five_round.model_dump(), "requested": requested, "pricing": pricing}
        round_ = Round.model_validate(values | {"groups": groups or {}})
        register = register_of("0005,2016-06-15,2016-06-20,,yes")
        return compute_statement(round_, members, register, [], DAY, DAY)

    return make


def text(statement: Statement) -> str:
    return " ".join(pricing_remarks(context_of(statement))).replace("\u00a0", " ")


def test_by_inhabitants_without_a_rebate(priced: Callable[..., Statement]) -> None:
    # 2 000 kr over 20 000 inhabitants.
    statement = priced(2_000, rule="inhabitants", population_year=2015)
    assert statement.answers["fee"].tolist() == [100, 200, 300, 400, 1_000]
    assert "efter folkmängden den 31 december 2015." in text(statement)


@pytest.mark.parametrize(
    ("rule", "words"), [("tax-base", "efter skatteunderlaget"), ("by-weight", "efter de vikter")]
)
def test_by_a_column_of_the_members_file(
    priced: Callable[..., Statement], rule: str, words: str
) -> None:
    statement = priced(2_000, rule=rule)
    assert statement.total.funded == 1_000
    assert words in text(statement)


def test_listed_fees_say_themselves_what_is_requested(priced: Callable[..., Statement]) -> None:
    statement = priced(rule="annex")
    assert statement.round.requested == statement.total.requested == 20_000
    assert (statement.total.funded, statement.gap_all_years) == (10_000, 20_000)
    assert "de som omgången anger, tillsammans 20 000 kr per år." in text(statement)


def test_a_rate_says_what_is_requested_until_its_ceiling(priced: Callable[..., Statement]) -> None:
    rate = {"rule": "rate-with-ceiling", "population_year": 2015, "rate": "1.95"}
    # 1.95 × 20 000 is 39 000.
    below = priced(ceiling=40_000, **rate)
    assert (below.round.requested, below.total.funded) == (39_000, 19_500)
    assert text(below).endswith("från alla tillsammans.")
    # 20 000 shared by 20 000 inhabitants is 1 kr each.
    above = priced(ceiling=20_000, ceiling_on="all-members", **rate)
    assert (above.round.requested, above.total.funded) == (20_000, 10_000)
    assert "Avgiften är 1,95 kr per invånare" in text(above)
    assert "Taket är nått" in text(above)
    assert "till 1,00 kr per invånare" in text(above)


def test_limits_are_said(priced: Callable[..., Statement]) -> None:
    # Without a limit Fors pays 1 000 of 2 000; at most 600, the others share 1 400 by 10 000.
    limits = {"highest": 600}
    statement = priced(2_000, rule="inhabitants", population_year=2015, limits=limits)
    assert statement.answers["fee"].tolist() == [140, 280, 420, 560, 600]
    assert "Högsta avgift, 600 kr per år: Fors." in text(statement)


def test_members_at_a_fixed_share_or_limit_are_named(
    priced: Callable[..., Statement],
) -> None:
    # Ek pays a fixed 20.5 % of 2 000, 410. Of the 1 590 that are left Fors, with 10 of 16 parts, is
    # held at 30 %, 600; Alm and Berg pay at least 300, and Dal the other 390.
    limits = {
        "fixed_percent": {"0004": "20.5"},
        "highest": 800,
        "highest_percent": "30",
        "lowest": 300,
    }
    statement = priced(2_000, rule="inhabitants", population_year=2015, limits=limits)
    assert statement.answers["fee"].tolist() == [300, 300, 390, 410, 600]
    found = text(statement)
    assert "Fast andel av det önskade beloppet: Ek (20,5 %)." in found
    assert "Högsta avgift, 800 kr per år och 30 % av det önskade beloppet: Fors." in found
    assert "Lägsta avgift, 300 kr per år: Alm och Berg." in found


def test_a_group_at_its_highest_fee_is_named_as_the_round_names_it(
    priced: Callable[..., Statement], five_members: pd.DataFrame
) -> None:
    # 5 % of 2 000 is 100 for Berg and Dal; the others share 1 800 by 15 000: 120, 480 and 1 200.
    groups = {"0002": "small", "0003": "small"}
    members = five_members.assign(group=[groups.get(code, "") for code in five_members["code"]])
    limits = {"group_highest_percent": {"small": "5"}}
    rule = {"rule": "inhabitants", "population_year": 2015, "limits": limits}
    statement = priced(2_000, members, groups={"small": {"sv": "Små"}}, **rule)
    assert statement.answers["fee"].tolist() == [120, 100, 100, 480, 1_200]
    assert "Högsta avgift i gruppen Små, 5 % av det önskade beloppet: Berg och Dal." in text(
        statement
    )
    # If Fors, the only yes, bears it all, no cap stops it.
    assert statement.gap_sharing is not None
    assert statement.gap_sharing.remaining == 0


def test_fees_rounded_one_by_one_add_up_in_the_account_and_the_page_states_the_difference(
    priced: Callable[..., Statement], five_members: pd.DataFrame
) -> None:
    # 1 000 over weights of 0.5 × 3 + 0.25 × 2 = 2: 250 and 125 each; 1 001: 250.25 and 125.125.
    weights = [Fraction(1, 2)] * 3 + [Fraction(1, 4)] * 2
    members = five_members.assign(population=pd.Series(weights, dtype="object"))
    statement = priced(1_001, members, rule="by-weight", rounding="each")
    assert statement.answers["fee"].tolist() == [250, 250, 250, 125, 125]
    total = statement.total
    assert (total.requested, total.funded, total.unanswered_fees) == (1_000, 125, 875)
    assert (total.population, total.yes_population) == (2, Fraction(1, 4))
    assert total.yes_population_share == Fraction(1, 8)
    remark = fee_sum_remark(statement, context_of(statement).loc).replace("\u00a0", " ")
    assert "Tillsammans blir de 1 000 kr, vilket skiljer −1 kr från de 1 001 kr som" in remark
    assert "Avgifterna fördelar 1 001 kr per år" in text(statement)
    breakdown = break_down_fee(statement, "0005")
    assert (breakdown.key, breakdown.amount_shared) == (Fraction(1, 4), 1_001)
    assert breakdown.exact == Fraction(1001, 8)
    # What figures.json says of decimals are JSON's own numbers.
    figures = json.loads(json.dumps(statement_figures(statement) | scenario_figures(statement)))
    assert figures["yes_population"] == 0.25
    assert [member["population"] for member in figures["member_list"]] == [0.5] * 3 + [0.25] * 2


def test_the_page_states_what_rounding_the_requested_amount_changes(
    five_members: pd.DataFrame, five_round: Round, register_of: Callable[..., Register]
) -> None:
    def remark(requested: object, **changed: object) -> str:
        round_ = Round.model_validate(
            {**five_round.model_dump(), "requested": requested, **changed}
        )
        statement = compute_statement(round_, five_members, register_of(), [], DAY, DAY)
        return fee_sum_remark(statement, context_of(statement).loc).replace("\u00a0", " ")

    assert remark(Decimal("1899.75")).endswith(
        "Det önskade beloppet är angivet som 1 899,75 kr och avrundat till hela kronor, +0,25 kr "
        "per år."
    )
    assert remark({"2017": Decimal("1900.125"), "2018": 2850}).endswith(
        "Det önskade beloppet för 2017 är angivet som 1 900,125 kr och avrundat till hela kronor, "
        "−0,125 kr."
    )
    assert "angivet som" not in remark(1900)
    years = {"years": [2017, 2018, 2019, 2020]}
    amounts = {str(year): Decimal(f"{year}.25") for year in years["years"]}
    assert remark(amounts, **years).endswith(
        "De önskade beloppen är angivna med decimaler och vart och ett är avrundat till hela "
        "kronor, tillsammans −1,00 kr."
    )


def test_an_annex_speaks_of_fees_and_not_of_inhabitants(priced: Callable[..., Statement]) -> None:
    context = context_of(priced(rule="annex"))
    shown = [three_counts_block(context), largest(context), sharing(context)]
    assert not any("nvånar" in block.plain for block in shown)
    counts = shown[0].plain.replace("\u00a0", " ")
    assert "Kommuner | 1 (20 %) | 0 (0 %) | 4 (80 %) | 5" in counts
    assert "Kronor per år | 10 000 (50 %) | 0 (0 %) | 10 000 (50 %) | 20 000" in counts
    assert (
        "20 procent av kommunerna har sagt ja. De står för 50 procent av det önskade beloppet, "
        "eftersom de i genomsnitt har högre avgift"
    ) in counts


def test_a_listed_fee_of_zero_is_reported(
    priced: Callable[..., Statement], five_members: pd.DataFrame
) -> None:
    # Only Fors has said yes, and its fee is 0: nobody bears anything.
    members = five_members.assign(population=[1_000, 2_000, 3_000, 4_000, 0])
    statement = priced(0, members, rule="annex")
    assert (statement.total.requested, statement.total.funded) == (10_000, 0)
    figures = scenario_figures(statement)
    assert figures["sharing"]["increase"] is None
    assert sharing(context_of(statement)).plain


def test_a_total_is_needed_where_the_rule_shares_one(priced: Callable[..., Statement]) -> None:
    with pytest.raises(ReportError, match="requested = the amount a year"):
        priced(rule="inhabitants", population_year=2015)


def test_a_shared_cost_is_what_those_that_have_joined_pay(priced: Callable[..., Statement]) -> None:
    # Only Fors has joined: 10 000 × 2.28 = 22 800 would be more than the cost, so it bears it all.
    shared = {"rule": "shared-cost", "population_year": 2015, "highest_rate": "2.28"}
    assert priced(cost=20_000, **shared).total.funded == 20_000
    # Of 30 000 it pays 22 800, and 7 200 are missing.
    short = priced(cost=30_000, **shared)
    assert (short.round.requested, short.total.funded, short.total.gap) == (30_000, 22_800, 7_200)


def gap_text(statement: Statement) -> str:
    return sharing(context_of(statement)).plain.replace("\u00a0", " ")


def test_the_gap_of_a_stated_rate_cannot_be_shared(priced: Callable[..., Statement]) -> None:
    # Fors pays 1.95 × 10 000 of 39 000, and cannot pay more: 19 500 are left.
    rate = {"rule": "rate-with-ceiling", "population_year": 2015, "rate": "1.95"}
    shown = gap_text(priced(ceiling=40_000, **rate))
    assert "kan ingen kommun som har sagt ja betala mer än sin avgift" in shown
    assert "De 19 500 kr per år som saknas" in shown


def test_a_cap_leaves_a_part_of_the_gap(priced: Callable[..., Statement]) -> None:
    # Of 2 000 Fors would pay 1 000; it may pay 600, and does so before and after.
    limits = {"highest": 600}
    rule = {"rule": "inhabitants", "population_year": 2015}
    assert "De 1 400 kr per år" in gap_text(priced(2_000, limits=limits, **rule))
    # At most 1 200: 200 more, and 800 are missing all the same.
    shown = gap_text(priced(2_000, limits={"highest": 1_200}, **rule))
    assert "skulle den betala 200 kr mer per år" in shown
    assert "800 kr per år saknas ändå" in shown
    assert "För en kommun går avgiften inte över" in shown
