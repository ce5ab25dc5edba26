"""Hands mails to an SMTP server: over TLS, a password from the environment, errors in words.

No message that leaves this module holds the user or the password, whatever the server says.
"""

from __future__ import annotations

import re
import smtplib
import ssl
from collections.abc import Callable
from contextlib import suppress
from typing import TypeVar

from helpers.delivery.smtp_settings import SmtpSettings
from helpers.errors import DeliveryError
from helpers.system.private_environment import SMTP_PREFIX

_MAX_REPLY_LENGTH = 200  # characters of what a server says
_CERTIFICATE_REMEDY = (
    f"Correct {SMTP_PREFIX}HOST, or name its authority's file in {SMTP_PREFIX}CA_FILE."
)
_LOGIN_REMEDY = f"Check {SMTP_PREFIX}USER and {SMTP_PREFIX}PASSWORD."
# What stopped a session before it began, and what to do. The first that fits counts.
_CONNECTION_PROBLEMS: list[tuple[type[Exception], str]] = [
    (ssl.SSLError, f"speaks no TLS that we can speak. Check {SMTP_PREFIX}PORT."),
    (smtplib.SMTPNotSupportedError,
     "offers no STARTTLS, or no login that we know; nothing was sent. Check "
     f"{SMTP_PREFIX}PORT and {SMTP_PREFIX}STARTTLS."),
    (smtplib.SMTPException, "broke the connection off. The next run tries again."),
    (
        Exception,
        f"cannot be reached. Check {SMTP_PREFIX}HOST and {SMTP_PREFIX}PORT, "
        "and that it is running.",
    ),
]  # fmt: skip
StepResult = TypeVar("StepResult")


class UnusableServerError(DeliveryError):
    """The server takes no mail from us at all: there is no use in trying the next recipient."""


class SmtpClient:
    """One connection to the server, opened when the first mail is sent, and again if it breaks."""

    def __init__(self, server_settings: SmtpSettings) -> None:
        self._settings = server_settings
        self._server: smtplib.SMTP | None = None

    def send(self, recipient: str, mail: bytes) -> None:
        """Return once the server has taken the mail.

        Raises UnusableServerError where it takes none at all, DeliveryError where it does not take
        this one. Where the connection breaks while the server's answer is awaited, nobody can know
        whether it took the mail: it counts as not sent.
        """
        server = self._open_connection()
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

    def _open_connection(self) -> smtplib.SMTP:
        if self._server is None or self._server.sock is None:
            self._server = self._connect()
        return self._server

    def _connect(self) -> smtplib.SMTP:
        server_settings = self._settings
        context = None if server_settings.tls == "none" else self._tls_context()
        server = self._step(lambda: self._new_session(context))
        try:
            if server_settings.tls == "asked":
                self._step(lambda: server.starttls(context=context))
            if server_settings.user:
                user = server_settings.user.get_secret_value()
                password = server_settings.password.get_secret_value()
                self._step(lambda: server.login(user, password))
        except BaseException:
            server.close()
            raise
        return server

    def _new_session(self, context: ssl.SSLContext | None) -> smtplib.SMTP:
        host, port, seconds = self._settings.host, self._settings.port, self._settings.timeout
        if self._settings.tls == "start":
            return smtplib.SMTP_SSL(host, port, timeout=seconds, context=context)
        return smtplib.SMTP(host, port, timeout=seconds)

    def _tls_context(self) -> ssl.SSLContext:
        try:
            return ssl.create_default_context(cafile=self._settings.ca_file)
        except OSError:
            raise UnusableServerError(
                f"The file that {SMTP_PREFIX}CA_FILE names cannot be read as certificates. "
                "Correct it."
            ) from None

    def _step(self, act: Callable[[], StepResult]) -> StepResult:
        """One step towards a session; what goes wrong becomes UnusableServerError, in words."""
        try:
            return act()
        except (smtplib.SMTPException, OSError, UnicodeError) as error:
            server = f"{self._settings.host}:{self._settings.port}"
            raise UnusableServerError(
                f"The mail server {server} {self._describe_error(error)}"
            ) from None

    def _describe_error(self, error: Exception) -> str:
        if isinstance(error, ssl.SSLCertVerificationError):
            why = f"({error.verify_message}); nothing was sent"
            return f"has a certificate that cannot be trusted {why}. {_CERTIFICATE_REMEDY}"
        if isinstance(error, smtplib.SMTPAuthenticationError):
            return f"does not accept the user or the password ({error.smtp_code}). {_LOGIN_REMEDY}"
        if isinstance(error, smtplib.SMTPResponseException):
            reply = self._reply_text(error.smtp_code, error.smtp_error)
            return f"takes no mail now: {reply}. The next run tries again."
        return next(words for kind, words in _CONNECTION_PROBLEMS if isinstance(error, kind))

    def _refusal(self, code: int, reply: bytes | str) -> str:
        """Why the server did not take a mail: for now (4xx), or as long as nothing changes."""
        remedy = (
            "It said that it may take it later; the next run tries again."
            if 400 <= code < 500
            else "Check the address and that the server may send to it; the next run tries again."
        )
        return f"The mail server did not take it: {self._reply_text(code, reply)}. {remedy}"

    def _reply_text(self, code: int, reply: bytes | str) -> str:
        text = reply.decode("utf-8", "replace") if isinstance(reply, bytes) else reply
        # Hidden first: cleaned, a secret would no longer be known for what it is.
        words = re.sub(r"[^\w .,:;<>@()/=+…-]", " ", self._settings.redact(text)).split()
        return f"{code} {' '.join(words)[:_MAX_REPLY_LENGTH]}".rstrip(" .")
