"""The settings of the mail server, read from FUNDING_REPORT_SMTP_ variables."""

from __future__ import annotations

import re
from base64 import b64encode
from collections.abc import Mapping
from typing import Literal

from pydantic import SecretStr

from helpers.base_model import StrictModel
from helpers.delivery.addresses import parse_mailbox
from helpers.errors import DeliveryError
from helpers.system.private_environment import SMTP_PREFIX

_SMTPS_SCHEME = "smtps://"  # prefix of a host whose connection begins with TLS, as on port 465


_SUBMISSIONS_PORT = 465  # RFC 8314


_ON_WORDS, _OFF_WORDS = {"on", "true", "yes", "1"}, {"off", "false", "no", "0"}


class SmtpSettings(StrictModel):
    """The mail server, the sender and the user; `timeout` is in seconds.

    User and password print as asterisks, also in a dump or an f-string. With `tls` "start" the
    connection begins with TLS, with "asked" the client requests it (STARTTLS), with "none" there is
    none.
    """

    host: str
    sender: str  # as it is in From: an address, or a name and an address
    port: int = 587
    user: SecretStr = SecretStr("")
    password: SecretStr = SecretStr("")
    tls: Literal["start", "asked", "none"] = "asked"
    ca_file: str | None = None
    timeout: int = 30

    @property
    def address(self) -> str:
        """The sender's address without the name."""
        return parse_mailbox(self.sender)[1]

    def redact(self, text: str) -> str:
        """Return a text without the user and the password, plain or encoded as in SMTP."""
        user, password = self.user.get_secret_value(), self.password.get_secret_value()
        if password:
            wire = f"\0{user}\0{password}"
            secrets = [user, password]
            secrets += [b64encode(s.encode()).decode() for s in (wire, user, password)]
            for secret in sorted(filter(None, secrets), key=len, reverse=True):
                text = text.replace(secret, "…")
        return text


def parse_smtp_settings(variables: Mapping[str, str]) -> SmtpSettings:
    """Return the settings in the variables; raises DeliveryError that names each invalid one."""
    values = {
        name.removeprefix(SMTP_PREFIX): value.strip() for name, value in variables.items() if value
    }
    problems = _setting_problems(values)
    if problems:
        raise DeliveryError(f"No mail can be sent. {' '.join(problems)}")
    starttls_on = values.get("STARTTLS", "on").lower() in _ON_WORDS
    return SmtpSettings(
        host=_smtp_host(values),
        sender=values["FROM"],
        port=int(_smtp_port(values)),
        user=SecretStr(values.get("USER", "")),
        password=SecretStr(values.get("PASSWORD", "")),
        tls="start" if _uses_smtps(values) else "asked" if starttls_on else "none",
        ca_file=values.get("CA_FILE"),
        timeout=int(values.get("TIMEOUT", 30)),
    )


def _smtp_host(values: Mapping[str, str]) -> str:
    return values.get("HOST", "").removeprefix(_SMTPS_SCHEME).rstrip("/")


def _smtp_port(values: Mapping[str, str]) -> str:
    default_port = _SUBMISSIONS_PORT if values.get("HOST", "").startswith(_SMTPS_SCHEME) else 587
    return values.get("PORT", str(default_port))


def _uses_smtps(values: Mapping[str, str]) -> bool:
    """Return whether the connection begins with TLS, by the host's prefix or the port."""
    return values.get("HOST", "").startswith(_SMTPS_SCHEME) or _smtp_port(values) == str(
        _SUBMISSIONS_PORT
    )


def _setting_problems(values: Mapping[str, str]) -> list[str]:
    """Return a sentence for each invalid setting; only harmless values are quoted."""
    starttls = values.get("STARTTLS", "on").lower()
    user, password = values.get("USER", ""), values.get("PASSWORD", "")
    checks = [
        (not _smtp_host(values), "Set {}HOST to the mail server's name."),
        (bool(set(_smtp_host(values)) & set("/@")),
         "Write {}HOST as smtp.example.org; for TLS from the start, as smtps://smtp.example.org."),
        ("FROM" not in values, "Set {}FROM to the address that the mail comes from."),
        ("FROM" in values and parse_mailbox(values.get("FROM", "")) == ("", ""),
         "Write {}FROM as name@example.org or as Name <name@example.org>."),
        (not _is_number(_smtp_port(values), 65_535), "Set {}PORT to a number, as 587."),
        (not _is_number(values.get("TIMEOUT", "30"), 3_600), "Set {}TIMEOUT to whole seconds."),
        (starttls not in _ON_WORDS | _OFF_WORDS, "Set {}STARTTLS to on or off."),
        (bool(user) != bool(password), "Set both {}USER and {}PASSWORD, or neither."),
        (not (user + password).isascii(),
         "{}USER and {}PASSWORD can hold only ASCII characters: choose another password."),
        (bool(user) and starttls in _OFF_WORDS and not _uses_smtps(values),
         "With {}STARTTLS=off the password would be sent for all to read: turn it on."),
    ]  # fmt: skip
    return [words.replace("{}", SMTP_PREFIX) for is_wrong, words in checks if is_wrong]


def _is_number(text: str, most: int) -> bool:
    return re.fullmatch(r"[0-9]{1,5}", text) is not None and 0 < int(text) <= most
