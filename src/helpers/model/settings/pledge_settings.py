"""What round.toml may not say in a round whose members state amounts, and its currencies."""

from __future__ import annotations

from collections.abc import Collection

from helpers.model.currency import validate_currency
from helpers.model.settings.register_settings import RegisterSettings
from helpers.pricing import Pledges, Pricing

# Settings of fees: what is paid for part of a year, and who shares the rest.
_OF_FEES = ("sharing", "joining", "part_of_year")


def reject_amount_columns(settings: RegisterSettings) -> None:
    """Raise ValueError for a heading declared as an amount, in a round that reads no amounts."""
    for heading, column in settings.columns.items():
        if column in ("amount", "currency", "confirmed"):
            raise ValueError(
                f'register.columns names {heading!r} as "{column}", which only a round with the '
                'rule "pledges" or with part_pledges = true reads: write "ignore"'
            )


def reject_settings_of_fees(pricing: Pledges, currency: str, stated: Collection[str]) -> None:
    """Raise ValueError, with all of them at once, for what has no meaning with pledges.

    `stated` has the keys of round.toml.
    """
    wrong = [
        f'{name} is about fees, and with the rule "pledges" there are none: leave it out'
        for name in _OF_FEES
        if name in stated
    ]
    for code in pricing.rates:
        try:
            validate_currency(code)
        except ValueError as error:
            wrong.append(f"pricing.rates: {error}")
    if currency in pricing.rates:
        wrong.append(
            f"pricing.rates has a rate for {currency}, which is the round's own currency: leave it "
            "out"
        )
    if wrong:
        raise ValueError("; ".join(wrong))


def may_take_parts(pricing: Pricing, *, has_sharing: bool) -> bool:
    """Return whether the rules of a round allow that a part of a fee is pledged."""
    try:
        reject_part_pledges(pricing, has_sharing=has_sharing)
    except ValueError:
        return False
    return True


def reject_part_pledges(pricing: Pricing, *, has_sharing: bool) -> None:
    """Raise ValueError where a part of a fee cannot be pledged.

    The fee must not depend on the other answers, and a scenario in which the members with a yes
    share the rest cannot raise what a member has stated itself.
    """
    if pricing.takes_pledges:
        raise ValueError(
            'part_pledges is about fees, and with the rule "pledges" there are none: leave it out'
        )
    if pricing.depends_on_joined or pricing.collection_ceiling is not None:
        raise ValueError(
            f'part_pledges does not fit the rule "{pricing.rule}" with fees that depend on who '
            "else says yes: leave it out"
        )
    if has_sharing:
        raise ValueError(
            "[sharing] raises fees, and with part_pledges members state amounts themselves: leave "
            "one of them out"
        )
