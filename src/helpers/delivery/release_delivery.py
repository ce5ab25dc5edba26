"""Deliver a release: copy and mail it, record each delivery, and continue in the next run.

A mail is recorded as `sending` before it is handed over and as `sent` once the server has accepted
it. If a run ends between the two, it is unknown whether the server accepted the mail. The next run
sends it again with the same Message-ID and the same bytes, by which mail systems recognise a
repetition. For a board, a missing mail is worse than a repeated mail.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Mapping, MutableMapping
from contextlib import closing
from dataclasses import dataclass, field
from datetime import datetime
from pathlib import Path
from urllib.parse import quote, urlsplit

from helpers.delivery.addresses import parse_recipient
from helpers.delivery.copy_out import copy_release
from helpers.delivery.copy_target import CopyTarget, parse_copy_target
from helpers.delivery.delivery_log import DeliveryLog, open_delivery_log
from helpers.delivery.mail_message import (
    Envelope,
    choose_mail_language,
    compose_mail,
    message_id,
    read_run,
)
from helpers.delivery.smtp import SmtpClient, UnusableServerError
from helpers.delivery.smtp_settings import SmtpSettings, parse_smtp_settings
from helpers.errors import DeliveryError, ReportError
from helpers.model.localized_text import Language
from helpers.system.private_environment import take_smtp_variables

Notify = Callable[[str], None]
Now = Callable[[], datetime]


@dataclass(frozen=True)
class DeliveryRequest:
    """The requested deliveries of a release; `smtp` has the SMTP variables of the environment."""

    mail_to: tuple[str, ...] = ()
    publish_to: tuple[CopyTarget, ...] = ()
    language: Language | None = None
    link: str = ""
    smtp: Mapping[str, str] = field(default_factory=dict, repr=False)

    def __bool__(self) -> bool:
        return bool(self.mail_to or self.publish_to)


def parse_delivery_request(
    mail_to: Iterable[str] = (),
    publish_to: Iterable[str] = (),
    mail_language: Language | None = None,
    mail_link: str | None = None,
    draft: bool = False,
    environment: MutableMapping[str, str] | None = None,
    reports: Path | None = None,
) -> DeliveryRequest:
    """Return the requested deliveries, each address once; raises ReportError if one cannot work.

    `mail_link` is the URL under which readers find the copies of `publish_to`, for a link in the
    mail, and `reports` the folder of the releases. A draft is not delivered, because the next one
    replaces it. The SMTP variables are removed from `environment`, needed or not, so that no
    notebook that runs later can read them.
    """
    variables = take_smtp_variables(environment if environment is not None else {})
    addresses = {address.lower(): address for address in map(parse_recipient, mail_to)}
    targets = {
        copy_target.safe_url: copy_target
        for copy_target in (parse_copy_target(address, reports) for address in publish_to)
    }
    if draft and (addresses or targets):
        raise ReportError(
            "A draft is not delivered. Leave --language (and --only) out, or make it alone."
        )
    return DeliveryRequest(
        mail_to=tuple(addresses.values()),
        publish_to=tuple(targets.values()),
        language=mail_language,
        link=_checked_link(mail_link) if mail_link else "",
        smtp=variables,
    )


def _checked_link(address: str) -> str:
    parts = urlsplit(address)
    is_plain = re.fullmatch(r"[!-~]+", address) and not set(address) & set("<>\"'`\\@?#")
    if parts.scheme not in {"http", "https"} or not parts.hostname or not is_plain:
        raise ReportError(
            "--mail-link takes the web address above the rounds, without user or query, as "
            "https://intranet.example.org/reports."
        )
    return address.rstrip("/")


def deliver(
    release: Path, request: DeliveryRequest, now: Now, notify: Notify, *, compared: bool = False
) -> None:
    """Make every requested copy and mail of a release that has not been made yet.

    The copies come first, so that a link in a mail works. A failure does not stop the other
    deliveries. Raises DeliveryError, which lists every failure, also for a release that was changed
    since it was published; and LockedError while another run delivers the same release. `now`
    returns a time with a time zone; `notify` is called with a line for each delivery. `compared`
    states that the caller has just compared the release with its hashes.
    """
    # Imported here: it knows the list of releases, whose charts take long to import.
    from helpers.releases.listing.unchanged import find_change  # noqa: PLC0415

    if not compared and (change := find_change(release)):
        raise DeliveryError(
            f"{release} is not delivered: {change} Check it with `funding-report verify {release}`."
        )
    with open_delivery_log(release, read_run(release)["key"]) as delivery_log:
        failed = list(_copy_to_all(release, request, delivery_log, now, notify))
        if failed and request.link and request.mail_to:
            failed.append("The mails wait for the copies, since a link in them would lead nowhere.")
        else:
            failed += _mail_to_all(release, request, delivery_log, now, notify)
    if failed:
        raise DeliveryError(
            "\n".join(
                [
                    f"{release} is published, but is not delivered everywhere.",
                    *failed,
                    "The same command delivers what is missing, and nothing twice.",
                ]
            )
        )


def _copy_to_all(
    release: Path,
    request: DeliveryRequest,
    delivery_log: DeliveryLog,
    now: Now,
    notify: Notify,
) -> Iterable[str]:
    """Make every copy; yield a sentence for each failure."""
    for copy_target in request.publish_to:
        tried = {"kind": "copy", "tried_at": now().isoformat(timespec="seconds")}
        try:
            new = copy_release(release, copy_target)
        except DeliveryError as error:
            delivery_log.write(copy_target.safe_url, **tried, state="failed", problem=str(error))
            yield str(error)
        else:
            delivery_log.write(copy_target.safe_url, **tried, state="copied", problem=None)
            notify(
                f"Copied to {copy_target.safe_url}."
                if new
                else f"Is at {copy_target.safe_url} already."
            )


def _mail_to_all(
    release: Path,
    request: DeliveryRequest,
    delivery_log: DeliveryLog,
    now: Now,
    notify: Notify,
) -> Iterable[str]:
    """Send every missing mail; yield a sentence for each failure."""
    if not request.mail_to:
        return
    try:
        server, language = (
            parse_smtp_settings(request.smtp),
            choose_mail_language(release, request.language),
        )
    except DeliveryError as error:
        yield str(error)
        return
    with closing(SmtpClient(server)) as client:
        mailing = _ReleaseMailing(
            release, server, language, _report_url(release, request, language)
        )
        for address in request.mail_to:
            try:
                mailing.send(address, client, delivery_log, now, notify)
            except UnusableServerError as error:
                yield str(error)
                return
            except DeliveryError as error:
                yield f"{address}: {error}"


def _report_url(release: Path, request: DeliveryRequest, language: Language) -> str:
    """Return the URL of the copy's page; '' without a link."""
    if not request.link:
        return ""
    within = f"{release.resolve().parent.name}/{release.name}/board-report.{language}.html"
    return f"{request.link}/{quote(within)}"


