"""What the bars measure: money, or inhabitants where the fees make no sum."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass

from helpers.funding.statement.round_statement import Statement
from helpers.funding.totals.tally import Tally, tally_in_inhabitants
from helpers.i18n.localizer import Localizer
from helpers.i18n.money_units import MILLIONS, THOUSANDS, AmountScale, axis_scale
from helpers.sections.components.section_context import SectionContext


@dataclass(frozen=True)
class BarUnit:
    """What a bar is measured in: its name, what its parts are called, an amount in words, its axis.

    A part that is not among `names` is not known, and not drawn.
    """

    name: str
    part_names: Mapping[str, str]
    format_amount: Callable[[int], str]
    scale: AmountScale
    axis_label: str


def choose_bar_unit(context: SectionContext) -> BarUnit:
    """Kronor a year; inhabitants where they share a cost, since kronor then depend on who joins."""
    statement, loc = context.statement, context.loc
    names = {
        "funded": loc("Säkrat"),
        "possible": loc("Kan ännu komma"),
        "declined": loc("Har sagt nej"),
    }
    unit = BarUnit(loc("kronor"), names, loc.money, loc.axis_scale, loc.axis_unit())
    if statement.price:
        names["funded"] = loc("Bor i anslutna kommuner")
        scale = axis_scale(statement.total.population)
        unit = BarUnit(
            loc("invånare"), names, loc.count, scale, _inhabitants_axis_label(scale, loc)
        )
    if not statement.round.answers.declined_known:
        del names["declined"]
    return unit


def _inhabitants_axis_label(scale: AmountScale, loc: Localizer) -> str:
    if scale == MILLIONS:
        return loc("miljoner invånare")
    return loc("tusen invånare") if scale == THOUSANDS else loc("antal invånare")


def in_bar_unit(statement: Statement, tally: Tally) -> Tally:
    """A tally whose amounts are in the unit that the statement's bars are measured in."""
    return tally_in_inhabitants(tally) if statement.price else tally
