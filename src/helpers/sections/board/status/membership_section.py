"""Members that have left or joined since the base day: in a sentence, and where the money is."""

from __future__ import annotations

import pandas as pd

from helpers.funding.statement.round_statement import Statement
from helpers.funding.totals.members.members_on_day import MembersOnDay
from helpers.funding.totals.year_account import YearAccount, account_of_years
from helpers.i18n.localizer import Localizer
from helpers.sections.components.answer_names import answer_names
from helpers.sections.components.block import EMPTY_BLOCK, Block, stack
from helpers.sections.components.data_table import data_block
from helpers.sections.components.section_context import SectionContext
from helpers.sections.components.tables.section_table import SectionTable
from helpers.sections.components.tables.table_fields import FieldMaker, Record
from helpers.sections.components.text import join_first, paragraphs
from helpers.sections.pricing.part_sentences import uncovered_heading

MAX_NAMES = 5  # members named in the sentence; the table has them all


def membership_text(context: SectionContext) -> str:
    """Who has left and joined since the base day, and what that does to the money; '' for none."""
    if not context.statement.on_day.any_change:
        return ""
    return " ".join([*_left_texts(context), *_joined_texts(context), *_money_texts(context)])


def _left_texts(context: SectionContext) -> list[str]:
    """Who has left since the base day, and who is known to leave."""
    on_day, loc = context.statement.on_day, context.loc
    left, leaving = on_day.left_members, on_day.leaving_members
    texts = []
    if len(left):
        texts.append(
            loc.plural(
                "En kommun har utträtt sedan den {day}: {names}.",
                "{n} kommuner har utträtt sedan den {day}: {names}.",
                len(left),
                day=loc.date(context.statement.round.base_day),
                names=_names_with_days(left, "valid_to", loc),
            )
        )
    if len(leaving):
        names = _names_with_days(leaving, "valid_to", loc)
        texts.append(
            loc.plural(
                "En kommun utträder under omgången: {names}.",
                "{n} kommuner utträder under omgången: {names}.",
                len(leaving),
                names=names,
            )
        )
    return texts


def _joined_texts(context: SectionContext) -> list[str]:
    """Who has joined since the base day."""
    joined, loc = context.statement.on_day.joined_members, context.loc
    if not len(joined):
        return []
    return [
        loc.plural(
            "En kommun har blivit medlem sedan den {day}: {names}.",
            "{n} kommuner har blivit medlemmar sedan den {day}: {names}.",
            len(joined),
            day=loc.date(context.statement.round.base_day),
            names=_names_with_days(joined, "valid_from", loc),
        )
    ]


def _names_with_days(members: pd.DataFrame, column: str, loc: Localizer) -> str:
    """The first members with their days, and how many more there are."""
    pairs = list(zip(members["name"], members[column], strict=True))
    return join_first(loc, [f"{name} ({loc.date(day.date())})" for name, day in pairs], MAX_NAMES)


def _money_texts(context: SectionContext) -> list[str]:
    """What is lost of the requested amount, and what comes on top of it."""
    statement, loc = context.statement, context.loc
    if not statement.fees_are_additive:
        return [loc("De kommuner som är medlemmar den dagen delar på kostnaden.")]
    _, all_years = account_of_years(statement.on_day.tally_by_year)
    years = loc.join_years(statement.round.years)
    texts = []
    if all_years.lost:
        texts.append(
            loc(
                "Av det önskade beloppet för {years} faller {lost} bort med de kommuner som "
                "utträder.",
                years=years,
                lost=loc.money(all_years.lost),
            )
        )
    if len(statement.on_day.joined_members) or all_years.joined:
        texts.append(
            loc(
                "Nya medlemmar räknas med i antalet. Vad de betalar, hittills {joined} för "
                "{years}, kommer utöver det önskade beloppet.",
                joined=loc.money(all_years.joined),
                years=years,
            )
        )
    return texts


def membership_block(context: SectionContext) -> Block:
    """The members that have left and joined, and the account of each year; blank for none."""
    on_day, loc = context.statement.on_day, context.loc
    if not on_day.any_change:
        return EMPTY_BLOCK
    table = _members_table(context)
    if not context.statement.fees_are_additive:
        return table
    by_year, all_years = account_of_years(on_day.tally_by_year)
    outside = _joined_text(by_year, loc)
    return stack(
        table,
        _account_table(context.statement, by_year, all_years, loc),
        paragraphs(outside) if outside else EMPTY_BLOCK,
    )


