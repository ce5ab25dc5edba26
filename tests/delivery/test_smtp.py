"""Which server mail goes to, and how its connection is kept from others' eyes."""

from __future__ import annotations

from datetime import UTC, datetime
from pathlib import Path

import pytest

from helpers.delivery.release_delivery import deliver, parse_delivery_request
from helpers.delivery.smtp_settings import parse_smtp_settings
from helpers.errors import DeliveryError
from support.delivery_servers import MailServer

TO = "ordf@kommun.example"
SENDER = {"FROM": "rapport@example.org"}


def mailed(release: Path, server: MailServer, **changed: str) -> list[str]:
    messages: list[str] = []
    variables = {f"FUNDING_REPORT_SMTP_{name}": value for name, value in changed.items()}
    asked = parse_delivery_request([TO], environment=server.variables | variables)
    deliver(release, asked, lambda: datetime(2017, 2, 23, tzinfo=UTC), messages.append)
    return messages


def test_a_mail_over_tls_from_the_start(release: Path, smtps_server: MailServer) -> None:
    assert mailed(release, smtps_server) == [f"Mailed to {TO}."]
    (mail,) = smtps_server.taken()
    assert [address.addr_spec for address in mail["To"].addresses] == [TO]
    assert (smtps_server.folder / "logins").read_text(encoding="utf-8") == "right\n"


def test_there_too_a_certificate_that_is_not_trusted_gets_no_password(
    release: Path, smtps_server: MailServer, certificates: Path
) -> None:
    with pytest.raises(DeliveryError, match="certificate that cannot be trusted"):
        mailed(release, smtps_server, CA_FILE=str(certificates / "other.pem"))
    assert not (smtps_server.folder / "logins").exists()


def test_tls_from_the_start_to_a_starttls_server_fails(
    release: Path, mail_server: MailServer
) -> None:
    with pytest.raises(DeliveryError, match="speaks no TLS that we can speak"):
        mailed(release, mail_server, HOST="smtps://127.0.0.1")
    assert mail_server.taken() == []


# Ports by RFC 6409 (587, submission) and RFC 8314 (465, submissions: TLS from the start).
SERVERS = [
    ({"HOST": "smtp.example.org"}, ("smtp.example.org", 587, "asked")),
    ({"HOST": "smtp.example.org", "STARTTLS": "off"}, ("smtp.example.org", 587, "none")),
    ({"HOST": "smtp.example.org", "PORT": "465"}, ("smtp.example.org", 465, "start")),
    ({"HOST": "smtps://smtp.example.org"}, ("smtp.example.org", 465, "start")),
    ({"HOST": "smtps://smtp.example.org/", "PORT": "2465"}, ("smtp.example.org", 2465, "start")),
]


@pytest.mark.parametrize(("given", "expected"), SERVERS)
def test_tls_is_as_the_address_or_the_port_has_it(
    given: dict[str, str], expected: tuple[str, int, str]
) -> None:
    named = {f"FUNDING_REPORT_SMTP_{name}": value for name, value in (given | SENDER).items()}
    chosen = parse_smtp_settings(named)
    assert (chosen.host, chosen.port, chosen.tls) == expected


def test_with_tls_from_the_start_a_password_may_go_without_starttls() -> None:
    given = SENDER | {"HOST": "smtps://a.example", "USER": "u", "PASSWORD": "p", "STARTTLS": "off"}
    named = {f"FUNDING_REPORT_SMTP_{name}": value for name, value in given.items()}
    assert parse_smtp_settings(named).tls == "start"


def test_the_settings_print_neither_user_nor_password() -> None:
    values = SENDER | {"HOST": "a.example", "USER": "agneta", "PASSWORD": "hemligt"}
    settings = parse_smtp_settings({f"FUNDING_REPORT_SMTP_{n}": v for n, v in values.items()})
    assert settings.password.get_secret_value() == "hemligt"
    texts = [repr(settings), str(settings), f"{settings.user} {settings.password}"]
    dumps = [str(settings.model_dump()), settings.model_dump_json(), str(vars(settings))]
    for shown in texts + dumps:
        assert "***" in shown
        assert "agneta" not in shown
        assert "hemligt" not in shown


@pytest.mark.parametrize("host", ["smtp://smtp.example.org", "u:p@smtp.example.org", "a/b"])
def test_what_is_no_servers_name_is_refused_and_not_quoted(host: str) -> None:
    named = {"FUNDING_REPORT_SMTP_HOST": host, "FUNDING_REPORT_SMTP_FROM": SENDER["FROM"]}
    with pytest.raises(DeliveryError, match=r"HOST as smtp\.example\.org; for TLS") as wrong:
        parse_smtp_settings(named)
    assert "u:p" not in str(wrong.value)
