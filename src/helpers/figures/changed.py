"""What has changed since an earlier report, and what a report that replaces another puts right."""

from __future__ import annotations

import pandas as pd

from helpers.figures.block import EMPTY, Block, stack
from helpers.figures.members import decision_names, method_example
from helpers.figures.prose import callout, paragraphs
from helpers.figures.quality import corrections_table
from helpers.figures.summary import change_text
from helpers.figures.tables import Column, table_block
from helpers.formats import Speech
from helpers.funding.changes import Changes
from helpers.funding.statement import Statement

SHOWN = 40  # new answers in a table; those that differ from an earlier answer are all shown


def since_before(statement: Statement, changed: Changes | None, say: Speech) -> Block:
    """Who has answered, who has changed and what was corrected since a day; blank if not asked."""
    if changed is None:
        return EMPTY
    against = say("sedan den {day}", day=say.date(changed.since))
    return stack(paragraphs(change_text(changed, say)), _tables(statement, changed, against, say))


def box(
    statement: Statement, correction: Changes | None, release: str, reason: str | None, say: Speech
) -> Block:
    """That the report replaces another of the same day, why, and what differs; else blank."""
    if correction is None:
        return EMPTY
    tables = _tables(statement, correction, say("mot utgåvan {release}", release=release), say)
    return stack(callout(_replaces(correction, release, reason, say)), tables)


def _replaces(correction: Changes, release: str, reason: str | None, say: Speech) -> str:
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


def _tables(statement: Statement, changed: Changes, against: str, say: Speech) -> Block:
    """Changed answers, new answers and corrected records, each where there are any.

    `against` is what it is that they are compared with, as the captions end.
    """
    blocks = []
    if len(changed.changed):
        caption = say("Ändrade svar {against}", against=against)
        blocks.append(_members(caption, changed.changed, say))
    if len(changed.new):
        caption = _new_caption(len(changed.new), against, say)
        blocks.append(_members(caption, _first(changed.new), say))
    if len(changed.corrected):
        caption = say("Rättade uppgifter {against}", against=against)
        blocks.append(corrections_table(caption, changed.corrected, statement, say))
    return stack(method_example(statement, say), *blocks) if blocks else EMPTY


def _first(new: pd.DataFrame) -> pd.DataFrame:
    """The new answers with the largest fees, as many as are shown; ties by code."""
    return new.sort_values(["fee", "code"], ascending=[False, True]).head(SHOWN)


def _new_caption(number: int, against: str, say: Speech) -> str:
    caption = say.plural("{n} nytt svar {against}", "{n} nya svar {against}", number,
                         against=against)  # fmt: skip
    if number <= SHOWN:
        return caption
    return f"{caption} " + say("(de {n} med störst avgift visas)", n=say.count(SHOWN))


def _members(caption: str, members: pd.DataFrame, say: Speech) -> Block:
    """From, to and kronor, member by member."""
    columns = [
        Column(say("Kommun"), "left"), Column(say("Från"), "left"), Column(say("Till"), "left"),
        Column(say("Säkrat belopp, kr per år")),
    ]  # fmt: skip
    names = decision_names(say)
    rows = [
        [str(one["name"]), names[one["before"]], names[one["after"]], say.signed(one["funded"])]
        for one in members.to_dict("records")
    ]
    return table_block(caption, columns, rows)
