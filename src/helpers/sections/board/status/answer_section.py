"""The answer: the headline, the bar, the three ways to count, and what has changed."""

from __future__ import annotations

from functools import partial

from helpers.funding.statement.statement_changes import StatementChanges
from helpers.funding.totals.tally import Tally, share
from helpers.i18n.localizer import Localizer
from helpers.rounding import round_half_up
from helpers.sections.board.status.changes_section import change_text
from helpers.sections.board.status.headline import headline_text, lead_text
from helpers.sections.charts import bar_unit, funded_bar
from helpers.sections.components.block import EMPTY_BLOCK, Block, stack
from helpers.sections.components.data_table import Column, table_block
from helpers.sections.components.figure import chart_block
from helpers.sections.components.notices import reconstruction_notice
from helpers.sections.components.section_context import SectionContext
from helpers.sections.components.text import callout, capitalize_first, headline_block, paragraphs
from helpers.sections.pricing import shared_cost_wording


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
    total, unit = (
        bar_unit.in_bar_unit(statement, statement.total),
        bar_unit.choose_bar_unit(context),
    )
    parts = "; ".join(
        f"{name} {funded_bar.format_amount_and_share(total, part, unit, loc)}"
        for part, name in unit.names.items()
    )
    finding = capitalize_first((_joined_finding if statement.price else _bar_finding)(total, loc))
    alternative = loc(
        "{finding}. Stapel i {unit}. {parts}.", finding=finding, unit=unit.measure, parts=parts
    )
    draw = partial(funded_bar.draw_funded_bar, total, unit, loc, alternative)
    return stack(
        headline_block(headline_text(context), lead_text(context)),
        box,
        chart_block(draw, finding, alternative),
        three_counts_block(context),
        paragraphs(change_text(changes, loc)) if changes else EMPTY_BLOCK,
    )


def _bar_finding(total: Tally, loc: Localizer) -> str:
    """What the bar shows: how much is missing, and how much of that may still come."""
    if total.gap <= 0:
        return loc("Hela det önskade beloppet är säkrat")
    values = {
        "gap": loc.percent(share(total.gap, total.requested)),
        "possible": loc.percent(total.possible_share),
        "requested": loc.kr(total.requested),
    }
    if total.possible == 0:
        return loc("{gap} av {requested} saknas, och inget mer kan väntas", **values)
    return loc("{gap} av {requested} saknas; {possible} kan ännu komma", **values)


def _joined_finding(total: Tally, loc: Localizer) -> str:
    """What the bar shows where a cost is shared: whose inhabitants are in."""
    return loc(
        "{share} av invånarna bor i kommuner som är med; {possible} kan ännu tillkomma",
        share=loc.percent(total.yes_population_share),
        possible=loc.percent(total.possible_share),
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
    if statement.price:  # fees depend on who joins, so amounts are not shown as a third count
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
    table = table_block(_counts_caption(context), columns, rows)
    remarks = [*([_compare_shares(context)] if total.yes else []), *_ceiling_remarks(context)]
    return stack(table, paragraphs(*remarks) if remarks else EMPTY_BLOCK)


def _ceiling_remarks(context: SectionContext) -> list[str]:
    """Why the amounts of the answers do not add up to the requested amount, where they do not."""
    loc, over = context.loc, context.statement.total.over_ceiling
    if not over:
        return []
    remark = loc(
        "Beloppen i tabellen är tillsammans {over} mer än det önskade beloppet, eftersom taket "
        "begränsar vad alla betalar tillsammans.",
        over=loc.kr(over),
    )
    return [remark]


def _counts_caption(context: SectionContext) -> str:
    if context.statement.price:
        return context.loc(
            "Svaren räknade i kommuner och invånare. Andelarna är av samtliga tillfrågade."
        )
    return context.loc(
        "Svaren räknade i kommuner, invånare och kronor. Andelarna är av samtliga tillfrågade."
    )


def _count_and_share(total: Tally, figure: str, loc: Localizer) -> str:
    """One answer counted one way, with its share of all: 209 (72 %)."""
    part = getattr(total, f"{figure}_share")
    return f"{loc.count(getattr(total, figure))} ({loc.percent(part)})"


def _compare_shares(context: SectionContext) -> str:
    """Why the share of the members and the share of the kronor differ."""
    loc = context.loc
    total = context.statement.total
    if context.statement.price:
        paid, mark = loc.kr(total.funded), shared_cost_wording.amount_mark(context)
        return loc("De som är med betalar tillsammans {paid} om året{mark}.", paid=paid, mark=mark)
    values = {
        "members": loc.percent(total.yes_share),
        "people": loc.percent(total.yes_population_share),
        "kronor": loc.percent(total.funded_share),
    }
    text = loc(
        "Ja-svaren motsvarar {members} av kommunerna, {people} av invånarna och {kronor} av "
        "kronorna{why}.",
        # Lowered by the ceiling, what the yes pay says nothing of the size of their fees.
        why="" if context.statement.ceiling_lowers_fees else _explain_mean_fees(total, loc),
        **values,
    )
    if total.answered == 1:
        return text
    return f"{text} " + loc(
        "Av de {answered} som har svarat har {of_answered} sagt ja.",
        answered=loc.count(total.answered),
        of_answered=loc.percent(total.yes_of_answered_share),
    )


def _explain_mean_fees(total: Tally, loc: Localizer) -> str:
    """The mean fees, where they make kronor and members disagree."""
    yes, others = total.mean_fee_yes, total.mean_fee_others
    if yes is None or others is None or yes == others:
        return ""
    values = {"yes": loc.kr(round_half_up(yes)), "others": loc.kr(round_half_up(others))}
    if yes > others:
        return loc(
            ": de som har sagt ja har i genomsnitt högre avgift ({yes}) än övriga ({others})",
            **values,
        )
    return loc(
        ": de som har sagt ja har i genomsnitt lägre avgift ({yes}) än övriga ({others})", **values
    )
