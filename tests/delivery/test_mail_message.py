"""The mail as it is composed: the same bytes, nothing let in by data, addresses read strictly."""

import json
from datetime import UTC, datetime
from email import message_from_bytes
from email.policy import default
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from helpers.delivery.addresses import parse_mailbox, parse_recipient, to_header_text
from helpers.delivery.mail_message import Envelope, choose_mail_language, compose_mail, message_id
from helpers.delivery.release_delivery import parse_delivery_request
from helpers.errors import DeliveryError, ReportError
from support.optional_values import present

DATED = datetime(2017, 2, 23, 6, 30, tzinfo=UTC)
ENVELOPE = Envelope("ordf@kommun.example", "Ekonomi <a@b.example>", DATED, "sv")


def rewrite(release: Path, **brief: str) -> None:
    run = json.loads((release / "run.json").read_bytes())
    run["briefs"]["sv"] |= brief
    (release / "run.json").write_text(json.dumps(run), encoding="utf-8")


def test_the_same_release_and_envelope_give_the_same_bytes(release: Path) -> None:
    assert compose_mail(release, ENVELOPE) == compose_mail(release, ENVELOPE)


def test_the_identity_follows_the_report_the_recipient_and_the_language(release: Path) -> None:
    others = [
        ENVELOPE,
        Envelope("vice@kommun.example", ENVELOPE.sender, DATED, "sv"),
        Envelope(ENVELOPE.recipient, ENVELOPE.sender, DATED, "en"),
    ]
    assert len({message_id(release, envelope) for envelope in others}) == 3
    later = Envelope("ORDF@kommun.example", ENVELOPE.sender, datetime(2018, 1, 1, tzinfo=UTC), "sv")
    assert message_id(release, later) == message_id(release, ENVELOPE)


def test_every_line_is_short_enough_and_plain(release: Path) -> None:
    for line in compose_mail(release, ENVELOPE).split(b"\r\n"):
        assert len(line) <= 998  # RFC 5321, 4.5.3.1.6
        assert line.isascii()
        assert b"\n" not in line
        assert b"\r" not in line


@pytest.mark.parametrize("field", ["subject", "organiser"])
@pytest.mark.parametrize("end", ["\n", "\r\n", "\r", "\u2028", "\x0b", "\x85", "\x00"])
def test_no_text_becomes_a_header(release: Path, field: str, end: str) -> None:
    rewrite(release, **{field: f"Rapport{end}Bcc: alla@example.org{end}{end}<p>"})
    sent = Envelope(ENVELOPE.recipient, "a@b.example", DATED, "sv")
    mail = message_from_bytes(compose_mail(release, sent), policy=default)
    assert mail["Bcc"] is None
    assert [a.addr_spec for a in mail["To"].addresses] == ["ordf@kommun.example"]
    said = mail["Subject"] if field == "subject" else mail["From"].addresses[0].display_name
    assert said == "Rapport Bcc: alla@example.org <p>"


def test_no_text_becomes_html(release: Path) -> None:
    rewrite(release, headline="<script>x</script>", lead='"><img src=x>', organiser="</div>")
    mail = message_from_bytes(compose_mail(release, ENVELOPE), policy=default)
    body = present(mail.get_body(("html",)))
    html = body.get_content()
    assert "<script>" not in html
    assert "<img" not in html
    assert html.count("</div>") == 1


def test_the_page_fetches_nothing(release: Path) -> None:
    html = compose_mail(release, ENVELOPE).decode()
    assert "src=3D" not in html
    assert "url(" not in html
    assert "@import" not in html


def test_the_sender_is_named_as_the_settings_have_it(release: Path) -> None:
    mail = message_from_bytes(compose_mail(release, ENVELOPE), policy=default)
    assert str(mail["From"]) == "Ekonomi <a@b.example>"


