"""The price of a shared cost, marked if the cost is an estimate."""

from __future__ import annotations

from fractions import Fraction

from helpers.funding.totals.shared_price import SharedPrice
from helpers.i18n.localizer import Localizer
from helpers.i18n.money_units import largest_unit


def format_marked_price(rate: Fraction, price: SharedPrice, loc: Localizer) -> str:
    """Format a price per inhabitant with the mark, unless it is the organiser's highest price."""
    text = loc("{rate} per invånare", rate=loc.unit_price(rate))
    return text if rate == price.highest_rate else text + estimate_mark(price, loc)


def format_estimated_amount(amount: int, price: SharedPrice, loc: Localizer) -> str:
    """Format the cost, or what the joined members pay of it: exact unless it is an estimate."""
    if not price.estimated:
        return loc.money(amount)
    return loc("cirka {amount}", amount=loc.millions(amount))


def estimated_units(price: SharedPrice) -> int:
    """The unit of amounts that rest on an estimated cost: a million, a billion; otherwise 1."""
    return largest_unit(price.cost) if price.estimated else 1


def estimate_mark(price: SharedPrice, loc: Localizer) -> str:
    """Return the mark after each number that depends on an estimated cost; otherwise ''."""
    return loc(" (uppskattat)") if price.estimated else ""