@dataclass(frozen=True)
class _ReleaseMailing:
    """The mails of one release in one language."""

    release: Path
    settings: SmtpSettings
    language: Language
    link: str

    def send(
        self,
        address: str,
        client: SmtpClient,
        delivery_log: DeliveryLog,
        now: Now,
        notify: Notify,
    ) -> None:
        """Send one mail unless it is already sent; raises DeliveryError if that fails."""
        attempt_time, name = now(), f"mail:{self.language}:{address.lower()}"
        previous = delivery_log.entries.get(name, {})
        state = previous.get("state")
        if state == "sent":
            return notify(f"Mailed to {address} already.")
        if state == "sending":
            notify(f"A run was ended while it mailed {address}: mailed again, as the same mail.")
        # The mail's date is that of the first attempt, so that a repeated mail has the same bytes.
        now_text = attempt_time.isoformat(timespec="seconds")
        dated = datetime.fromisoformat(previous.get("dated", now_text))
        envelope = Envelope(address, self.settings.sender, dated, self.language, self.link)
        mail = compose_mail(self.release, envelope)
        delivery_log.write(
            name,
            kind="mail",
            to=address,
            language=self.language,
            state="sending",
            dated=dated.isoformat(),
            tried_at=now_text,
            tries=previous.get("tries", 0) + 1,
            message_id=message_id(self.release, envelope),
            problem=None,
        )
        try:
            client.send(address, mail)
        except DeliveryError as error:
            delivery_log.write(name, state="failed", problem=str(error))
            raise
        delivery_log.write(name, state="sent")
        return notify(f"Mailed to {address}.")
