"""What has changed since an earlier report, and what a report that replaces another puts right."""

from __future__ import annotations

import pandas as pd

from helpers.funding.statement.round_statement import Statement
from helpers.funding.statement.statement_changes import StatementChanges
from helpers.i18n.localizer import Localizer
from helpers.sections.board.status.corrections_table import corrections_table
from helpers.sections.components.answer_names import answer_names
from helpers.sections.components.block import EMPTY_BLOCK, Block, stack
from helpers.sections.components.data_table import Column, table_block
from helpers.sections.components.notices import example_callout
from helpers.sections.components.text import callout, paragraphs

MAX_NEW_ANSWERS = (
    40  # new answers in a table; those that differ from an earlier answer are all shown
)


def changes_block(statement: Statement, changed: StatementChanges | None, say: Localizer) -> Block:
    """Who has answered, who has changed and what was corrected since a day; blank if not asked."""
    if changed is None:
        return EMPTY_BLOCK
    against = say("sedan den {day}", day=say.date(changed.since))
    return stack(
        paragraphs(change_text(changed, say)), _change_tables(statement, changed, against, say)
    )


def correction_block(
    statement: Statement,
    correction: StatementChanges | None,
    release: str,
    reason: str | None,
    say: Localizer,
) -> Block:
    """That the report replaces another of the same day, why, and what differs; else blank."""
    if correction is None:
        return EMPTY_BLOCK
    tables = _change_tables(
        statement, correction, say("mot utgåvan {release}", release=release), say
    )
    return stack(callout(_explain_replacement(correction, release, reason, say)), tables)


def _explain_replacement(
    correction: StatementChanges, release: str, reason: str | None, say: Localizer
) -> str:
    """What is replaced, why, and how the sums differ, in a few sentences."""
    parts = [
        say(
            "Den här rapporten ersätter utgåvan {release}, som visade det som var känt den {day}.",
            release=release,
            day=say.date(correction.known_on),
        )
    ]
    if reason:
        parts.append(say("Skäl: {reason}", reason=reason if reason[-1] in ".!?" else f"{reason}."))
    if correction.nothing and not correction.funded:
        parts.append(say("Inget svar och inget belopp skiljer sig från den."))
        return " ".join(parts)
    parts.append(
        say(
            "Skillnad mot den: ja {yes}, nej {no}, säkrat belopp {funded} om året.",
            yes=say.signed(correction.yes),
            no=say.signed(correction.no),
            funded=say.signed_kr(correction.funded),
        )
    )
    return " ".join(parts)


def _change_tables(
    statement: Statement, changed: StatementChanges, against: str, say: Localizer
) -> Block:
    """Changed answers, new answers and corrected records, each where there are any.

    `against` is what it is that they are compared with, as the captions end.
    """
    blocks = []
    if len(changed.changed):
        caption = say("Ändrade svar {against}", against=against)
        blocks.append(_changed_answers_table(caption, changed.changed, say))
    if len(changed.new):
        caption = _new_answers_caption(len(changed.new), against, say)
        blocks.append(_changed_answers_table(caption, _largest_new_answers(changed.new), say))
    if len(changed.corrected):
        caption = say("Rättade uppgifter {against}", against=against)
        blocks.append(corrections_table(caption, changed.corrected, statement, say))
    return stack(example_callout(statement, say), *blocks) if blocks else EMPTY_BLOCK


def _largest_new_answers(new: pd.DataFrame) -> pd.DataFrame:
    """The new answers with the largest fees, as many as are shown; ties by code."""
    return new.sort_values(["fee", "code"], ascending=[False, True]).head(MAX_NEW_ANSWERS)


def _new_answers_caption(number: int, against: str, say: Localizer) -> str:
    caption = say.plural(
        "{n} nytt svar {against}", "{n} nya svar {against}", number, against=against
    )
    if number <= MAX_NEW_ANSWERS:
        return caption
    return f"{caption} " + say("(de {n} med störst avgift visas)", n=say.count(MAX_NEW_ANSWERS))


def _changed_answers_table(caption: str, members: pd.DataFrame, say: Localizer) -> Block:
    """From, to and kronor, member by member."""
    columns = [
        Column(say("Kommun"), "left"), Column(say("Från"), "left"), Column(say("Till"), "left"),
        Column(say("Säkrat belopp, kr per år")),
    ]  # fmt: skip
    names = answer_names(say)
    rows = [
        [str(one["name"]), names[one["before"]], names[one["after"]], say.signed(one["funded"])]
        for one in members.to_dict("records")
    ]
    return table_block(caption, columns, rows)


def change_text(changed: StatementChanges, say: Localizer) -> str:
    """What has changed since the report before, in one or two sentences."""
    day = say.date(changed.since)
    if changed.members.empty:
        return say("Sedan rapporten per den {day} har inget svar ändrats.", day=day)
    return say.plural(
        "Sedan rapporten per den {day} har {n} kommun ändrat läge: ja {yes}, nej {no}, säkrat "
        "belopp {funded} om året.",
        "Sedan rapporten per den {day} har {n} kommuner ändrat läge: ja {yes}, nej {no}, säkrat "
        "belopp {funded} om året.",
        len(changed.members),
        day=day,
        yes=say.signed(changed.yes),
        no=say.signed(changed.no),
        funded=say.signed_kr(changed.funded),
    )
