"""Organisation numbers: brings Swedish ones into one form, and states what is wrong."""

from __future__ import annotations

import re

# Ten digits with or without a hyphen; registers that hold persons as well put 16 before them.
_SWEDISH_FORM = re.compile(r"[0-9]{6}-[0-9]{4}")
_ANY_NUMBER = re.compile(r"\w[\w ./-]{0,39}")  # no mail address, and nothing like a formula
_ORGANISATION_NUMBER = re.compile(r"(?:16)?([0-9]{6})-?([0-9]{4})")


def organisation_number(text: str) -> str | None:
    """The number as NNNNNN-NNNN; None if the text is not an organisation number.

    Ten digits, the third at least 2 (which tells it from a person's number), the last a check digit
    by Luhn's rule. Source: Skatteverket, SKV 709 "Organisationsnummer".
    """
    return (
        None
        if explain_invalid_organisation_number(text)
        else "-".join(_split_organisation_number(text))
    )


def explain_invalid_organisation_number(text: str) -> tuple[str, str] | None:
    """What is wrong with a text as an organisation number, and what to do; None if nothing is."""
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
    """A number of any country, as it is written; a Swedish one in its form."""
    return organisation_number(text) or text if _SWEDISH_FORM.fullmatch(text) else text


def explain_invalid_number_of_any_country(text: str) -> tuple[str, str] | None:
    """What is wrong with a text as an organisation number of any country; None if nothing is.

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
    """Every other digit doubled from the first, and the digits of the products added up."""
    doubled = [int(digit) * (2 - at % 2) for at, digit in enumerate(digits)]
    return sum(number // 10 + number % 10 for number in doubled)
