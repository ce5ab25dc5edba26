"""What the report, the letters and the invoices say of members that leave and join."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from functools import partial
from pathlib import Path

import pandas as pd
import pytest

from helpers.data.round.payments_file import PAYMENTS_COLUMNS, ROUNDING_COLUMNS
from helpers.funding.billing.invoice_basis import build_invoice_basis
from helpers.funding.billing.member_facts import collect_member_facts
from helpers.funding.billing.receivables_ledger import build_receivables_ledger
from helpers.funding.scenarios.joiners_to_ask import find_joiners_to_ask
from helpers.funding.statement.round_statement import Statement
from helpers.sections.board.account.invoice_sheets import build_invoice_sheets
from helpers.sections.board.members.over_time_section import over_time
from helpers.sections.board.outlook.bounds_section import possible
from helpers.sections.board.outlook.largest_section import largest
from helpers.sections.board.status.membership_section import membership_block, membership_text
from helpers.sections.components.block import EMPTY_BLOCK
from helpers.sections.components.payment_texts import ladder_text
from helpers.sections.letter.fee_part import fee
from helpers.sections.letter.letter_context import LetterContext
from support.come_and_go import ANSWERS, BEFORE, statement_on
from support.section_contexts import context_of

Ask = Callable[..., Statement]
DETAILS = pd.DataFrame(columns=["code", "organisation_number", "buyer_reference"], dtype=str)


@pytest.fixture
def ask(tmp_path: Path) -> Ask:
    return partial(statement_on, tmp_path)


def plain(text: str) -> str:
    return text.replace("\u00a0", " ")


def test_who_has_left_and_joined_and_what_that_does_to_the_money(ask: Ask) -> None:
    assert plain(membership_text(context_of(ask()))) == (
        "En kommun har utträtt sedan den 15 januari 2025: Dal (30 juni 2026). "
        "En kommun har blivit medlem sedan den 15 januari 2025: Gren (1 juli 2026). "
        "Av det önskade beloppet för 2025–2027 faller 300 kr bort med de kommuner "
        "som utträder. "
        "Nya medlemmar räknas med i antalet. Vad de betalar, hittills 750 kr för 2025–2027, "
        "kommer utöver det önskade beloppet."
    )


def test_where_nobody_has_left_or_joined_nothing_is_said(ask: Ask) -> None:
    context = context_of(ask(BEFORE))
    assert membership_text(context) == ""
    assert membership_block(context) == EMPTY_BLOCK


def test_a_leaving_that_is_known_beforehand_is_said(ask: Ask) -> None:
    text = membership_text(context_of(ask(BEFORE, known_from={"0003": "2026-03-01"})))
    assert plain(text).startswith("En kommun utträder under omgången: Dal (30 juni 2026).")


def test_the_account_is_a_table_that_adds_up(ask: Ask) -> None:
    text = plain(membership_block(context_of(ask())).plain).replace("|", "")
    for line in (
        "Säkrat 300 kr 200 kr 100 kr 600 kr",
        "Obesvarat 400 kr 400 kr 400 kr 1 200 kr",
        "Nej 300 kr 300 kr 300 kr 900 kr",
        "Utträden 0 kr 100 kr 200 kr 300 kr",
        "Önskat belopp 1 000 kr 1 000 kr 1 000 kr 3 000 kr",
        "Utöver det önskade beloppet betalar nya medlemmar 250 kr för 2026 och 500 kr för 2027.",
    ):
        assert line in " ".join(text.split()), line


def test_the_letter_to_a_member_that_joined_has_its_own_years(ask: Ask) -> None:
    statement = ask()
    facts = collect_member_facts(statement, "0006")
    assert (facts.fee, facts.fee_by_year) == (500, {2026: 250, 2027: 500})
    text = plain(fee(LetterContext.of_member(context_of(statement), facts)).plain)
    assert "Ni är medlem från den 1 juli 2026" in text
    assert "Ni betalar 250 kr för 2026 och 500 kr för 2027, sammanlagt 750 kr." in text
    assert "en tolftedel för varje påbörjad månad" in text


def test_the_price_of_a_joiner_that_has_not_answered_is_its_part_of_the_year(ask: Ask) -> None:
    price = collect_member_facts(ask(answers=ANSWERS[:3]), "0006").joining_price
    assert price is not None
    assert [(year.year, year.price) for year in price.years] == [(2026, 250), (2027, 500)]


def test_letters_go_to_the_members_of_the_day(ask: Ask) -> None:
    assert list(ask().on_day.present["name"]) == ["Berg", "Ek", "Fors", "Gren"]
    assert list(ask(BEFORE).on_day.present["name"]) == ["Berg", "Dal", "Ek", "Fors"]


def test_a_member_that_left_is_invoiced_until_then_and_a_joiner_from_then(ask: Ask) -> None:
    statement = ask()
    basis = build_invoice_basis(statement, DETAILS)
    rows = [(row.name, row.year, row.amount) for row in basis.rows]
    assert rows == [
        ("Berg", 2025, 100),
        ("Dal", 2025, 200),
        ("Berg", 2026, 100),
        ("Dal", 2026, 100),
        ("Gren", 2026, 250),
        ("Berg", 2027, 100),
        ("Gren", 2027, 500),
    ]
    sheet, _ = build_invoice_sheets(context_of(statement), basis)
    of_dal = [plain(str(cell)) for cell in sheet.rows[3]]
    assert "1 januari 2026–30 juni 2026" in of_dal
    assert "Medlem till den 30 juni 2026." in of_dal


def test_a_leaver_without_a_yes_is_not_invoiced(ask: Ask) -> None:
    basis = build_invoice_basis(ask(date(2026, 9, 30), answers=[ANSWERS[0]]), DETAILS)
    assert {row.name for row in basis.rows} == {"Berg"}


def test_a_joiner_that_has_not_answered_is_told_with_its_own_money(ask: Ask) -> None:
    # Gren pays 500 a year from 1 July 2026: 6/12 of it for 2026, and 500 for 2027.
    context = context_of(ask(answers=ANSWERS[:3]))
    sentence = (
        "En kommun som inte har svarat har tillkommit efter den 15 januari 2025. Om den säger ja "
        "kommer 750 kr för 2026 och 2027 till, utöver det önskade beloppet."
    )
    assert plain(context.wording.bounds()).endswith(sentence)
    assert "Gren | 500 | 750" in plain(possible(context).plain)
    assert "tillkommit efter" not in plain(context_of(ask()).wording.bounds())
    assert "Gren | 500" not in plain(possible(context_of(ask())).plain)


def test_below_a_ceiling_joiners_bring_at_most_what_is_left(ask: Ask) -> None:
    # Ten a unit: 10 + 20 from Berg and Dal in 2025, 10 + 10 in 2026 and 10 in 2027. Gren would
    # pay 25 and 50; of a ceiling of 40, 20 and 30 are left.
    pricing = {"rule": "rate-with-ceiling", "population_year": 2020, "rate": "10", "ceiling": 40}
    statement = ask(answers=ANSWERS[:3], requested=0, pricing=pricing)
    found = find_joiners_to_ask(statement.round, statement.on_day)
    assert [(member.name, member.by_year) for member in found.members] == [
        ("Gren", {2025: 0, 2026: 25, 2027: 50})
    ]
    assert (found.by_year, found.all_years) == ({2025: 0, 2026: 20, 2027: 30}, 50)
    assert found.years == [2026, 2027]


def test_where_the_years_differ_the_year_is_named(ask: Ask) -> None:
    # 2027 has least: Berg's 100; Fors, which has not answered, would add 400.
    context = context_of(ask())
    assert plain(context.wording.bounds()).startswith(
        "Om den kommun som inte har svarat säger nej stannar det säkrade vid 100 kr för 2027 "
        "(10 %). Om den säger ja blir det 500 kr (50 %)."
    )
    text = plain(possible(context).plain)
    assert "per år" not in text
    assert "Beloppen är för det år som har minst säkrat, nu 2027." in over_time(context).html
    headings = [column.heading for column in context.wording.bars.amount_fields()]
    assert headings[:2] == ["Önskat, kr för 2027", "Säkrat, kr för 2027"]
    before = context_of(ask(BEFORE))
    assert "100 kr för" not in plain(before.wording.bounds())


def test_nothing_secured_in_the_least_year_is_not_nothing_at_all(ask: Ask) -> None:
    # Dal alone says yes, and leaves in 2026: 200, 100 and nothing.
    statement = ask(answers=[ANSWERS[1]])
    assert statement.by_year == {2025: 200, 2026: 100, 2027: 0}
    text = plain(largest(context_of(statement)).plain)
    assert text.startswith("Inget är säkrat för 2027. Den största avgiften är 40,0 procent av det")
    assert "drar sig ur är" not in text
    none = largest(context_of(ask(BEFORE, answers=[])))
    assert plain(none.plain).startswith("Inget är säkrat. ")


def test_what_new_members_pay_is_told_where_all_that_is_secured_is(ask: Ask) -> None:
    # 300 + 200 + 100 of the requested amount, and Gren's 250 + 500.
    columns = [*PAYMENTS_COLUMNS, *ROUNDING_COLUMNS]
    statement = ask()
    ledger = build_receivables_ledger(statement, pd.DataFrame([], columns=columns))
    text = plain(ladder_text(ledger, context_of(statement).loc))
    assert "Av 1 350 kr säkrade är 0 kr betalda" in text
    assert "I det säkrade ingår här 750 kr som nya medlemmar betalar utöver det" in text
