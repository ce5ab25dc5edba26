"""The count by county and by group."""

from __future__ import annotations

from collections.abc import Mapping, Sized
from dataclasses import replace
from fractions import Fraction
from functools import partial

from helpers.funding.totals.tally import Tally
from helpers.i18n.localizer import Localizer
from helpers.i18n.spelled_out import number_in_words, percent_in_words
from helpers.sections.board.members.part_table import part_table
from helpers.sections.charts.share_bars import draw_share_bars
from helpers.sections.components.block import Block, does_not_apply, stack
from helpers.sections.components.data_table import data_block
from helpers.sections.components.figure import chart_block
from helpers.sections.components.notices import picture_foot
from helpers.sections.components.section_context import SectionContext
from helpers.sections.components.tables.section_choice import DEFAULT_CHOICE, SectionChoice


def by_county(context: SectionContext, choice: SectionChoice = DEFAULT_CHOICE) -> Block:
    """Shares and answers by county, the largest share first; blank if there are no counties."""
    if not context.statement.has_counties:
        return does_not_apply(context.loc("Omgångens kommuner har inga län."))
    own_section = context.wording.own_section("by_county")
    if own_section is not None:
        return own_section
    parts = context.statement.by_county
    names = dict(zip(parts, parts, strict=True))
    return _breakdown_block(context, parts, names, context.loc("Län"), "county", choice)


def by_group(context: SectionContext, choice: SectionChoice = DEFAULT_CHOICE) -> Block:
    """Shares and answers by municipality group, the largest share first; blank if there are none.

    The page shows the groups' names, and the data their codes.
    """
    statement = context.statement
    if set(statement.by_group) == {""}:
        return does_not_apply(context.loc("Omgångens kommuner har inga grupper."))
    own_section = context.wording.own_section("by_group")
    if own_section is not None:
        return own_section
    known = statement.round.groups
    names = {
        group: context.loc.text(known[group]) if group in known else group
        for group in statement.by_group
    }
    label = context.loc("Kommungrupp")
    return _breakdown_block(context, statement.by_group, names, label, "group", choice)


def _breakdown_block(
    context: SectionContext,
    tallies: Mapping[str, Tally],
    names: Mapping[str, str],
    label: str,
    column: str,
    choice: SectionChoice,
) -> Block:
    """Bars and a table of the parts that are chosen; the finding is about all of them."""
    bars = context.wording.bars
    unit = bars.unit()
    shares = {part: unit.measure(tally).funded_share for part, tally in tallies.items()}
    ordered = dict(sorted(tallies.items(), key=lambda part: -(shares[part[0]] or 0)))
    table = part_table(context, ordered, column, label, names).chosen(choice)
    parts = {names[row[column]]: unit.measure(tallies[row[column]]) for row in table.shown_records}
    finding = choice.title or _extremes_finding(
        context, {_in_a_sentence(context, names[part], column): s for part, s in shares.items()}
    )
    alternative = context.loc(
        "{finding}. Liggande staplar i andelar av {unit}. Siffrorna står i tabellen nedanför.",
        finding=finding,
        unit=unit.name,
    )
    draw = partial(draw_share_bars, parts, unit, context.loc, column, alternative)
    notes = (bars.note(), _ceiling_note(context), _left_out_note(context, parts, tallies))
    note = " ".join(filter(None, notes))
    chart = chart_block(draw, finding, alternative, note, foot=picture_foot(context))
    return replace(
        stack(chart, data_block(table)),
        redraw=partial(_breakdown_block, context, tallies, names, label, column),
    )


def _in_a_sentence(context: SectionContext, name: str, column: str) -> str:
    """How a finding refers to a part: a county by its name, a group as a group."""
    return context.loc("gruppen {name}", name=name) if column == "group" else name


def _ceiling_note(context: SectionContext) -> str:
    """Why the requested amounts of the parts add up to more than that of all, if they do."""
    over = context.statement.total.over_ceiling
    if not over or not context.statement.fees_are_additive:
        return ""
    return context.loc(
        "Delarnas önskade belopp är tillsammans {over} högre än det önskade beloppet för hela "
        "omgången, eftersom taket gäller alla kommuner tillsammans.",
        over=context.loc.money(over),
    )


def _left_out_note(context: SectionContext, shown: Sized, everything: Sized) -> str:
    """How many of the parts are shown, where some are not."""
    if len(shown) == len(everything):
        return ""
    loc = context.loc
    return loc("Visar {n} av {all}.", n=loc.count(len(shown)), all=loc.count(len(everything)))


def _extremes_finding(context: SectionContext, known: Mapping[str, Fraction | None]) -> str:
    """Return which part has the largest share funded, and which the smallest."""
    shares = {name: share or Fraction(0) for name, share in known.items()}
    most, least = max(shares.values()), min(shares.values())
    top, bottom = (share_holder_names(shares, part, context.loc) for part in (most, least))
    return percent_in_words(context.wording.bars.extremes_finding(top, most, bottom, least))


def share_holder_names(shares: Mapping[str, Fraction], share: Fraction, loc: Localizer) -> str:
    """Return the parts with a share: one, two, or the first and the number of others."""
    first, *others = [name for name, found in shares.items() if found == share]
    if len(others) > 1:
        return loc("{name} och {n} till", name=first, n=number_in_words(len(others), loc))
    return loc.join_list([first, *others])
