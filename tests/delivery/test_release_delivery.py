"""Mail to a real SMTP server in a process of its own: what it got, and what when it fails."""

import json
import os
import subprocess
import sys
from collections.abc import Callable
from datetime import datetime, timedelta
from email.message import EmailMessage
from hashlib import sha256
from itertools import count
from pathlib import Path
from zoneinfo import ZoneInfo

import pytest

from helpers.delivery.release_delivery import deliver, parse_delivery_request
from helpers.errors import DeliveryError, LockedError
from helpers.releases.decided import mark_decided
from helpers.system.control.file_lock import locked
from support.delivery_servers import BRIEFS, PDF, MailServer, make_release, state
from support.smtp_server import PASSWORD, USER
from support.waiting import wait_until

BEGUN = datetime(2017, 2, 23, 7, 30, tzinfo=ZoneInfo("Europe/Stockholm"))
ONE, TWO = "ordf@kommun.example", "vice@kommun.example"


@pytest.fixture
def run(
    release: Path, mail_server: MailServer, capsys: pytest.CaptureFixture[str]
) -> Callable[..., list[str]]:
    """Delivers, an hour later each time, and returns what was told; nothing secret is left."""
    hours = count()

    def go(*mail_to: str, variables: dict[str, str] | None = None, **options: str) -> list[str]:
        messages: list[str] = []
        environment = mail_server.variables | (variables or {})
        asked = parse_delivery_request(mail_to, environment=environment, **options)  # type: ignore[arg-type]
        moment = BEGUN + timedelta(hours=next(hours))
        problem = ""
        try:
            deliver(release, asked, lambda: moment, messages.append)
        except DeliveryError as error:
            problem = str(error)
            raise
        finally:
            kept = release.parent / ".delivery" / f"{release.name}.json"
            seen = [problem, *messages, repr(asked), *capsys.readouterr()]
            seen.append(kept.read_text(encoding="utf-8") if kept.exists() else "")
            assert not [text for text in seen if PASSWORD in text or USER in text]
        return messages

    return go


def entries(release: Path) -> dict[str, dict[str, object]]:
    path = release.parent / ".delivery" / f"{release.name}.json"
    found = json.loads(path.read_text(encoding="utf-8"))["deliveries"]
    return {entry["to"]: entry for entry in found.values()}


def parts(mail: EmailMessage) -> tuple[str, str, EmailMessage]:
    text, html = mail.get_body(("plain",)), mail.get_body(("html",))
    (attached,) = mail.iter_attachments()
    assert text
    assert html
    return text.get_content(), html.get_content(), attached


def test_the_mail_as_it_is_received(run: Callable[..., list[str]], mail_server: MailServer) -> None:
    assert run(ONE) == [f"Mailed to {ONE}."]
    (mail,) = mail_server.taken()
    # The brief's subject with plain spaces: a no-break space is no use in a list of mails.
    assert mail["Subject"] == (
        "Styrelserapport: 2,6 av 3,4 mnkr per år är säkrade den 22 februari 2017 "
        "(rekonstruerade svar)"
    )
    assert mail["From"].addresses[0].display_name == "Sveriges Kommuner, Landsting & Öar"
    # The domain förbund.example as it travels (RFC 3492).
    assert mail["From"].addresses[0].addr_spec == "rapport@xn--frbund-wxa.example"
    assert [a.addr_spec for a in mail["To"].addresses] == [ONE]
    assert mail["Date"].datetime == BEGUN
    assert mail["Content-Language"] == "sv"
    assert mail["Auto-Submitted"] == "auto-generated"
    assert [part.get_content_type() for part in mail.walk()] == [
        "multipart/mixed",
        "multipart/alternative",
        "text/plain",
        "text/html",
        "application/pdf",
    ]
    text, html, attached = parts(mail)
    assert attached.get_content() == PDF
    assert attached.get_filename() == "styrelserapport-skl-2016-2017-02-22.pdf"
    text = text.replace("\r\n", " ")  # lines of 72 characters, as one
    for name in ("headline", "lead", "bounds", "notice", "title", "dated", "organiser"):
        assert BRIEFS["sv"][name] in text
    assert "bifogad som PDF: styrelserapport-skl-2016-2017-02-22.pdf" in text
    assert '<html lang="sv">' in html
    assert "har sagt ja &amp; &lt;b&gt;44&lt;/b&gt; nej." in html
    assert "<b>" not in html
    envelope = json.loads((mail_server.folder / "1.json").read_text(encoding="utf-8"))
    assert envelope == {"from": "rapport@xn--frbund-wxa.example", "to": [ONE]}


