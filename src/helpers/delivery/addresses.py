"""Parse mail addresses strictly, so that none can become a header or a second recipient."""

from __future__ import annotations

import unicodedata
from email.utils import getaddresses

from helpers.errors import ReportError


def parse_recipient(text: str) -> str:
    """Return one bare address in ASCII, its domain encoded by IDNA 2008 (xn--…).

    Raises ReportError for anything else, including quoted local parts and addresses of hosts.
    """
    # Only a command that sends mail needs it: importing it takes 0.05 s.
    import email_validator  # noqa: PLC0415

    # An organisation's own mail server may serve a name without a dot, .local or localhost.
    email_validator.SPECIAL_USE_DOMAIN_NAMES.clear()
    try:
        checked = email_validator.validate_email(
            text.strip(),
            allow_smtputf8=False,
            check_deliverability=False,
            globally_deliverable=False,
            strict=True,
        )
    except email_validator.EmailNotValidError:
        shown = to_header_text(text)[:100]
        raise ReportError(
            f"{shown!r} is not a mail address. Write one address, as name@example.org; repeat the "
            "option for more."
        ) from None
    return f"{checked.local_part}@{checked.ascii_domain}"


def parse_mailbox(text: str) -> tuple[str, str]:
    """Return the name and the address of `Name <address>` or of a bare address, or ('', '').

    >>> parse_mailbox("Ekonomi <ekonomi@example.org>")
    ('Ekonomi', 'ekonomi@example.org')
    """
    found = getaddresses([text]) if text.isprintable() else []
    if len(found) != 1:
        return "", ""
    ((name, address),) = found
    try:
        return name, parse_recipient(address)
    except ReportError:
        return "", ""


def to_header_text(text: str) -> str:
    """Return a text that is valid in a header: one line, without invisible characters."""
    visible = (
        " " if unicodedata.category(character)[0] in "ZC" else character for character in text
    )
    return " ".join("".join(visible).split())
