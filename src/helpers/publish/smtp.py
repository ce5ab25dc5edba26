"""Hands mails to an SMTP server: over TLS, a password from the environment, errors in words.

No message that leaves this module holds the user or the password, whatever the server says.
"""

from __future__ import annotations

import re
import smtplib
import ssl
from base64 import b64encode
from collections.abc import Callable, Mapping
from contextlib import suppress
from dataclasses import dataclass, field
from typing import Literal, TypeVar

from helpers.errors import DeliveryError
from helpers.publish.addresses import parsed
from helpers.publish.withheld import PREFIX

_FROM_THE_START = "smtps://"  # before a host that speaks TLS before anything else, as port 465 does
_SUBMISSIONS = 465  # RFC 8314
_MOST_SAID = 200  # characters of what a server says
_TRUST = f"Correct {PREFIX}HOST, or name its authority's file in {PREFIX}CA_FILE."
_LOGIN = f"Check {PREFIX}USER and {PREFIX}PASSWORD."
# What stopped a session before it began, and what to do. The first that fits counts.
_CAUSES: list[tuple[type[Exception], str]] = [
    (ssl.SSLError, f"speaks no TLS that we can speak. Check {PREFIX}PORT."),
    (smtplib.SMTPNotSupportedError,
     "offers no STARTTLS, or no login that we know; nothing was sent. Check "
     f"{PREFIX}PORT and {PREFIX}STARTTLS."),
    (smtplib.SMTPException, "broke the connection off. The next run tries again."),
    (Exception, f"cannot be reached. Check {PREFIX}HOST and {PREFIX}PORT, and that it is running."),
]  # fmt: skip
Done = TypeVar("Done")
_YES, _NO = {"on", "true", "yes", "1"}, {"off", "false", "no", "0"}


class UnusableServer(DeliveryError):  # noqa: N818 an error by what it says
    """The server takes no mail from us at all: there is no use in trying the next recipient."""


@dataclass(frozen=True)
class Settings:
    """Where mail goes out, and as whom; `timeout` in seconds. The password has no repr.

    `tls` is there from the start, or once the server has been asked (STARTTLS), or never.
    """

    host: str
    sender: str  # as it stands in From: an address, or a name and an address
    port: int = 587
    user: str = field(default="", repr=False)
    password: str = field(default="", repr=False)
    tls: Literal["start", "asked", "none"] = "asked"
    ca_file: str | None = None
    timeout: int = 30

    @property
    def address(self) -> str:
        """The sender's address alone."""
        return parsed(self.sender)[1]

    def hidden(self, text: str) -> str:
        """A text without the user and the password, plain or as they go over the wire."""
        if self.password:
            wire = f"\0{self.user}\0{self.password}"
            secrets = [self.user, self.password]
            secrets += [b64encode(s.encode()).decode() for s in (wire, self.user, self.password)]
            for secret in sorted(filter(None, secrets), key=len, reverse=True):
                text = text.replace(secret, "…")
        return text


def settings(variables: Mapping[str, str]) -> Settings:
    """The settings that the variables give; DeliveryError, which names each that is wrong."""
    given = {name.removeprefix(PREFIX): value.strip() for name, value in variables.items() if value}
    wrong = _wrong(given)
    if wrong:
        raise DeliveryError(f"No mail can be sent. {' '.join(wrong)}")
    asked = given.get("STARTTLS", "on").lower() in _YES
    return Settings(
        host=_host(given),
        sender=given["FROM"],
        port=int(_port(given)),
        user=given.get("USER", ""),
        password=given.get("PASSWORD", ""),
        tls="start" if _from_the_start(given) else "asked" if asked else "none",
        ca_file=given.get("CA_FILE"),
        timeout=int(given.get("TIMEOUT", 30)),
    )


def _host(given: Mapping[str, str]) -> str:
    return given.get("HOST", "").removeprefix(_FROM_THE_START).rstrip("/")


def _port(given: Mapping[str, str]) -> str:
    usual = _SUBMISSIONS if given.get("HOST", "").startswith(_FROM_THE_START) else 587
    return given.get("PORT", str(usual))


def _from_the_start(given: Mapping[str, str]) -> bool:
    """Whether the server speaks TLS before anything else: told by its address, or by its port."""
    return given.get("HOST", "").startswith(_FROM_THE_START) or _port(given) == str(_SUBMISSIONS)


def _wrong(given: Mapping[str, str]) -> list[str]:
    """What is wrong with the settings, a sentence each; values are quoted only where harmless."""
    starttls = given.get("STARTTLS", "on").lower()
    user, password = given.get("USER", ""), given.get("PASSWORD", "")
    checks = [
        (not _host(given), "Set {}HOST to the mail server's name."),
        (bool(set(_host(given)) & set("/@")),
         "Write {}HOST as smtp.example.org; for TLS from the start, as smtps://smtp.example.org."),
        ("FROM" not in given, "Set {}FROM to the address that the mail comes from."),
        ("FROM" in given and parsed(given.get("FROM", "")) == ("", ""),
         "Write {}FROM as name@example.org or as Name <name@example.org>."),
        (not _is_number(_port(given), 65_535), "Set {}PORT to a number, as 587."),
        (not _is_number(given.get("TIMEOUT", "30"), 3_600), "Set {}TIMEOUT to whole seconds."),
        (starttls not in _YES | _NO, "Set {}STARTTLS to on or off."),
        (bool(user) != bool(password), "Set both {}USER and {}PASSWORD, or neither."),
        (not (user + password).isascii(),
         "{}USER and {}PASSWORD can hold only ASCII characters: choose another password."),
        (bool(user) and starttls in _NO and not _from_the_start(given),
         "With {}STARTTLS=off the password would be sent for all to read: turn it on."),
    ]  # fmt: skip
    return [words.replace("{}", PREFIX) for is_wrong, words in checks if is_wrong]


