"""The tutorial is true, and so are the how-to pages and run.md, which begin where it ends.

Each is followed literally, and prints what it says. In one file, so that one process follows the
tutorial once for all.
"""

from __future__ import annotations

import csv
import json
import re
from pathlib import Path

import psycopg
import pytest

from support.delivery_servers import MailServer, s3_environment
from support.docs_snippets import ROOT, Step, copy_of, follow, steps
from support.documented_keys import TOP, read_reference
from support.postgres_server import PostgresServer

PAGES = ["correct", "language", "new-round", "old-releases", "own-report", "record"]
FOLLOWED = {"database", "deliver", *PAGES}
# These install, open JupyterLab, need more machines or a scheduler, or have a test of their own:
# tests/pricing/test_docs_examples.py, tests/test_schedule.py, tests/docs/test_register_sv.py,
# tests/end_to_end/test_branded_release.py, tests/report/test_commentary.py,
# tests/docs/test_ten_questions.py, tests/end_to_end/test_new_project.py.
NOT_FOLLOWED = {
    "brand",
    "comment",
    "correspondence",
    "explore",
    "fonts",
    "install",
    "more-machines",
    "new-project",
    "pricing-rule",
    "register-sv",
    "schedule",
    "ten-questions",
}
LOGO = '<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 20 10"><path d="M0 0h20v10z"/></svg>'
BRAND = """\
logo = "logo.svg"
logo_text = { sv = "Nordförbundet", en = "The Northern Association" }
typeface = "DejaVu Sans"
colours = { accent = "#5a0000" }
"""
COMMENT = """\
[[comment]]
section = "possible"
known_from = 2026-03-15
office = { sv = "Kansliet", en = "The secretariat" }
text = { sv = "Vi ringer.", en = "We call." }
"""
# What sets up the environment is done by whoever runs the tests.
TUTORIAL = "tutorial/own-round.md"
SET_UP = {"make report", ". .venv/bin/activate"}


@pytest.fixture(scope="module")
def followed(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A copy of the project in which the tutorial has been followed, each command as it stands."""
    place = copy_of(ROOT, tmp_path_factory.mktemp("tutorial") / "clone")
    todo = [step for step in steps(TUTORIAL) if step.command not in SET_UP]
    assert len(todo) == len(steps(TUTORIAL)) - len(SET_UP)
    follow(todo, place)
    return place


@pytest.fixture
def place(followed: Path, tmp_path: Path) -> Path:
    return copy_of(followed, tmp_path / "clone")


def test_the_tutorial_comes_to_what_it_says(followed: Path) -> None:
    release = followed / "reports/my-round/2026-03-31"
    figures = json.loads((release / "figures.json").read_text(encoding="utf-8"))
    # 240,000 by 1,000 : 2,000 : 7,000 : 2,000 is 20 for each; the first and the last said yes.
    fees = {one["code"]: one["fee"] for one in figures["member_list"]}
    assert fees == {"0001": 20_000, "0002": 40_000, "0003": 140_000, "0004": 40_000}
    assert (figures["funded"], figures["declined"], figures["possible"]) == (
        60_000,
        40_000,
        140_000,
    )
    # 70 % of 240,000 is 168,000; with the 140,000 that may still come there would be 200,000.
    [needed] = figures["thresholds"]
    assert (needed["needed"], needed["short"], needed["possible"]) == (168_000, 108_000, 200_000)


def test_its_letters_are_there_and_its_invoices_are_of_each_yes_and_year(followed: Path) -> None:
    release = followed / "reports/my-round/2026-03-31-letters"
    assert {path.name for path in release.glob("*.pdf")} == {f"000{n}.sv.pdf" for n in (1, 2, 3, 4)}
    with (release / "invoices.csv").open(encoding="utf-8-sig", newline="") as file:
        rows = list(csv.reader(file, delimiter=";"))[1:]
    assert len(rows) == 2 * 2
    assert (followed / "reports/index.html").exists()


def test_every_page_is_followed_here() -> None:
    assert {path.stem for path in (ROOT / "docs/how-to").glob("*.md")} == FOLLOWED | NOT_FOLLOWED


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
    assert attached.get_content() == (release / "board-report.sv.pdf").read_bytes()
    assert {p.name for p in release.iterdir()} == {
        p.name for p in (place / "web/my-round/2026-04-30").iterdir()
    }


def test_every_key_of_run_json_has_its_row_and_every_row_its_key(
    followed: Path, tmp_path: Path
) -> None:
    """The board report and the letters of the tutorial, and a report that replaces the first.

    That report has a brand and a comment, and so every kind of file that a round can have.
    """
    described, found = read_reference("run.md"), {}  # type: ignore[var-annotated]
    kinds: set[str] = set()
    place = copy_of(followed, tmp_path / "clone")
    answer = "echo '0003,2026-03-30,2026-03-31,,yes,,,' >> data/rounds/my-round/decisions.csv"
    again = "funding-report board my-round --as-of 2026-03-31 --reason Late"
    (place / "data/brand.toml").write_text(BRAND, encoding="utf-8")
    (place / "data/logo.svg").write_text(LOGO, encoding="utf-8")
    (place / "data/rounds/my-round/commentary.toml").write_text(COMMENT, encoding="utf-8")
    follow([Step(answer, ""), Step(again, "…\n")], place)
    for name in ("2026-03-31", "2026-03-31.2", "2026-03-31-letters"):
        run = json.loads((place / "reports/my-round" / name / "run.json").read_text("utf-8"))
        assert run["schema_version"] == 3
        described.found_in(run, TOP, found)
        kinds |= {kind for kind in run["inputs"] if not kind.startswith("fonts/")}
    documented = {place: set(keys) for place, keys in described.keys.items()}
    # Only where a report counts fewer answers: tests/end_to_end/test_fewer_answers.py makes one.
    # And where several sheets were read as one table.
    documented[TOP] -= {"fewer_answers", "register_sheets"}
    del documented["fewer_answers"]
    assert documented == found
    text = (ROOT / "docs/reference/run.md").read_text(encoding="utf-8")
    listed = set(re.findall(r"`(\w+)`", text.partition("The kinds are ")[2].partition(", and")[0]))
    assert {"commentary", "brand", "logo"} < kinds <= listed
