"""Cells of a round of pledges: an amount, its currency, and how much of it is confirmed."""

from __future__ import annotations

from fractions import Fraction

from helpers.data.cells.cell_values import normalize_text
from helpers.data.cells.conditions import is_filler
from helpers.data.cells.decisions import parse_decision
from helpers.data.cells.money_amounts import ambiguous_amounts, parse_amount
from helpers.pricing.decimals import decimal_text


def normalize_amount(cell: str) -> str:
    """Return an amount as digits with a decimal point, also 0; other cells keep their text.

    '12 500,50' is 12500.5. Where three digits after a separator may be decimals or thousands, the
    cell keeps its text: it is not understood.
    """
    amount = parse_amount(cell)
    if amount is None and is_filler(cell):
        return ""
    if amount is None or ambiguous_amounts([cell]):
        return cell
    return amount_text(amount)


def normalize_currency(cell: str) -> str:
    """Return the code of a currency in capitals, '' for a cell that names none."""
    return "" if is_filler(cell) else normalize_text(cell).upper()


def normalize_confirmed(cell: str, amount: str, decision: str) -> str:
    """Return the confirmed amount: yes is the whole `amount`, no and a blank cell nothing.

    In a row whose `decision` is yes and whose `amount` is blank, a yes stays yes: it is an error.
    """
    answer = parse_decision(cell) if cell else None
    if answer is None:
        return normalize_amount(cell)
    if answer[0] == "yes":
        return amount or ("yes" if decision == "yes" else "")
    return ""


def amount_text(amount: Fraction) -> str:
    """Return an exact amount as digits, with a decimal point where it has decimals.

    Three decimals get a zero, so that they cannot be taken for thousands.
    """
    text = f"-{decimal_text(-amount)}" if amount < 0 else decimal_text(amount)
    return f"{text}0" if ambiguous_amounts([text]) else text


def understood_amount(text: str) -> Fraction | None:
    """Return a normalized amount; 0 for a blank cell, None for a text that is not understood."""
    if not text:
        return Fraction()
    amount = parse_amount(text)
    return amount if amount is not None and amount_text(amount) == text else None
