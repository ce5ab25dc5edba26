"""Mail addresses: read strictly, so that none can become a header or a second recipient."""

from __future__ import annotations

import unicodedata
from email.utils import getaddresses

from helpers.errors import ReportError


def parse_recipient(text: str) -> str:
    """Check one bare address; return it in ASCII, its domain as IDNA 2008 encodes it (xn--…).

    Raises ReportError for anything else, quoted local parts and addresses of hosts included.
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
    """The name and the address of `Name <address>` or of a bare address; blanks if it is neither.

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
    """A text that can stand in a header: in one line, with nothing that is not seen."""
    visible = (
        " " if unicodedata.category(character)[0] in "ZC" else character for character in text
    )
    return " ".join("".join(visible).split())
