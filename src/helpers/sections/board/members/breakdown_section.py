"""The count by county and by group."""

from __future__ import annotations

from collections.abc import Mapping, Sized
from dataclasses import replace
from fractions import Fraction
from functools import partial

from helpers.funding.totals.tally import Tally
from helpers.i18n.localizer import Localizer
from helpers.sections.board.members.part_table import part_table
from helpers.sections.charts import stacked_bars
from helpers.sections.components.block import Block, does_not_apply, stack
from helpers.sections.components.data_table import data_block
from helpers.sections.components.figure import chart_block
from helpers.sections.components.notices import picture_foot
from helpers.sections.components.section_context import SectionContext
from helpers.sections.components.tables.section_choice import DEFAULT_CHOICE, SectionChoice


def by_county(context: SectionContext, choice: SectionChoice = DEFAULT_CHOICE) -> Block:
    """Amounts and answers by county, the largest first; blank if there are no counties."""
    if not context.statement.has_counties:
        return does_not_apply(context.loc("Omgångens kommuner har inga län."))
    own_section = context.wording.own_section("by_county")
    if own_section is not None:
        return own_section
    parts = context.statement.by_county
    largest_first = dict(sorted(parts.items(), key=lambda part: -part[1].requested))
    names = dict(zip(parts, parts, strict=True))
    return _breakdown_block(context, largest_first, names, context.loc("Län"), "county", choice)


def by_group(context: SectionContext, choice: SectionChoice = DEFAULT_CHOICE) -> Block:
    """Amounts and answers by SKL's municipality groups, in order; blank if there are none."""
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
    table = part_table(context, tallies, column, label, names).chosen(choice)
    unit = bars.unit().in_unit(choice.amount_unit(context.loc.currency), context.loc)
    everything = {names[part]: unit.measure(tally) for part, tally in tallies.items()}
    parts = {names[row[column]]: everything[names[row[column]]] for row in table.shown_records}
    finding = choice.title or _extremes_finding(context, everything)
    alternative = context.loc(
        "{finding}. Liggande staplar i {unit} och i antal kommuner. Siffrorna står i tabellen "
        "nedanför.",
        finding=finding,
        unit=unit.name,
    )
    draw = partial(stacked_bars.draw_bars_by_part, parts, unit, context.loc, column, alternative)
    note = f"{bars.note()} {_left_out_note(context, parts, everything)}".strip()
    section = stack(
        chart_block(draw, finding, alternative, note, foot=picture_foot(context)), data_block(table)
    )
    return replace(
        section, redraw=partial(_breakdown_block, context, tallies, names, label, column)
    )


def _left_out_note(context: SectionContext, shown: Sized, everything: Sized) -> str:
    """How many of the parts are shown, where some are not."""
    if len(shown) == len(everything):
        return ""
    loc = context.loc
    return loc("Visar {n} av {all}.", n=loc.count(len(shown)), all=loc.count(len(everything)))


def _extremes_finding(context: SectionContext, parts: Mapping[str, Tally]) -> str:
    """Return which part has the largest share funded, and which the smallest."""
    shares = {name: t.funded_share or Fraction(0) for name, t in parts.items()}
    most, least = max(shares.values()), min(shares.values())
    top, bottom = (share_holder_names(shares, part, context.loc) for part in (most, least))
    return context.wording.bars.extremes_finding(top, most, bottom, least)


def share_holder_names(shares: Mapping[str, Fraction], share: Fraction, loc: Localizer) -> str:
    """Return the parts with a share: one, two, or the first and the number of others."""
    first, *others = [name for name, found in shares.items() if found == share]
    if len(others) > 1:
        return loc("{name} och {n} till", name=first, n=loc.count(len(others)))
    return loc.join_list([first, *others])