def test_in_english_where_it_is_asked_for(
    run: Callable[..., list[str]], mail_server: MailServer
) -> None:
    run(ONE, mail_language="en", mail_link="https://intranet.example.org/reports/")
    (mail,) = mail_server.taken()
    text, html, attached = parts(mail)
    assert mail["Subject"] == "Board report: SEK 2.6 of 3.4 million"
    assert attached.get_content() == b"%PDF-1.7 English"
    assert attached.get_filename() == "board-report-skl-2016-2017-02-22.pdf"
    page = "https://intranet.example.org/reports/skl-2016/2017-02-22/board-report.en.html"
    assert f"Read the report on the web:\r\n{page}\r\n" in text
    assert f'href="{page}"' in html
    assert "The full report is attached as a PDF" in html


def test_one_mail_a_recipient_and_none_twice(
    run: Callable[..., list[str]], mail_server: MailServer, release: Path
) -> None:
    before = state(release)
    run(ONE, TWO, ONE.upper())
    kept = release.parent / ".delivery" / f"{release.name}.json"
    assert kept.stat().st_mode & 0o777 == 0o600 or os.name == "nt"  # it holds addresses
    assert run(ONE, TWO) == [f"Mailed to {ONE} already.", f"Mailed to {TWO} already."]
    assert [mail["To"].addresses[0].addr_spec for mail in mail_server.taken()] == [
        "ORDF@kommun.example",
        TWO,
    ]
    assert len({mail["Message-ID"] for mail in mail_server.taken()}) == 2
    assert state(release) == before


def test_who_is_refused_holds_up_no_one_and_is_tried_again(
    run: Callable[..., list[str]], mail_server: MailServer, release: Path
) -> None:
    mail_server.fails(rcpt={ONE: "550 5.1.1 No such box"})
    with pytest.raises(DeliveryError) as failed:
        run(ONE, TWO)
    assert failed.value.exit_code == 6
    assert f"{ONE}: The mail server did not take it: 550 5.1.1 No such box" in str(failed.value)
    assert TWO not in str(failed.value)
    assert entries(release)[ONE]["state"] == "failed"
    mail_server.fails()
    assert run(ONE, TWO) == [f"Mailed to {ONE}.", f"Mailed to {TWO} already."]
    assert [m["To"].addresses[0].addr_spec for m in mail_server.taken()] == [TWO, ONE]
    # Dated when it was first meant to go, although it went an hour later.
    assert [m["Date"].datetime for m in mail_server.taken()] == [BEGUN, BEGUN]
    entry = entries(release)[ONE]
    assert (entry["state"], entry["tries"]) == ("sent", 2)
    assert entry["tried_at"] == "2017-02-23T08:30:00+01:00"
    assert "problem" not in entry


def test_a_server_that_asks_to_come_again_is_asked_again(
    run: Callable[..., list[str]], mail_server: MailServer
) -> None:
    mail_server.fails(rcpt={ONE: "451 4.7.1 Greylisted, come again"})
    with pytest.raises(DeliveryError, match=r"451 4\.7\.1 Greylisted.*may take it later"):
        run(ONE)
    assert mail_server.taken() == []
    mail_server.fails()
    assert run(ONE) == [f"Mailed to {ONE}."]
    assert len(mail_server.taken()) == 1


def test_a_connection_that_breaks_before_the_mail(
    run: Callable[..., list[str]], mail_server: MailServer
) -> None:
    mail_server.fails(drop="data")
    with pytest.raises(DeliveryError, match="connection broke before"):
        run(ONE, TWO)  # the second on a connection of its own, since the first is gone
    mail_server.fails()
    assert run(ONE, TWO) == [f"Mailed to {ONE}.", f"Mailed to {TWO}."]
    assert len(mail_server.taken()) == 2


def test_a_mail_whose_answer_never_came_is_repeated_to_the_byte(
    run: Callable[..., list[str]], mail_server: MailServer
) -> None:
    mail_server.fails(drop="answer")
    with pytest.raises(DeliveryError, match="connection broke before"):
        run(ONE)
    mail_server.fails()
    run(ONE)
    first, second = mail_server.raw()  # the server took it the first time, and could not say so
    assert first == second


