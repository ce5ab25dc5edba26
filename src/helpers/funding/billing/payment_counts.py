"""How many members have paid what is due: settled, in part, nothing, too much, or without a yes."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Literal

from helpers.funding.billing.receivables import Receivable
from helpers.model.currency import THOUSANDTHS_PER_UNIT

PaymentState = Literal["settled", "part", "nothing", "overpaid"]


@dataclass(frozen=True)
class PaymentCounts:
    """Members by what they have paid; the first four are all members that have anything due.

    `overpaid` have paid all that is due and more. `without_yes` have paid for a year that no yes
    of theirs covers; a member can be counted there and among the first four.
    """

    settled: int
    part: int
    nothing: int
    overpaid: int
    without_yes: int


def count_payers(positions: Iterable[Receivable]) -> PaymentCounts:
    """Count the members of some positions, each over all its years among them."""
    by_member: defaultdict[str, list[Receivable]] = defaultdict(list)
    for position in positions:
        by_member[position.code].append(position)
    states = Counter(payment_state(own) for own in by_member.values())
    without_yes = (sum(p.paid_without_yes for p in own) for own in by_member.values())
    return PaymentCounts(
        settled=states["settled"],
        part=states["part"],
        nothing=states["nothing"],
        overpaid=states["overpaid"],
        without_yes=sum(1 for paid in without_yes if paid >= THOUSANDTHS_PER_UNIT),
    )


def payment_state(positions: Sequence[Receivable]) -> PaymentState | None:
    """What one member has paid of what is due; None where nothing is due of it or was overpaid."""
    overpaid = sum(position.overpaid for position in positions)
    if not overpaid and not any(position.secured for position in positions):
        return None
    if not any(position.outstanding or position.not_invoiced for position in positions):
        return "overpaid" if overpaid else "settled"
    return "part" if any(position.paid_net > 0 for position in positions) else "nothing"
