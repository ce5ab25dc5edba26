"""Compose the mail of a release: its summary as text and HTML, with the PDF; reproducible bytes.

All its content comes from the release: the texts from run.json, and the PDF unchanged.
"""

from __future__ import annotations

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

from helpers.data.round.archived_inputs import read_release_json
from helpers.delivery.addresses import parse_mailbox, to_header_text
from helpers.documents.page_templates import template_environment
from helpers.documents.typst.logo_picture import logo_as_png
from helpers.errors import DeliveryError, ReportError
from helpers.i18n.localizer import Localizer
from helpers.model.brand.brand_look import BrandLook
from helpers.model.brand.logo_check import LogoRefusedError
from helpers.model.localized_text import Language, required_language
from helpers.releases.listing.released_look import released_look
from helpers.releases.run_log import release_hash
from helpers.releases.storage import RUN_JSON, json_fingerprint

_LOGO_ID = "logo@funding-report"
_MAIL_LINE_LENGTH = 72  # characters; mail programs wrap longer lines unpredictably


@dataclass(frozen=True)
class Envelope:
    """The recipient, sender, first sending time and language of a mail.

    `link` is the URL of the report, '' for none.
    """

    recipient: str
    sender: str
    dated: datetime
    language: Language
    link: str = ""


def choose_mail_language(release: Path, requested: Language | None) -> Language:
    """Return the mail's language: the requested one, otherwise Swedish if the release has it.

    Raises DeliveryError if the release has no summary, or none in that language.
    """
    briefs = read_run(release).get("briefs", {})
    if not briefs:
        raise DeliveryError(f"{release} has no brief to mail. Make the board report again.")
    language = requested or required_language(list(briefs))
    if language not in briefs:
        available = ", ".join(briefs)
        raise DeliveryError(
            f"{release} is not in the language {language!r}. "
            f"Choose a --mail-language of {available}."
        )
    return language


def read_run(release: Path) -> dict[str, Any]:
    """Return the content of a release's run.json."""
    try:
        return read_release_json(release / RUN_JSON)
    except ReportError:
        raise DeliveryError(
            f"{release} has no {RUN_JSON} that can be read. Make it again."
        ) from None


def message_id(release: Path, envelope: Envelope) -> str:
    """Return the Message-ID, which is the same for the same release, recipient and language.

    Mail systems thus recognise a repeated mail.
    """
    parts = [read_run(release)["key"], release.name, envelope.recipient.lower(), envelope.language]
    domain = parse_mailbox(envelope.sender)[1].rpartition("@")[2]
    return f"<{json_fingerprint(parts)[:40]}@{domain}>"


def compose_mail(release: Path, envelope: Envelope) -> bytes:
    """Return the bytes of the mail; the same release and envelope give the same bytes.

    Raises DeliveryError if the PDF does not match its hash in run.json.
    """
    run = read_run(release)
    brief, loc = run["briefs"][envelope.language], Localizer(envelope.language)
    identity = message_id(release, envelope)
    message = EmailMessage(policy=SMTP)
    for name, value in _mail_headers(brief, envelope, identity).items():
        message[name] = value
    attached = loc("styrelserapport-{name}.pdf", name=_attachment_name(release))
    shown = {
        **{name: text.strip() for name, text in brief.items()},
        "attached": loc("Hela rapporten är bifogad som PDF: {file}", file=attached),
        "link": envelope.link,
        "link_text": loc("Läs rapporten på webben"),
        "hash_text": f"{loc('SHA-256 för run.json')}:",
        "hash": release_hash(release),
        "automatic": loc("Det här meddelandet är skickat automatiskt."),
    }
    message.set_content(_plain_text(shown), cte="quoted-printable")
    look = _look_of(release, run, envelope.language)
    html = _mail_html(shown, envelope.language, look)
    message.add_alternative(html, subtype="html", cte="quoted-printable")
    if look.logo:
        _add_logo(message, look)
    pdf = _published_pdf(release, run, envelope.language)
    message.add_attachment(pdf, maintype="application", subtype="pdf", filename=attached)
    message["Content-Language"] = envelope.language  # set earlier, it would go with the text
    _set_boundaries(message, identity)
    return message.as_bytes()


def _mail_html(shown: dict[str, str], language: Language, look: BrandLook) -> str:
    colours = {"light": look.light, "dark": look.dark}
    template = template_environment().get_template("mail.html.j2")
    return template.render(
        language=language,
        typeface=look.typeface,
        logo=f"cid:{_LOGO_ID}" if look.logo else "",
        logo_text=look.logo_text,
        **colours,
        **shown,
    )


def _look_of(release: Path, run: dict[str, Any], language: Language) -> BrandLook:
    try:
        return released_look(release, run, language)
    except ReportError as error:
        raise DeliveryError(str(error)) from None


def _add_logo(message: EmailMessage, look: BrandLook) -> None:
    """Attach the logo to the HTML, which shows it; mail programs show no SVG."""
    html = next(part for part in message.walk() if part.get_content_type() == "text/html")
    try:
        picture = look.logo_content if look.logo_type == "image/png" else logo_as_png(look)
    except LogoRefusedError as error:
        raise DeliveryError(f"The logo is not used: {error}. Export it again.") from None
    html.add_related(picture, "image", "png", cid=f"<{_LOGO_ID}>")


def _mail_headers(brief: dict[str, str], envelope: Envelope, identity: str) -> dict[str, object]:
    name, address = parse_mailbox(envelope.sender)
    return {
        "From": Address(to_header_text(name or brief["organiser"]), addr_spec=address),
        "To": Address(addr_spec=envelope.recipient),
        "Subject": to_header_text(brief["subject"]),
        "Date": format_datetime(envelope.dated),
        "Message-ID": identity,
        "Auto-Submitted": "auto-generated",  # RFC 3834: asks for no automatic replies
    }


def _plain_text(shown: dict[str, str]) -> str:
    """Return the plain text: paragraphs of short lines, without blank ones."""
    link = f"{shown['link_text']}:\n{shown['link']}" if shown["link"] else ""
    paragraphs = [
        fill(shown["notice"], _MAIL_LINE_LENGTH),
        fill(f"{shown['title']} · {shown['dated']}", _MAIL_LINE_LENGTH),
        fill(f"{shown['headline']}.", _MAIL_LINE_LENGTH),
        fill(shown["lead"], _MAIL_LINE_LENGTH),
        fill(shown["bounds"], _MAIL_LINE_LENGTH),
        fill(shown["attached"], _MAIL_LINE_LENGTH, break_long_words=False, break_on_hyphens=False),
        f"{shown['hash_text']}\n{shown['hash']}",  # unwrapped, to compare with index and terminal
        link,  # not wrapped, so that mail programs recognise it as a link
        f"{shown['organiser']}\n{shown['automatic']}",
    ]
    return "\n\n".join(filter(None, paragraphs)) + "\n"


def _published_pdf(release: Path, run: dict[str, Any], language: Language) -> bytes:
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


def _attachment_name(release: Path) -> str:
    return re.sub(r"[^A-Za-z0-9._-]+", "-", f"{release.resolve().parent.name}-{release.name}")


def _set_boundaries(message: EmailMessage, identity: str) -> None:
    """Derive the boundaries from the mail's identity; Python draws them at random."""
    multiparts = [part for part in message.walk() if part.is_multipart()]
    for number, part in enumerate(multiparts):
        part.set_boundary(f"={json_fingerprint([identity, number])[:40]}=")