KILLED = """
import os, sys
from datetime import datetime
from pathlib import Path
from zoneinfo import ZoneInfo
from helpers.delivery.release_delivery import deliver, parse_delivery_request
begun = datetime(2017, 2, 23, 7, 30, tzinfo=ZoneInfo("Europe/Stockholm"))
request = parse_delivery_request([sys.argv[2]], environment=os.environ)
deliver(Path(sys.argv[1]), request, lambda: begun, print)
"""


def test_a_mail_whose_run_was_killed_is_sent_again_to_the_byte(
    run: Callable[..., list[str]], mail_server: MailServer, release: Path
) -> None:
    mail_server.fails(hold=60)
    environment = os.environ | mail_server.variables
    process = subprocess.Popen([sys.executable, "-c", KILLED, release, ONE], env=environment)
    assert wait_until(mail_server.taken, 30)
    process.kill()
    process.wait()
    assert entries(release)[ONE]["state"] == "sending"
    mail_server.fails()
    messages = run(ONE)  # the lock went with the process
    assert messages[0].startswith("A run was ended while it mailed")
    first, second = mail_server.raw()
    assert first == second
    assert run(ONE) == [f"Mailed to {ONE} already."]


def test_a_wrong_password_is_an_error_that_does_not_tell_it(
    run: Callable[..., list[str]], mail_server: MailServer
) -> None:
    wrong = {"FUNDING_REPORT_SMTP_PASSWORD": "fel"}
    with pytest.raises(DeliveryError, match=r"does not accept the user or the password \(535\)"):
        run(ONE, TWO, variables=wrong)
    logins = (mail_server.folder / "logins").read_text(encoding="utf-8").split()
    assert "right" not in logins
    assert mail_server.taken() == []
    run(ONE)
    assert len(mail_server.taken()) == 1


def test_a_server_that_turns_us_away_tells_no_password_either(
    run: Callable[..., list[str]], mail_server: MailServer
) -> None:
    mail_server.fails(greeting="421")
    with pytest.raises(DeliveryError, match="takes no mail now: 421 Too busy for … …"):
        run(ONE)


@pytest.mark.parametrize("trusted", ["other.pem", None])
def test_a_certificate_that_is_not_trusted_gets_no_password(
    run: Callable[..., list[str]], mail_server: MailServer, certificates: Path, trusted: str | None
) -> None:
    named = str(certificates / trusted) if trusted else ""
    with pytest.raises(DeliveryError, match="certificate that cannot be trusted"):
        run(ONE, variables={"FUNDING_REPORT_SMTP_CA_FILE": named})
    assert not (mail_server.folder / "logins").exists()


def test_a_certificate_of_another_name_gets_no_password(
    run: Callable[..., list[str]], mail_server: MailServer
) -> None:
    with pytest.raises(DeliveryError, match="certificate that cannot be trusted"):
        run(ONE, variables={"FUNDING_REPORT_SMTP_HOST": "localhost"})
    assert not (mail_server.folder / "logins").exists()


def test_a_server_that_is_not_there(run: Callable[..., list[str]]) -> None:
    with pytest.raises(DeliveryError, match=r"127\.0\.0\.1:1 cannot be reached") as failed:
        run(ONE, TWO, variables={"FUNDING_REPORT_SMTP_PORT": "1"})
    assert str(failed.value).count("cannot be reached") == 1  # asked once, not once a recipient


WRONG = [
    ({"HOST": ""}, "Set FUNDING_REPORT_SMTP_HOST"),
    ({"FROM": "nobody"}, "Write FUNDING_REPORT_SMTP_FROM as"),
    ({"FROM": "a@b.example\nBcc: c@d.example"}, "Write FUNDING_REPORT_SMTP_FROM as"),
    ({"PORT": "smtp"}, "Set FUNDING_REPORT_SMTP_PORT to a number"),
    ({"TIMEOUT": "0"}, "Set FUNDING_REPORT_SMTP_TIMEOUT to whole seconds"),
    ({"STARTTLS": "perhaps"}, "Set FUNDING_REPORT_SMTP_STARTTLS to on or off"),
    ({"STARTTLS": "off"}, "would be sent for all to read"),
    ({"PASSWORD": ""}, "Set both FUNDING_REPORT_SMTP_USER and FUNDING_REPORT_SMTP_PASSWORD"),
    ({"PASSWORD": "lösen"}, "only ASCII"),
    ({"CA_FILE": "/nowhere.pem"}, "CA_FILE names cannot be read"),
]


