"""Composes the mail of a release: its brief as text and HTML, with the PDF; the same bytes again.

Everything in it comes from the release: the texts from the brief in run.json, the PDF as it is.
"""

from __future__ import annotations

import json
import re
from dataclasses import dataclass
from datetime import datetime
from email.headerregistry import Address
from email.message import EmailMessage
from email.policy import SMTP
from email.utils import format_datetime
from hashlib import sha256
from pathlib import Path
from textwrap import fill
from typing import Any

from helpers.errors import DeliveryError
from helpers.formats import Speech
from helpers.publish.addresses import one_line, parsed
from helpers.publish.archive import RUN, fingerprint
from helpers.publish.page_templates import environment
from helpers.terms import Language
from helpers.texts import first_language

_LINE = 72  # characters; mail programs wrap longer lines as they please


@dataclass(frozen=True)
class Envelope:
    """Who gets a mail from whom, and when it was first meant to go; `link` is where to read on."""

    recipient: str
    sender: str
    dated: datetime
    language: Language
    link: str = ""


def language_of(release: Path, wanted: Language | None) -> Language:
    """The mail's language: the one that is wanted, or else Swedish where the release has it.

    Raises DeliveryError where the release has no brief, or none in that language.
    """
    briefs = run_of(release).get("briefs", {})
    if not briefs:
        raise DeliveryError(f"{release} has no brief to mail. Make the board report again.")
    language = wanted or first_language(list(briefs))
    if language not in briefs:
        there = ", ".join(briefs)
        raise DeliveryError(
            f"{release} is not in the language {language!r}. Choose a --mail-language of {there}."
        )
    return language


def run_of(release: Path) -> dict[str, Any]:
    """What run.json of a release says."""
    try:
        return dict(json.loads((release / RUN).read_bytes()))
    except (OSError, ValueError):
        raise DeliveryError(f"{release} has no {RUN} that can be read. Make it again.") from None


def message_id(release: Path, envelope: Envelope) -> str:
    """The same for the same release, recipient and language: so a repeated mail is recognised."""
    parts = [run_of(release)["key"], release.name, envelope.recipient.lower(), envelope.language]
    domain = parsed(envelope.sender)[1].rpartition("@")[2]
    return f"<{fingerprint(parts)[:40]}@{domain}>"


def compose(release: Path, envelope: Envelope) -> bytes:
    """The mail as it goes over the wire. The same release and envelope give the same bytes.

    Raises DeliveryError where the PDF is no longer the one that run.json vouches for.
    """
    run = run_of(release)
    brief, say = run["briefs"][envelope.language], Speech(envelope.language)
    identity = message_id(release, envelope)
    message = EmailMessage(policy=SMTP)
    for name, value in _headers(brief, envelope, identity).items():
        message[name] = value
    attached = say("styrelserapport-{name}.pdf", name=_file_name(release))
    shown = {
        **{name: text.strip() for name, text in brief.items()},
        "attached": say("Hela rapporten är bifogad som PDF: {file}", file=attached),
        "link": envelope.link,
        "link_text": say("Läs rapporten på webben"),
        "automatic": say("Det här meddelandet är skickat automatiskt."),
    }
    message.set_content(_text(shown), cte="quoted-printable")
    html = environment().get_template("mail.html.j2").render(language=envelope.language, **shown)
    message.add_alternative(html, subtype="html", cte="quoted-printable")
    pdf = _pdf(release, run, envelope.language)
    message.add_attachment(pdf, maintype="application", subtype="pdf", filename=attached)
    message["Content-Language"] = envelope.language  # set earlier, it would go with the text
    _set_boundaries(message, identity)
    return message.as_bytes()


def _headers(brief: dict[str, str], envelope: Envelope, identity: str) -> dict[str, object]:
    name, address = parsed(envelope.sender)
    return {
        "From": Address(one_line(name or brief["organiser"]), addr_spec=address),
        "To": Address(addr_spec=envelope.recipient),
        "Subject": one_line(brief["subject"]),
        "Date": format_datetime(envelope.dated),
        "Message-ID": identity,
        "Auto-Submitted": "auto-generated",  # RFC 3834: no holiday replies, please
    }


def _text(shown: dict[str, str]) -> str:
    """The plain text: paragraphs of short lines, blank ones left out."""
    link = f"{shown['link_text']}:\n{shown['link']}" if shown["link"] else ""
    paragraphs = [
        fill(shown["notice"], _LINE),
        fill(f"{shown['title']} · {shown['dated']}", _LINE),
        fill(f"{shown['headline']}.", _LINE),
        fill(shown["lead"], _LINE),
        fill(shown["bounds"], _LINE),
        fill(shown["attached"], _LINE, break_long_words=False, break_on_hyphens=False),
        link,  # whole, so that it can be followed
        f"{shown['organiser']}\n{shown['automatic']}",
    ]
    return "\n\n".join(filter(None, paragraphs)) + "\n"


def _pdf(release: Path, run: dict[str, Any], language: Language) -> bytes:
    name = f"board-report.{language}.pdf"
    try:
        content = (release / name).read_bytes()
    except OSError:
        content = b""
    if sha256(content).hexdigest() != run["outputs"].get(name):
        raise DeliveryError(
            f"{release / name} is not the file that was published. Remove the release and make it "
            "again."
        )
    return content


def _file_name(release: Path) -> str:
    return re.sub(r"[^A-Za-z0-9._-]+", "-", f"{release.resolve().parent.name}-{release.name}")


def _set_boundaries(message: EmailMessage, identity: str) -> None:
    """Boundaries that follow from the mail's identity; Python draws them at random."""
    multiparts = [part for part in message.walk() if part.is_multipart()]
    for number, part in enumerate(multiparts):
        part.set_boundary(f"={fingerprint([identity, number])[:40]}=")
