"""Normalize Swedish organisation numbers, and explain invalid ones of any country."""

from __future__ import annotations

import re

_SWEDISH_FORM = re.compile(r"[0-9]{6}-[0-9]{4}")
_ANY_NUMBER = re.compile(r"\w[\w ./-]{0,39}")  # no mail address, and nothing like a formula
# Ten digits with or without a hyphen. Registers that also contain persons write 16 before them.
_ORGANISATION_NUMBER = re.compile(r"(?:16)?([0-9]{6})-?([0-9]{4})")


def organisation_number(text: str) -> str | None:
    """Return the number as NNNNNN-NNNN; None if the text is not an organisation number.

    It has ten digits. The third is at least 2, unlike in a personal identity number, and the last
    is a check digit by Luhn's rule. Source: Skatteverket, SKV 709 "Organisationsnummer".
    """
    return (
        None
        if explain_invalid_organisation_number(text)
        else "-".join(_split_organisation_number(text))
    )


def explain_invalid_organisation_number(text: str) -> tuple[str, str] | None:
    """Return what is wrong with an organisation number and what to do; None if it is valid."""
    parts = _split_organisation_number(text)
    if not parts:
        return "is not ten digits.", "Write it as 212000-0142."
    digits = "".join(parts)
    if digits[2] < "2":
        what = "is not an organisation number but may be a person's number."
        return what, "Write the organisation's; a person's does not belong here."
    if _luhn_sum(digits) % 10:
        return "has a check digit that does not fit.", "Compare it with the source, digit by digit."
    return None


def any_organisation_number(text: str) -> str:
    """Return a number of any country as it is written; a Swedish one in its form."""
    return organisation_number(text) or text if _SWEDISH_FORM.fullmatch(text) else text


def explain_invalid_number_of_any_country(text: str) -> tuple[str, str] | None:
    """Return what is wrong with a text as an organisation number of any country, or None.

    Six digits, a hyphen and four digits are the Swedish form, and its rules apply.
    """
    if _SWEDISH_FORM.fullmatch(text):
        return explain_invalid_organisation_number(text)
    if not _ANY_NUMBER.fullmatch(text) or not re.search(r"[0-9]", text):
        what = "is not an organisation number: letters, digits and . / - with at least one digit."
        return what, "Write it as the organisation's country does, at most 40 characters."
    return None


def _split_organisation_number(text: str) -> tuple[str, ...]:
    found = _ORGANISATION_NUMBER.fullmatch(text)
    return found.groups() if found else ()


def _luhn_sum(digits: str) -> int:
    """Double every other digit from the first, and add up the digits of the products."""
    doubled = [int(digit) * (2 - at % 2) for at, digit in enumerate(digits)]
    return sum(number // 10 + number % 10 for number in doubled)
