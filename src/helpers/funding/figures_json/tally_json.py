"""The key figures of a tally that are written; names and order are those of `Tally.figures`."""

from __future__ import annotations

from typing import TypeAlias

from helpers.funding.figures_json.json_values import json_number
from helpers.funding.totals.tally import Tally
from helpers.funding.totals.tally_figures import MEMBERS, TallyFigure
from helpers.pricing import Pricing

_JsonFigures: TypeAlias = dict[str, int | float | None]
_COUNTS = ("members", "answered")
# The amounts that a round of pledges has, and the shares of them.
_IF_PLEDGED = (
    "requested", "funded", "gap", "funded_share", "conditional_fees", "conditional_fees_share",
    "uncovered", "uncovered_share",
)  # fmt: skip


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


def figures_of_pledges(count: Tally) -> _JsonFigures:
    """Return the figures of a round of pledges, in which a member without an answer has no amount.

    What a member could pay, and what may still come, is then not known.
    """
    return {
        f.name: _value(count, f)
        for f in Tally.figures
        if f.name in _IF_PLEDGED or (f.unit == MEMBERS and not f.if_nonzero) or f.whole in _COUNTS
    }


def figures_of_total(pricing: Pricing, count: Tally) -> _JsonFigures:
    """Return the figures of all members by the kind of pricing."""
    return figures_of_pledges(count) if pricing.takes_pledges else tally_figures(count)


def figures_of_part(pricing: Pricing, count: Tally) -> _JsonFigures:
    """Return the figures of a part of the members by the kind of pricing."""
    if pricing.takes_pledges:
        own = figures_of_pledges(count)
        return {name: own[name] for name in own if name not in _IF_PLEDGED or name == "funded"}
    without = pricing.depends_on_joined
    return figures_without_fees(count) if without else tally_figures(count)


def _value(count: Tally, figure: TallyFigure) -> int | float | None:
    return json_number(getattr(count, figure.name))
