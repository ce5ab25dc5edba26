"""The key figures of a tally that are written; names and order are those of `Tally.figures`."""

from __future__ import annotations

from typing import TypeAlias

from helpers.funding.figures_json.json_values import json_number
from helpers.funding.totals.tally import Tally
from helpers.funding.totals.tally_figures import TallyFigure

_JsonFigures: TypeAlias = dict[str, int | float | None]


def tally_figures(count: Tally) -> _JsonFigures:
    """Return the figures of one tally by name; an exact share becomes the nearest JSON number."""
    return {f.name: _value(count, f) for f in Tally.figures if not f.if_nonzero}


def nonzero_figures(count: Tally) -> _JsonFigures:
    """Return the figures of all members that are written only if they are not 0."""
    return {
        f.name: _value(count, f) for f in Tally.figures if f.if_nonzero and getattr(count, f.name)
    }


def figures_without_fees(count: Tally) -> _JsonFigures:
    """Return the figures of a part of the members of a shared cost, without fees.

    What a member pays depends on which others join, so there is no sum of fees.
    """
    counted = {
        f.name: _value(count, f) for f in Tally.figures if not f.of_fees and not f.if_nonzero
    }
    return {**counted, "funded": count.funded}


def _value(count: Tally, figure: TallyFigure) -> int | float | None:
    return json_number(getattr(count, figure.name))
