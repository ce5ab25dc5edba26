"""Weights by the membership-fee principle, and rounding to fees that add up exactly."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from fractions import Fraction
from math import lcm

from helpers.errors import ReportError
from helpers.pricing.block_rounding import choose_blocks
from helpers.pricing.decimals import ExactNumber


@dataclass(frozen=True)
class Apportionment:
    """The fees of a shared amount.

    `exact` and `fees` are by member code: units of currency a year before and after rounding.
    `equal_members_differ` is true if no rounding adds up and gives members of equal weight the same
    fee, so that plain largest remainder gave some of them different fees, by code.
    """

    exact: dict[str, Fraction]
    fees: dict[str, int]
    equal_members_differ: bool


@dataclass(frozen=True)
class _Block:
    """Members of the same weight, which are rounded up together or not."""

    codes: tuple[str, ...]
    remainder: Fraction


def membership_fee_weights(
    inhabitants: Mapping[str, ExactNumber], rebate_above: int, rebate_percent: int
) -> dict[str, ExactNumber]:
    """Weights by SKL's membership-fee principle, by code, in hundredths of an inhabitant.

    A member with more than `rebate_above` inhabitants gets `rebate_percent` off all of them.
    Source: SKL/SKR, "Förbundsavgift": the rate and the mean tax base are the same for all, so
    apart from the rebate a fee is proportional to inhabitants.
    """
    return {
        code: number * (100 - rebate_percent if number > rebate_above else 100)
        for code, number in inhabitants.items()
    }


def apportion(requested: int, weights: Mapping[str, int | Fraction]) -> Apportionment:
    """Share `requested` whole units by weight so that the fees add up to exactly that amount.

    Members of equal weight form a block and pay equal fees. All shares are rounded down; then the
    blocks are rounded up whose sizes add up to the units left over and whose Σ size × remainder is
    largest. A tie goes to the lowest code. If no choice of blocks fits, plain largest remainder by
    code applies, and `equal_members_differ` is true. Source: docs/explanation/money.md, "Rounding:
    equal weights pay alike".

    Raises ReportError for a negative amount, no members, or a weight that is not above zero.
    """
    _check_requested_and_weights(requested, weights)
    total = sum(map(Fraction, weights.values()))
    exact = {code: requested * Fraction(weight) / total for code, weight in weights.items()}
    floors = {code: int(share) for code, share in exact.items()}
    leftover = requested - sum(floors.values())
    blocks = _blocks_by_share(exact)
    rounded_up = _choose_blocks_to_round_up(blocks, leftover)
    rounded_up_codes = (
        _codes_by_largest_remainder(exact, leftover) if rounded_up is None else rounded_up
    )
    fees = {code: floor + (code in rounded_up_codes) for code, floor in floors.items()}
    split = any(len({fees[code] for code in block.codes}) > 1 for block in blocks)
    return Apportionment(exact, fees, split)


def _check_requested_and_weights(requested: int, weights: Mapping[str, int | Fraction]) -> None:
    if requested < 0:
        raise ReportError(f"The requested amount is {requested}. Give an amount of zero or more.")
    if not weights:
        raise ReportError("There is no member to share the amount. List at least one member.")
    wrong = sorted(code for code, weight in weights.items() if weight <= 0)
    if wrong:
        raise ReportError(
            f"Members without a weight above zero: {', '.join(wrong)}. "
            "Give each a weight, or leave them out of the round."
        )


def _blocks_by_share(exact: Mapping[str, Fraction]) -> list[_Block]:
    """The members grouped by exact share, in the order of each group's lowest code."""
    groups: dict[Fraction, list[str]] = {}
    for code in sorted(exact):
        groups.setdefault(exact[code], []).append(code)
    return [_Block(tuple(codes), share - int(share)) for share, codes in groups.items()]


def _choose_blocks_to_round_up(blocks: list[_Block], leftover: int) -> set[str] | None:
    """The codes to round up, or None if no choice of whole blocks has `leftover` members.

    The remainders are whole numbers of their common denominator: exact, and faster than fractions.
    """
    scale = lcm(*(block.remainder.denominator for block in blocks))
    chosen = choose_blocks(
        [len(block.codes) for block in blocks],
        [int(block.remainder * scale) for block in blocks],
        leftover,
    )
    return None if chosen is None else {code for one in chosen for code in blocks[one].codes}


def _codes_by_largest_remainder(exact: Mapping[str, Fraction], leftover: int) -> set[str]:
    order = sorted(exact, key=lambda code: (-(exact[code] - int(exact[code])), code))
    return set(order[:leftover])
