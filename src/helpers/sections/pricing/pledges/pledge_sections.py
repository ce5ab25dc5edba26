"""The sections of a round of pledges: the sums, and a row for each contributor."""

from __future__ import annotations

from collections.abc import Sequence
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
from helpers.pricing.decimals import ExactNumber
from helpers.sections.components.answer_names import answer_names
from helpers.sections.components.block import Block, does_not_apply, stack
from helpers.sections.components.data_table import data_block
from helpers.sections.components.notices import contact_block, example_mark
from helpers.sections.components.section_context import SectionContext
from helpers.sections.components.tables.section_table import SectionTable
from helpers.sections.components.tables.table_fields import FieldMaker, Record, TableField
from helpers.sections.components.text import paragraphs
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
    """A row for each contributor in alphabetical order: pledged, confirmed and paid."""
    loc, statement = context.year_loc, context.statement
    rows = sorted(
        list_contributions(statement, ledger),
        key=lambda row: (alphabetical_key(row.name), row.code),
    )
    sums = sum_pledges(statement, ledger)
    caption = loc("Alla bidragsgivare i bokstavsordning") + example_mark(context)
    records = [_record(row) for row in rows]
    total = {
        **dict.fromkeys(("decision", "stated", "received_on"), None),
        "name": loc("Summa"),
        "years": "",
        "pledged": sums.pledged,
        "confirmed": sums.confirmed,
        "paid": sums.paid,
    }
    fields = _contribution_fields(context, rows, loc)
    table = data_block(SectionTable.of(loc, caption, fields, records, total=total))
    notes = [note for note in (_outside_note(rows, loc), rates_text(statement, loc)) if note]
    return stack(table, *([paragraphs(*notes)] if notes else []))


def _record(row: Contribution) -> Record:
    """A row for the table; amounts are left out where nothing is pledged."""
    pledged = row.pledged if row.amount else None
    names = ("code", "name", "decision", "years", "received_on", "paid", "outside")
    return {
        **{name: getattr(row, name) for name in names},
        "stated": row,
        "amount": row.amount or None,
        "currency": row.currency,
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
        row = record["stated"]
        return money_in(row.amount, row.currency, loc) if row and row.amount else ""

    foreign = bool(currencies_pledged(context.statement))
    paid = [make.amount("paid", loc("Betalt, kr"))] if any(r.paid is not None for r in rows) else []
    confirmed = [make.amount("confirmed", loc("Bekräftat, kr"))]
    stated = TableField("stated", loc("Utfäst i egen valuta"), as_stated, measured_in="text")
    return [
        make.text("name", loc("Bidragsgivare")),
        make.text("decision", loc("Svar"), answers).shown_as(answer_with_years),
        make.day("received_on", loc("Inkom den")),
        *([stated] if foreign else []),
        make.amount("pledged", loc("Utfäst, kr per år")),
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
        names=loc.join_list(names),
    )


def members_to_ask(context: SectionContext) -> Block:
    """The members that have not answered, in alphabetical order: nobody knows their amounts."""
    loc, answers = context.loc, context.statement.on_day.present
    waiting = answers[(answers["decision"] == UNANSWERED) & ~answers["contributor"]]
    if waiting.empty:
        return does_not_apply(loc("Alla kommuner har svarat."))
    names = sorted(map(str, waiting["name"]), key=alphabetical_key)
    make = FieldMaker(loc)
    fields = [make.text("name", loc("Kommun")), make.text("code", loc("Kod"))]
    codes = dict(zip(waiting["name"], waiting["code"], strict=True))
    records = [{"name": name, "code": codes[name]} for name in names]
    caption = loc("Har inte svarat, i bokstavsordning") + example_mark(context)
    table = data_block(SectionTable.of(loc, caption, fields, records))
    return stack(contact_block(context), table)
