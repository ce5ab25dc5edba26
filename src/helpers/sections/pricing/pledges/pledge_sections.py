"""The sections of a round of pledges: the sums, and a row for each contributor."""

from __future__ import annotations

from collections.abc import Sequence
from fractions import Fraction
from typing import TypeAlias

from helpers.funding.answers.answer_states import UNANSWERED
from helpers.funding.billing.pledge_list import (
    Contribution,
    PledgeSums,
    currencies_pledged,
    has_confirmations,
    list_contributions,
    sum_pledges,
)
from helpers.funding.billing.receivables_ledger import ReceivablesLedger
from helpers.funding.totals.shares import share
from helpers.i18n.alphabetical_order import alphabetical_key
from helpers.i18n.localizer import Localizer
from helpers.model.long_lists import LARGEST_LISTED, MOST_LISTED, member_list_file
from helpers.pricing.decimals import ExactNumber
from helpers.sections.components.answer_names import answer_names
from helpers.sections.components.block import Block, does_not_apply, stack
from helpers.sections.components.data_table import data_block
from helpers.sections.components.notices import contact_block, example_mark
from helpers.sections.components.section_context import SectionContext
from helpers.sections.components.tables.section_table import SectionTable
from helpers.sections.components.tables.table_fields import FieldMaker, Record, TableField
from helpers.sections.components.text import join_first, paragraphs
from helpers.sections.pricing.pledges.pledge_sentences import money_in, rates_text, secured_text


def sums_block(context: SectionContext, ledger: ReceivablesLedger | None) -> Block:
    """Requested, pledged, confirmed and paid, each as a share of what is requested."""
    loc, make = context.year_loc, FieldMaker(context.year_loc)
    sums = sum_pledges(context.statement, ledger)
    fields = [
        make.text("what", loc("Läget")),
        make.amount("amount", loc("Belopp, kr per år")),
        make.share("share", loc("Andel av önskat"), "the requested amount"),
    ]
    lines = _sum_lines(context, sums, loc)
    records = [
        {"what": name, "amount": amount, "share": share(amount, sums.requested)}
        for name, amount in lines
    ]
    table = data_block(SectionTable.of(loc, loc("Beloppen i sammandrag"), fields, records))
    return stack(table, paragraphs(secured_text(context.statement, loc)))


_Line: TypeAlias = tuple[str, ExactNumber]


def _sum_lines(context: SectionContext, sums: PledgeSums, loc: Localizer) -> list[_Line]:
    lines: list[_Line] = [(loc("Önskat"), sums.requested), (loc("Utfäst"), sums.pledged)]
    if sums.conditional:
        lines.append((loc("varav med villkor"), sums.conditional))
    if sums.uncovered:
        lines.append((loc("varav för andra år"), sums.uncovered))
    if has_confirmations(context.statement):
        lines.append((loc("Bekräftat"), sums.confirmed))
    if sums.paid is not None:
        lines.append((loc("Betalt"), sums.paid))
    return lines


def contributions_block(context: SectionContext, ledger: ReceivablesLedger | None) -> Block:
    """A row for each contributor in alphabetical order: pledged, confirmed and paid.

    Of more than MOST_LISTED contributors it shows the contributors with the largest pledges.
    """
    loc, statement = context.year_loc, context.statement
    rows = list_contributions(statement, ledger)
    fields = _contribution_fields(context, rows, loc)
    total, records = _total_record(rows, loc), [_record(row) for row in _in_order(rows)]
    caption, limit, texts = loc("Alla bidragsgivare i bokstavsordning"), None, []
    if len(rows) > MOST_LISTED:
        limit, count = LARGEST_LISTED, loc.count(LARGEST_LISTED)
        caption = loc("De {n} bidragsgivare som har utfäst mest", n=count)
        texts = [_others_text(rows[LARGEST_LISTED:], loc)]
    caption += example_mark(context)
    table = SectionTable.of(loc, caption, fields, records, total=total, limit=limit)
    notes = filter(None, [_outside_note(rows, loc), rates_text(statement, loc)])
    return stack(*map(paragraphs, texts), data_block(table), *_paragraph_block(*notes))


def _in_order(rows: list[Contribution]) -> list[Contribution]:
    """Sort the contributors: by name, or of many by what they have pledged, ties by code."""
    if len(rows) > MOST_LISTED:
        rows.sort(key=lambda row: (-row.pledged, row.code))
    else:
        rows.sort(key=lambda row: (alphabetical_key(row.name), row.code))
    return rows


def _paragraph_block(*texts: str) -> list[Block]:
    return [paragraphs(*texts)] if texts else []


