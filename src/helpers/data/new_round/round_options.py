"""The options of a new round as they are typed, and what they mean, with every mistake at once."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import date
from typing import TypeVar

from helpers.data.new_round.amount_options import (
    YearlyAmount,
    check_years,
    read_amounts,
    read_contingency,
    read_indexation,
    read_years,
)
from helpers.data.new_round.member_words import MemberWords, read_member_words
from helpers.data.new_round.option_error import OptionError
from helpers.data.new_round.option_texts import LANGUAGES, read_line, read_texts
from helpers.data.new_round.pledge_options import (
    ReferenceRateChoice,
    read_reference_rates,
    read_secured,
)
from helpers.data.new_round.rule_choice import RULE_CHOICES, read_rate
from helpers.data.round.round_config import FAILED_FOLDER, RESERVED_NAME_MESSAGE, ROUND_NAME_PATTERN
from helpers.errors import DataError, Problem
from helpers.model.currency import SEK, validate_currency
from helpers.model.localized_text import Language

_DATE = re.compile(r"\d{4}-\d{2}-\d{2}")
DEFAULT_AMOUNT = 100_000
Value = TypeVar("Value")


@dataclass(frozen=True)
class RoundOptions:
    """What a person asks a new round to be; "" and () where the round gets the usual value.

    `amounts` are amounts, or amounts of years ("2027=240000"); `years` "2027-2028" or "2027,2029".
    `titles` and `words` may begin with a language ("en=A new roof").
    """

    name: str
    begins_on: str
    own_members: bool = False
    currency: str = SEK
    languages: tuple[str, ...] = ()
    titles: tuple[str, ...] = ()
    organiser: str = ""
    amounts: tuple[str, ...] = ()
    years: str = ""
    rule: str = ""
    rate: str = ""
    deadline: str = ""
    words: tuple[str, ...] = ()
    indexation: str = ""
    contingency: tuple[str, ...] = ()
    secured: str = ""
    reference_rates: tuple[str, ...] = ()


@dataclass(frozen=True)
class RoundChoices:
    """The same, read; None, {} or () where nothing was asked for.

    `amount` and `contingency` are for each year, or tables of amounts by year.
    """

    name: str
    begins_on: date
    own_members: bool
    currency: str
    languages: tuple[Language, ...]
    title: Mapping[Language, str]
    organiser: str
    amount: YearlyAmount | None
    years: tuple[int, ...]
    rule: str
    rate: str
    deadline: date | None
    words: MemberWords
    indexation: str
    contingency: YearlyAmount | None
    secured: str
    reference_rates: Mapping[str, ReferenceRateChoice]


class _Reader:
    """Reads one option after the other, and keeps the mistakes."""

    def __init__(self) -> None:
        self.problems: list[Problem] = []

    def read(self, option: str, read: Callable[[], Value], otherwise: Value) -> Value:
        """What `read` returns; if it raises OptionError, its text is a problem of the option."""
        try:
            return read()
        except OptionError as error:
            self.problems.append(Problem(option, error.what, error.remedy))
            return otherwise


def read_options(options: RoundOptions) -> RoundChoices:
    """Read the options; raises DataError with every option that is wrong."""
    reader = _Reader()
    reader.read("NAME", lambda: _check_name(options.name), None)
    begins_on = reader.read("--begins-on", lambda: _day(options.begins_on), date.max)
    rule = options.rule or ("by-weight" if options.own_members else "membership-fee")
    unknown: tuple[Language, ...] = ()
    languages = reader.read("--language", lambda: _languages(options.languages), unknown)
    amount, years = _amount_and_years(reader, options, rule)
    option = "--years" if options.years else "--amount"
    reader.read(option, lambda: check_years(years, begins_on), None)
    currency = reader.read("--currency", lambda: _currency(options.currency), "")
    choices = RoundChoices(
        name=options.name,
        begins_on=begins_on,
        own_members=options.own_members,
        currency=currency,
        languages=languages,
        title=reader.read("--title", lambda: read_texts(options.titles, languages), {}),
        organiser=reader.read("--organiser", lambda: read_line(options.organiser), ""),
        amount=amount,
        years=years,
        rule=reader.read("--rule", lambda: _rule(rule, options.own_members), rule),
        rate=reader.read("--rate", lambda: read_rate(options.rate, rule), ""),
        deadline=reader.read("--deadline", lambda: _deadline(options.deadline, begins_on), None),
        words=reader.read("--words", lambda: read_member_words(options.words), MemberWords()),
        indexation=_indexation(reader, options, rule, amount, years),
        contingency=_contingency(reader, options, rule, amount, years),
        secured=reader.read("--secured", lambda: read_secured(options.secured, rule), ""),
        reference_rates=reader.read(
            "--reference-rate",
            lambda: read_reference_rates(options.reference_rates, rule, currency),
            {},
        ),
    )
    if reader.problems:
        raise DataError(reader.problems)
    return choices


def _amount_and_years(
    reader: _Reader, options: RoundOptions, rule: str
) -> tuple[YearlyAmount | None, tuple[int, ...]]:
    """The amount and the years, which must name the same years if both do."""
    no_years: tuple[int, ...] = ()
    years = reader.read("--years", lambda: read_years(options.years), no_years)
    amount = reader.read("--amount", lambda: read_amounts(options.amounts, rule), None)
    if not isinstance(amount, Mapping):
        return amount, years
    if years and set(years) != set(amount):
        what = "--amount and --years do not name the same years."
        reader.problems.append(Problem("--amount", what, "Name an amount for each year."))
    return amount, tuple(sorted(amount))


def _indexation(
    reader: _Reader,
    options: RoundOptions,
    rule: str,
    amount: YearlyAmount | None,
    years: tuple[int, ...],
) -> str:
    """The yearly increase; not reported where the years could not be read."""
    text = options.indexation if years or not options.years else ""
    return reader.read("--indexation", lambda: read_indexation(text, rule, amount, years), "")


def _contingency(
    reader: _Reader,
    options: RoundOptions,
    rule: str,
    amount: YearlyAmount | None,
    years: tuple[int, ...],
) -> YearlyAmount | None:
    """The reserve; not reported where the amount or the years could not be read."""
    unread = (options.amounts and not amount) or (options.years and not years)
    texts = () if unread else options.contingency
    rises = bool(options.indexation)
    return reader.read(
        "--contingency", lambda: read_contingency(texts, rule, amount, years, rises=rises), None
    )


def _check_name(name: str) -> None:
    if name == FAILED_FOLDER:
        raise OptionError(RESERVED_NAME_MESSAGE, "Choose another name.")
    if not ROUND_NAME_PATTERN.fullmatch(name):
        raise OptionError(
            f"{name!r} cannot name a round.",
            "Use small letters, digits and hyphens, as in skl-2016.",
        )


def _currency(code: str) -> str:
    try:
        return validate_currency(code)
    except ValueError:
        raise OptionError(
            f"{code!r} is not a currency.",
            "Write its code of ISO 4217 in capitals, as SEK or EUR.",
        ) from None


def _day(text: str) -> date:
    try:
        if _DATE.fullmatch(text):
            return date.fromisoformat(text)
    except ValueError:
        pass
    raise OptionError(f"{text!r} is not a date.", "Write the date as YYYY-MM-DD.")


def _deadline(text: str, begins_on: date) -> date | None:
    if not text:
        return None
    day = _day(text)
    if day < begins_on < date.max:  # which stands for a day that could not be read
        raise OptionError(f"{day} is before the round begins, on {begins_on}.", "Give a later day.")
    return day


def _languages(chosen: tuple[str, ...]) -> tuple[Language, ...]:
    unknown = [one for one in chosen if one not in LANGUAGES]
    if unknown:
        raise OptionError(f"{unknown[0]!r} is not a language of the documents.", "Write sv or en.")
    return tuple(one for one in LANGUAGES if one in (chosen or ("sv",)))


def _rule(rule: str, own_members: bool) -> str:
    choice = RULE_CHOICES.get(rule)
    if choice is None:
        raise OptionError(f"{rule!r} is not a pricing rule.", f"Write {', '.join(RULE_CHOICES)}.")
    if not own_members and choice.own_column:
        raise OptionError(
            f"The municipalities' file has no column {choice.own_column} for {rule}.",
            "Add --own-members, or choose a rule by inhabitants.",
        )
    return rule
