"""How a further language writes percentages, from Babel, and amounts, from its catalogue."""

from __future__ import annotations

from typing import TYPE_CHECKING

from babel import Locale

from helpers.i18n.catalogues.message_catalogs import babel_locale
from helpers.i18n.money_units import BILLION, MILLION, NBSP, format_with_unit
from helpers.model.currency import SEK
from helpers.model.languages import is_further_language

if TYPE_CHECKING:
    from helpers.i18n.localizer import Localizer


def percent_sign(loc: Localizer) -> str:
    """The sign of a percentage, with a space before it where a language has one.

    In Swedish it is a no-break space, by which spelled_out.percent_in_words knows its sign.
    """
    if loc.language == "sv":
        return f"{NBSP}%"
    pattern = Locale.parse(babel_locale(loc.language)).percent_formats[None].pattern
    return "%" if pattern.endswith("0%") else " %"


def format_money(number: str, loc: Localizer, units: int) -> str:
    """A formatted amount in `units` with its currency, as a language writes it."""
    if is_further_language(loc.language):
        return _with_own_unit(number, loc, units)
    return format_with_unit(number, loc.language, loc.currency, units)


def _with_own_unit(number: str, loc: Localizer, units: int) -> str:
    """An amount with the catalogue's words: 2,6 mill. kr; in another currency 2,6 mill. EUR."""
    if loc.currency == SEK:
        words = {1: loc("kr"), 1_000: loc("tkr"), MILLION: loc("mnkr"), BILLION: loc("mdkr")}
        return f"{number} {words[units]}".replace(" ", NBSP)
    words = {1_000: loc("tusen"), MILLION: loc("miljoner"), BILLION: loc("miljarder")}
    parts = [number, *([words[units]] if units in words else []), loc.currency]
    return " ".join(parts).replace(" ", NBSP)
