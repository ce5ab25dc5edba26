"""Every member of a large round as a CSV file, which its report's pages do not list."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from typing import Any

from helpers.model.long_lists import MOST_LISTED, member_list_file
from helpers.sections.board.members.member_list_section import listed_members
from helpers.sections.components.notices import example_mark
from helpers.sections.components.section_context import SectionContext
from helpers.sections.components.tables.member_fields import column_words, member_fields
from helpers.sections.components.tables.table_fields import TableField, is_missing
from helpers.system.spreadsheets import spreadsheet_csv


def member_list_files(context: SectionContext) -> dict[str, bytes]:
    """Return the file with all members in alphabetical order, by name; {} for a small round.

    It has the columns of the report's table, and after them what else is known of a member. Days
    are YYYY-MM-DD, amounts whole units of the round's currency.
    """
    present = context.statement.on_day.present
    if len(present) <= MOST_LISTED:
        return {}
    listed, known = listed_members(present), column_words(context)
    fields = [field for field in member_fields(context, listed) if field.name in known]
    headings = [
        field.heading + (example_mark(context) if field.name == "decision" else "")
        for field in fields
    ]
    rows = ([_cell(field, record) for field in fields] for record in listed.to_dict("records"))
    return {member_list_file(context.loc.language): spreadsheet_csv([headings, *rows])}


def _cell(field: TableField, record: Mapping[Any, Any]) -> str | int:
    value = record[field.name]
    if is_missing(value):
        return ""
    if isinstance(value, date):
        return f"{value:%Y-%m-%d}"
    return field.cell(record) if isinstance(value, str | bool) else int(value)
