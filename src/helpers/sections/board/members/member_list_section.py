"""The table of all members in alphabetical order: fee, answer and the day of the answer."""

from __future__ import annotations

import pandas as pd

from helpers.funding.billing.receivables_ledger import ReceivablesLedger
from helpers.i18n.alphabetical_order import alphabetical_key
from helpers.sections.components.block import Block, stack
from helpers.sections.components.data_table import data_block
from helpers.sections.components.notices import example_mark
from helpers.sections.components.section_context import SectionContext
from helpers.sections.components.tables.member_fields import member_fields
from helpers.sections.components.tables.section_table import SectionTable
from helpers.sections.components.text import paragraphs


def members(context: SectionContext, ledger: ReceivablesLedger | None = None) -> Block:
    """All members, each with its fee, its answer and the day of it."""
    own_section = context.wording.own_section("members", ledger)
    if own_section is not None:
        return own_section
    loc = context.loc
    listed = listed_members(context.statement.on_day.present)
    caption = loc("Alla kommuner i bokstavsordning, med avgift och svar") + example_mark(context)
    fields = member_fields(context, listed)
    table = data_block(SectionTable.of(loc, caption, fields, listed.to_dict("records")))
    joined = _joined_text(context, listed)
    return stack(table, paragraphs(joined)) if joined else table


def listed_members(members: pd.DataFrame) -> pd.DataFrame:
    """The members in Swedish alphabetical order, ties by code."""
    order = members["name"].map(alphabetical_key)
    return members.assign(order=order).sort_values(["order", "code"]).drop(columns="order")


def _joined_text(context: SectionContext, listed: pd.DataFrame) -> str:
    """Whose fees are not in the amounts, as they joined later; '' for none."""
    if "joined" not in listed or not listed["joined"].any():
        return ""
    return context.loc(
        "I antalet men inte i beloppet ingår {names}, eftersom medlemskapet började senare.",
        names=context.loc.join_list(list(listed.loc[listed["joined"], "name"])),
    )
