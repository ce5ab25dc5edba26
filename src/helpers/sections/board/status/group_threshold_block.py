"""What every county or group has to reach, in words, with a table of the groups below it."""

from __future__ import annotations

from fractions import Fraction

from helpers.funding.statement.group_thresholds import GroupProgress, GroupThresholdOutcome
from helpers.funding.totals.thresholds import ThresholdOutcome
from helpers.i18n.localizer import Localizer
from helpers.i18n.spelled_out import counts_in_words
from helpers.model.settings.threshold_settings import Threshold
from helpers.sections.components.block import Block, stack
from helpers.sections.components.data_table import data_block
from helpers.sections.components.notices import example_mark
from helpers.sections.components.section_context import SectionContext
from helpers.sections.components.tables.section_table import SectionTable
from helpers.sections.components.tables.table_fields import FieldMaker, Record, TableField
from helpers.sections.components.text import join_first, paragraphs

MAX_GROUPS = 25  # rows of the table; all are in figures.json
_MOST_NAMED = 5  # members in a cell, or groups in a sentence
UNIT_OF_MEASURE = "as the measure says: {currency} a year, members or inhabitants"


def measure_name(measure: str, loc: Localizer, year: int | None = None) -> str:
    """Return the name of what a threshold counts; an amount with its year, if that is another."""
    if measure == "amount" and year is not None:
        return loc("Säkrade kronor för {year}", year=str(year))
    if measure == "planned-costs" and year is not None:
        return loc("Säkrade kronor för {year}, till planerade kostnader", year=str(year))
    return {
        "amount": loc("Säkrade kronor per år"),
        "planned-costs": loc("Säkrade kronor per år, till planerade kostnader"),
        "members": loc("Kommuner som har sagt ja"),
        "inhabitants": loc("Invånare i kommuner som har sagt ja"),
    }[measure]


def group_threshold_block(context: SectionContext, outcome: GroupThresholdOutcome) -> Block:
    """What every group has to reach, in how many it is reached, and a table of those below."""
    loc = context.loc
    text = paragraphs(f"{_demand_text(outcome, loc)} {_result_text(outcome, loc)}")
    if outcome.met:
        return text
    records = [_record(context, outcome, group) for group in outcome.below]
    caption = _caption(context, outcome) + example_mark(context)
    fields = _fields(context, outcome)
    return stack(text, data_block(SectionTable.of(loc, caption, fields, records, limit=MAX_GROUPS)))


def group_threshold_text(context: SectionContext, outcome: GroupThresholdOutcome) -> str:
    """The same in sentences, with what each group below lacks."""
    loc = context.loc
    texts = [_demand_text(outcome, loc), _result_text(outcome, loc)]
    if not outcome.met:
        lacking = [
            loc(
                "{amount} i {name}",
                name=_group_name(context, outcome, group),
                amount=_shortfall(group.outcome, loc),
            )
            for group in outcome.below
        ]
        names = join_first(loc, lacking, _MOST_NAMED)
        texts.append(
            loc.plural("Det saknas {names}.", "Det saknas {names}.", len(lacking), names=names)
        )
    return " ".join(texts)


def _shortfall(outcome: ThresholdOutcome, loc: Localizer) -> str:
    """What a group lacks, an amount with its year if the years differ."""
    number, measure = outcome.shortfall, outcome.threshold.measure
    if measure == "amount" and outcome.year is not None:
        return loc("{amount} för {year}", amount=loc.money(number), year=str(outcome.year))
    if measure == "amount":
        return loc.money(number)
    if measure == "inhabitants":
        return loc("{n} invånare", n=loc.count(number))
    return loc.plural("en kommun", "{n} kommuner", int(number))


def _demand_text(outcome: GroupThresholdOutcome, loc: Localizer) -> str:
    """What every group has to reach."""
    threshold = outcome.threshold
    each = {"county": loc("I varje län"), "group": loc("I varje kommungrupp")}[outcome.in_every]
    if threshold.percent is not None:
        return _demanded_share(threshold, each, loc)
    needed = threshold.at_least or 0
    if threshold.measure == "amount":
        amount = loc.money(needed)
        return loc("{each} krävs att minst {amount} per år är säkrade.", each=each, amount=amount)
    if threshold.measure == "inhabitants":
        return loc(
            "{each} krävs att kommuner med minst {n} invånare har sagt ja.",
            each=each,
            n=loc.count(needed),
        )
    return loc.plural(
        "{each} krävs att minst en kommun har sagt ja.",
        "{each} krävs att minst {n} kommuner har sagt ja.",
        needed,
        each=each,
    )


