"""What the bars measure: money, or inhabitants where the fees make no sum."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass

from helpers.funding.statement.round_statement import Statement
from helpers.funding.totals.tally import Tally, tally_in_inhabitants
from helpers.i18n.localizer import Localizer
from helpers.i18n.money_units import MILLIONS, THOUSANDS, AmountScale, axis_scale


@dataclass(frozen=True)
class BarUnit:
    """What a bar is measured in: its name, what its parts are called, an amount in words, its axis.

    A part that is not among `names` is not known, and not drawn.
    """

    measure: str
    names: Mapping[str, str]
    written: Callable[[int], str]
    scale: AmountScale
    axis: str


def choose_bar_unit(statement: Statement, say: Localizer) -> BarUnit:
    """Kronor a year; inhabitants where they share a cost, since kronor then depend on who joins."""
    names = {
        "funded": say("Säkrat"),
        "possible": say("Kan ännu komma"),
        "declined": say("Har sagt nej"),
    }
    unit = BarUnit(say("kronor"), names, say.kr, say.axis, say.axis_unit())
    if statement.price:
        names["funded"] = say("Bor i anslutna kommuner")
        scale = axis_scale(statement.total.population)
        unit = BarUnit(
            say("invånare"), names, say.count, scale, _inhabitants_axis_label(scale, say)
        )
    if not statement.round.answers.declined_known:
        del names["declined"]
    return unit


def _inhabitants_axis_label(scale: AmountScale, say: Localizer) -> str:
    if scale == MILLIONS:
        return say("miljoner invånare")
    return say("tusen invånare") if scale == THOUSANDS else say("antal invånare")


def in_bar_unit(statement: Statement, tally: Tally) -> Tally:
    """A tally whose amounts are in the unit that the statement's bars are measured in."""
    return tally_in_inhabitants(tally) if statement.price else tally
