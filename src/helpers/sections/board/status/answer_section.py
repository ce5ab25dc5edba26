"""The answer: the headline, the bar, the three ways to count, and what has changed."""

from __future__ import annotations

from functools import partial

from helpers.funding.statement.statement_changes import StatementChanges
from helpers.funding.totals.tally import Tally
from helpers.i18n.localizer import Localizer
from helpers.sections.board.status.changes_section import change_text
from helpers.sections.charts import funded_bar
from helpers.sections.components.block import EMPTY_BLOCK, Block, stack
from helpers.sections.components.data_table import Column, table_block
from helpers.sections.components.figure import chart_block
from helpers.sections.components.notices import reconstruction_notice
from helpers.sections.components.section_context import SectionContext
from helpers.sections.components.text import callout, capitalize_first, headline_block, paragraphs


def about(context: SectionContext) -> Block:
    """The round and the day, with the notice: for a notebook, which has no page to carry it."""
    loc = context.loc
    warning = reconstruction_notice(context)
    title, day = loc.text(context.statement.round.title), loc.date(context.statement.as_of)
    line = paragraphs(loc("{title}, per den {day}", title=title, day=day))
    return stack(line, callout(warning) if warning else EMPTY_BLOCK)


def answer(
    context: SectionContext, changes: StatementChanges | None, box: Block = EMPTY_BLOCK
) -> Block:
    """The headline, the bar of the three parts, the three ways to count, and what has changed.

    `box` is what has to be said first of a report that replaces another.
    """
    statement, loc = context.statement, context.loc
    bars = context.wording.bars
    unit = bars.unit()
    total = unit.measure(statement.total)
    parts = "; ".join(
        f"{name} {funded_bar.format_amount_and_share(total, part, unit, loc)}"
        for part, name in unit.part_names.items()
    )
    finding = capitalize_first(bars.total_finding())
    alternative = loc(
        "{finding}. Stapel i {unit}. {parts}.", finding=finding, unit=unit.name, parts=parts
    )
    draw = partial(funded_bar.draw_funded_bar, total, unit, loc, alternative)
    return stack(
        headline_block(context.wording.headline(), context.wording.lead()),
        box,
        chart_block(draw, finding, alternative),
        three_counts_block(context),
        paragraphs(change_text(changes, loc)) if changes else EMPTY_BLOCK,
    )


def three_counts_block(context: SectionContext) -> Block:
    """Yes, no and silence by members, by inhabitants and by kronor, each with its denominator."""
    statement, loc = context.statement, context.loc
    total = statement.total
    answers = {"yes": loc("Ja"), "no": loc("Nej"), "unanswered": loc("Ej svarat")}
    if not statement.round.answers.declined_known:
        del answers["no"]
    if total.conditional:
        answers["conditional"] = loc("Ja, med villkor")
    columns = [
        Column(loc("Räknat i"), "left"),
        *map(Column, answers.values()),
        *([Column(loc("Ja, men inte alla år"))] if total.uncovered else []),
        Column(loc("Alla tillfrågade")),
    ]
    kronor = {"yes": "funded", "no": "declined"}
    counts_by_unit = {
        loc("Kommuner"): ({name: name for name in answers}, total.members),
        loc("Invånare"): ({name: f"{name}_population" for name in answers}, total.population),
        loc("Kronor per år"): (
            {name: kronor.get(name, f"{name}_fees") for name in answers}, total.requested
        ),
    }  # fmt: skip
    answer_wording = context.wording.answers
    if not answer_wording.counts_in_money:
        del counts_by_unit[loc("Kronor per år")]
    rows = [
        [
            label,
            *(_count_and_share(total, name, loc) for name in names.values()),
            loc.count(everyone),
        ]
        for label, (names, everyone) in counts_by_unit.items()
    ]
    if total.uncovered:
        uncovered = ("", "", _count_and_share(total, "uncovered", loc))
        for row, cell in zip(rows, uncovered, strict=True):
            row.insert(-1, cell)
    table = table_block(answer_wording.counts_caption(), columns, rows)
    remarks = [
        *([answer_wording.compare_shares()] if total.yes else []),
        *_ceiling_remarks(context),
    ]
    return stack(table, paragraphs(*remarks) if remarks else EMPTY_BLOCK)


def _ceiling_remarks(context: SectionContext) -> list[str]:
    """Why the amounts of the answers do not add up to the requested amount, where they do not."""
    loc, over = context.loc, context.statement.total.over_ceiling
    if not over:
        return []
    remark = loc(
        "Beloppen i tabellen är tillsammans {over} mer än det önskade beloppet, eftersom taket "
        "begränsar vad alla betalar tillsammans.",
        over=loc.money(over),
    )
    return [remark]


def _count_and_share(total: Tally, figure: str, loc: Localizer) -> str:
    """One answer counted one way, with its share of all: 209 (72 %)."""
    part = getattr(total, f"{figure}_share")
    return f"{loc.count(getattr(total, figure))} ({loc.percent(part)})"
