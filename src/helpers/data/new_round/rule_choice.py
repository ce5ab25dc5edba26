"""The pricing rules that a new round can begin with, and what each needs."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import Literal

from helpers.data.new_round.option_error import OptionError

_RATE = re.compile(r"\d{1,9}(?:\.\d{1,9})?")


@dataclass(frozen=True)
class RuleChoice:
    """What `new-round` writes for a rule.

    `amount_key` is the key of the amount a year, in [pricing] unless it is `requested`; "" where
    the rule sets the amount. `rate_key` is the key of the price per inhabitant. `own_column` is the
    column of the members' file that the municipalities do not have; "" for their inhabitants, or
    for pledges, which need no number of a member. `settings` are lines of [pricing].
    """

    amount_key: Literal["requested", "ceiling", "cost", ""] = "requested"
    rate_key: str = ""
    own_column: str = ""
    settings: tuple[str, ...] = ()
    takes_pledges: bool = False


RULE_CHOICES: dict[str, RuleChoice] = {
    "by-weight": RuleChoice(own_column="weight"),
    "inhabitants": RuleChoice(),
    "membership-fee": RuleChoice(settings=("rebate_above = 200_000", "rebate_percent = 10")),
    "tax-base": RuleChoice(own_column="tax_base"),
    "annex": RuleChoice(amount_key="", own_column="fee"),
    "rate-with-ceiling": RuleChoice(amount_key="ceiling", rate_key="rate"),
    "shared-cost": RuleChoice(amount_key="cost", rate_key="highest_rate"),
    "pledges": RuleChoice(takes_pledges=True),
}


def read_rate(text: str, rule: str) -> str:
    """The price per inhabitant with a decimal point; OptionError if it does not fit the rule."""
    choice = RULE_CHOICES.get(rule)
    if choice and text and not choice.rate_key:
        raise OptionError(f"The rule {rule} has no price per inhabitant.", "Leave out --rate.")
    if choice and not text and choice.rate_key:
        raise OptionError(
            f"The rule {rule} needs a price per inhabitant.", "Add it, as --rate 1.95."
        )
    rate = text.strip().replace(",", ".")
    if text and (not _RATE.fullmatch(rate) or not float(rate)):
        raise OptionError(f"{text!r} is not a price above zero.", "Write it as 1.95.")
    return rate
