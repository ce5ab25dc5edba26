"""The count by county and by group."""

from __future__ import annotations

from collections.abc import Mapping, Sequence, Sized
from fractions import Fraction
from functools import partial

import pandas as pd

from helpers.funding.totals.tally import Tally
from helpers.i18n.localizer import Localizer
from helpers.sections.board.members.part_choice import PartChoice, chosen_columns, chosen_parts
from helpers.sections.board.members.part_table import part_columns, part_table
from helpers.sections.charts import stacked_bars
from helpers.sections.components.block import EMPTY_BLOCK, Block, stack
from helpers.sections.components.figure import chart_block
from helpers.sections.components.notices import picture_foot
from helpers.sections.components.pricing_wording import PartColumn
from helpers.sections.components.section_context import SectionContext

_ALL = PartChoice()


def by_county(context: SectionContext, choice: PartChoice = _ALL) -> Block:
    """Amounts and answers by county, the largest first; blank if there are no counties."""
    if not context.statement.has_counties:
        return EMPTY_BLOCK
    parts = context.statement.by_county
    largest_first = dict(sorted(parts.items(), key=lambda part: -part[1].requested))
    names = dict(zip(parts, parts, strict=True))
    return _breakdown_block(context, largest_first, names, context.loc("Län"), "county", choice)


def by_group(context: SectionContext, choice: PartChoice = _ALL) -> Block:
    """Amounts and answers by SKL's municipality groups, in order; blank if there are none."""
    statement = context.statement
    if set(statement.by_group) == {""}:
        return EMPTY_BLOCK
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
    choice: PartChoice,
) -> Block:
    """Bars and a table of the parts that are chosen; the finding is about all of them."""
    bars = context.wording.bars
    unit = bars.unit()
    columns = part_columns(context)
    chosen = chosen_parts(tallies, columns, choice)
    shown = chosen_columns(columns, choice)
    parts = {names[part]: unit.measure(tally) for part, tally in chosen.items()}
    everything = {names[part]: unit.measure(tally) for part, tally in tallies.items()}
    finding = choice.title or _extremes_finding(context, everything)
    listed = "; ".join(bars.describe_part(part, tally) for part, tally in parts.items())
    alternative = context.loc(
        "{finding}. Liggande staplar i {unit} och i antal kommuner. {parts}.",
        finding=finding,
        unit=unit.name,
        parts=listed,
    )
    draw = partial(stacked_bars.draw_bars_by_part, parts, unit, context.loc, column, alternative)
    note = f"{bars.note()} {_left_out_note(context, parts, everything)}".strip()
    return stack(
        chart_block(draw, finding, alternative, note, foot=picture_foot(context)),
        part_table(context, parts, label, shown),
    ).with_data(_part_frame(column, chosen, shown))


def _left_out_note(context: SectionContext, shown: Sized, everything: Sized) -> str:
    """How many of the parts are shown, where some are not."""
    if len(shown) == len(everything):
        return ""
    loc = context.loc
    return loc("Visar {n} av {all}.", n=loc.count(len(shown)), all=loc.count(len(everything)))


def _part_frame(
    column: str, tallies: Mapping[str, Tally], shown: Sequence[PartColumn]
) -> pd.DataFrame:
    """The figures of the table: a row a part, in the order of the bars."""
    figures = [one.figure for one in shown]
    return pd.DataFrame(
        [
            {column: part, **{name: _plain_number(getattr(tally, name)) for name in figures}}
            for part, tally in tallies.items()
        ]
    )


def _plain_number(value: int | Fraction | None) -> int | float | None:
    """An exact share as the nearest float, for pandas."""
    return float(value) if isinstance(value, Fraction) else value


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
