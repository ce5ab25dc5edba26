"""The columns of the table of members, and what else is known of each member."""

from __future__ import annotations

import pandas as pd

from helpers.funding.answers.part_pledges import OFFERED
from helpers.model.member_columns import COORDINATE_COLUMNS
from helpers.sections.components.answer_names import answer_names
from helpers.sections.components.section_context import SectionContext
from helpers.sections.components.tables.table_fields import FieldMaker, Record, TableField

_NOT_LISTED = {*COORDINATE_COLUMNS, "case_number"}


def member_fields(context: SectionContext, members: pd.DataFrame) -> list[TableField]:
    """Name, answer, fee, county and day; then the frame's others, shown if they are chosen.

    Where a yes may be of another amount than the fee, that amount is shown too.
    The answer comes first: a phone shows the first columns of a table.
    """
    known = _known_fields(context)
    shown = ["name", "decision", "fee", "county", "received_on"]
    if not context.statement.has_counties:
        shown.remove("county")
    if OFFERED in members:
        shown.insert(shown.index("fee") + 1, OFFERED)
    others = [name for name in map(str, members.columns) if name not in {*_NOT_LISTED, *shown}]
    make = FieldMaker(context.loc)
    hidden = [(known.get(name) or make.text(name, name)).not_shown() for name in others]
    return [*(known[name] for name in shown), *hidden]


def _fee_heading(context: SectionContext) -> str:
    """The heading of the fees, with the year that they are for where the years differ."""
    statement, loc, mark = context.statement, context.loc, context.wording.amount_mark()
    shared_by_others = statement.years_differ and not statement.fees_are_additive
    if statement.round.requested_of_years or shared_by_others:
        return loc("Avgift, kr för {year}", year=str(statement.least_year)) + mark
    return loc("Avgift, kr per år") + mark


def _known_fields(context: SectionContext) -> dict[str, TableField]:
    loc, make = context.loc, FieldMaker(context.loc)
    answers = answer_names(loc)

    def answer_with_years(record: Record) -> str:
        years = str(record["years"]).replace(",", ", ")
        answer = answers[record["decision"]]
        return f"{answer} ({years})" if years else answer

    def offered(record: Record) -> str:
        return loc.count(record[OFFERED]) if record[OFFERED] else ""

    groups = {name: loc.text(texts) for name, texts in context.statement.round.groups.items()}
    yes_or_no = {True: loc("Ja"), False: loc("Nej")}
    fields = [
        make.text("name", loc("Kommun")),
        make.text("code", loc("Kod")),
        make.text("county", loc("Län")),
        make.text("group", loc("Kommungrupp"), groups),
        make.inhabitants("population", loc("Invånare")),
        make.amount("fee", _fee_heading(context)),
        make.amount(OFFERED, loc("Angett, kr")).shown_as(offered),
        make.amount("gift", loc("Gåva, kr")),
        make.amount("secured", loc("Säkrat, kr")),
        *_pledge_fields(context),
        make.text("decision", loc("Svar"), answers).shown_as(answer_with_years),
        make.text("years", loc("År")),
        make.text("condition", loc("Villkor")),
        make.text("withdrawn", loc("Återtaget ja"), yes_or_no),
        make.day("decided_on", loc("Beslutat den")),
        make.day("received_on", loc("Inkom den")),
        make.day("first_received_on", loc("Första svar den")),
    ]
    return {field.name: field for field in fields}


def _pledge_fields(context: SectionContext) -> list[TableField]:
    """What a contributor has pledged, as it stated it, and what of it is confirmed."""
    if not context.statement.takes_pledges:
        return []
    loc, make = context.loc, FieldMaker(context.loc)
    return [
        make.text("amount", loc("Utfäst i egen valuta")),
        make.text("currency", loc("Valuta")),
        make.amount("confirmed", loc("Bekräftat, kr")),
    ]


def column_words(context: SectionContext) -> dict[str, str]:
    """The round's words for the columns of tables, by name, in the language of the context."""
    loc = context.loc
    fields = _known_fields(context).values()
    return {
        "name": loc("Kommun"),
        **{field.name: field.heading for field in fields},
        "members": loc("Kommuner"),
        "yes": loc("Ja"),
        "no": loc("Nej"),
        "unanswered": loc("Ej svarat"),
        "requested": loc("Önskat, kr per år"),
        "funded": loc("Säkrat, kr per år"),
        "gap": loc("Återstår, kr"),
        "yes_share": loc("Andel ja"),
        "funded_share": loc("Säkrad andel"),
        "answered": loc("Har svarat"),
        "increase": loc("Ökning, kr"),
        "per_inhabitant": loc("Kr per invånare"),
    }