def _members_table(context: SectionContext) -> Block:
    """One row a member: the first or last day, its answer, and what it secures in all years."""
    statement, loc = context.statement, context.loc
    on_day, names = statement.on_day, answer_names(loc)
    additive = statement.fees_are_additive
    make = FieldMaker(loc)
    fields = [make.text("name", loc("Kommun")), make.text("membership", loc("Medlemskap"))]
    if additive:
        fields.append(make.text("said", loc("Svar"), names))
        unit = "{currency} in all years"
        fields.append(make.money("secured_all_years", loc("Säkrar, alla år"), unit))
    fields.append(make.text("code", loc("Kod")).not_shown())
    leavers = pd.concat([on_day.left_members, on_day.leaving_members])
    left = leavers.drop_duplicates("code").to_dict("records")
    joined = on_day.joined_members.to_dict("records")
    changes = [
        *((row, "valid_to", loc("till {day}")) for row in left),
        *((row, "valid_from", loc("från {day}")) for row in joined),
    ]
    records = [
        {
            "name": str(member["name"]),
            "membership": text.format(day=loc.date(member[column].date())),
            "said": statement.rows_by_code[member["code"]]["said"] if additive else None,
            "secured_all_years": _secured_all_years(on_day, member["code"]) if additive else None,
            "code": member["code"],
        }
        for member, column, text in changes
    ]
    caption = loc("Kommuner som utträder eller har blivit medlemmar")
    return data_block(SectionTable.of(loc, caption, fields, records))


def _secured_all_years(on_day: MembersOnDay, code: str) -> int:
    """What a member's yes secures of its fees, without a gift above them."""
    return sum(
        min(secured[code], on_day.due[year][code]) for year, secured in on_day.secured.items()
    )


def _account_table(
    statement: Statement,
    by_year: dict[int, YearAccount],
    all_years: YearAccount,
    loc: Localizer,
) -> Block:
    """Where the requested amount of each year is; lines of nothing in any year are left out."""
    lines = {
        "funded": loc("Säkrat"),
        "unanswered": loc("Obesvarat"),
        "conditional": loc("Ja, med villkor"),
        "uncovered": uncovered_heading(statement, loc),
        "declined": loc("Nej"),
        "lost": loc("Utträden"),
        "over_ceiling": loc("Avgår: över taket"),
    }
    accounts = [*by_year.values(), all_years] if len(by_year) > 1 else [all_years]
    headings = [*map(str, by_year), loc("Alla år")] if len(by_year) > 1 else list(map(str, by_year))
    columns = [*map(str, by_year), "all_years"][: len(accounts)]
    make = FieldMaker(loc)
    fields = [
        make.text("part", loc("Del av det önskade beloppet")),
        *(
            make.money(column, heading, "{currency} in the year, or in all years")
            for column, heading in zip(columns, headings, strict=True)
        ),
    ]

    def record(label: str, name: str, sign: int = 1) -> Record:
        amounts = (sign * getattr(account, name) for account in accounts)
        return {"part": label, **dict(zip(columns, amounts, strict=True))}

    records = [
        record(label, name, -1 if name == "over_ceiling" else 1)
        for name, label in lines.items()
        if name == "funded" or any(getattr(account, name) for account in accounts)
    ]
    total = record(loc("Önskat belopp"), "requested")
    caption = loc("Var det önskade beloppet finns, år för år")
    return data_block(SectionTable.of(loc, caption, fields, records, total=total))


def _joined_text(by_year: dict[int, YearAccount], loc: Localizer) -> str:
    """What new members pay on top, year by year."""
    amounts = [
        loc("{amount} för {years}", amount=loc.money(account.joined), years=str(year))
        for year, account in by_year.items()
        if account.joined
    ]
    if not amounts:
        return ""
    return loc(
        "Utöver det önskade beloppet betalar nya medlemmar {amounts}.",
        amounts=loc.join_list(amounts),
    )
