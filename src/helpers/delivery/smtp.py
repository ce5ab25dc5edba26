"""Hand mails to an SMTP server: over TLS, with a password from the environment.

No message that leaves this module contains the user or the password, whatever the server replies.
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

_MAX_REPLY_LENGTH = 200  # characters of a server's reply
_CERTIFICATE_REMEDY = (
    f"Correct {SMTP_PREFIX}HOST, or name its authority's file in {SMTP_PREFIX}CA_FILE."
)
_LOGIN_REMEDY = f"Check {SMTP_PREFIX}USER and {SMTP_PREFIX}PASSWORD."
# Errors before a session began, and what to do. The first match counts.
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
    """The server accepts no mails from this sender: trying the next recipient cannot work."""


class SmtpClient:
    """One connection to the server, opened for the first mail and again if it breaks."""

    def __init__(self, server_settings: SmtpSettings) -> None:
        self._settings = server_settings
        self._server: smtplib.SMTP | None = None

    def send(self, recipient: str, mail: bytes) -> None:
        """Return once the server has accepted the mail.

        Raises UnusableServerError if it accepts no mails at all, and DeliveryError if it does not
        accept this one. If the connection breaks before the server's reply, it is unknown whether
        it accepted the mail: the mail counts as not sent.
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
        """End the session; the server's reply is ignored."""
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
        """Run one step of opening a session; its errors become UnusableServerError."""
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
        """Return why the server rejected a mail: temporarily (4xx), or permanently."""
        remedy = (
            "It said that it may take it later; the next run tries again."
            if 400 <= code < 500
            else "Check the address and that the server may send to it; the next run tries again."
        )
        return f"The mail server did not take it: {self._reply_text(code, reply)}. {remedy}"

    def _reply_text(self, code: int, reply: bytes | str) -> str:
        text = reply.decode("utf-8", "replace") if isinstance(reply, bytes) else reply
        # Redact before cleaning: a secret with characters removed would not be found.
        words = re.sub(r"[^\w .,:;<>@()/=+…-]", " ", self._settings.redact(text)).split()
        return f"{code} {' '.join(words)[:_MAX_REPLY_LENGTH]}".rstrip(" .")
