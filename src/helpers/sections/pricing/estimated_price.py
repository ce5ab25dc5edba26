"""The price of a shared cost, marked where it rests on a cost that the organiser has not stated."""

from __future__ import annotations

from fractions import Fraction

from helpers.funding.totals.shared_price import SharedPrice
from helpers.i18n.localizer import Localizer


def format_marked_price(rate: Fraction, price: SharedPrice, loc: Localizer) -> str:
    """A price per inhabitant, with the mark unless it is the highest, which is the organiser's."""
    text = loc("{rate} per invånare", rate=loc.unit_price(rate))
    return text if rate == price.highest_rate else text + estimate_mark(price, loc)


def estimate_mark(price: SharedPrice, loc: Localizer) -> str:
    """What stands after all that rests on an estimated cost; else blank."""
    return loc(" (beräknat)") if price.estimated else ""
