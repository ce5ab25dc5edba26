"""The sections on when the answers came: funded amount over time, and answers in time or late."""

from __future__ import annotations

from datetime import date
from functools import partial

from helpers.funding.statement.round_statement import Statement
from helpers.i18n.spelled_out import counts_in_words, members_in_words
from helpers.sections.charts import funding_over_time
from helpers.sections.components.block import EMPTY_BLOCK, Block, stack
from helpers.sections.components.data_table import data_block
from helpers.sections.components.figure import chart_block
from helpers.sections.components.notices import picture_foot
from helpers.sections.components.section_context import SectionContext
from helpers.sections.components.tables.section_table import SectionTable
from helpers.sections.components.tables.table_fields import FieldMaker
from helpers.sections.components.text import capitalize_first, paragraphs


def over_time(context: SectionContext) -> Block:
    """The funded amount day by day, and the count on the milestones."""
    statement, loc = context.statement, context.loc
    alternative = loc(
        "{finding}. Trappdiagram över det säkrade beloppet dag för dag. Tabellen nedanför har "
        "beloppen vid omgångens viktiga datum.",
        finding=_pace_finding(context),
    )
    deadlines = {e.on: loc.text(e.text) for e in statement.deadlines if e.on}
    requested = statement.round.requested
    draw = partial(
        funding_over_time.draw_funding_over_time,
        statement.over_time,
        requested,
        deadlines,
        loc,
        alternative,
        of_least_year=_shows_least_year(statement),
    )
    drawing = chart_block(
        draw,
        _pace_finding(context),
        alternative,
        context.wording.amount_note() or _least_year_note(context),
        foot=picture_foot(context),
    )
    late = _late_text(context)
    return stack(drawing, paragraphs(late) if late else EMPTY_BLOCK, _milestones_table(context))


def _late_text(context: SectionContext) -> str:
    """How many answered after the last reply date, and what they secure; '' before it has passed.

    An answer is late only after the last reply date, if it was extended.
    """
    statement, loc = context.statement, context.loc
    day = _last_passed_deadline(statement)
    if day is None:
        return ""
    after = [p for p in statement.periods if p.answered and p.until is None]
    tally = next(p.tally for p in after if not p.joined)
    if not tally.members:
        return loc("Ingen kommun har svarat efter sista svarsdagen den {day}.", day=loc.date(day))
    # A zero is left out: where a no is not known, "0 nej" would say more than the register does.
    names = ("members", "yes", "no", "conditional")
    counts = counts_in_words(loc, loc("ett"), **{name: getattr(tally, name) for name in names})
    answers = [
        *([loc("{count} ja", count=counts["yes"])] if tally.yes else []),
        *([loc("{count} nej", count=counts["no"])] if tally.no else []),
        *(
            [loc("{count} ja med villkor", count=counts["conditional"])]
            if tally.conditional
            else []
        ),
    ]
    return loc.plural(
        "En kommun svarade efter sista svarsdagen den {day}: {answers}.",
        "{n} kommuner svarade efter sista svarsdagen den {day}: {answers}.",
        tally.members,
        day=loc.date(day),
        answers=loc.join_list(answers),
    )


def _pace_finding(context: SectionContext) -> str:
    """Return the finding of the curve: the amount at the last deadline, and since."""
    statement, loc, total = context.statement, context.loc, context.statement.total
    if total.answered == 0:
        return loc("Inga svar har kommit in ännu")
    day = _last_passed_deadline(statement)
    counts = members_in_words(loc, answered=total.answered, members=total.members)
    if not statement.deadlines:
        return capitalize_first(loc("{answered} av {members} kommuner har svarat", **counts))
    if day is None:
        return capitalize_first(
            loc("{answered} av {members} kommuner har svarat; svarstiden pågår", **counts)
        )
    funded_at_deadline = statement.milestones[day].funded
    funded_since = total.funded - funded_at_deadline
    values = {
        "day": loc.date(day),
        "then": loc.money(funded_at_deadline),
        "since": loc.money(abs(funded_since)),
    }
    if funded_since > 0:
        return loc(
            "När svarstiden gick ut den {day} var {then} säkrade; sedan dess har {since} kommit",
            **values,
        )
    if funded_since < 0:
        return loc(
            "När svarstiden gick ut den {day} var {then} säkrade; sedan dess har {since} fallit "
            "bort",
            **values,
        )
    return loc(
        "När svarstiden gick ut den {day} var {then} säkrade; sedan dess är beloppet oförändrat",
        **values,
    )


def _last_passed_deadline(statement: Statement) -> date | None:
    """Return the last known deadline, if it has passed; answers on that day are in time."""
    days = [event.on for event in statement.deadlines if event.on]
    return max(days) if days and max(days) in statement.passed_deadlines else None


def _shows_least_year(statement: Statement) -> bool:
    """Whether amounts are those of the year with least, of which none is stated as a year's."""
    return statement.years_differ and not statement.round.counted_year


def _least_year_note(context: SectionContext) -> str:
    """Return the year that the curve's amounts are for, if the years differ."""
    if not context.statement.years_differ:
        return ""
    return context.loc(
        "Beloppen är för det år som har minst säkrat, nu {year}.",
        year=str(context.statement.least_year),
    )


def _milestones_table(context: SectionContext) -> Block:
    statement, loc = context.statement, context.loc
    differ = _shows_least_year(statement)
    known = statement.round.answers.declined_known
    make = FieldMaker(loc)
    counts = {"answered": loc("Har svarat"), "yes": loc("Ja"), "no": loc("Nej")}
    if not known:
        counts = {"yes": loc("Ja")}
    if any(tally.conditional for tally in statement.milestones.values()):
        counts["conditional"] = loc("Ja, med villkor")
    funded = loc("Säkrat det år som har minst, kr") if differ else loc("Säkrat, kr per år")
    fields = [
        make.day("day", loc("Per den")),
        *(make.members(name, heading) for name, heading in counts.items()),
        make.amount("funded", funded).in_unit(context.wording.amount_units(), 1, loc),
        make.share("funded_share", loc("Andel av önskat"), "the requested amount"),
    ]
    figures = [field.name for field in fields[1:]]
    records = [
        {"day": day, **{name: getattr(tally, name) for name in figures}}
        for day, tally in statement.milestones.items()
    ]
    caption = loc("Svar och säkrat belopp vid omgångens viktiga datum")
    caption += context.wording.amount_mark()
    return data_block(SectionTable.of(loc, caption, fields, records))
