"""How a language writes numbers and percentages, from Babel, and amounts, from its catalogue."""

from __future__ import annotations

import re
from decimal import Decimal
from functools import cache, lru_cache
from typing import TYPE_CHECKING

from babel import Locale
from babel.numbers import NumberPattern, format_decimal, parse_pattern

from helpers.i18n.catalogues.message_catalogs import babel_locale
from helpers.i18n.money_units import BILLION, MILLION, NBSP, format_with_unit
from helpers.model.currency import SEK
from helpers.model.languages import is_further_language

if TYPE_CHECKING:
    from helpers.i18n.localizer import Localizer

_NARROW_NBSP = "\u202f"


@lru_cache(maxsize=4096)  # a fee is in a table, in a list and at a bar of a chart
def grouped_decimal(number: Decimal, digits: int, locale: Locale) -> str:
    """A number with `digits` decimals, its thousands in groups: 9 851 017; −0,50."""
    # Not a hyphen: a line may break at it, and screen readers leave it out.
    written = format_decimal(number, format=_decimal_pattern(digits), locale=locale)
    return written.replace("-", "−")


@cache
def _decimal_pattern(digits: int) -> NumberPattern:
    return parse_pattern("#,##0" + ("." + "0" * digits if digits else ""))


def format_percent(number: str, loc: Localizer) -> str:
    """A formatted number as a percentage, with the sign where a language has it.

    In Swedish the space before it is a no-break space, by which spelled_out.percent_in_words knows
    the Swedish sign; in a further language it is a narrow one, at which a line does not break
    either.
    """
    if loc.language == "sv":
        return f"{number}{NBSP}%"
    pattern = Locale.parse(babel_locale(loc.language)).percent_formats[None]
    before, after = (
        re.sub(r"\s", _NARROW_NBSP, part[0]) for part in (pattern.prefix, pattern.suffix)
    )
    return f"{before}{number}{after}"


def format_money(number: str, loc: Localizer, units: int, currency: str) -> str:
    """A formatted amount in `units` with its currency, as a language writes it."""
    if is_further_language(loc.language):
        return _with_own_unit(number, loc, units, currency)
    return format_with_unit(number, loc.language, currency, units)


def _with_own_unit(number: str, loc: Localizer, units: int, currency: str) -> str:
    """An amount with the catalogue's words: 2,6 mill. kr; in another currency 2,6 mill. EUR."""
    if currency == SEK:
        words = {1: loc("kr"), 1_000: loc("tkr"), MILLION: loc("mnkr"), BILLION: loc("mdkr")}
        return f"{number} {words[units]}".replace(" ", NBSP)
    words = {1_000: loc("tusen"), MILLION: loc("miljoner"), BILLION: loc("miljarder")}
    parts = [number, *([words[units]] if units in words else []), currency]
    return " ".join(parts).replace(" ", NBSP)
