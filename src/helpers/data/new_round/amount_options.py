"""Read the amounts, the years, the yearly increase and the reserve of a new round as typed."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from datetime import date
from typing import TypeAlias

from helpers.data.new_round.option_error import OptionError
from helpers.data.new_round.rule_choice import RULE_CHOICES
from helpers.model.funding_round import MAX_YEARS

YearlyAmount: TypeAlias = int | Mapping[int, int]  # of each year, or by year

_AMOUNT = re.compile(r"\d{1,15}")
_YEAR_AMOUNT = re.compile(r"(\d{4})=(.+)")
_HOW_TO_WRITE_YEARS = "Write 2027, 2027-2029 or 2027,2029."
_YEARS = re.compile(r"(\d{4})(?:-(\d{4}))?")
_ADD_AMOUNT = "Add it, as --amount 240000."
_RESERVE_OF_YEARS = "Name a reserve for each year, or give one amount."
_PERCENT = re.compile(r"[0-9]{1,3}(?:\.[0-9]{1,9})?")
_BETWEEN_DIGITS = re.compile(r"(?<=\d)[ _\u00a0\u202f](?=\d{3}(?!\d))")  # 240 000 and 240_000


def read_amounts(texts: tuple[str, ...], rule: str) -> int | dict[int, int] | None:
    """One amount a year, or an amount of each year; None for no amount.

    Raises OptionError for what is not one, and for a rule that sets the amount itself.
    """
    if not texts:
        return None
    choice = RULE_CHOICES.get(rule)
    if choice and not choice.amount_key:
        raise OptionError(
            f"With the rule {rule}, the amount is the sum of the fees.", "Leave out --amount."
        )
    amounts = _one_or_of_years(texts, "--amount")
    if isinstance(amounts, dict) and choice and choice.amount_key != "requested":
        raise OptionError(f"The rule {rule} has the same amount each year.", "Give one amount.")
    return amounts


def _one_or_of_years(texts: tuple[str, ...], option: str) -> int | dict[int, int]:
    remedy = f"Write 240000, or repeat it for each year, as {option} 2027=240000."
    by_year = [_YEAR_AMOUNT.fullmatch(text) for text in texts]
    if any(by_year):
        return _of_years(texts, by_year, remedy)
    if len(texts) > 1:
        raise OptionError("It is given twice.", remedy)
    return _amount(texts[0], remedy)


def _of_years(
    texts: tuple[str, ...], found: list[re.Match[str] | None], remedy: str
) -> dict[int, int]:
    amounts: dict[int, int] = {}
    for text, match in zip(texts, found, strict=True):
        if match is None:
            raise OptionError(f"{text!r} has no year, and another amount has one.", remedy)
        if int(match[1]) in amounts or match[1] == "0000":
            raise OptionError(f"{match[1]} is given twice or is not a year.", remedy)
        amounts[int(match[1])] = _amount(match[2], remedy)
    return amounts


def _amount(text: str, remedy: str) -> int:
    digits = _BETWEEN_DIGITS.sub("", text.strip())
    if not _AMOUNT.fullmatch(digits) or int(digits) == 0:
        raise OptionError(f"{text!r} is not an amount in whole units above zero.", remedy)
    return int(digits)


def read_years(text: str) -> tuple[int, ...]:
    """The years of "2027", "2027-2029" or "2027,2029", in order; OptionError for other text."""
    if not text:
        return ()
    years: list[int] = []
    for part in text.split(","):
        found = _YEARS.fullmatch(part.strip())
        first, last = (int(found[1]), int(found[2] or found[1])) if found else (1, 0)
        if first > last or first == 0:
            raise OptionError(f"{text!r} does not name years.", _HOW_TO_WRITE_YEARS)
        years += range(first, last + 1)
    if len(set(years)) < len(years) or len(years) > MAX_YEARS:
        raise OptionError(
            f"{text!r} names a year twice, or more than {MAX_YEARS} years.", _HOW_TO_WRITE_YEARS
        )
    return tuple(sorted(years))


def check_years(years: tuple[int, ...], begins_on: date) -> None:
    """Raise OptionError if all years have ended; the year in which the round begins has not."""
    if years and years[-1] < begins_on.year and begins_on < date.max:
        raise OptionError(
            f"The last year is {years[-1]}, and the round begins on {begins_on}.",
            "Name later years, or an earlier day as --begins-on.",
        )


def read_indexation(
    text: str, rule: str, amount: YearlyAmount | None, years: tuple[int, ...]
) -> str:
    """The yearly increase in percent, with a decimal point; "" if the amount stays the same.

    Raises OptionError for what is not one, and where there is nothing to raise: a rule that sets
    the amount itself, an amount of each year, a single year.
    """
    if not text:
        return ""
    choice = RULE_CHOICES.get(rule)
    if choice and choice.amount_key != "requested":
        raise OptionError(
            f"The rule {rule} sets the amount of a year itself.", "Leave out --indexation."
        )
    if isinstance(amount, Mapping):
        raise OptionError(
            "Each year has an amount already.", "Leave it out, or give one amount, as 240000."
        )
    percent = text.strip().removesuffix("%").strip().replace(",", ".")
    if not _PERCENT.fullmatch(percent) or not 0 < float(percent) <= 100:
        raise OptionError(
            f"{text!r} is not a percentage above 0 and at most 100.", "Write it as 2 or 2.5."
        )
    if len(years) < 2:
        raise OptionError(
            "The amount rises from one year to the next, and there is one year.",
            "Add the years, as --years 2027-2029.",
        )
    return percent


def read_contingency(
    texts: tuple[str, ...],
    rule: str,
    amount: YearlyAmount | None,
    years: Sequence[int],
    *,
    rises: bool,
) -> YearlyAmount | None:
    """The reserve within the amount: one a year, or that of each year; None for no reserve.

    `years` are the chosen ones, and `rises` is true if the amount rises from year to year.
    Raises OptionError for what is not an amount or a part of `amount`, for other years, for a
    reserve of each year of an amount that rises, and for a rule that sets the amount itself.
    """
    if not texts:
        return None
    choice = RULE_CHOICES.get(rule)
    if choice and choice.amount_key != "requested":
        raise OptionError(
            f"The rule {rule} sets the amount of a year itself.", "Leave out --contingency."
        )
    if amount is None:
        raise OptionError("The reserve is a part of the amount, which is not given.", _ADD_AMOUNT)
    reserve = _one_or_of_years(texts, "--contingency")
    if isinstance(reserve, dict) and rises:
        raise OptionError("An amount that rises has one reserve.", "Give that of the first year.")
    if isinstance(reserve, dict) and set(reserve) != set(years):
        raise OptionError("It does not name the years of the round.", _RESERVE_OF_YEARS)
    reserves, amounts = (
        one if isinstance(one, Mapping) else dict.fromkeys(years or [0], one)
        for one in (reserve, amount)
    )
    for year, part in reserves.items():
        if part >= amounts[year]:
            raise OptionError(
                f"{part} is not less than the amount, {amounts[year]}, of which it is a part.",
                "Give a smaller reserve, or a larger amount.",
            )
    return reserve


def amounts_toml(amount: YearlyAmount) -> str:
    """One amount, or a table of amounts by year, as TOML."""
    if isinstance(amount, int):
        return f"{amount:_}"
    return "{ " + ", ".join(f"{year} = {one:_}" for year, one in sorted(amount.items())) + " }"
