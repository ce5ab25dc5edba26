"""Weights by the membership-fee principle, and rounding to fees that add up exactly."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from fractions import Fraction
from math import lcm

from helpers.errors import ReportError

_UNREACHABLE = -1  # no choice of blocks has this number of members


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
    inhabitants: Mapping[str, int], rebate_above: int, rebate_percent: int
) -> dict[str, int]:
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

    A knapsack that must be filled exactly. best[i][n] is the largest Σ size × remainder of blocks
    i… with n members, below zero if there is none. The blocks are taken from the first on,
    whenever that keeps the largest sum, so that ties go to the lowest code. The sums are whole
    numbers of the remainders' common denominator: exact, and faster than fractions.
    """
    scale = lcm(*(block.remainder.denominator for block in blocks))
    items = [(len(b.codes), int(len(b.codes) * b.remainder * scale)) for b in blocks]
    best = [[0] + [_UNREACHABLE] * leftover]
    for size, value in reversed(items):
        best.append(_best_values_with_block(size, value, best[-1]))
    best.reverse()
    if best[0][leftover] < 0:
        return None
    rounded_up: set[str] = set()
    room = leftover
    for block, (size, value), best_here, best_after in zip(
        blocks, items, best, best[1:], strict=False
    ):
        if (
            size <= room
            and best_after[room - size] >= 0
            and best_after[room - size] + value == best_here[room]
        ):
            rounded_up.update(block.codes)
            room -= size
    return rounded_up


def _best_values_with_block(size: int, value: int, best_after: list[int]) -> list[int]:
    """The largest sum for each number of members, with or without this block."""
    taken = [_UNREACHABLE] * size + [
        rest + value if rest >= 0 else _UNREACHABLE for rest in best_after
    ]
    return [max(pair) for pair in zip(taken, best_after, strict=False)]


def _codes_by_largest_remainder(exact: Mapping[str, Fraction], leftover: int) -> set[str]:
    order = sorted(exact, key=lambda code: (-(exact[code] - int(exact[code])), code))
    return set(order[:leftover])
