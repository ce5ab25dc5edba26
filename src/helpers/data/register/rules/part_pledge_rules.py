"""What the amounts of a register must fulfil where a yes may state another one than the fee."""

from __future__ import annotations

from collections.abc import Callable

import pandas as pd

from helpers.data.register.rules.amount_rules import (
    RegisterRule,
    amount_explanations,
    amounts_of,
    are_amounts,
    unanswered_with_amount,
)
from helpers.model.funding_round import Round


def part_pledge_checks(round_: Round) -> dict[str, RegisterRule]:
    """Return the rules by name, the column first; a yes without an amount is of the whole fee."""
    return {
        "decision:amount": lambda rows: ~unanswered_with_amount(rows),
        "currency:other": lambda rows: rows["currency"].isin(["", round_.currency]),
        "amount:number": lambda rows: are_amounts(_in_own_currency(rows), "amount", round_),
        "amount:small": lambda rows: (
            (rows["decision"] != "yes") | (rows["amount"] == "") | ~(amounts_of(rows, "amount") < 1)
        ),
        "amount:no": lambda rows: (rows["decision"] != "no") | ~(amounts_of(rows, "amount") > 0),
        "confirmed:fees": lambda rows: rows["confirmed"].isin(["", "0"]),
    }


def part_pledge_explanations(round_: Round) -> dict[str, Callable[[str], tuple[str, str]]]:
    """Return for each rule what is wrong with a cell that breaks it, and what to do."""
    shared = amount_explanations(round_)
    return {
        **{name: shared[name] for name in ("decision:amount", "amount:number", "amount:no")},
        "currency:other": lambda cell: (
            f"{cell!r} is not the currency of the fees, {round_.currency}.",
            "Write the amount in that currency, and leave this cell blank.",
        ),
        "amount:small": lambda cell: (
            f"{cell!r} is less than one unit of the currency.",
            "Write the amount a year, or no as the answer; a blank cell is the whole fee.",
        ),
        "confirmed:fees": lambda cell: (
            f"{cell!r} is stated as confirmed, which a yes in a round with fees need not be.",
            "Leave the cell blank.",
        ),
    }


def _in_own_currency(rows: pd.DataFrame) -> pd.DataFrame:
    """The rows in the round's currency: another one is a separate problem."""
    return rows.assign(currency="")
