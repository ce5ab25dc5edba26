"""The whole way out: a command makes the report, copies it to S3 and to a folder, and mails it."""

import os
import subprocess
import sys
from pathlib import Path

import fsspec
import pytest

from support.command_server import funding_report
from support.delivery_servers import MailServer, s3_environment, state
from support.smtp_server import PASSWORD

ROOT = Path(__file__).resolve().parents[2]
COMMAND = Path(sys.executable).parent / "funding-report"
TO = "ordf@kommun.example"


def test_a_report_is_delivered_at_the_second_try_and_once(
    mail_server: MailServer, s3_server: str, bucket: str, tmp_path: Path
) -> None:
    output, folder = tmp_path / "reports", tmp_path / "webb"
    environment = os.environ | mail_server.variables | s3_environment(s3_server)

    def board() -> subprocess.CompletedProcess[str]:
        return subprocess.run(
            [
                COMMAND,
                "board",
                "skl-2016",
                "--as-of",
                "2017-02-22",
                "--output",
                output,
                "--mail-to",
                TO,
                "--publish-to",
                bucket,
                "--publish-to",
                folder,
            ],
            cwd=ROOT,
            env=environment,
            capture_output=True,
            text=True,
            check=False,
            timeout=300,
        )

    mail_server.fails(rcpt={TO: "451 Greylisted"})
    first = board()
    release = output / "skl-2016" / "2017-02-22"
    assert first.returncode == 6, first.stderr
    assert "451 Greylisted" in first.stderr
    assert str(release / "run.json") in first.stdout.splitlines()  # the release stands
    made = state(release)

    mail_server.fails()
    second, third = board(), board()
    assert (second.returncode, third.returncode) == (0, 0), second.stderr + third.stderr
    assert f"Mailed to {TO}." in second.stderr
    assert f"Mailed to {TO} already." in third.stderr
    assert first.stdout == second.stdout == third.stdout
    assert state(release) == made

    (mail,) = mail_server.taken()
    assert str(mail["Subject"]).startswith("Styrelserapport: 2,6 av 3,4 mnkr per år är säkrade")
    (attached,) = mail.iter_attachments()
    assert attached.get_content() == (release / "board-report.sv.pdf").read_bytes()

    assert state(folder / "skl-2016" / "2017-02-22") == made
    store = fsspec.filesystem("s3", skip_instance_cache=True)
    there = f"{bucket.removeprefix('s3://')}/skl-2016/2017-02-22"
    kept = {path.removeprefix(f"{there}/") for path in store.find(there)}
    assert kept == set(made)

    said = [run.stdout + run.stderr for run in (first, second, third)]
    written = [path.read_bytes() for path in output.rglob("*") if path.is_file()]
    assert not [text for text in said if PASSWORD in text or "hemlig" in text]
    assert not [content for content in written if PASSWORD.encode() in content]


@pytest.mark.parametrize(
    ("options", "message"),
    [
        (["--mail-to", "ordf"], "is not a mail address"),
        (["--publish-to", "bogus://x"], "does not know bogus://"),
        (["--mail-to", TO, "--language", "en"], "A draft is not delivered"),
    ],
)
def test_what_can_never_be_delivered_is_said_before_anything_is_made(
    options: list[str], message: str, tmp_path: Path
) -> None:
    asked = ("board", "skl-2016", "--as-of", "2017-02-22", "--output", tmp_path / "r")
    done = funding_report(*asked, *options)
    assert done.returncode == 1
    assert message in done.stderr
    assert "Traceback" not in done.stderr
    assert not (tmp_path / "r").exists()


def test_letters_are_copied_whole_and_once(
    small_project: Path, s3_server: str, bucket: str
) -> None:
    def letters(*options: str) -> subprocess.CompletedProcess[str]:
        asked = ("letters", "few", "--as-of", "2026-03-01", *options, "--publish-to", bucket)
        return funding_report(*asked, cwd=small_project, **s3_environment(s3_server))

    draft = letters("--only", "0001")
    assert draft.returncode == 1
    assert "A draft is not delivered. Leave --language (and --only) out" in draft.stderr
    assert not (small_project / "reports").exists()

    first, second = (letters("--publish-to", "web") for _ in range(2))
    assert (first.returncode, second.returncode) == (0, 0), first.stderr + second.stderr
    assert f"Copied to web.\nCopied to {bucket}.\n" in first.stderr
    assert f"Is at web already.\nIs at {bucket} already.\n" in second.stderr
    assert first.stdout == second.stdout
    made = state(small_project / "reports" / "few" / "2026-03-01-letters")
    assert {"0001.sv.pdf", "invoices.xlsx", "inputs/decisions.csv", "run.json"} <= set(made)
    assert state(small_project / "web" / "few" / "2026-03-01-letters") == made
    there = f"{bucket.removeprefix('s3://')}/few/2026-03-01-letters"
    store = fsspec.filesystem("s3", skip_instance_cache=True)
    assert {path.removeprefix(f"{there}/") for path in store.find(there)} == set(made)
