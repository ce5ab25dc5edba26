"""Numbers, money, dates and words as a reader in one language expects them."""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Sequence
from decimal import Decimal
from fractions import Fraction
from functools import lru_cache
from gettext import GNUTranslations, NullTranslations
from io import BytesIO
from pathlib import Path

from babel.dates import format_date
from babel.lists import format_list
from babel.messages.mofile import write_mo
from babel.messages.pofile import read_po
from babel.numbers import format_decimal

from helpers.funding.rounding import half_up
from helpers.rounds import Language, Texts, Words

NBSP = "\u00a0"
_CATALOGS = Path(__file__).parent / "locale"
_LOCALES: dict[Language, str] = {"sv": "sv_SE", "en": "en_GB"}


@lru_cache
def _catalog(language: Language) -> NullTranslations:
    """The translations from Swedish; Swedish itself needs none."""
    path = _CATALOGS / f"{language}.po"
    if not path.exists():
        return NullTranslations()
    compiled = BytesIO()
    with path.open("rb") as file:
        write_mo(compiled, read_po(file, locale=language))
    compiled.seek(0)
    return GNUTranslations(compiled)


class Speech:
    """Says things in one language: `say("{n} kommuner", n="3")`, `say.kr(293100)`.

    Texts are written in Swedish in the code and translated through `locale/<language>.po`. They
    speak of municipalities; `words` (see rounds.Round) puts a round's own words in their place.
    """

    def __init__(self, language: Language, words: Words | None = None) -> None:
        self.language = language
        self._locale = _LOCALES[language]
        self._catalog = _catalog(language)
        self._own = (words or {}).get(language, {})

    def __call__(self, swedish: str, **values: str) -> str:
        """A text in the language, its {places} filled in."""
        text = self._reworded(self._catalog.gettext(swedish))
        return text.format(**values) if values else text

    def plural(self, one: str, many: str, number: int, **values: str) -> str:
        """The text for one or for many; `{n}` is the number, written out in figures."""
        text = self._reworded(self._catalog.ngettext(one, many, number))
        return text.format(**{"n": self.count(number), **values})

    def _reworded(self, text: str) -> str:
        """A text with the round's own words; a capital stays a capital."""
        if not self._own:
            return text
        longest_first = sorted(self._own, key=len, reverse=True)
        pattern = rf"(?<!\w)({'|'.join(map(re.escape, longest_first))})(?!\w)"
        return re.sub(pattern, self._own_word, text, flags=re.IGNORECASE)

    def _own_word(self, match: re.Match[str]) -> str:
        found = match[0]
        own = self._own.get(found) or self._own.get(found.lower(), found)
        return own[0].upper() + own[1:] if found[0].isupper() else own

    def text(self, texts: Texts) -> str:
        """The text of a round's file in the language, or in Swedish where it has no other."""
        return texts.get(self.language, texts["sv"])

    def quote(self, words: str) -> str:
        """Somebody's own words between quotation marks: ”så” in Swedish, “so” in English."""
        return f"”{words}”" if self.language == "sv" else f"“{words}”"

    def count(self, number: int) -> str:
        """A whole number: 9 851 017."""
        return self._decimal(Decimal(number), 0)

    def kr(self, amount: int) -> str:
        """An amount to the krona: 293 100 kr."""
        return self._money(self.count(amount), "kr", "SEK")

    def kr_per(self, amount: Fraction | None) -> str:
        """A price to the öre: 0,35 kr."""
        return self._money(self.decimals(amount, 2), "kr", "SEK")

    def signed_kr_per(self, amount: Fraction) -> str:
        """A difference to the öre, with its sign: +0,38 kr."""
        sign = "+" if amount > 0 else ""
        return self._money(sign + self.decimals(amount, 2), "kr", "SEK")

    def decimals(self, number: Fraction | None, digits: int) -> str:
        """A number to so many decimals, half-up from the exact value: 0,35."""
        if number is None:
            return self("ej tillämpligt")
        return self._decimal(_scaled(number, digits), digits)

    def listed(self, items: Sequence[str]) -> str:
        """Items in a row: a, b och c."""
        return format_list(items, locale=self._locale)

    def signed(self, number: int) -> str:
        """A difference with its sign: +18 626."""
        return ("+" if number > 0 else "") + self.count(number)

    def signed_kr(self, amount: int) -> str:
        """A difference to the krona, with its sign: +18 626 kr."""
        return self._money(self.signed(amount), "kr", "SEK")

    def millions(self, amount: int) -> str:
        """An amount in millions with one decimal: 2,6 mnkr."""
        return self._money(self.in_millions(amount), "mnkr", "SEK", "million")

    def in_millions(self, amount: int) -> str:
        """An amount in millions with one decimal and no unit: 2,6. Nothing at all is 0."""
        return self._decimal(_scaled(Fraction(amount, 1_000_000), 1), 1) if amount else "0"

    def millions_of(self, part: int, whole: int) -> str:
        """Two amounts in millions: 2,6 av 3,4 mnkr.

        To the krona where rounding would make the part look like nothing or like the whole.
        """
        shown, everything = self.in_millions(part), self.in_millions(whole)
        if part not in (0, whole) and (shown == everything or half_up(part, 100_000) == 0):
            both = self("{part} av {whole}", part=self.count(part), whole=self.count(whole))
            return self._money(both, "kr", "SEK")
        both = self("{part} av {whole}", part=shown, whole=everything)
        return self._money(both, "mnkr", "SEK", "million")

    def percent(self, share: Fraction | None, digits: int = 0) -> str:
        """A share as a percentage, half-up from the exact value: 77 %."""
        if share is None:
            return self("ej tillämpligt")
        number = self._decimal(_scaled(share * 100, digits), digits)
        return f"{number}{NBSP}%" if self.language == "sv" else f"{number}%"

    def date(self, day: dt.date) -> str:
        """A day in words: 22 februari 2017."""
        return format_date(day, "d MMMM y", locale=self._locale).replace(" ", NBSP)

    def short_date(self, day: dt.date) -> str:
        """A day as short as it can be read without doubt: 22 feb. 2017."""
        return format_date(day, "d MMM y", locale=self._locale).replace(" ", NBSP)

    def month(self, day: dt.date) -> str:
        """A month and its year: okt. 2016."""
        return format_date(day, "MMM y", locale=self._locale).replace(" ", NBSP)

    def _decimal(self, number: Decimal, digits: int) -> str:
        pattern = "#,##0" + ("." + "0" * digits if digits else "")
        # A hyphen is not a minus sign: it may break a line, and screen readers pass over it.
        return format_decimal(number, format=pattern, locale=self._locale).replace("-", "−")

    def _money(self, number: str, swedish: str, *english: str) -> str:
        number = number.replace(" ", NBSP)
        if self.language == "sv":
            return f"{number}{NBSP}{swedish}"
        before, *after = english
        return NBSP.join([before, number, *after])


def _scaled(value: Fraction, digits: int) -> Decimal:
    """The exact value rounded half-up to a number of decimals."""
    return Decimal(half_up(value, Fraction(1, 10**digits))).scaleb(-digits)
