"""Mail addresses: read strictly, so that none can become a header or a second recipient."""

from __future__ import annotations

import re
import unicodedata
from email.utils import getaddresses

from helpers.errors import ReportError

# What RFC 5321 calls a dot-string; quoted local parts and addresses of hosts are not used here.
_ATOM = r"[A-Za-z0-9!#$%&'*+/=?^_`{|}~-]+"
_LOCAL_PART = re.compile(rf"{_ATOM}(\.{_ATOM})*")
_DOMAIN_NAME = re.compile(
    r"([a-z0-9]([a-z0-9-]{0,61}[a-z0-9])?\.)*[a-z0-9]([a-z0-9-]{0,61}[a-z0-9])?"
)


def parse_recipient(text: str) -> str:
    """One bare address, its domain in the form that travels (xn--…); ReportError otherwise."""
    local, at, domain = text.strip().rpartition("@")
    ascii_domain = _ascii_domain(domain)
    if not at or not _LOCAL_PART.fullmatch(local) or not ascii_domain or len(text) > 254:
        shown = to_header_text(text)[:100]
        raise ReportError(
            f"{shown!r} is not a mail address. Write one address, as name@example.org; repeat the "
            "option for more."
        )
    return f"{local}@{ascii_domain}"


def _ascii_domain(domain: str) -> str:
    try:
        encoded = domain.encode("idna").decode().lower()
    except UnicodeError:
        return ""
    return encoded if _DOMAIN_NAME.fullmatch(encoded) else ""


def parse_mailbox(text: str) -> tuple[str, str]:
    """The name and the address of `Name <address>` or of a bare address; blanks if it is neither.

    >>> parsed("Ekonomi <ekonomi@example.org>")
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
