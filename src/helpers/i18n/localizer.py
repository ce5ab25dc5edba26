"""Formats numbers, money, dates and texts in a language."""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Iterable, Sequence
from decimal import Decimal
from fractions import Fraction

from babel.dates import format_date, format_skeleton
from babel.lists import format_list

from helpers.i18n.catalogues.message_catalogs import babel_locale, load_catalog
from helpers.i18n.language_forms import format_money, format_percent, grouped_decimal
from helpers.i18n.money_units import (
    BILLION,
    MILLION,
    NBSP,
    AmountScale,
    axis_scale,
    currency_word_replacements,
    largest_unit,
    number_digits,
    price_digits,
    rate_digits,
    round_to_decimals,
    text_scale,
)
from helpers.i18n.small_numbers import fill_in_number
from helpers.i18n.word_replacements import fit_to_years, merge_replacements, words_of_round
from helpers.model import localized_text
from helpers.model.currency import SEK
from helpers.model.funding_round import Round
from helpers.model.localized_text import Language, LocalizedText, WordReplacements
from helpers.rounding import round_half_up


class Localizer:
    """Formats texts in one language: `loc("{n} kommuner", n="3")`, `loc.money(293100)`.

    Texts are written in Swedish in the code and translated through `locale/<language>.po`. They
    speak of municipalities and kronor; another `currency` has its own words, and `words` (see
    funding_round.Round) take precedence over both. `requested`, the round's amount a year, decides
    the unit of rounded amounts and of charts: millions where it is not known (see
    money_units.AmountScale). A round of `one_year` does not speak of amounts "a year"; one whose
    amounts differ says that they are those of its `counted_year`.
    """

    def __init__(
        self,
        language: Language,
        words: WordReplacements | None = None,
        currency: str = SEK,
        requested: int | None = None,
        *,
        one_year: bool = False,
        counted_year: int | None = None,
    ) -> None:
        self.language = language
        self.foreign_language: Language | None = None  # of a round's names, if it is another one
        self.currency = currency
        self.axis_scale, self._scale = axis_scale(requested), text_scale(requested)
        self._locale, self._translations = babel_locale(language), load_catalog(language)
        built_in = currency_word_replacements(currency)
        self._replacements = merge_replacements(built_in, words or {}, language)
        self._one_year, self._counted_year = one_year, counted_year

    @classmethod
    def for_round(cls, round_: Round, language: Language) -> Localizer:
        """The localizer of a round: its words, its currency, and the unit that fits its amount."""
        one_year, year = len(round_.years) == 1, round_.counted_year
        scale = (words_of_round(round_, language), round_.currency, round_.requested or None)
        loc = cls(language, *scale, one_year=one_year, counted_year=year)
        loc.foreign_language = round_.foreign_language(language)
        return loc

    def __call__(self, swedish: str, **values: str) -> str:
        """A text in the language, its {places} filled in."""
        text = self._replace_words(self._translations.gettext(swedish))
        return text.format(**values) if values else text

    def plural(self, one: str, many: str, number: int, **values: str) -> str:
        """The text for one, two or many.

        `{n}` is the number as in running text: two to twelve in words, with a capital in a sentence
        that it begins, and where `one` has one. A table passes `n` in figures.
        """
        text = self._replace_words(self._translations.ngettext(one, many, number))
        return fill_in_number(text, one, number, self.language, self.count(number), values)

    def _replace_words(self, text: str) -> str:
        """A text with the round's own words; a capital stays a capital."""
        text = fit_to_years(text, self.language, self._one_year, self._counted_year)
        if not self._replacements:
            return text
        longest_first = sorted(self._replacements, key=len, reverse=True)
        # Not within braces, which contain the name of a value.
        pattern = rf"(?<![\w{{])({'|'.join(map(re.escape, longest_first))})(?![\w}}])"
        return re.sub(pattern, self._replacement_for, text, flags=re.IGNORECASE)

    def _replacement_for(self, match: re.Match[str]) -> str:
        found = match[0]
        own = self._replacements.get(found) or self._replacements.get(found.lower(), found)
        return own[0].upper() + own[1:] if found[0].isupper() else own

    def text(self, texts: LocalizedText) -> str:
        """The text of a round's file in the language, or else in the language that it has."""
        return texts[localized_text.shown_language(texts, self.language)]

    def quote(self, words: str) -> str:
        """A quotation in quotation marks: ”så” in Swedish, “so” in English."""
        return self("”{words}”", words=words)

    def count(self, number: int | Fraction) -> str:
        """An exact number, with decimals if it is not whole: 9 851 017; 0,50."""
        return self.decimals(Fraction(number), number_digits(number))

    def money(self, amount: int | Fraction) -> str:
        """An amount (units of currency) with its unit: 293 100 kr."""
        return self.with_unit(self.count(amount))

    def unit_price(self, amount: Fraction | None) -> str:
        """A price with two decimals, or more below 0,05: 0,35 kr, 0,0042 kr."""
        return self.with_unit(self.unitless_price(amount))

    def exact_rate(self, rate: Fraction) -> str:
        """A rate with all its decimals, and at least two: 1,95 kr, 0,0195 kr."""
        return self.with_unit(self.decimals(rate, rate_digits(rate)))

    def unitless_price(self, amount: Fraction | None) -> str:
        """A price without its unit: 0,35."""
        return self.decimals(amount, price_digits(amount))

    def decimals(self, number: Fraction | None, digits: int) -> str:
        """A number with `digits` decimals, rounded half up from the exact value: 0,35."""
        if number is None:
            return self("ej tillämpligt")
        return self._format_decimal(round_to_decimals(number, digits), digits)

    def join_list(self, items: Sequence[str]) -> str:
        """A list of items: a, b och c."""
        return format_list(items, locale=self._locale)

    def join_years(self, years: Iterable[int]) -> str:
        """Years in a row: 2017 och 2018; three or more that follow each other as 2026–2035."""
        ordered = sorted(years)
        if len(ordered) > 2 and ordered[-1] - ordered[0] == len(ordered) - 1:
            return f"{ordered[0]}–{ordered[-1]}"
        return self.join_list([str(year) for year in ordered])

    def signed(self, number: int | Fraction) -> str:
        """A difference with its sign: +18 626."""
        return ("+" if number > 0 else "") + self.count(number)

    def signed_money(self, amount: int | Fraction) -> str:
        """A difference in units with its sign: +18 626 kr."""
        return self.with_unit(self.signed(amount))

    def millions(self, amount: int) -> str:
        """An amount in millions or billions: 2,6 mnkr, 4,6 mdkr.

        In a small round, and below a million, of which a decimal says too little, to the krona.
        """
        units = largest_unit(abs(amount)) if amount else MILLION
        if self._scale.units == 1 or units == 1:
            return self.money(amount)
        return self.with_unit(self._in_units(amount, units), units)

    def millions_of(self, part: int, whole: int) -> str:
        """Two amounts in one unit: 2,6 av 3,4 mnkr.

        In the largest unit of which both have at least one, and in which they differ; in a small
        round to the krona.
        """
        smallest = min(part, whole) if part > 0 else whole
        units = largest_unit(smallest) if self._scale.units > 1 else 1
        while units > 1 and part != whole and self._look_alike(part, whole, units):
            units = largest_unit(units - 1)
        part_text, whole_text = (self._in_units(amount, units) for amount in (part, whole))
        return self.with_unit(self("{part} av {whole}", part=part_text, whole=whole_text), units)

    def _look_alike(self, part: int, whole: int, units: int) -> bool:
        return self._in_units(part, units) == self._in_units(whole, units)

    def _in_units(self, amount: int, units: int) -> str:
        """An amount in millions or billions with one decimal, or in full. Nothing at all is 0."""
        if units == 1 or not amount:
            return self.count(amount)
        return self._format_decimal(round_to_decimals(Fraction(amount, units), 1), 1)

    def axis_labels(self, amounts: Sequence[int], scale: AmountScale | None = None) -> list[str]:
        """The labels of an axis in its unit (see `axis_unit`), all with the same decimals."""
        units, digits = (scale or self.axis_scale).units, (scale or self.axis_scale).digits
        while digits < 6 and any(amount * 10**digits % units for amount in amounts):
            digits += 1
        return [
            self._format_decimal(round_to_decimals(Fraction(amount, units), digits), digits)
            if amount
            else "0"
            for amount in amounts
        ]

    def axis_unit(self, scale: AmountScale | None = None) -> str:
        """What the amounts along an axis are: mnkr per år, or mdkr, tkr or kr by the round."""
        units = {BILLION: self("mdkr per år"), MILLION: self("mnkr per år"), 1: self("kr per år")}
        return units.get((scale or self.axis_scale).units) or self("tkr per år")

    def percent(self, share: Fraction | None, digits: int = 0, *, short: bool = False) -> str:
        """A share as a percentage, rounded half up from the exact value: 77 %.

        In whole percent, a share between 0 and 1 % is printed as less than 1, and a share between
        99 and 100 % as more than 99: in words, or with < and > if `short`.
        """
        if share is None:
            return self("ej tillämpligt")
        if digits == 0 and 0 < share < 1 and round_half_up(share * 100) in (0, 100):
            little = share < Fraction(1, 2)
            bound = self.percent(Fraction(1 if little else 99, 100))
            if short:
                return ("<" if little else ">") + bound
            return self("mindre än {n}", n=bound) if little else self("mer än {n}", n=bound)
        number = self._format_decimal(round_to_decimals(share * 100, digits), digits)
        return format_percent(number, self)

    def date(self, day: dt.date) -> str:
        """A day in words: 22 februari 2017."""
        return format_date(day, "long", locale=self._locale).replace(" ", NBSP)

    def year_end(self, year: int) -> str:
        """The last day of a year, on which inhabitants are counted: 31 december 2015."""
        return self.date(dt.date(year, 12, 31))

    def short_date(self, day: dt.date) -> str:
        """A day in short form, with the month as a word: 22 feb. 2017."""
        return format_skeleton("yMMMd", day, locale=self._locale).replace(" ", NBSP)

    def month(self, day: dt.date) -> str:
        """A month and its year: okt. 2016."""
        return format_skeleton("yMMM", day, locale=self._locale).replace(" ", NBSP)

    def _format_decimal(self, number: Decimal, digits: int) -> str:
        return grouped_decimal(number, digits, self._locale)

    def with_unit(self, number: str, units: int = 1, currency: str = "") -> str:
        """A formatted amount in `units` with its currency; without one, the round's."""
        return format_money(number, self, units, currency or self.currency)
