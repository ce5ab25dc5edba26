"""The table of all members: fee, answer and the day of the answer; of a large round the largest."""

from __future__ import annotations

import pandas as pd

from helpers.funding.billing.receivables_ledger import ReceivablesLedger
from helpers.i18n.alphabetical_order import alphabetical_key
from helpers.model.long_lists import LARGEST_LISTED, MOST_LISTED, member_list_file
from helpers.sections.components.answer_names import answer_names
from helpers.sections.components.block import Block, stack
from helpers.sections.components.data_table import data_block
from helpers.sections.components.notices import example_mark
from helpers.sections.components.section_context import SectionContext
from helpers.sections.components.tables.member_fields import member_fields
from helpers.sections.components.tables.section_table import SectionTable
from helpers.sections.components.text import join_first, paragraphs


def members(context: SectionContext, ledger: ReceivablesLedger | None = None) -> Block:
    """All members, each with its fee, its answer and the day of it.

    Of more than MOST_LISTED members it shows those with the largest fees and counts the others.
    """
    own_section = context.wording.own_section("members", ledger)
    if own_section is not None:
        return own_section
    loc = context.loc
    listed = listed_members(context.statement.on_day.present)
    if len(listed) > MOST_LISTED:
        return _largest_members(context, listed)
    caption = loc("Alla kommuner i bokstavsordning, med avgift och svar") + example_mark(context)
    fields = member_fields(context, listed)
    table = data_block(SectionTable.of(loc, caption, fields, listed.to_dict("records")))
    joined = _joined_text(context, listed)
    return stack(table, paragraphs(joined)) if joined else table


def listed_members(members: pd.DataFrame) -> pd.DataFrame:
    """The members in Swedish alphabetical order, ties by code."""
    order = members["name"].map(alphabetical_key)
    return members.assign(order=order).sort_values(["order", "code"]).drop(columns="order")


def _largest_members(context: SectionContext, listed: pd.DataFrame) -> Block:
    """The members with the largest fees, and in words how many the others are and what they say."""
    loc = context.loc
    ranked = listed.sort_values(["fee", "code"], ascending=[False, True])
    caption = loc(
        "De {n} kommuner som har högst avgift, med svar",
        n=loc.count(LARGEST_LISTED),
    ) + example_mark(context)
    fields, records = member_fields(context, listed), ranked.to_dict("records")
    table = SectionTable.of(loc, caption, fields, records, limit=LARGEST_LISTED)
    texts = [_others_text(context, ranked[LARGEST_LISTED:]), _joined_text(context, listed)]
    return stack(paragraphs(*filter(None, texts)), data_block(table))


def _others_text(context: SectionContext, others: pd.DataFrame) -> str:
    """How many members are not in the table, what they have answered and where they are listed."""
    loc = context.loc
    answers = others["decision"].value_counts()
    counts = [
        f"{loc.count(int(answers[answer]))} {label.lower()}"
        for answer, label in answer_names(loc).items()
        if answer in answers
    ]
    return loc(
        "Tabellen visar {n} av {all} kommuner. De övriga {others} har tillsammans avgifter på "
        "{amount} per år. Deras svar: {answers}. Alla kommuner finns i filen {file}, som hör till "
        "rapporten.",
        n=loc.count(LARGEST_LISTED),
        all=loc.count(LARGEST_LISTED + len(others)),
        others=loc.count(len(others)),
        amount=loc.money(int(others["fee"].sum())),
        answers=loc.join_list(counts),
        file=member_list_file(loc.language),
    )


def _joined_text(context: SectionContext, listed: pd.DataFrame) -> str:
    """Whose fees are not in the amounts, as they joined later; '' for none."""
    if "joined" not in listed or not listed["joined"].any():
        return ""
    return context.loc(
        "I antalet men inte i beloppet ingår {names}, eftersom medlemskapet började senare.",
        names=join_first(context.loc, list(listed.loc[listed["joined"], "name"])),
    )
