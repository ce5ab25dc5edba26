"""The section on changes since an earlier report, and on what a replacing report corrects."""

from __future__ import annotations

import pandas as pd

from helpers.funding.statement.statement_changes import StatementChanges
from helpers.i18n.localizer import Localizer
from helpers.i18n.spelled_out import counts_in_words
from helpers.sections.board.status.corrections_table import corrections_table
from helpers.sections.components.answer_names import answer_names
from helpers.sections.components.block import EMPTY_BLOCK, Block, does_not_apply, stack
from helpers.sections.components.data_table import data_block
from helpers.sections.components.section_context import SectionContext
from helpers.sections.components.tables.section_table import SectionTable
from helpers.sections.components.tables.table_fields import FieldMaker
from helpers.sections.components.text import callout, capitalize_first, paragraphs

MAX_NEW_ANSWERS = 40  # in a table; changed answers are all shown


def changes_block(context: SectionContext, changes: StatementChanges | None) -> Block:
    """New answers, changed answers and corrections since a day; blank if not requested."""
    loc = context.loc
    if changes is None:
        return does_not_apply(context.loc("Ingen tidigare dag att jämföra med är begärd (since)."))
    against = loc("sedan den {day}", day=loc.date(changes.since))
    return stack(paragraphs(change_text(changes, loc)), _change_tables(context, changes, against))


def correction_block(
    context: SectionContext, correction: StatementChanges | None, release: str, reason: str | None
) -> Block:
    """That the report replaces another of the same day, why, and what differs; otherwise blank."""
    if correction is None:
        return EMPTY_BLOCK
    tables = _change_tables(
        context, correction, context.loc("mot utgåvan {release}", release=release)
    )
    return stack(callout(_explain_replacement(correction, release, reason, context.loc)), tables)


def _explain_replacement(
    correction: StatementChanges, release: str, reason: str | None, loc: Localizer
) -> str:
    """Return what is replaced, why, and how the sums differ, in a few sentences."""
    parts = [
        loc(
            "Den här rapporten ersätter utgåvan {release}, som visade det som var känt den {day}.",
            release=release,
            day=loc.date(correction.known_on),
        )
    ]
    if reason:
        parts.append(loc("Skäl: {reason}", reason=reason if reason[-1] in ".!?" else f"{reason}."))
    if correction.is_empty and not correction.funded:
        parts.append(loc("Inget svar och inget belopp skiljer sig från den."))
        return " ".join(parts)
    differences = _differences(correction, _clause_counts(correction, loc), loc)
    if differences:
        parts.append(loc("Skillnaden är att {changes}.", changes=differences))
    return " ".join(parts)


def _change_tables(context: SectionContext, changes: StatementChanges, against: str) -> Block:
    """Return changed answers, new answers and corrected records, each if there are any.

    `against` ends the captions with what the answers are compared with.
    """
    loc = context.loc
    blocks = []
    if len(changes.changed_answers):
        caption = loc("Ändrade svar {against}", against=against)
        blocks.append(_changed_answers_table(caption, changes.changed_answers, loc))
    if len(changes.new_answers):
        caption = _new_answers_caption(len(changes.new_answers), against, loc)
        blocks.append(
            _changed_answers_table(caption, _largest_new_answers(changes.new_answers), loc)
        )
    if len(changes.corrected):
        caption = loc("Rättade uppgifter {against}", against=against)
        blocks.append(corrections_table(context, caption, changes.corrected))
    return stack(*blocks) if blocks else EMPTY_BLOCK


def _largest_new_answers(new: pd.DataFrame) -> pd.DataFrame:
    """Return the new answers with the largest fees, limited to MAX_NEW_ANSWERS; ties by code."""
    return new.sort_values(["fee", "code"], ascending=[False, True]).head(MAX_NEW_ANSWERS)


def _new_answers_caption(number: int, against: str, loc: Localizer) -> str:
    caption = loc.plural(
        "Ett nytt svar {against}", "{n} nya svar {against}", number, against=against
    )
    caption = capitalize_first(caption)
    if number <= MAX_NEW_ANSWERS:
        return caption
    return f"{caption} " + loc("(de {n} med störst avgift visas)", n=loc.count(MAX_NEW_ANSWERS))


def _changed_answers_table(caption: str, members: pd.DataFrame, loc: Localizer) -> Block:
    """Return old answer, new answer and amount, by member."""
    make, names = FieldMaker(loc), answer_names(loc)
    fields = [
        make.text("name", loc("Kommun")),
        make.text("before", loc("Från"), names),
        make.text("after", loc("Till"), names),
        make.signed_amount("funded", loc("Säkrat belopp, kr per år")),
        make.text("code", loc("Kod")).not_shown(),
    ]
    return data_block(SectionTable.of(loc, caption, fields, members.to_dict("records")))


def change_text(changes: StatementChanges, loc: Localizer) -> str:
    """Return what has changed since the previous report, in one or two sentences."""
    day = loc.date(changes.since)
    if changes.members.empty:
        return loc("Sedan rapporten per den {day} har inget svar ändrats.", day=day)
    counts = _clause_counts(changes, loc, n=len(changes.members))
    differences = _differences(changes, counts, loc)
    if not differences:
        return loc.plural(
            "Sedan rapporten per den {day} har läget ändrats för en kommun.",
            "Sedan rapporten per den {day} har läget ändrats för {n} kommuner.",
            len(changes.members),
            n=counts["n"],
            day=day,
        )
    return loc.plural(
        "Sedan rapporten per den {day} har läget ändrats för en kommun: {changes}.",
        "Sedan rapporten per den {day} har läget ändrats för {n} kommuner: {changes}.",
        len(changes.members),
        n=counts["n"],
        day=day,
        changes=differences,
    )


def _clause_counts(changes: StatementChanges, loc: Localizer, **others: int) -> dict[str, str]:
    """The numbers of a sentence on changes; `others` are its other numbers."""
    return counts_in_words(loc, loc("en"), yes=abs(changes.yes), no=abs(changes.no), **others)


def _differences(changes: StatementChanges, counts: dict[str, str], loc: Localizer) -> str:
    """What differs in the numbers of yes and no and in the secured amount; '' for nothing."""
    clauses = [
        _yes_clause(changes.yes, counts["yes"], loc),
        _no_clause(changes.no, counts["no"], loc),
    ]
    if changes.funded:
        amount = loc.money(abs(changes.funded))
        clauses.append(
            loc("det säkrade beloppet är {amount} högre per år", amount=amount)
            if changes.funded > 0
            else loc("det säkrade beloppet är {amount} lägre per år", amount=amount)
        )
    return loc.join_list([clause for clause in clauses if clause])


def _yes_clause(more: int, number: str, loc: Localizer) -> str:
    if more > 0:
        return loc.plural(
            "ytterligare en kommun har sagt ja", "{n} fler har sagt ja", more, n=number
        )
    if more < 0:
        return loc.plural("en färre har sagt ja", "{n} färre har sagt ja", -more, n=number)
    return ""


def _no_clause(more: int, number: str, loc: Localizer) -> str:
    if more > 0:
        return loc.plural(
            "ytterligare en kommun har sagt nej", "{n} fler har sagt nej", more, n=number
        )
    if more < 0:
        return loc.plural("en färre har sagt nej", "{n} färre har sagt nej", -more, n=number)
    return ""
