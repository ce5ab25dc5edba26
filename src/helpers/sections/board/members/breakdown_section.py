"""The count by county and by group."""

from __future__ import annotations

from collections.abc import Mapping
from fractions import Fraction
from functools import partial

from helpers.funding.totals.tally import Tally
from helpers.i18n.localizer import Localizer
from helpers.sections.board.members.part_table import part_table
from helpers.sections.charts import stacked_bars
from helpers.sections.components.block import EMPTY_BLOCK, Block, stack
from helpers.sections.components.figure import chart_block
from helpers.sections.components.notices import example_callout
from helpers.sections.components.section_context import SectionContext


def by_county(context: SectionContext) -> Block:
    """Amounts and answers by county, the largest first; blank if there are no counties."""
    if not context.statement.has_counties:
        return EMPTY_BLOCK
    largest_first = sorted(context.statement.by_county.items(), key=lambda part: -part[1].requested)
    return _breakdown_block(context, dict(largest_first), context.loc("Län"), "county")


def by_group(context: SectionContext) -> Block:
    """Amounts and answers by SKL's municipality groups, in order; blank if there are none."""
    statement = context.statement
    if set(statement.by_group) == {""}:
        return EMPTY_BLOCK
    names = statement.round.groups
    parts = {
        context.loc.text(names[group]) if group in names else group: count
        for group, count in statement.by_group.items()
    }
    return _breakdown_block(context, parts, context.loc("Kommungrupp"), "group")


def _breakdown_block(
    context: SectionContext, parts: Mapping[str, Tally], label: str, name: str
) -> Block:
    bars = context.wording.bars
    unit = bars.unit()
    parts = {part: unit.measure(tally) for part, tally in parts.items()}
    finding = _extremes_finding(context, parts)
    listed = "; ".join(bars.describe_part(part, tally) for part, tally in parts.items())
    alternative = context.loc(
        "{finding}. Liggande staplar i {unit} och i antal kommuner. {parts}.",
        finding=finding,
        unit=unit.name,
        parts=listed,
    )
    draw = partial(stacked_bars.draw_bars_by_part, parts, unit, context.loc, name, alternative)
    return stack(
        example_callout(context),
        chart_block(draw, finding, alternative, bars.note()),
        part_table(context, parts, label),
    )


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
