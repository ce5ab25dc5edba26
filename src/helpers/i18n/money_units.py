"""Units of money: full amounts, thousands, millions or billions, and the word for each."""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal
from fractions import Fraction

from helpers.model.currency import SEK
from helpers.model.localized_text import Language
from helpers.pricing.decimals import decimal_places
from helpers.rounding import round_half_up

NBSP = "\u00a0"


MILLION, BILLION = 1_000_000, 1_000_000_000


_MIN_AXIS_IN_THOUSANDS = 10_000  # below this, an axis in thousands would have decimals


@dataclass(frozen=True)
class AmountScale:
    """A unit that amounts are written in: `units` of currency, with `digits` decimals."""

    units: int
    digits: int


ONES, THOUSANDS, MILLIONS = AmountScale(1, 0), AmountScale(1_000, 0), AmountScale(MILLION, 1)
BILLIONS = AmountScale(BILLION, 1)


def text_scale(requested: int | None) -> AmountScale:
    """The unit of rounded amounts in texts: millions, or single units in a small round.

    `requested` is the round's amount a year; None means millions.
    """
    return MILLIONS if requested is None or requested >= MILLION else ONES


def largest_unit(amount: int) -> int:
    """The unit of an amount rounded for a text: the most of which it has at least one."""
    return next((units for units in (BILLION, MILLION) if amount >= units), 1)


def axis_scale(requested: int | None) -> AmountScale:
    """The unit of a chart's axis: that of the texts, billions, or thousands for many ones."""
    if requested is not None and requested >= BILLION:
        return BILLIONS
    if requested is not None and _MIN_AXIS_IN_THOUSANDS <= requested < MILLION:
        return THOUSANDS
    return text_scale(requested)


def round_to_decimals(value: Fraction, digits: int) -> Decimal:
    """The exact value rounded half-up to a number of decimals."""
    return Decimal(round_half_up(value, Fraction(1, 10**digits))).scaleb(-digits)


def price_digits(price: Fraction | None) -> int:
    """How many decimals a price per inhabitant needs: two, or more for a price below 0.05."""
    digits = 2
    while price and digits < 9 and abs(price) < Fraction(1, 2 * 10 ** (digits - 1)):
        digits += 1
    return digits


def rate_digits(rate: Fraction) -> int:
    """How many decimals a rate has as round.toml states it (see pricing.decimals), at least two."""
    return max(2, decimal_places(rate))


def number_digits(number: Fraction | int) -> int:
    """How many decimals an exact number is written with: none if it is whole, else at least two."""
    places = decimal_places(number)
    return max(2, places) if places else 0


def format_with_unit(number: str, language: Language, currency: str, units: int = 1) -> str:
    """A formatted amount in `units` with its currency, with no-break spaces.

    A sign comes first: +SEK 40,000, and in Swedish +40 000 kr.
    """
    number = number.replace(" ", NBSP)
    if language == "en":
        after = {1_000: ["thousand"], MILLION: ["million"], BILLION: ["billion"]}.get(units, [])
        sign = number[:1] if number[:1] in "+−" else ""
        return sign + NBSP.join([currency, number.removeprefix(sign), *after])
    if currency == SEK:
        return NBSP.join(
            [number, {1_000: "tkr", MILLION: "mnkr", BILLION: "mdkr"}.get(units, "kr")]
        )
    before = {1_000: ["tusen"], MILLION: ["miljoner"], BILLION: ["miljarder"]}.get(units, [])
    return NBSP.join([number, *before, currency])


def currency_word_replacements(currency: str) -> dict[Language, dict[str, str]]:
    """The replacements for "kronor" and related words in our texts, by language."""
    if currency == SEK:
        return {}
    swedish = {
        "kr": currency,
        "tkr": f"tusen {currency}",
        "mnkr": f"miljoner {currency}",
        "mdkr": f"miljarder {currency}",
        "kronor": currency,
        "kronorna": "pengarna",
        "krona": currency,
        "en krona": f"1{NBSP}{currency}",
        "många kronor": "mycket pengar",
        "till vänster kronor": f"till vänster belopp i {currency}",
    }
    english = {
        "SEK": currency,
        "kronor": currency,
        "the kronor": "the money",
        "krona": currency,
        "one krona": f"{currency}{NBSP}1",
        "many kronor": "much money",
        "on the left kronor": f"on the left amounts in {currency}",
    }
    return {"sv": swedish, "en": english}
