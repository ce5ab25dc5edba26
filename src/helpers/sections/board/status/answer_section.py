"""The first section: the headline, the bar, the three counts, and what has changed."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import replace
from fractions import Fraction
from functools import partial

from helpers.funding.billing.receivables_ledger import ReceivablesLedger
from helpers.funding.statement.statement_changes import StatementChanges
from helpers.funding.totals.tally import Tally
from helpers.i18n.localizer import Localizer
from helpers.i18n.spelled_out import percent_in_words
from helpers.rounding import round_half_up
from helpers.sections.board.status.changes_section import change_text
from helpers.sections.board.status.decision_section import (
    decisions_taken_block,
    next_steps_block,
    question_block,
)
from helpers.sections.board.status.membership_section import membership_text
from helpers.sections.charts import funded_bar
from helpers.sections.components.bar_unit import BarUnit
from helpers.sections.components.block import EMPTY_BLOCK, Block, stack
from helpers.sections.components.data_table import data_block
from helpers.sections.components.figure import chart_block
from helpers.sections.components.notices import example_box, page_notice
from helpers.sections.components.payment_texts import payments_brief
from helpers.sections.components.section_context import SectionContext
from helpers.sections.components.tables.section_table import SectionTable
from helpers.sections.components.tables.table_fields import FieldMaker, Record
from helpers.sections.components.text import (
    callout,
    capitalize_first,
    headline_block,
    lead_block,
    paragraphs,
)
from helpers.sections.pricing.contingency_sentences import contingency_text
from helpers.sections.pricing.part_sentences import gifts_text, uncovered_heading

_AS_COUNTED = "as the row says: members, inhabitants or {currency} a year"


def about(context: SectionContext) -> Block:
    """The round and the day, with the notice; for a notebook, which has no page header."""
    loc = context.loc
    warning = page_notice(context)
    title, day = loc.text(context.statement.round.title), loc.date(context.statement.as_of)
    line = paragraphs(loc("{title}, per den {day}", title=title, day=day))
    return stack(line, callout(warning) if warning else EMPTY_BLOCK)


def answer(
    context: SectionContext,
    changes: StatementChanges | None,
    box: Block = EMPTY_BLOCK,
    ledger: ReceivablesLedger | None = None,
) -> Block:
    """The first page: the headline, what is decided or asked, the bar, the counts, the next steps.

    `box` comes before the bar in a report that replaces another. With a `ledger`, what has been
    invoiced and paid is stated below the headline.
    """
    loc = context.loc
    return stack(
        headline_block(context.wording.headline()),
        decisions_taken_block(context),
        lead_block(context.wording.lead()),
        paragraphs(*filter(None, [contingency_text(context.statement, loc)])),
        payments_brief(ledger, loc) if ledger else EMPTY_BLOCK,
        box,
        _funded_bar_block(context),
        three_counts_block(context),
        context.wording.own_section("amounts", ledger) or EMPTY_BLOCK,
        paragraphs(*filter(None, [gifts_text(context), membership_text(context)])),
        paragraphs(change_text(changes, loc)) if changes else EMPTY_BLOCK,
        question_block(context),
        next_steps_block(context),
        example_box(context),
    )


def _funded_bar_block(context: SectionContext) -> Block:
    """The bar of what is funded and what is not, with its finding."""
    bars, loc = context.wording.bars, context.loc
    unit = bars.unit()
    total = unit.measure(context.statement.total)
    unit = replace(unit, part_names=_parts_to_name(total, unit))
    parts = "; ".join(
        f"{name} {funded_bar.format_amount_and_share(total, part, unit, loc)}"
        for part, name in unit.part_names.items()
    )
    finding = capitalize_first(percent_in_words(bars.total_finding()))
    alternative = loc(
        "{finding}. Stapel i {unit}. {parts}.", finding=finding, unit=unit.name, parts=parts
    )
    draw = partial(funded_bar.draw_funded_bar, total, unit, loc, alternative)
    return chart_block(draw, finding, alternative)


def _parts_to_name(total: Tally, unit: BarUnit) -> dict[str, str]:
    """Return the parts of the bar that are not 0; always the funded part."""
    return {
        part: name
        for part, name in unit.part_names.items()
        if part == "funded" or getattr(total, part)
    }


def three_counts_block(context: SectionContext) -> Block:
    """Return the answers by members, inhabitants and amounts, each with its denominator."""
    loc, total, wording = context.loc, context.statement.total, context.wording.answers
    make, names = FieldMaker(loc), _counted_answers(context) | _other_amounts(context)
    fields = [
        make.text("counted", loc("Räknat i")),
        *(make.count_with_share(name, heading, _AS_COUNTED) for name, heading in names.items()),
        make.count("all", wording.all_heading(), _AS_COUNTED),
        *(make.share(f"{name}_share", names[name], "all").not_shown() for name in names),
    ]
    explained = wording.compare_shares() if total.yes else ""
    records = _count_records(context)
    remarks = [
        *_rounding_remarks(records, names, loc),
        *([explained] if explained else []),
        *_ceiling_remarks(context),
    ]
    table = SectionTable.of(loc, wording.counts_caption(), fields, records)
    return stack(data_block(table), paragraphs(*remarks) if remarks else EMPTY_BLOCK)


def _rounding_remarks(records: list[Record], names: Iterable[str], loc: Localizer) -> list[str]:
    """That a row's printed shares do not add up to 100, if a row's do not although they are all."""
    for record in records:
        shares = [Fraction(record.get(f"{name}_share") or 0) for name in names]
        printed = [round_half_up(share * 100) for share in shares]
        told_as_bound = any(
            0 < share < 1 and n in (0, 100) for share, n in zip(shares, printed, strict=True)
        )
        if sum(shares) == 1 and sum(printed) != 100 and not told_as_bound:
            return [
                loc("Andelarna är avrundade var för sig och summerar inte alltid till 100 procent.")
            ]
    return []


def _count_records(context: SectionContext) -> list[Record]:
    """The answers by members, by inhabitants and by amounts, each with its whole."""
    loc, answers = context.loc, _counted_answers(context)
    people = {answer: f"{answer}_population" for answer in answers}
    records = [_count_record(context, loc("Kommuner"), {name: name for name in answers}, "members")]
    if context.statement.round.pricing.has_units:
        records.append(_count_record(context, loc("Invånare"), people, "population"))
    if context.wording.answers.counts_in_money:
        names = {"yes": "funded", "no": "declined"}
        money = {answer: names.get(answer, f"{answer}_fees") for answer in answers}
        others = {name: name for name in _other_amounts(context)}
        label = loc("Kronor per år")
        if context.statement.years_differ:
            label = loc("Kronor för {year}", year=str(context.statement.least_year))
        records.append(_count_record(context, label, money | others, "requested"))
    return records


def _count_record(
    context: SectionContext, label: str, figures: Mapping[str, str], whole: str
) -> Record:
    """Figures of the tally by column, each with its share; what a ceiling takes off is negative."""
    total = context.statement.total
    signs = {"over_ceiling": -1}
    return {
        "counted": label,
        **{name: signs.get(name, 1) * getattr(total, figure) for name, figure in figures.items()},
        **{f"{name}_share": getattr(total, f"{figure}_share") for name, figure in figures.items()},
        "all": getattr(total, whole),
    }


def _other_amounts(context: SectionContext) -> dict[str, str]:
    """The amounts that make the parts add up to the requested one, each if there is any."""
    loc, total = context.loc, context.statement.total
    if not context.wording.answers.counts_in_money:
        return {}
    names = {
        "uncovered": uncovered_heading(context.statement, loc),
        "over_ceiling": loc("Över taket"),
        "lost": loc("Utträden"),
    }
    return {name: heading for name, heading in names.items() if getattr(total, name)}


def _counted_answers(context: SectionContext) -> dict[str, str]:
    """Return the answers that the table counts, by the name of their count in a tally."""
    loc = context.loc
    answers = {"yes": loc("Ja"), "no": loc("Nej"), "unanswered": loc("Ej svarat")}
    if not context.statement.round.answers.declined_known:
        del answers["no"]
    if context.statement.total.conditional:
        answers["conditional"] = loc("Ja, med villkor")
    return answers


def _ceiling_remarks(context: SectionContext) -> list[str]:
    """Return what the ceiling takes off the amounts of the answers, if it takes any."""
    loc, over = context.loc, context.statement.total.over_ceiling
    if not over or not context.wording.answers.counts_in_money:
        return []
    remark = loc(
        "Beloppet över taket, {over}, är den del av avgifterna som inte skulle samlas in, "
        "eftersom taket begränsar vad alla betalar tillsammans.",
        over=loc.money(over),
    )
    return [remark]
