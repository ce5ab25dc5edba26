"""The columns of a list of members: name and amount, and what else is known of each member."""

from __future__ import annotations

import pandas as pd

from helpers.model.member_columns import COORDINATE_COLUMNS
from helpers.sections.components.answer_names import answer_names
from helpers.sections.components.section_context import SectionContext
from helpers.sections.components.tables.table_fields import FieldMaker, Record, TableField

_NOT_LISTED = {*COORDINATE_COLUMNS, "case_number", "name"}


def member_fields(context: SectionContext, members: pd.DataFrame, amount: str) -> list[TableField]:
    """Name and amount, then the other columns of the frame, which are shown if they are chosen."""
    loc, make = context.loc, FieldMaker(context.loc)
    unit = "{currency} in all years" if amount == "secured_all_years" else ""
    shown = make.money(amount, loc("Avgift, kr"))
    if unit:
        shown = make.money(amount, loc("Säkrar, alla år"), unit)
    others = [name for name in map(str, members.columns) if name not in {*_NOT_LISTED, amount}]
    fields = _other_fields(context, make)
    known = [fields.get(name) or make.text(name, name) for name in others]
    name = make.text("name", loc("Kommun")).shown_as(_name_with_years)
    return [name, shown, *(field.not_shown() for field in known)]


def _name_with_years(record: Record) -> str:
    """A member's name and, if its yes is for some of the years, the years."""
    years = str(record["years"]).replace(",", ", ")
    return f"{record['name']} ({years})" if years else str(record["name"])


def _other_fields(context: SectionContext, make: FieldMaker) -> dict[str, TableField]:
    loc = context.loc
    groups = {name: loc.text(texts) for name, texts in context.statement.round.groups.items()}
    yes_or_no = {True: loc("Ja"), False: loc("Nej")}
    fields = [
        make.text("code", loc("Kod")),
        make.text("county", loc("Län")),
        make.text("group", loc("Kommungrupp"), groups),
        make.inhabitants("population", loc("Invånare")),
        make.amount("fee", loc("Avgift, kr")),
        make.amount("secured", loc("Säkrat, kr")),
        make.text("decision", loc("Svar"), answer_names(loc)),
        make.text("years", loc("År")),
        make.text("condition", loc("Villkor")),
        make.text("withdrawn", loc("Återtaget ja"), yes_or_no),
        make.day("decided_on", loc("Beslutat den")),
        make.day("received_on", loc("Inkom den")),
        make.day("first_received_on", loc("Första svar den")),
    ]
    return {field.name: field for field in fields}
