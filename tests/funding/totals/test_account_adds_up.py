"""The account of a round adds up, whoever comes, goes and answers, and whatever ceiling binds."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date, timedelta
from itertools import count
from typing import Any

import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from helpers.data.round.payments_file import PAYMENTS_COLUMNS, ROUNDING_COLUMNS
from helpers.funding.billing.invoice_basis import build_invoice_basis
from helpers.funding.billing.receivables_ledger import build_receivables_ledger
from helpers.funding.statement.round_statement import Statement
from helpers.funding.statement.statement_computation import compute_statement
from helpers.funding.totals.year_account import YearAccount, account_of_years
from helpers.model.funding_round import Round
from support.loaded_register import load_register

BEGINS_ON, YEARS = date(2025, 1, 15), [2025, 2026, 2027]
HEADING = "code,decided_on,received_on,registered_on,decision,years,condition"
DETAILS = pd.DataFrame(columns=["code", "organisation_number", "buyer_reference"], dtype=str)

# Days from the beginning; a membership begins before it or later, and ends later or never.
day_numbers = st.integers(-60, 1_000)
memberships = st.tuples(
    st.integers(1, 9),  # weight
    st.none() | day_numbers,  # first day
    st.none() | day_numbers,  # last day
    st.none() | st.integers(-60, 1_200),  # known from
)
answers = st.sampled_from(["", "yes,,", "yes,2025,", "yes,2026 2027,", "yes,,if all do", "no,,"])
rounds = st.lists(st.tuples(memberships, answers), min_size=2, max_size=5)
pricings = st.sampled_from(
    [
        {"rule": "by-weight"},
        {"rule": "by-weight", "limits": {"highest": 600}},
        {"rule": "by-weight", "limits": {"fixed_percent": {"0000": "12.5"}}},
        {"rule": "by-weight", "requested": {"2025": 900, "2026": 1_201, "2027": 1_000}},
        {
            "rule": "by-weight",
            "requested": {"2025": 1_000, "2026": 1_000, "2027": 7},
            "limits": {"fixed_percent": {"0000": "2.5"}},
        },
        {"rule": "rate-with-ceiling", "population_year": 2020, "rate": "10.5", "ceiling": 55},
        {"rule": "rate-with-ceiling", "population_year": 2020, "rate": "10.5", "ceiling": 9_999},
        # What a yes of each member states in place of its fee; 0 for the fee.
        {"rule": "by-weight", "part_pledges": [1, 400, 0, 2_000, 150]},
        {
            "rule": "by-weight",
            "part_pledges": [0, 30, 900, 70, 10],
            "requested": {"2025": 900, "2026": 1_201, "2027": 1_000},
        },
    ]
)


# Member (as far as there is one), year, invoiced and paid in thousandths of a krona.
MONEY = st.sampled_from([0, 0, 1, 999, 1_000, 100_000, 250_500, 900_000]) | st.integers(0, 500_000)
payment_lists = st.lists(
    st.tuples(st.integers(0, 4), st.sampled_from(YEARS), MONEY, MONEY), max_size=8
)


def day(number: int | None) -> date | None:
    return None if number is None else BEGINS_ON + timedelta(days=number)


@pytest.fixture(scope="module")
def statement_of(tmp_path_factory: pytest.TempPathFactory) -> Callable[..., Statement | None]:
    folder, numbers = tmp_path_factory.mktemp("come-and-go"), count()

    def make(
        drawn: list[tuple[Any, str]], pricing: dict[str, Any], part: str, on: date
    ) -> Statement:
        rule = {
            key: value
            for key, value in pricing.items()
            if key not in ("requested", "overpaid", "part_pledges")
        }
        invoicing = {"overpaid": pricing.get("overpaid", "repaid")}
        default = 1_000 if pricing["rule"] == "by-weight" else 0
        requested = pricing.get("requested", default)
        round_ = Round.model_validate(
            {
                "name": "any", "title": {"sv": "X"}, "organiser": {"short": "F", "name": "F"},
                "currency": "SEK", "requested": requested, "years": YEARS,
                "recommended_on": BEGINS_ON, "members": "members.csv", "languages": ["sv"],
                "reconstructed": False, "pricing": rule, "part_of_year": part,
                "invoicing": invoicing, "part_pledges": "part_pledges" in pricing,
            }
        )  # fmt: skip
        path = folder / f"decisions-{next(numbers)}.csv"
        members, lines = table_of(drawn), [HEADING]
        lines += answers_of(members, [answer for _, answer in drawn])
        if "part_pledges" in pricing:
            lines = with_amounts(lines, pricing["part_pledges"])
        path.write_text("\n".join(lines) + "\n", encoding="utf-8")
        register = load_register(path, members, round_)
        return compute_statement(round_, members, register, [], on, on)

    return make


def table_of(drawn: list[tuple[Any, str]]) -> pd.DataFrame:
    """The members: the first two are members throughout, so that somebody shares the amount."""
    rows = [
        (f"000{number}", f"M{number}", member[0], *(days_of(member) if number > 1 else [None] * 3))
        for number, (member, _) in enumerate(drawn)
    ]
    columns = ["code", "name", "population", "valid_from", "valid_to", "known_from"]
    frame = pd.DataFrame(rows, columns=columns).assign(county="", group="")
    days = ("valid_from", "valid_to", "known_from")
    return frame.assign(**{name: pd.to_datetime(frame[name]) for name in days})


def days_of(member: tuple[int, int | None, int | None, int | None]) -> list[date | None]:
    """The three days of a membership, in an order that is possible."""
    _, first, last, known = member
    if first is not None and last is not None and first > last:
        first, last = last, first
    if first is None and last is None:
        known = None
    return [day(first), day(last), day(known)]


def answers_of(members: pd.DataFrame, drawn: list[str]) -> list[str]:
    """An answer a member, on the first day on which it is one in the round, if there is one."""
    begins = pd.Timestamp(BEGINS_ON)
    first_days = members["valid_from"].where(members["valid_from"] > begins, begins)
    possible = ~(members["valid_to"] < first_days)
    return [
        f"{code},{first:%Y-%m-%d},{first:%Y-%m-%d},,{answer}"
        for code, first, fits, answer in zip(
            members["code"], first_days, possible, drawn, strict=True
        )
        if answer and fits
    ]


def with_amounts(lines: list[str], amounts: list[int]) -> list[str]:
    """The register with a column of amounts: of each member with a yes, that of its number."""
    heading, *rows = lines
    stated = [amounts[int(row[:4])] or "" if row.split(",")[4] == "yes" else "" for row in rows]
    return [f"{heading},amount", *(f"{row},{a}" for row, a in zip(rows, stated, strict=True))]


@settings(max_examples=25, deadline=None)
@given(rounds, pricings, st.sampled_from(["whole", "months", "days"]), st.integers(0, 1_100))
def test_the_parts_add_up_in_every_year_and_in_all_of_them(
    statement_of: Callable[..., Statement],
    drawn: list[tuple[Any, str]],
    pricing: dict[str, Any],
    part: str,
    number: int,
) -> None:
    statement = statement_of(drawn, pricing, part, BEGINS_ON + timedelta(days=number))
    by_year, all_years = account_of_years(statement.on_day.tally_by_year)
    for account in (*by_year.values(), all_years):
        assert account.requested == sum_of_parts(account)
        assert all(value >= 0 for value in vars(account).values())
    assert {year: one.funded for year, one in by_year.items()} == statement.by_year
    if statement.ceiling is None:
        asked = {year: statement.round.requested_in(year) for year in YEARS}
        assert {year: one.requested for year, one in by_year.items()} == asked
    assert all_years.requested == statement.requested_all_years
    assert by_year[statement.least_year].lost == statement.total.lost
    check_counts(statement)
    basis = build_invoice_basis(statement, DETAILS)
    assert basis.total.amount == all_years.funded + all_years.joined + sum(
        t.gifts for t in statement.on_day.tally_by_year.values()
    )
    ceiling = statement.ceiling
    assert ceiling is None or all(one.funded + one.joined <= ceiling for one in by_year.values())


@settings(max_examples=25, deadline=None)
@given(
    rounds, pricings, st.integers(0, 1_100), payment_lists, st.sampled_from(["repaid", "advance"])
)
def test_what_is_due_invoiced_and_paid_adds_up_whoever_comes_and_goes(
    statement_of: Callable[..., Statement],
    drawn: list[tuple[Any, str]],
    pricing: dict[str, Any],
    number: int,
    payments: list[tuple[int, int, int, int]],
    rule: str,
) -> None:
    on = BEGINS_ON + timedelta(days=number)
    statement = statement_of(drawn, pricing | {"overpaid": rule}, "months", on)
    rows = [
        (f"000{member}", year, pd.Timestamp(on), invoiced, pd.Timestamp(on), paid, 0, 0)
        for member, year, invoiced, paid in payments
        if member < len(drawn)
    ]
    columns = [*PAYMENTS_COLUMNS, *ROUNDING_COLUMNS]
    ledger = build_receivables_ledger(statement, pd.DataFrame(rows, columns=columns))
    by_year, all_years = account_of_years(statement.on_day.tally_by_year)
    of_years = statement.on_day.tally_by_year
    accounts = [(by_year[year], ledger.by_year[year], of_years[year].gifts) for year in YEARS]
    for account, sums, gifts in (
        *accounts,
        (
            all_years,
            ledger.all_years,
            sum(t.gifts for t in statement.on_day.tally_by_year.values()),
        ),
    ):
        assert sums.secured == 1_000 * (account.funded + account.joined + gifts)
        asked_or_paid = sums.invoiced_net + sums.paid_uninvoiced
        assert sums.secured == asked_or_paid + sums.not_invoiced + sums.residue_invoiced
        assert asked_or_paid == sums.paid_net + sums.outstanding + sums.residue_paid
        assert sums.invoiced == sums.invoiced_net + sums.credit_due
        received = sums.paid + sums.advance_in
        assert received == (
            sums.paid_net + sums.overpaid + sums.advance_out + sums.paid_without_yes
        )
    assert ledger.all_years.advance_in == ledger.all_years.advance_out
    assert ledger.all_years.invoiced == sum(row[3] for row in rows)
    assert ledger.all_years.paid == sum(row[5] for row in rows)
    assert ledger.joined_secured == 1_000 * all_years.joined
    basis = build_invoice_basis(statement, DETAILS, ledger)
    assert 1_000 * basis.total.amount == ledger.all_years.not_invoiced


def sum_of_parts(account: YearAccount) -> int:
    parts = account.funded + account.unanswered + account.conditional + account.uncovered
    return parts + account.declined + account.lost - account.over_ceiling


def check_counts(statement: Statement) -> None:
    """The count over time ends at the total, and the counties' counts add up to it."""
    total, last = statement.total, statement.over_time.iloc[-1]
    assert (last["yes"], last["no"]) == (total.yes, total.no)
    assert (last["funded"], last["declined"]) == (total.funded, total.declined)
    assert total.members == len(statement.on_day.present)
    assert total.members == sum(part.members for part in statement.by_county.values())


def test_the_account_of_a_round_worked_by_hand(statement_of: Callable[..., Statement]) -> None:
    """300, 400 and 300 by weight; the third leaves on day 394, 13 February 2026."""
    drawn = [
        ((3, None, None, None), "yes,2025,"),
        ((4, None, None, None), "yes,2025,"),
        ((3, None, 394, None), "yes,,"),
    ]
    statement = statement_of(drawn, {"rule": "by-weight"}, "months", date(2027, 6, 1))
    by_year, _ = account_of_years(statement.on_day.tally_by_year)
    assert by_year == {
        2025: YearAccount(1_000, 1_000, 0, 0, 0, 0, 0, 0, 0),
        2026: YearAccount(1_000, 50, 0, 0, 700, 0, 250, 0, 0),  # 300 × 2/12
        2027: YearAccount(1_000, 0, 0, 0, 700, 0, 300, 0, 0),
    }
