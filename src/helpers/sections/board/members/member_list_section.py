"""The table of all members in alphabetical order: fee, answer and the day of the answer."""

from __future__ import annotations

from typing import Any

import pandas as pd

from helpers.errors import ReportError
from helpers.sections.components.answer_names import answer_names
from helpers.sections.components.block import Block, stack
from helpers.sections.components.data_table import Column, table_block
from helpers.sections.components.notices import example_mark
from helpers.sections.components.section_context import SectionContext
from helpers.sections.components.text import paragraphs

# The letters after z in Swedish, in their order; Python's own order has Ä before Å.
_AFTER_Z = str.maketrans({"å": "{", "ä": "|", "æ": "|", "ö": "}", "ø": "}", "é": "e", "ü": "y"})


def members(context: SectionContext, decision: str | None = None) -> Block:
    """All members, or those with one answer, each with its fee, its answer and the day of it."""
    loc = context.loc
    listed = listed_members(context.statement.on_day.present, decision)
    in_counties = context.statement.has_counties
    columns = [
        Column(loc("Kommun"), "left"),
        *([Column(loc("Län"), "left")] if in_counties else []),
        Column(_fee_heading(context)),
        Column(loc("Svar"), "left"),
        Column(loc("Inkom"), "left"),
    ]
    rows = [_member_row(context, row, in_counties=in_counties) for row in listed.to_dict("records")]
    caption = loc("Alla kommuner i bokstavsordning, med avgift och svar") + example_mark(context)
    table = table_block(caption, columns, rows)
    joined = _joined_text(context, listed)
    return stack(table, paragraphs(joined)) if joined else table


def _fee_heading(context: SectionContext) -> str:
    """The heading of the fees, with the year that they are for where the years differ."""
    statement, loc = context.statement, context.loc
    if statement.round.requested_of_years:
        return loc("Avgift, kr för {year}", year=str(statement.least_year))
    return loc("Avgift, kr per år") + context.wording.amount_mark()


def listed_members(members: pd.DataFrame, decision: str | None = None) -> pd.DataFrame:
    """The members in Swedish alphabetical order, ties by code.

    Raises ReportError for an answer that no member can have.
    """
    if decision is not None:
        known = ["yes", "no", "conditional", "unanswered", "left"]
        if decision not in known:
            raise ReportError(f"decision is {decision!r}. There are: {', '.join(known)}.")
        members = members[members["decision"] == decision]
    order = members["name"].map(lambda name: str(name).casefold().translate(_AFTER_Z))
    return members.assign(order=order).sort_values(["order", "code"]).drop(columns="order")


def _member_row(context: SectionContext, row: dict[Any, Any], *, in_counties: bool) -> list[str]:
    loc = context.loc
    answer = answer_names(loc)[row["decision"]]
    years = f" ({row['years'].replace(',', ', ')})" if row["years"] else ""
    day = loc.short_date(row["received_on"].date()) if pd.notna(row["received_on"]) else "–"
    return [
        str(row["name"]),
        *([str(row["county"])] if in_counties else []),
        loc.count(int(row["fee"])),
        f"{answer}{years}",
        day,
    ]


def _joined_text(context: SectionContext, listed: pd.DataFrame) -> str:
    """Whose fees are not in the amounts, as they joined later; '' for none."""
    if "joined" not in listed or not listed["joined"].any():
        return ""
    return context.loc(
        "I antalet men inte i beloppet ingår {names}, eftersom medlemskapet började senare.",
        names=context.loc.join_list(list(listed.loc[listed["joined"], "name"])),
    )