def _demanded_share(threshold: Threshold, each: str, loc: Localizer) -> str:
    values = {"each": each, "percent": loc.percent(Fraction(threshold.percent or 0, 100))}
    if threshold.measure == "amount":
        return loc("{each} krävs att minst {percent} av avgifterna är säkrade.", **values)
    if threshold.measure == "inhabitants":
        return loc(
            "{each} krävs att kommuner med minst {percent} av invånarna har sagt ja.", **values
        )
    return loc("{each} krävs att minst {percent} av kommunerna har sagt ja.", **values)


def _result_text(outcome: GroupThresholdOutcome, loc: Localizer) -> str:
    """In how many groups it is reached."""
    everything = len(outcome.groups)
    reached = everything - len(outcome.below)
    by_county = outcome.in_every == "county"
    if not reached:
        if by_county:
            return loc("Kravet är inte uppnått i något län.")
        return loc("Kravet är inte uppnått i någon kommungrupp.")
    if outcome.met:
        return (
            loc("Kravet är uppnått i alla län.")
            if by_county
            else loc("Kravet är uppnått i alla kommungrupper.")
        )
    one = loc("ett") if by_county else loc("en")
    values = counts_in_words(loc, one, reached=reached, all=everything)
    if by_county:
        return loc("Kravet är uppnått i {reached} av {all} län.", **values)
    return loc("Kravet är uppnått i {reached} av {all} kommungrupper.", **values)


def _caption(context: SectionContext, outcome: GroupThresholdOutcome) -> str:
    """Which groups are below, and what the columns count."""
    loc = context.loc
    measure = measure_name(outcome.threshold.measure, loc)
    if _states_year(outcome):
        measure = loc("Säkrade kronor, för det år då mest saknas")
    begins_with_currency = measure[:2].isupper()  # "SEK secured a year"
    words = {"measure": measure if begins_with_currency else measure[:1].lower() + measure[1:]}
    if outcome.in_every == "county":
        return loc("Län under kravet ({measure})", **words)
    return loc("Kommungrupper under kravet ({measure})", **words)


def _fields(context: SectionContext, outcome: GroupThresholdOutcome) -> list[TableField]:
    loc, make = context.loc, FieldMaker(context.loc)
    heading = loc("Län") if outcome.in_every == "county" else loc("Kommungrupp")
    reached = make.count("reached", loc("Läget"), UNIT_OF_MEASURE)
    if outcome.threshold.percent is not None:
        reached = make.count_with_share("reached", loc("Läget"), UNIT_OF_MEASURE)
    return [
        make.text(outcome.in_every, heading),
        *([make.text("year", loc("År"))] if _states_year(outcome) else []),
        make.count("needed", loc("Krävs"), UNIT_OF_MEASURE),
        reached,
        make.count("shortfall", loc("Saknas"), UNIT_OF_MEASURE),
        make.text("way", loc("Så kan kravet nås")),
    ]


def _states_year(outcome: GroupThresholdOutcome) -> bool:
    """Whether the amounts of some group are of a year that has to be named."""
    return any(group.outcome.year is not None for group in outcome.below)


def _record(
    context: SectionContext, outcome: GroupThresholdOutcome, group: GroupProgress
) -> Record:
    names = ("needed", "reached", "reached_share", "shortfall")
    return {
        outcome.in_every: _group_name(context, outcome, group),
        "year": str(group.outcome.year or context.loc.join_years(context.statement.by_year)),
        "way": _way_text(group, context.loc),
        **{name: getattr(group.outcome, name) for name in names},
    }


def _group_name(
    context: SectionContext, outcome: GroupThresholdOutcome, group: GroupProgress
) -> str:
    known = context.statement.round.groups
    if outcome.in_every == "group" and group.name in known:
        return context.loc.text(known[group.name])
    return group.name


def _way_text(group: GroupProgress, loc: Localizer) -> str:
    """How the threshold can be reached: whose yes is enough, or what else it takes."""
    if group.outcome.attainable and group.smallest_set is None:
        if not group.unanswered:
            return loc("Om det utfästa bekräftas")
        names = join_first(loc, group.unanswered, _MOST_NAMED)
        return loc("Har inte svarat: {names}", names=names)
    if group.outcome.attainable and group.smallest_set is not None:
        found = group.smallest_set
        names = join_first(loc, [reply.name for reply in found.replies], _MOST_NAMED)
        if found.others_would_do:
            return loc("Ja från till exempel {names}", names=names)
        return loc("Ja från {names}", names=names)
    if group.outcome.attainable_on_conditions:
        return loc("Bara om villkor för ja-svar uppfylls")
    return loc("Bara om någon ändrar sitt svar")
