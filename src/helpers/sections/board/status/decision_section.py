"""The section on the decision: whether the amount is enough, who decides, and what comes next."""

from __future__ import annotations

from functools import partial

from helpers.funding.totals.thresholds import ThresholdOutcome
from helpers.i18n.localizer import Localizer
from helpers.model.round_settings import Event
from helpers.sections.components.block import Block, stack
from helpers.sections.components.data_table import data_block
from helpers.sections.components.section_context import SectionContext
from helpers.sections.components.tables.section_table import SectionTable
from helpers.sections.components.tables.table_fields import FieldMaker, Record, TableField
from helpers.sections.components.text import bullets, callout, paragraphs, quotation

_UNIT_OF_MEASURE = "as the measure says: {currency} a year, members or inhabitants"


def decision(context: SectionContext) -> Block:
    """Whether it is enough: what was decided, or who decides, on what, and what comes next."""
    statement, loc = context.statement, context.loc
    round_, known_on = statement.round, statement.known_on
    decisions_taken = [
        e
        for e in round_.known_events("decision", known_on)
        if (e.on or e.known_from) <= statement.as_of
    ]
    blocks = [_judgement_block(context)] if not decisions_taken else []
    blocks += [decision_quotation(context, e, loc.text(e.text)) for e in decisions_taken]
    if statement.thresholds:
        blocks.append(_thresholds_block(statement.thresholds, loc))
    blocks += [paragraphs(context.wording.bounds()), _amounts_by_year(context)]
    steps = [loc.text(e.text) for e in round_.known_events("next", known_on)]
    if steps:
        blocks += [paragraphs(loc("Vad händer nu:")), bullets(steps)]
    return stack(*blocks)


def decision_quotation(context: SectionContext, event: Event, words: str) -> Block:
    """Return the words of a decision, with who announced it and when."""
    loc = context.loc
    source = loc(
        "{organiser}, beslut meddelat den {day}",
        organiser=context.statement.round.organiser.short,
        day=loc.date(event.on or event.known_from),
    )
    return quotation(loc.quote(words), source)


def _judgement_block(context: SectionContext) -> Block:
    """Return the round's own question, which the board answers, by a threshold or without."""
    statement, loc = context.statement, context.loc
    questions = statement.round.known_events("question", statement.known_on)
    if statement.thresholds:
        judge = loc(
            "Omgången anger vad som krävs; tabellen visar hur långt det är dit. Beslutet är "
            "styrelsens."
        )
    else:
        judge = loc(
            "Omgången anger ingen gräns för vad som är tillräckligt. Det är styrelsens bedömning, "
            "och den här rapporten är underlaget."
        )
    return stack(*(callout(loc.text(event.text)) for event in questions), paragraphs(judge))


def _thresholds_block(outcomes: list[ThresholdOutcome], loc: Localizer) -> Block:
    """Return what the round needs, what is reached, and whether that is enough."""
    met = all(outcome.met for outcome in outcomes)
    if met:
        verdict = loc("Det som omgången kräver är uppnått.")
    elif all(outcome.attainable for outcome in outcomes):
        verdict = loc("Det som omgången kräver är inte uppnått, men kan ännu nås.")
    elif all(outcome.attainable_on_conditions for outcome in outcomes):
        verdict = loc(
            "Det som omgången kräver är inte uppnått. Det kan ännu nås, men bara om villkor för "
            "ja-svar uppfylls."
        )
    else:
        verdict = loc(
            "Det som omgången kräver är inte uppnått och kan inte nås utan att någon ändrar sitt "
            "svar."
        )
    table = SectionTable.of(
        loc, loc("Omgångens krav"), _threshold_fields(loc), map(_threshold_record, outcomes)
    )
    return stack(paragraphs(verdict), data_block(table))


def _threshold_fields(loc: Localizer) -> list[TableField]:
    make = FieldMaker(loc)
    numbers = {"needed": loc("Krävs"), "reached": loc("Läget")}
    measures = {name: measure_name(name, loc) for name in ("amount", "members", "inhabitants")}
    return [
        make.text("measure", loc("Mått"), measures),
        *(
            make.count(name, heading, _UNIT_OF_MEASURE).shown_as(
                partial(_count_and_share, loc=loc, name=name)
            )
            for name, heading in numbers.items()
        ),
        make.count("shortfall", loc("Saknas"), _UNIT_OF_MEASURE),
        make.text("met", loc("Uppnått"), {True: loc("Ja"), False: loc("Nej")}),
        *(make.share(f"{name}_share", numbers[name], "all").not_shown() for name in numbers),
    ]


def _count_and_share(record: Record, loc: Localizer, name: str) -> str:
    return f"{loc.count(record[name])} ({loc.percent(record[f'{name}_share'])})"


def _threshold_record(outcome: ThresholdOutcome) -> Record:
    names = ("needed", "needed_share", "reached", "reached_share", "shortfall", "met")
    numbers = {name: getattr(outcome, name) for name in names}
    return {"measure": outcome.threshold.measure, **numbers}


def measure_name(measure: str, loc: Localizer) -> str:
    """Return the name of what a threshold counts."""
    return {
        "amount": loc("Säkrade kronor per år"),
        "members": loc("Kommuner som har sagt ja"),
        "inhabitants": loc("Invånare i kommuner som har sagt ja"),
    }[measure]


def _amounts_by_year(context: SectionContext) -> Block:
    """Return the amounts per year and over all years, in separate columns."""
    statement, loc = context.statement, context.loc
    requested_in = statement.round.requested_in
    make, unit = FieldMaker(loc), "{currency} in the year"
    fields = [
        make.text("year", loc("År")),
        make.amount("requested", loc("Önskat, kr"), unit),
        make.amount("funded", loc("Säkrat, kr"), unit),
        make.amount("gap", loc("Återstår, kr"), unit),
    ]
    names = [field.name for field in fields]
    rows = [
        (year, requested_in(year), funded, requested_in(year) - funded)
        for year, funded in statement.by_year.items()
    ]
    all_years = (statement.requested_all_years, statement.funded_all_years, statement.gap_all_years)
    everything = (loc("Alla år"), *all_years)
    records = [dict(zip(names, row, strict=True)) for row in rows]
    total = dict(zip(names, everything, strict=True)) if len(rows) > 1 else None
    caption = loc("Beloppen per år och sammanlagt") + context.wording.amount_mark()
    return data_block(SectionTable.of(loc, caption, fields, records, total=total))
