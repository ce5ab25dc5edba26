"""What the amounts of a register must fulfil, and how a cell that does not is explained."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from fractions import Fraction
from typing import Any, TypeAlias

import pandas as pd

from helpers.data.cells.money_amounts import ambiguous_amounts, parse_amount
from helpers.data.cells.pledged_amounts import understood_amount
from helpers.model.currency import minor_digits, validate_currency
from helpers.model.funding_round import Round
from helpers.pricing import Pledges

_HIGHEST = 10**15  # whole units of the round's currency; sums of amounts are then exact integers

RegisterRule: TypeAlias = Callable[[pd.DataFrame], Any]


def amount_checks(round_: Round) -> dict[str, RegisterRule]:
    """Return the rules by name, the column first; each returns which rows fulfil it."""
    return {
        "decision:amount": lambda rows: ~unanswered_with_amount(rows),
        "currency:unknown": lambda rows: _are_known(rows["currency"], round_),
        "amount:number": lambda rows: are_amounts(rows, "amount", round_),
        "amount:large": lambda rows: _are_summable(rows, "amount", round_),
        "amount:blank": lambda rows: (
            (rows["decision"] != "yes") | (amounts_of(rows, "amount") != 0)
        ),
        "amount:no": lambda rows: (rows["decision"] != "no") | ~(amounts_of(rows, "amount") > 0),
        "confirmed:number": lambda rows: (
            are_amounts(rows, "confirmed", round_) | _is_reported_as_amount(rows)
        ),
        "confirmed:large": lambda rows: (
            _are_summable(rows, "confirmed", round_) | _is_reported_as_amount(rows)
        ),
        "confirmed:more": _are_at_most_pledged,
    }


def amount_explanations(round_: Round) -> dict[str, Callable[[str], tuple[str, str]]]:
    """Return for each rule what is wrong with a cell that breaks it, and what to do."""
    return {
        "decision:amount": lambda cell: (
            f"{cell!r} states that there is no answer, and the row states an amount.",
            "Write yes (ja) as the answer, or leave amount and confirmed blank.",
        ),
        "currency:unknown": lambda cell: _explain_currency(cell, round_),
        "amount:number": lambda cell: _explain_amount(
            cell, "Write digits only, as 12500 or 12500.50."
        ),
        "amount:large": _explain_large_amount,
        "amount:blank": lambda cell: (
            "A yes states no amount.",
            "Write the amount that is pledged, or no as the answer.",
        ),
        "amount:no": lambda cell: (
            f"{cell!r} is stated together with a no.",
            "Write yes as the answer, or leave the amount blank.",
        ),
        "confirmed:number": lambda cell: _explain_amount(
            cell, "Write digits only, as 12500 or 12500.50, or yes for the whole amount."
        ),
        "confirmed:large": _explain_large_amount,
        "confirmed:more": lambda cell: (
            f"{cell!r} is more than the amount that is pledged.",
            "Correct one of the two.",
        ),
    }


def _is_reported_as_amount(rows: pd.DataFrame) -> pd.Series[bool]:
    """Where a yes confirms the whole amount, and the amount is wrong or missing."""
    return (rows["confirmed"] == rows["amount"]) | (rows["confirmed"] == "yes")


def _are_at_most_pledged(rows: pd.DataFrame) -> pd.Series[bool]:
    """Whether what is confirmed is pledged; a missing amount is reported where it is missing."""
    amounts = amounts_of(rows, "amount")
    missing = (amounts == 0) & (rows["decision"] != "no")
    return ~(amounts_of(rows, "confirmed") > amounts) | missing


def without_answer_for_its_amount(rows: pd.DataFrame) -> pd.Series[bool]:
    """Which rows have no answer because of their amount, which is reported instead.

    An amount that is understood counts as a yes; an unclear amount may be one as well.
    """
    if "amount" not in rows:
        return pd.Series(False, index=rows.index)
    return unanswered_with_amount(rows) | (
        (rows["decision"] == "") & amounts_of(rows, "amount").isna()
    )


def unanswered_with_amount(rows: pd.DataFrame) -> pd.Series[bool]:
    """Which rows state an amount, or that one is confirmed, and that there is no answer."""
    return (rows["decision"] == "unanswered") & ((rows["amount"] + rows["confirmed"]) != "")


def _explain_amount(cell: str, remedy: str) -> tuple[str, str]:
    """What is wrong with a cell that states no amount in its currency, and what to do."""
    amount = parse_amount(cell)
    if amount is None:
        if re.fullmatch(r"[0-9\s]{13,}", cell):
            return _explain_large_amount(cell)
        return f"{cell!r} is not an amount of money.", remedy
    if ambiguous_amounts([cell]):
        return (
            f"{cell!r} may have three decimals, or be in thousands.",
            "Write it without a separator, as 1234, or with four decimals, as 1.2340.",
        )
    if amount < 0:
        return f"{cell!r} is below zero.", remedy
    return (
        f"{cell!r} has more decimals than the currency.",
        "Round it to the currency's smallest unit.",
    )


def _explain_large_amount(cell: str) -> tuple[str, str]:
    return f"{cell!r} is too large an amount.", "Correct the amount, or its currency."


def _explain_currency(cell: str, round_: Round) -> tuple[str, str]:
    stated = ", ".join([round_.currency, *_rates(round_)])
    try:
        code = validate_currency(cell.strip().upper())
    except ValueError:
        return f"{cell!r} is not a currency.", f"Write its code, one of these: {stated}."
    return (
        f"{cell!r} has no reference rate in round.toml.",
        f"Write one of {stated}, or state the rate under [pricing.rates.{code}].",
    )


def _rates(round_: Round) -> Mapping[str, object]:
    return round_.pricing.rates if isinstance(round_.pricing, Pledges) else {}


def _are_known(currencies: pd.Series[str], round_: Round) -> pd.Series[bool]:
    return currencies.isin(["", round_.currency, *_rates(round_)])


def amounts_of(rows: pd.DataFrame, column: str) -> pd.Series[Any]:
    """The exact amounts of a column; NaN for a cell that is reported as no amount."""
    texts = {text: understood_amount(text) for text in rows[column].unique()}
    sound = {text: a for text, a in texts.items() if a is not None and a >= 0}
    exact = [sound.get(text, float("nan")) for text in rows[column]]
    return pd.Series(exact, rows.index, dtype="object")


def are_amounts(rows: pd.DataFrame, column: str, round_: Round) -> pd.Series[bool]:
    """Whether each cell of a column is an amount, in the row's currency or the round's."""
    cells = zip(rows[column], rows["currency"], strict=True)
    return pd.Series([_is_amount(*pair, round_) for pair in cells], rows.index, dtype=bool)


def _is_amount(text: str, currency: str, round_: Round) -> bool:
    """Whether a text is an amount of zero or more, in the currency's minor unit."""
    amount = understood_amount(text)
    if amount is None or amount < 0:
        return False
    in_minor_units = amount * int(10 ** minor_digits(currency or round_.currency))
    return in_minor_units.denominator == 1


def _are_summable(rows: pd.DataFrame, column: str, round_: Round) -> pd.Series[bool]:
    """Whether each amount is small enough for exact sums; a text that is not one passes."""
    cells = zip(rows[column], rows["currency"], strict=True)
    return pd.Series([_is_summable(*pair, round_) for pair in cells], rows.index, dtype=bool)


def _is_summable(text: str, currency: str, round_: Round) -> bool:
    amount, pricing = understood_amount(text) or Fraction(), round_.pricing
    return not isinstance(pricing, Pledges) or pricing.converted(amount, currency) < _HIGHEST
