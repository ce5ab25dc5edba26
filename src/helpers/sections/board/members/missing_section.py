"""The section on where the money is missing: by county, the county that lacks most first."""

from __future__ import annotations

from collections.abc import Mapping
from functools import partial

from helpers.funding.totals.tally import Tally
from helpers.sections.charts.missing_bars import draw_missing_bars
from helpers.sections.components.bar_unit import BarUnit
from helpers.sections.components.block import Block, does_not_apply
from helpers.sections.components.figure import chart_block
from helpers.sections.components.notices import picture_foot
from helpers.sections.components.section_context import SectionContext

MAX_COUNTIES = 25  # bars that leave room on a page


def missing(context: SectionContext) -> Block:
    """What each county lacks, declined and unanswered; blank without counties or a gap."""
    own_section = context.wording.own_section("missing")
    if own_section is not None:
        return own_section
    statement, loc = context.statement, context.loc
    unit = context.wording.bars.unit()
    counties = {name: unit.measure(tally) for name, tally in statement.by_county.items()}
    lacking = {name: tally for name, tally in counties.items() if missing_amount(tally, unit)}
    if not statement.has_counties:
        return does_not_apply(loc("Omgångens kommuner har inga län."))
    if not lacking:
        return does_not_apply(loc("Inget län saknar pengar."))
    if statement.fees_are_additive and statement.total.gap <= 0:  # up to a ceiling
        return does_not_apply(loc("Hela det önskade beloppet är säkrat."))
    ordered = sorted(lacking.items(), key=lambda part: -missing_amount(part[1], unit))
    shown = dict(ordered[:MAX_COUNTIES])
    finding = _finding(context, shown, unit)
    alternative = loc(
        "{finding}. Liggande staplar, en för varje län, med nej och obesvarat. Länens siffror står "
        "i bilagan om länen.",
        finding=finding,
    )
    draw = partial(draw_missing_bars, shown, unit, loc, alternative)
    note = _left_out_note(context, len(lacking) - len(shown))
    return chart_block(draw, finding, alternative, note, foot=picture_foot(context))


def missing_amount(tally: Tally, unit: BarUnit) -> int:
    """What the bars of a part show: everything but what is secured."""
    return sum(getattr(tally, part) for part in unit.part_names if part != "funded")


def _finding(context: SectionContext, counties: Mapping[str, Tally], unit: BarUnit) -> str:
    """The county that lacks most, and of that the member that lacks most."""
    county, tally = next(iter(counties.items()))
    statement = context.statement
    column = "fee" if statement.fees_are_additive else "population"
    answers = statement.answers
    outside = answers[(answers["county"] == county) & (answers["decision"] != "yes")]
    amount = missing_amount(tally, unit)
    values = {"county": county, "amount": unit.format_amount(amount)}
    bars = context.wording.bars
    if len(outside) < 2:
        return bars.missing_finding(**values)
    largest = outside.sort_values([column, "code"], ascending=[False, True]).iloc[0]
    return bars.missing_finding(
        **values, member=str(largest["name"]), part=unit.format_amount(int(largest[column]))
    )


def _left_out_note(context: SectionContext, left_out: int) -> str:
    if not left_out:
        return ""
    return context.loc.plural(
        "{n} län som saknar mindre visas inte.", "{n} län som saknar mindre visas inte.", left_out
    )