def _is_number(text: str, most: int) -> bool:
    return re.fullmatch(r"[0-9]{1,5}", text) is not None and 0 < int(text) <= most


class Postman:
    """One connection to the server, opened when the first mail is sent, and again if it breaks."""

    def __init__(self, chosen: Settings) -> None:
        self._settings = chosen
        self._server: smtplib.SMTP | None = None

    def send(self, recipient: str, mail: bytes) -> None:
        """Return once the server has taken the mail.

        Raises UnusableServer where it takes none at all, DeliveryError where it does not take this
        one. Where the connection breaks while the server's answer is awaited, nobody can know
        whether it took the mail: it counts as not sent.
        """
        server = self._connected()
        try:
            server.sendmail(self._settings.address, [recipient], mail)
        except smtplib.SMTPRecipientsRefused as error:
            raise DeliveryError(self._refusal(*error.recipients[recipient])) from None
        except smtplib.SMTPResponseException as error:
            raise DeliveryError(self._refusal(error.smtp_code, error.smtp_error)) from None
        except (smtplib.SMTPException, OSError):
            self.close()
            raise DeliveryError(
                "The connection broke before the mail server had said that it took the mail."
            ) from None

    def close(self) -> None:
        """Say goodbye to the server; what it answers no longer matters."""
        server, self._server = self._server, None
        if server is not None:
            with suppress(smtplib.SMTPException, OSError):
                server.quit()
            server.close()

    def _connected(self) -> smtplib.SMTP:
        if self._server is None or self._server.sock is None:
            self._server = self._connect()
        return self._server

    def _connect(self) -> smtplib.SMTP:
        chosen = self._settings
        context = None if chosen.tls == "none" else self._context()
        server = self._step(lambda: self._opened(context))
        try:
            if chosen.tls == "asked":
                self._step(lambda: server.starttls(context=context))
            if chosen.user:
                self._step(lambda: server.login(chosen.user, chosen.password))
        except BaseException:
            server.close()
            raise
        return server

    def _opened(self, context: ssl.SSLContext | None) -> smtplib.SMTP:
        host, port, seconds = self._settings.host, self._settings.port, self._settings.timeout
        if self._settings.tls == "start":
            return smtplib.SMTP_SSL(host, port, timeout=seconds, context=context)
        return smtplib.SMTP(host, port, timeout=seconds)

    def _context(self) -> ssl.SSLContext:
        try:
            return ssl.create_default_context(cafile=self._settings.ca_file)
        except OSError:
            raise UnusableServer(
                f"The file that {PREFIX}CA_FILE names cannot be read as certificates. Correct it."
            ) from None

    def _step(self, act: Callable[[], Done]) -> Done:
        """One step towards a session; what goes wrong becomes UnusableServer, in words."""
        try:
            return act()
        except (smtplib.SMTPException, OSError, UnicodeError) as error:
            server = f"{self._settings.host}:{self._settings.port}"
            raise UnusableServer(f"The mail server {server} {self._cause(error)}") from None

    def _cause(self, error: Exception) -> str:
        if isinstance(error, ssl.SSLCertVerificationError):
            why = f"({error.verify_message}); nothing was sent"
            return f"has a certificate that cannot be trusted {why}. {_TRUST}"
        if isinstance(error, smtplib.SMTPAuthenticationError):
            return f"does not accept the user or the password ({error.smtp_code}). {_LOGIN}"
        if isinstance(error, smtplib.SMTPResponseException):
            said = self._said(error.smtp_code, error.smtp_error)
            return f"takes no mail now: {said}. The next run tries again."
        return next(words for kind, words in _CAUSES if isinstance(error, kind))

    def _refusal(self, code: int, said: bytes | str) -> str:
        """Why the server did not take a mail: for now (4xx), or as long as nothing changes."""
        remedy = (
            "It said that it may take it later; the next run tries again."
            if 400 <= code < 500
            else "Check the address and that the server may send to it; the next run tries again."
        )
        return f"The mail server did not take it: {self._said(code, said)}. {remedy}"

    def _said(self, code: int, said: bytes | str) -> str:
        text = said.decode("utf-8", "replace") if isinstance(said, bytes) else said
        # Hidden first: cleaned, a secret would no longer be known for what it is.
        words = re.sub(r"[^\w .,:;<>@()/=+…-]", " ", self._settings.hidden(text)).split()
        return f"{code} {' '.join(words)[:_MOST_SAID]}".rstrip(" .")