def test_the_language_is_swedish_unless_another_is_wanted(release: Path) -> None:
    assert choose_mail_language(release, None) == "sv"
    assert choose_mail_language(release, "en") == "en"
    run = json.loads((release / "run.json").read_bytes())
    del run["briefs"]["sv"]
    (release / "run.json").write_text(json.dumps(run), encoding="utf-8")
    assert choose_mail_language(release, None) == "en"
    with pytest.raises(DeliveryError, match="is not in the language 'sv'"):
        choose_mail_language(release, "sv")
    del run["briefs"]
    (release / "run.json").write_text(json.dumps(run), encoding="utf-8")
    with pytest.raises(DeliveryError, match="has no brief to mail"):
        choose_mail_language(release, None)


# xn--… by RFC 3492: "kommunförbundet" has its ö (U+00F6) after "kommunf".
ADDRESSES = [
    ("ordf@kommun.example", "ordf@kommun.example"),
    (" Ordf.Vice+1@KOMMUN.example ", "Ordf.Vice+1@kommun.example"),
    ("a@förbund.example", "a@xn--frbund-wxa.example"),
    # UTS 46 on faß.de: IDNA 2003, as Python's own codec, would write to fass.de, another domain.
    ("a@faß.example", "a@xn--fa-hia.example"),
    ("driften@server.local", "driften@server.local"),
    ("root@localhost", "root@localhost"),
]


@pytest.mark.parametrize(("text", "address"), ADDRESSES)
def test_an_address(text: str, address: str) -> None:
    assert parse_recipient(text) == address


NO_ADDRESS = [
    "", "kommun", "a@", "@b.example", "a b@c.example", "a@b.example,c@d.example", "a@b\nBcc: c@d",
    "Ordf <a@b.example>", "a@b.example>", ".a@b.example", "a..b@c.example", "å@b.example",
    "a@-b.example", f"{'a' * 250}@b.example", f"{'a' * 65}@b.example", "a@b..example",
    "a@b@c.example", '"a b"@c.example',
]  # fmt: skip


@pytest.mark.parametrize("text", NO_ADDRESS)
def test_what_is_no_address_is_refused_before_anything_is_made(text: str) -> None:
    with pytest.raises(ReportError, match="is not a mail address"):
        parse_delivery_request([text])


@given(st.text())
def test_whatever_is_read_as_an_address_is_one_and_no_more(text: str) -> None:
    try:
        address = parse_recipient(text)
    except ReportError:
        return
    assert address.isascii()
    assert address.count("@") == 1
    assert not set(address) & set(' \r\n\t<>,;:"()[]\\')


@given(st.text())
def test_a_header_is_one_line_of_what_can_be_seen(text: str) -> None:
    line = to_header_text(text)
    assert line.isprintable() or not line
    assert len(line.splitlines()) <= 1


@pytest.mark.parametrize("text", ["", "nobody", "A <a@b.example>, B <b@c.example>", "x\n<a@b.c>"])
def test_a_sender_that_is_not_one_address(text: str) -> None:
    assert parse_mailbox(text) == ("", "")


BAD_LINKS = [
    "javascript:alert(1)", "ftp://host/x", "https://", "https://user:pw@host/", "https://h/?a=b",
    'https://h/"x', "https://h/ x", "https://h/\n",
]  # fmt: skip


@pytest.mark.parametrize("link", BAD_LINKS)
def test_a_link_that_leads_nowhere_good(link: str) -> None:
    with pytest.raises(ReportError, match="--mail-link takes the web address"):
        parse_delivery_request(["a@b.example"], mail_link=link)


def test_a_draft_is_not_delivered() -> None:
    with pytest.raises(ReportError, match="A draft is not delivered"):
        parse_delivery_request(["a@b.example"], draft=True)
    assert not parse_delivery_request(draft=True)


def test_the_settings_of_smtp_are_taken_out_of_the_environment() -> None:
    environment = {"FUNDING_REPORT_SMTP_PASSWORD": "hemlig", "PATH": "/bin"}
    asked = parse_delivery_request(environment=environment)
    assert environment == {"PATH": "/bin"}
    assert asked.smtp == {"FUNDING_REPORT_SMTP_PASSWORD": "hemlig"}
    assert "hemlig" not in repr(asked)
