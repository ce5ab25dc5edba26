"""The how-to pages are true: each is followed where the tutorial ends, and prints what it says."""

from __future__ import annotations

import re
from pathlib import Path

import psycopg
import pytest

from deliveries import MailServer, s3_environment
from servers import PostgresServer
from snippets import ROOT, copy_of, follow, steps

PAGES = ["new-round", "old-releases", "own-report"]
FOLLOWED = {"database", "deliver", *PAGES}


@pytest.fixture
def place(followed: Path, tmp_path: Path) -> Path:
    return copy_of(followed, tmp_path / "clone")


def test_every_page_is_followed_here() -> None:
    assert {path.stem for path in (ROOT / "docs/how-to").glob("*.md")} == FOLLOWED


@pytest.mark.parametrize("page", PAGES)
def test_a_page_followed_as_it_stands(page: str, place: Path) -> None:
    follow(steps(f"how-to/{page}.md"), place)


def test_answers_from_a_database(
    place: Path, postgres_server: PostgresServer, postgres_url: str
) -> None:
    text = (ROOT / "docs/how-to/database.md").read_text(encoding="utf-8")
    [statements] = re.findall(r"```sql\n(.*?)```", text, re.DOTALL)
    with psycopg.connect(postgres_url, autocommit=True) as connection:
        connection.execute(statements)
    address = "postgresql://reader:secret@db.example.org/members"
    follow(steps("how-to/database.md"), place, {address: postgres_url})


def test_delivery(place: Path, mail_server: MailServer, s3_server: str, bucket: str) -> None:
    given = {
        name.removeprefix("FUNDING_REPORT_SMTP_"): v for name, v in mail_server.variables.items()
    }
    follow(
        steps("how-to/deliver.md"),
        place,
        {
            "SMTP_HOST=smtp.example.org": f"SMTP_HOST={given['HOST']}",
            "SMTP_USER=reports": f"SMTP_USER={given['USER']}",
            "SMTP_PASSWORD=secret": f"SMTP_PASSWORD='{given['PASSWORD']}'",
            "s3://board/reports": bucket,
        },
        FUNDING_REPORT_SMTP_PORT=given["PORT"],
        FUNDING_REPORT_SMTP_CA_FILE=given["CA_FILE"],
        **s3_environment(s3_server),
    )
    [mail] = mail_server.taken()
    assert mail["To"] == "chair@example.org"
    release = place / "reports/my-round/2026-04-30"
    [attached] = mail.iter_attachments()
    assert attached.get_content() == (release / "board-report.sv.pdf").read_bytes()  # type: ignore[attr-defined]
    assert {p.name for p in release.iterdir()} == {
        p.name for p in (place / "web/my-round/2026-04-30").iterdir()
    }
