"""Read what a new round of pledges states: which amounts are secured, and the reference rates."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date

from helpers.data.new_round.option_error import OptionError
from helpers.data.new_round.rule_choice import RULE_CHOICES
from helpers.model.currency import validate_currency

_SECURED = ("pledged", "confirmed")
_REFERENCE_RATE = re.compile(
    r"([A-Z]{3})=([0-9]{1,9}(?:\.[0-9]{1,9})?) *, *([0-9]{4}-[0-9]{2}-[0-9]{2}) *, *(\S.*)"
)
_RATE_REMEDY = 'Write it as "EUR=11.2345, 2026-03-02, The central bank".'


@dataclass(frozen=True)
class ReferenceRateChoice:
    """What a unit of another currency is in the round's, on which day and by whom."""

    rate: str
    on: date
    source: str


def read_secured(text: str, rule: str) -> str:
    """Which amounts a round of pledges secures; OptionError if it is neither, or for fees."""
    _check_rule(text, rule, "--secured")
    if text and text not in _SECURED:
        raise OptionError(f"{text!r} is neither.", "Write pledged or confirmed.")
    return text


def read_reference_rates(
    texts: tuple[str, ...], rule: str, currency: str
) -> Mapping[str, ReferenceRateChoice]:
    """The rates of "EUR=11.2345, 2026-03-02, The central bank", by currency.

    Raises OptionError for other text, a currency that has a rate already or is the round's, and for
    a rule with fees.
    """
    _check_rule(texts, rule, "--reference-rate")
    rates: dict[str, ReferenceRateChoice] = {}
    for text in texts:
        found = _REFERENCE_RATE.fullmatch(text.strip())
        if not found or not text.isprintable() or not float(found[2]):
            raise OptionError(f"{text!r} is not a reference rate.", _RATE_REMEDY)
        _check_currency(found[1])
        if found[1] in rates or found[1] == currency:
            raise OptionError(
                f"{found[1]} has a rate already, or is the round's own currency.",
                "State one rate for each other currency.",
            )
        rates[found[1]] = ReferenceRateChoice(found[2], _day(found[3], text), found[4].strip())
    return rates


def _check_rule(chosen: object, rule: str, option: str) -> None:
    choice = RULE_CHOICES.get(rule)
    if chosen and choice and not choice.takes_pledges:
        raise OptionError(
            f"The rule {rule} has fees, and members pledge no amounts.",
            f"Leave out {option}, or add --rule pledges.",
        )


def _check_currency(code: str) -> None:
    try:
        validate_currency(code)
    except ValueError:
        raise OptionError(
            f"{code!r} is not a currency.", "Write its code of ISO 4217 in capitals, as EUR."
        ) from None


def _day(text: str, whole: str) -> date:
    try:
        return date.fromisoformat(text)
    except ValueError:
        raise OptionError(f"{whole!r} has no day that exists.", _RATE_REMEDY) from None