def _others_text(others: Sequence[Contribution], loc: Localizer) -> str:
    """How many contributors are not in the table, what they pledge and where they are listed."""
    return loc(
        "Tabellen visar {n} av {all} bidragsgivare. De övriga {others} har tillsammans utfäst "
        "{amount} per år. Alla finns i filen {file}, som hör till rapporten.",
        n=loc.count(LARGEST_LISTED),
        all=loc.count(LARGEST_LISTED + len(others)),
        others=loc.count(len(others)),
        amount=loc.money(sum(row.pledged for row in others)),
        file=member_list_file(loc.language),
    )


def _total_record(rows: Sequence[Contribution], loc: Localizer) -> Record:
    """The row below the contributors: the sums of all of them, whichever years they cover."""
    paid = [row.paid for row in rows if row.paid is not None]
    return {
        **dict.fromkeys(("decision", "stated", "received_on"), None),
        **dict.fromkeys(("years", "currency", "code"), ""),
        "name": loc("Summa"),
        "pledged": sum(row.pledged for row in rows),
        "confirmed": sum(row.confirmed for row in rows),
        "paid": sum(paid, Fraction()) if paid else None,
    }


def _record(row: Contribution) -> Record:
    """A row for the table; amounts are left out where nothing is pledged."""
    pledged = row.pledged if row.amount else None
    names = ("code", "name", "decision", "years", "received_on", "paid", "currency")
    return {
        **{name: getattr(row, name) for name in names},
        "stated": row.amount or None,
        "pledged": pledged,
        "confirmed": row.confirmed if row.amount else None,
    }


def _contribution_fields(
    context: SectionContext, rows: Sequence[Contribution], loc: Localizer
) -> list[TableField]:
    """The columns: the amounts as stated only if some are in other currencies."""
    make, answers = FieldMaker(loc), answer_names(loc)

    def answer_with_years(record: Record) -> str:
        answer = answers.get(record["decision"], "")
        return f"{answer} ({record['years'].replace(',', ', ')})" if record["years"] else answer

    def as_stated(record: Record) -> str:
        amount = record["stated"]
        return money_in(amount, record["currency"], loc) if amount else ""

    foreign = bool(currencies_pledged(context.statement))
    paid = [make.amount("paid", loc("Betalt, kr"))] if any(r.paid is not None for r in rows) else []
    confirmed = [make.amount("confirmed", loc("Bekräftat, kr"))]
    pledged = loc("Utfäst, kr per år")
    if any(row.years for row in rows):
        pledged = loc("Utfäst, kr för varje år som svaret gäller")
    unit = "units of the column currency, a year"
    stated = TableField("stated", loc("Utfäst i egen valuta"), as_stated, measured_in=unit)
    currency = make.text("currency", loc("Valuta")).not_shown()
    return [
        make.text("name", loc("Bidragsgivare")),
        make.text("decision", loc("Svar"), answers).shown_as(answer_with_years),
        make.day("received_on", loc("Inkom den")),
        *([stated, currency] if foreign else []),
        make.amount("pledged", pledged),
        *(confirmed if has_confirmations(context.statement) else []),
        *paid,
        make.text("code", loc("Kod")).not_shown(),
    ]


def _outside_note(rows: Sequence[Contribution], loc: Localizer) -> str:
    """Which of the contributors are not members, and thus not among those asked."""
    names = [row.name for row in rows if row.outside]
    if not names:
        return ""
    return loc(
        "Utanför kretsen av kommuner, och inte med i antalet tillfrågade: {names}.",
        names=join_first(loc, names),
    )


def members_to_ask(context: SectionContext) -> Block:
    """The members that have not answered, in alphabetical order: nobody knows their amounts."""
    loc, answers = context.loc, context.statement.on_day.present
    waiting = answers[(answers["decision"] == UNANSWERED) & ~answers["contributor"]]
    if waiting.empty:
        return does_not_apply(loc("Alla kommuner har svarat."))
    make = FieldMaker(loc)
    fields = [make.text("name", loc("Kommun")), make.text("code", loc("Kod"))]
    listed = sorted(
        zip(map(str, waiting["name"]), waiting["code"], strict=True),
        key=lambda member: (alphabetical_key(member[0]), member[1]),
    )
    records = [{"name": name, "code": code} for name, code in listed]
    caption = loc("Har inte svarat, i bokstavsordning") + example_mark(context)
    limit = LARGEST_LISTED if len(records) > MOST_LISTED else None
    texts = [_waiting_text(len(records), loc)] if limit else []
    table = data_block(SectionTable.of(loc, caption, fields, records, limit=limit))
    return stack(contact_block(context), *_paragraph_block(*texts), table)


def _waiting_text(waiting: int, loc: Localizer) -> str:
    """How many of the members that have not answered the table shows, and where all are listed."""
    return loc(
        "Tabellen visar {n} av {all} kommuner. Alla finns i filen {file}, som hör till rapporten.",
        n=loc.count(LARGEST_LISTED),
        all=loc.count(waiting),
        file=member_list_file(loc.language),
    )
