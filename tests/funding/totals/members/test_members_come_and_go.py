"""Members that leave and join: who shares, who is counted, and an account that adds up."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from functools import partial
from pathlib import Path

import pandas as pd
import pytest

from helpers.data.round.members_file import load_members
from helpers.funding.billing.invoice_basis import build_invoice_basis
from helpers.funding.billing.receivables_ledger import build_receivables_ledger
from helpers.funding.figures_json.membership_json import membership_figures
from helpers.funding.scenarios.joining import outcome_of_leaving
from helpers.funding.statement.round_statement import Statement
from helpers.funding.statement.statement_computation import compute_statement
from helpers.funding.totals.year_account import YearAccount, account_of_years
from helpers.model.funding_round import Round
from helpers.sections.components.tables.member_fields import member_fields
from helpers.sections.pricing.limit_sentences import limits_remark
from support.come_and_go import ANSWERS, BEFORE, HEADING, LATER, ROUND, statement_on
from support.loaded_register import load_register
from support.section_contexts import context_of

Ask = Callable[..., Statement]
BERG_NO = "0002,2025-02-01,2025-02-01,,no"
WITHOUT_DAL = [line for line in ANSWERS if not line.startswith("0003")]


@pytest.fixture
def ask(tmp_path: Path) -> Ask:
    return partial(statement_on, tmp_path)


def test_the_members_on_the_base_day_share_the_amount_and_nobody_else(ask: Ask) -> None:
    fees = {"0002": 100, "0003": 200, "0004": 300, "0005": 400}
    assert ask(BEFORE).prices.fees == fees
    assert ask(LATER).prices.fees == fees, "a member that joins changes nobody's fee"


def test_on_a_day_the_members_of_that_day_are_counted(ask: Ask) -> None:
    before, later = ask(BEFORE).total, ask(LATER).total
    assert (before.members, before.yes, before.no, before.unanswered) == (4, 2, 1, 1)
    assert (later.members, later.yes, later.no, later.unanswered) == (4, 2, 1, 1)
    assert (later.left, later.joined, later.joined_yes) == (1, 1, 1)
    assert (before.population, later.population) == (10, 13)
    assert list(ask(LATER).on_day.present["code"]) == ["0002", "0004", "0005", "0006"]


def test_a_yes_secures_until_the_member_leaves(ask: Ask) -> None:
    """Dal pays 200 for 2025, half of it for 2026, which it leaves in June, nothing for 2027."""
    assert ask(LATER).by_year == {2025: 300, 2026: 200, 2027: 100}
    assert ask(BEFORE).by_year == {2025: 300, 2026: 300, 2027: 300}, "nobody knew"


@pytest.mark.parametrize(
    ("rule", "in_2026", "of_gren"),
    [
        ("whole", 300, 500),  # Berg 100, Dal 200
        ("months", 200, 250),  # six months of twelve, both
        ("days", 199, 252),  # Dal 200 × 181/365 = 99.2; Gren 500 × 184/365 = 252.05
    ],
)
def test_part_of_a_year_is_paid_by_the_rounds_rule(
    ask: Ask, rule: str, in_2026: int, of_gren: int
) -> None:
    statement = ask(LATER, part_of_year=rule)
    assert statement.by_year == {2025: 300, 2026: in_2026, 2027: 100}
    assert statement.on_day.joined_by_year == {2025: 0, 2026: of_gren, 2027: 500}


def test_the_account_of_each_year_adds_up(ask: Ask) -> None:
    by_year, all_years = account_of_years(ask(LATER).on_day.tally_by_year)
    shared = {"requested": 1_000, "unanswered": 400, "declined": 300, "conditional": 0}
    shared |= {"uncovered": 0, "over_ceiling": 0}
    assert by_year == {
        2025: YearAccount(funded=300, lost=0, joined=0, **shared),
        2026: YearAccount(funded=200, lost=100, joined=250, **shared),
        2027: YearAccount(funded=100, lost=200, joined=500, **shared),
    }
    assert all_years == YearAccount(3_000, 600, 1_200, 0, 0, 900, 300, 0, 750)


def test_of_a_member_that_left_without_a_yes_the_whole_fee_is_lost(ask: Ask) -> None:
    statement = ask(LATER, answers=[ANSWERS[0], ANSWERS[2]])
    total = statement.total
    assert (total.unanswered, total.unanswered_fees, total.lost) == (2, 400, 200)
    assert total.requested == total.funded + 400 + 300 + 200


def test_what_is_known_of_a_leaving_beforehand_counts_beforehand(ask: Ask) -> None:
    """On 31 March 2026 Dal is a member still, and is known to leave in June."""
    statement = ask(BEFORE, known_from={"0003": "2026-03-01"})
    assert statement.total.members == 4
    assert statement.total.lost == 200, "of 2027, the year that has least"
    assert statement.by_year == {2025: 300, 2026: 200, 2027: 100}
    assert list(statement.on_day.leaving_members["code"]) == ["0003"]
    assert statement.on_day.left_members.empty


def test_a_leaving_that_becomes_known_later_does_not_change_an_earlier_report(ask: Ask) -> None:
    said = ask(LATER, known_from={"0003": "2026-11-01"})
    assert said.by_year == {2025: 300, 2026: 300, 2027: 300}
    now = ask(LATER, date(2026, 11, 1), known_from={"0003": "2026-11-01"})
    assert now.by_year == {2025: 300, 2026: 200, 2027: 100}


def test_the_base_day_is_the_rounds(ask: Ask) -> None:
    """On 1 July 2026 Dal has left and Gren is a member: 1 000 by 1, 3, 4 and 5."""
    statement = ask(LATER, members_on="2026-07-01", answers=[ANSWERS[0]])
    # 1 000/13 = 76.92, 230.77, 307.69, 384.62: the two left over go to .92 and .77
    assert statement.prices.fees == {"0002": 77, "0004": 231, "0005": 308, "0006": 384}


def test_the_count_over_time_ends_where_the_total_stands(ask: Ask) -> None:
    statement = ask(LATER)
    days = statement.over_time.set_index("day")
    assert days.loc["2026-06-30":"2026-07-01", "yes"].to_dict() == {pd.Timestamp(2026, 7, 1): 1}
    last = {"answered": 3, "yes": 2, "no": 1, "funded": 100, "declined": 300}
    assert days.iloc[-1].to_dict() == last


def test_a_rate_with_a_ceiling_leaves_a_joiner_what_the_ceiling_has_left(ask: Ask) -> None:
    """Ten a unit, at most 450 a year: Berg 10, Dal 20, Ek 30, Fors 40 is 100; Gren 50 of 60."""
    pricing = {"rule": "rate-with-ceiling", "population_year": 2020, "rate": "10"}
    answers = [*ANSWERS[:2], "0004,2025-02-01,2025-02-03,,yes", ANSWERS[3]]
    for ceiling, joined in ((90, 50), (60, 20)):
        statement = ask(LATER, requested=0, answers=answers, pricing=pricing | {"ceiling": ceiling})
        assert statement.by_year == {2025: 60, 2026: 50, 2027: 40}
        assert statement.on_day.joined_by_year == {
            2025: 0,
            2026: min(25, ceiling - 50),
            2027: joined,
        }


def test_where_a_cost_is_shared_the_members_of_the_day_share_it(ask: Ask) -> None:
    """Dal has left: 70 by Berg's 1, Ek's 3 (no) … only those with a yes share, Berg and Gren."""
    pricing = {"rule": "shared-cost", "population_year": 2020, "cost": 60, "highest_rate": "20"}
    before = ask(BEFORE, requested=0, pricing=pricing)
    later = ask(LATER, requested=0, pricing=pricing)
    assert (before.total.members, later.total.members) == (4, 4)
    assert before.prices.fees["0002"] == 20  # 60 by 3 inhabitants
    assert (later.prices.fees["0002"], later.prices.fees["0006"]) == (10, 50)  # 60 by 6
    assert list(later.on_day.left_members["code"]) == ["0003"]
    assert later.over_time["funded"].iloc[-1] == 60


def test_the_count_of_a_shared_cost_over_time_ends_where_the_total_stands(ask: Ask) -> None:
    """At most 10 each: 2025 has Berg's 10 and Dal's 20, and keeps them when Dal has left."""
    pricing = SHARED | {"highest_rate": "10"}
    statement = ask(LATER, requested=0, pricing=pricing, years=[2025])
    assert statement.by_year == {2025: 30}
    over_time = statement.over_time.set_index("day")["funded"]
    assert over_time.loc["2026-06-30":].tolist() == [30, 30, 30]  # Dal leaves, Gren's yes, the day
    assert over_time.iloc[-1] == statement.total.funded


SHARED = {"rule": "shared-cost", "population_year": 2020, "cost": 60, "highest_rate": "20"}


def test_a_member_that_has_left_shares_the_cost_of_the_years_that_it_was_in(ask: Ask) -> None:
    """60 by Berg's 1 and Dal's 2 in 2025, by 1, 2 and Gren's 5 in 2026, by 1 and 5 in 2027.

    7.5, 15 and 37.5 leave a unit over, which goes to the lowest code.
    """
    statement = ask(LATER, requested=0, pricing=SHARED)
    paying = {
        year: {c: n for c, n in s.items() if n} for year, s in statement.on_day.secured.items()
    }
    assert paying == {
        2025: {"0002": 20, "0003": 40},
        2026: {"0002": 8, "0003": 15, "0006": 37},
        2027: {"0002": 10, "0006": 50},
    }
    assert statement.by_year == {2025: 60, 2026: 60, 2027: 60}
    total = statement.total
    assert (total.funded, total.left, total.members, total.yes) == (60, 1, 4, 2)
    price = statement.price
    assert price is not None
    assert (price.now.members, price.population) == (2, 13)  # without Dal


def test_what_it_paid_while_it_was_in_is_paid_with_a_yes(ask: Ask) -> None:
    """Dal owes 40 for 2025 and 15 for 2026, and nothing for 2027, for which it paid 5."""
    paid = [("0003", 2025, 40), ("0003", 2026, 15), ("0003", 2027, 5)]
    payments = pd.DataFrame(
        {"code": code, "year": year, "invoiced_on": pd.NaT, "amount": 0, "amount_rounding": 0,
         "paid_on": "2026-03-01", "paid": amount * 1_000, "paid_rounding": 0}
        for code, year, amount in paid
    ).astype({"invoiced_on": "datetime64[s]", "paid_on": "datetime64[s]"})  # fmt: skip
    statement = ask(LATER, requested=0, pricing=SHARED)
    ledger = build_receivables_ledger(statement, payments)
    assert {year: sums.paid_without_yes for year, sums in ledger.by_year.items()} == {
        2025: 0, 2026: 0, 2027: 5_000,
    }  # fmt: skip
    assert {year: sums.paid_net for year, sums in ledger.by_year.items()} == {
        2025: 40_000, 2026: 15_000, 2027: 0,
    }  # fmt: skip
    assert ledger.all_years.overpaid == 0


@pytest.mark.parametrize("years", [[2025], [2025, 2026, 2027]])
@pytest.mark.parametrize("rate", ["20", "4"])
@pytest.mark.parametrize("answers", [ANSWERS, WITHOUT_DAL, [BERG_NO, *ANSWERS[1:]]])
@pytest.mark.parametrize("of_fors", ["yes", "no"])
def test_the_account_of_a_shared_cost_adds_up_in_each_year(
    ask: Ask, years: list[int], rate: str, answers: list[str], of_fors: str
) -> None:
    pricing = SHARED | {"highest_rate": rate}
    answers = [*answers, f"0005,2026-08-01,2026-08-01,,{of_fors}"]
    statement = ask(LATER, answers=answers, requested=0, pricing=pricing, years=years)
    by_year, _ = account_of_years(statement.on_day.tally_by_year)
    last, total = statement.over_time.iloc[-1], statement.total
    assert (last["funded"], last["declined"]) == (total.funded, total.declined)
    for year, account in by_year.items():
        assert account.requested == 60
        secured = sum(statement.on_day.secured[year].values())
        assert account.funded == statement.by_year[year] == secured
        parts = [account.funded, account.unanswered, account.conditional]
        parts += [account.uncovered, account.declined, account.lost]
        assert sum(parts) == 60
        assert min(parts) >= 0
        assert account.unanswered == account.conditional == 0, "all have answered"
    assert statement.smaller_budget.by_year == statement.by_year
    missing = {year: account.requested - account.funded for year, account in by_year.items()}
    assert statement.reserve.by_year == missing


def test_the_cost_of_a_year_is_shared_by_those_that_were_members_in_it(ask: Ask) -> None:
    """Berg alone pays the highest rate for 2025; Gren joins in 2026, and they share 60 by 6.

    Dal has never answered.
    """
    pricing = {"rule": "shared-cost", "population_year": 2020, "cost": 60, "highest_rate": "20"}
    statement = ask(LATER, answers=WITHOUT_DAL, requested=0, pricing=pricing)
    assert statement.by_year == {2025: 20, 2026: 60, 2027: 60}
    assert (statement.least_year, statement.total.funded) == (2025, 20)
    secured = statement.on_day.secured
    assert [secured[year]["0002"] for year in (2025, 2026, 2027)] == [20, 10, 10]
    assert [secured[year]["0006"] for year in (2025, 2026, 2027)] == [0, 50, 50]
    details = pd.DataFrame(columns=["code", "organisation_number", "buyer_reference"], dtype=str)
    basis = build_invoice_basis(statement, details)
    assert {year: sums.amount for year, sums in basis.by_year.items()} == statement.by_year
    assert {(row.code, row.year): row.amount for row in basis.rows} == {
        ("0002", 2025): 20, ("0002", 2026): 10, ("0002", 2027): 10,
        ("0006", 2026): 50, ("0006", 2027): 50,
    }  # fmt: skip


def test_an_invoice_of_a_covered_year_stands_when_a_member_joins(ask: Ask) -> None:
    """A cost of 6 at most 20 each: Berg pays 6 for 2025, and then 6 × 1/6 beside Gren."""
    pricing = {"rule": "shared-cost", "population_year": 2020, "cost": 6, "highest_rate": "20"}
    statement = ask(LATER, answers=WITHOUT_DAL, requested=0, pricing=pricing)
    assert statement.by_year == {2025: 6, 2026: 6, 2027: 6}
    assert statement.prices.fees["0002"] == 1
    assert [statement.on_day.secured[year]["0002"] for year in (2025, 2026, 2027)] == [6, 1, 1]


def test_equal_sums_that_others_share_are_reported_for_a_year_as_they_are_invoiced(
    ask: Ask,
) -> None:
    pricing = {"rule": "shared-cost", "population_year": 2020, "cost": 6, "highest_rate": "20"}
    statement = ask(LATER, answers=WITHOUT_DAL, requested=0, pricing=pricing)
    assert statement.years_differ, "Berg pays 6 for 2025 and 1 for 2026"
    assert statement.least_year == 2025
    rows = {code: (row["fee"], row["secured"]) for code, row in statement.rows_by_code.items()}
    assert rows["0002"] == (6, 6)
    assert rows["0006"] == (5, 0), "Gren is not a member in 2025: the price of the day"
    [fee] = [f for f in member_fields(context_of(statement), statement.answers) if f.name == "fee"]
    assert fee.heading.replace("\u00a0", " ").startswith("Avgift, kr för 2025")
    details = pd.DataFrame(columns=["code", "organisation_number", "buyer_reference"], dtype=str)
    basis = build_invoice_basis(statement, details)
    of_2025 = {row.code: row.amount for row in basis.rows if row.year == 2025}
    assert of_2025 == {code: secured for code, (_, secured) in rows.items() if secured}


@pytest.mark.parametrize("years", [[2025], [2024, 2025]])
def test_years_before_a_member_joined_are_counted_without_it(ask: Ask, years: list[int]) -> None:
    """Gren joins in 2026: in each of the years Berg alone pays, and only the highest rate of 20."""
    pricing = {"rule": "shared-cost", "population_year": 2020, "cost": 60, "highest_rate": "20"}
    statement = ask(LATER, answers=WITHOUT_DAL, requested=0, pricing=pricing, years=years)
    assert statement.by_year == dict.fromkeys(years, 20)
    assert statement.total.funded == 20


def test_members_with_a_fixed_share_need_no_weight_whenever_they_join(tmp_path: Path) -> None:
    """A and C share 700 by 5 and 2; B has 30 %, and K, which joins later, 2.5 %: 25 a year."""
    path = tmp_path / "members.csv"
    path.write_text(
        "code,name,weight,valid_from\nA,A,5,\nB,B,,\nC,C,2,\nK,Kim,,2026-07-01\n", "utf-8"
    )
    fixed = {"rule": "by-weight", "limits": {"fixed_percent": {"B": "30", "K": "2.5"}}}
    round_ = Round.model_validate(ROUND | {"pricing": fixed})
    members = load_members(tmp_path, round_)
    (tmp_path / "decisions.csv").write_text(f"{HEADING}\nK,2026-08-01,2026-08-01,,yes\n", "utf-8")
    register = load_register(tmp_path / "decisions.csv", members, round_)
    statement = compute_statement(round_, members, register, [], LATER, LATER)
    assert statement.prices.fees == {"A": 500, "B": 300, "C": 200}
    assert statement.on_day.joiner_prices.fees == {"K": 25}
    assert statement.on_day.joined_by_year == {2025: 0, 2026: 13, 2027: 25}  # 12.5, half up
    remarks = " ".join(limits_remark(context_of(statement))).replace("\u00a0", " ")
    assert remarks == "Fast andel av det önskade beloppet: B (30 %) och Kim (2,5 %)."


def test_what_a_joiner_without_an_answer_would_pay_is_a_figure(ask: Ask) -> None:
    """Gren joins in July 2026 for 500 a year: half of 2026, as all who join are asked by months."""
    silent = [line for line in ANSWERS if not line.startswith("0006")]
    found = membership_figures(ask(LATER, answers=silent))
    by_year = {"2025": 0, "2026": 250, "2027": 500}
    assert found["joiners_to_ask"] == [
        {"code": "0006", "name": "Gren", "fee": 500, "by_year": by_year}
    ]
    assert found["joiners_to_ask_by_year"] == by_year
    assert found["joiners_to_ask_all_years"] == 750
    assert found["account_all_years"]["joined"] == 0
    answered = membership_figures(ask(LATER))
    assert (answered["joiners_to_ask"], answered["joiners_to_ask_all_years"]) == ([], 0)
    assert answered["account_all_years"]["joined"] == 750


def test_a_no_of_a_member_takes_away_what_its_yes_secures(ask: Ask) -> None:
    # In 2027 only Berg's 100 are left: Dal has left, and Gren's fee is not requested.
    statement = ask()
    assert statement.total.funded == 100
    left = outcome_of_leaving(statement.round, statement.answers, "0002")
    assert left.funded == 0
