"""`requested` of round.toml: one amount, or an amount for each of the round's years."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from decimal import Decimal
from fractions import Fraction
from typing import Any

from helpers.pricing.decimals import parse_fraction
from helpers.rounding import round_half_up

# The fields of Round that are taken from `requested`; round.toml does not state them.
FILLED_IN_KEYS = ("requested_of_years", "counted_year", "requested_as_stated")


def amounts_of_years(
    amounts: object, values: Mapping[str, Any], key: str = "requested"
) -> dict[str, Any]:
    """The fields of Round that `requested` fills in.

    An amount with decimals is rounded half up to whole units, once; `requested_as_stated` then has
    it as it is stated, by year. Raises ValueError for a year that the table leaves out or the round
    does not have. Where all years have the same amount, it is that of a round with one amount a
    year. `key` names the amounts in errors.
    """
    if not _are_years(values.get("years")):
        one = 1 if isinstance(amounts, Mapping) else _whole_units(amounts)
        return {"requested": one}  # in place of a table: Round reports `years`
    if values.get("indexation") is not None:
        return _indexed(amounts, values["years"], values["indexation"], key)
    if not isinstance(amounts, Mapping):
        return _one_amount(amounts, values["years"])
    by_year = {str(year): amount for year, amount in amounts.items()}
    years = [str(year) for year in values["years"]]
    for year in sorted(set(years) - set(by_year)):
        raise ValueError(f"{key} has no amount for {year}: write one for each of years")
    for year in sorted(set(by_year) - set(years)):
        raise ValueError(f"{key} names {year}, which is not in years: correct one of them")
    if all(amount == by_year[min(years)] for amount in by_year.values()):
        return _one_amount(by_year[min(years)], years)
    stated = {int(year): amount for year, amount in by_year.items() if _has_decimals(amount)}
    whole = {int(year): _whole_units(amount) for year, amount in by_year.items()}
    return {"requested": whole[int(min(years))], "requested_of_years": whole, **_stated(stated)}


def _indexed(amounts: object, years: list[int], indexation: object, key: str) -> dict[str, Any]:
    """The amount of each year: that of the first, raised by the percentage for each year since.

    Each is computed from the first one, exactly, and rounded half up to whole units, once.
    """
    if isinstance(amounts, Mapping):
        raise ValueError(
            f"{key} has an amount for each year, which [indexation] would compute: keep one of them"
        )
    percent = _percent_of(indexation)
    if percent is None or not isinstance(amounts, int | Decimal) or not _is_finite(amounts):
        return _one_amount(amounts, years)  # Round reports what is wrong
    growth, first = 1 + percent / 100, min(years)
    exact = {year: Fraction(amounts) * growth ** (year - first) for year in sorted(set(years))}
    whole = {year: round_half_up(amount) for year, amount in exact.items()}
    stated = {first: amounts} if isinstance(amounts, Decimal) and _has_decimals(amounts) else {}
    if len(set(whole.values())) == 1:
        return {"requested": whole[first], **_stated(stated)}
    return {"requested": whole[first], "requested_of_years": whole, **_stated(stated)}


def _percent_of(indexation: object) -> Fraction | None:
    """The percentage as it is stated, or as it was read; None if it is not one."""
    percent = indexation.get("percent") if isinstance(indexation, Mapping) else None
    try:
        return percent if isinstance(percent, Fraction) else parse_fraction(percent)
    except ValueError:
        return None


def _is_finite(amount: int | Decimal) -> bool:
    return isinstance(amount, int) or amount.is_finite()


def _are_years(years: object) -> bool:
    """Whether each is a year. Round reports others: to index the amount of 20272028 has no end."""
    return isinstance(years, list) and bool(years) and all(map(_is_year, years))


def _is_year(year: object) -> bool:
    return type(year) is int and 1_000 <= year <= 9_999


def require_year(year: int) -> int:
    """The year itself; ValueError for a number that is not one."""
    if not _is_year(year):
        raise ValueError(f"{year} is not a year: write it with four digits, as 2027")
    return year


def _one_amount(amount: object, years: Iterable[int | str]) -> dict[str, Any]:
    if not isinstance(amount, Decimal):
        return {"requested": amount}  # Round checks it
    stated = {int(year): amount for year in years}
    return {"requested": _whole_units(amount), **_stated(stated if _has_decimals(amount) else {})}


def _stated(amounts: Mapping[int, Decimal]) -> dict[str, Any]:
    exact = {year: Fraction(amount) for year, amount in amounts.items()}
    return {"requested_as_stated": exact} if exact else {}


def _has_decimals(amount: object) -> bool:
    return isinstance(amount, Decimal) and amount.is_finite() and amount != int(amount)


def _whole_units(amount: object) -> object:
    """A decimal number rounded half up; other values as they are."""
    if not isinstance(amount, Decimal) or not amount.is_finite():
        return amount
    return round_half_up(Fraction(amount))