@pytest.mark.parametrize(("given", "message"), WRONG)
def test_settings_that_are_wrong(
    run: Callable[..., list[str]], mail_server: MailServer, given: dict[str, str], message: str
) -> None:
    variables = {f"FUNDING_REPORT_SMTP_{name}": value for name, value in given.items()}
    with pytest.raises(DeliveryError, match=message) as failed:
        run(ONE, variables=variables)
    assert "lösen" not in str(failed.value)
    assert mail_server.taken() == []


def test_a_release_whose_pdf_was_changed_is_not_mailed(
    run: Callable[..., list[str]], mail_server: MailServer, release: Path
) -> None:
    (release / "board-report.sv.pdf").write_bytes(b"%PDF something else")
    with pytest.raises(DeliveryError, match=r"its files do not fit its run\.json"):
        run(ONE)
    assert mail_server.taken() == []


@pytest.mark.parametrize("record", ["index", "mark"])
def test_a_run_json_altered_under_the_same_key_is_not_delivered(
    run: Callable[..., list[str]],
    mail_server: MailServer,
    release: Path,
    tmp_path: Path,
    record: str,
) -> None:
    """The subject of the mail is in run.json alone, and no part of the key."""
    run_json = release / "run.json"
    published = sha256(run_json.read_bytes()).hexdigest()
    if record == "index":
        entry = f'<li data-release="skl-2016/2017-02-22" data-run="{published}">'
        (tmp_path / "reports" / "index.html").write_text(entry, encoding="utf-8")
    else:
        mark_decided(release)
    content = json.loads(run_json.read_bytes())
    content["briefs"]["sv"]["subject"] = "Allt är säkrat"
    run_json.write_text(json.dumps(content), encoding="utf-8")
    with pytest.raises(DeliveryError, match=r"is not delivered: run\.json has been changed"):
        run(ONE, publish_to=(str(tmp_path / "web"),))
    assert mail_server.taken() == []
    assert not (tmp_path / "web").exists()


def test_a_release_of_another_key_is_mailed_anew(
    run: Callable[..., list[str]], mail_server: MailServer, release: Path
) -> None:
    run(ONE)
    run_json = release / "run.json"
    run_json.write_text(run_json.read_text(encoding="utf-8").replace("k" * 64, "m" * 64), "utf-8")
    assert run(ONE) == [f"Mailed to {ONE}."]
    one, two = (mail["Message-ID"] for mail in mail_server.taken())
    assert one != two


def test_while_another_run_delivers_nothing_is_sent(
    run: Callable[..., list[str]], mail_server: MailServer, release: Path
) -> None:
    (release.parent / ".delivery").mkdir()
    with (
        locked(release.parent / ".delivery" / f"{release.name}.lock"),
        pytest.raises(LockedError, match="Another run is delivering 2017-02-22"),
    ):
        run(ONE)
    assert mail_server.taken() == []


def test_a_record_that_cannot_be_read_sends_nothing(
    run: Callable[..., list[str]], mail_server: MailServer, release: Path
) -> None:
    (release.parent / ".delivery").mkdir()
    (release.parent / ".delivery" / f"{release.name}.json").write_text("{", encoding="utf-8")
    with pytest.raises(DeliveryError, match="so that nothing goes twice"):
        run(ONE)
    assert mail_server.taken() == []


def test_mails_wait_for_the_copy_that_their_link_leads_to(
    release: Path, mail_server: MailServer, tmp_path: Path
) -> None:
    place = tmp_path / "web"
    make_release(place / "skl-2016" / "2017-02-22", key="another")

    def go(link: str | None) -> None:
        asked = parse_delivery_request(
            [ONE], [str(place)], mail_link=link, environment=dict(mail_server.variables)
        )
        deliver(release, asked, lambda: BEGUN, lambda _: None)

    with pytest.raises(DeliveryError, match="The mails wait for the copies"):
        go("https://intranet.example.org")
    assert mail_server.taken() == []
    with pytest.raises(DeliveryError, match="is a different release"):
        go(None)
    assert len(mail_server.taken()) == 1  # the PDF is in it: no reason to wait


def test_where_nothing_can_be_written_down_nothing_is_sent(
    run: Callable[..., list[str]],
    mail_server: MailServer,
    release: Path,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    def full(*_: object) -> None:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr("helpers.system.files.os.fsync", full)
    with pytest.raises(DeliveryError, match=r"cannot be written down in .*No space left"):
        run(ONE)
    assert mail_server.taken() == []
    assert [path.name for path in (release.parent / ".delivery").iterdir()] == []
