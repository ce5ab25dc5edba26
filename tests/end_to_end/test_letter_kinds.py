"""Batches of the kinds of letter that have to be asked for: published, continued and verified."""

from __future__ import annotations

import csv
import json
import re
import shutil
from collections.abc import Callable
from contextlib import chdir
from datetime import date
from html import unescape
from pathlib import Path
from typing import Any

import pytest
from click.testing import CliRunner, Result

from helpers.cli.commands import cli
from helpers.errors import ReportError
from helpers.maintenance.verification import verify_release
from helpers.system.json_text import json_text
from support.new_rounds import create_round

ROOT = Path(__file__).resolve().parents[2]
DAY = "2026-03-01"
# By weight the members pay 10 000, 20 000 and 70 000 of the 100 000.
REGISTER = """\
code,decided_on,received_on,decision
0001,2026-01-15,2026-01-20,yes
0003,2026-01-15,2026-01-16,no
"""
# 5 000 more than Norra owes, and all of what Södra was invoiced for before it said no.
PAYMENTS = """\
code,year,invoiced_on,amount,paid_on,paid
0001,2027,2026-02-01,15000,2026-02-20,15000
0003,2027,2026-02-01,70000,,
"""


@pytest.fixture(scope="module")
def project(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A project with the shipped notebooks and a round of three members."""
    own = tmp_path_factory.mktemp("own")
    (own / "data" / "rounds").mkdir(parents=True)
    shutil.copytree(ROOT / "notebooks", own / "notebooks")
    with chdir(own):
        folder = create_round("few", date(2026, 1, 10), own_members=True)
    (folder / "decisions.csv").write_text(REGISTER, encoding="utf-8")
    (folder / "payments.csv").write_text(PAYMENTS, encoding="utf-8")
    return own


def letters(project: Path, *options: str) -> Result:
    """The command in this process, whose parent of workers is then warm for `verify`."""
    with chdir(project):
        return CliRunner().invoke(cli, ["letters", "few", "--workers", "1", *options])


def publish(project: Path, kind: str) -> Path:
    """The release of a kind of letter, published by the command."""
    done = letters(project, "--as-of", DAY, "--kind", kind)
    assert done.exit_code == 0, done.stderr
    release = project / "reports" / "few" / f"{DAY}-letters-{kind}"
    others = ["figures.json", "mail-merge.csv", "run.json"]
    printed = [project / line for line in done.stdout.splitlines()]
    assert printed == [release, *(release / name for name in others)]
    return release


@pytest.fixture(scope="module")
def papers(project: Path) -> Path:
    return publish(project, "paper")


@pytest.fixture(scope="module")
def credits_(project: Path) -> Path:
    return publish(project, "credit")


def page_of(release: Path, code: str) -> str:
    """The text of a letter's page, every blank a plain one."""
    page = (release / f"{code}.sv.html").read_text(encoding="utf-8").partition("<body")[2]
    return re.sub(r"\s+", " ", unescape(re.sub("<[^>]+>", " ", page)))


def read_json(path: Path) -> dict[str, Any]:
    return dict(json.loads(path.read_text(encoding="utf-8")))


def mail_merge(release: Path) -> list[dict[str, str]]:
    with (release / "mail-merge.csv").open(encoding="utf-8-sig", newline="") as file:
        return list(csv.DictReader(file, delimiter=";"))


def letters_in(release: Path) -> set[str]:
    return {path.name for path in release.iterdir() if path.suffix in (".html", ".pdf", ".ipynb")}


def letter_names(*codes: str) -> set[str]:
    return {f"{code}.sv.{kind}" for code in codes for kind in ("html", "pdf", "ipynb")}


def test_members_that_have_not_said_yes_get_the_paper(papers: Path) -> None:
    assert letters_in(papers) == letter_names("0002", "0003")
    run, figures = read_json(papers / "run.json"), read_json(papers / "figures.json")
    assert (run["letters"], run["parameters"]["letter_kind"]) == (2, "paper")
    fees = {code: letter["fee_all_years"] for code, letter in figures["letters"].items()}
    assert fees == {"0002": 20_000, "0003": 70_000}
    assert "20 000 kr" in page_of(papers, "0002")
    assert "70 000 kr" in page_of(papers, "0003")
    assert [(row["Kod"], row["Brevtyp"]) for row in mail_merge(papers)] == [
        ("0002", "paper"),
        ("0003", "paper"),
    ]


def test_members_that_have_been_invoiced_for_too_much_get_the_credit(credits_: Path) -> None:
    assert letters_in(credits_) == letter_names("0001", "0003")
    run = read_json(credits_ / "run.json")
    assert (run["letters"], run["parameters"]["letter_kind"]) == (2, "credit")
    assert "Vi krediterar er 5 000 kr." in page_of(credits_, "0001")
    assert "Vi krediterar er 70 000 kr." in page_of(credits_, "0003")
    assert [row["PDF"] for row in mail_merge(credits_)] == ["0001.sv.pdf", "0003.sv.pdf"]


def test_verify_makes_every_paper_again_and_knows_a_renamed_release(
    project: Path, papers: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(project)
    verdict = verify_release(papers)
    # Two papers of three files each, and the list for a mail merge.
    assert (verdict.differences, verdict.remarks, verdict.documents) == ([], [], 7)
    renamed = project / "renamed" / "few" / f"{DAY}-letters"
    shutil.copytree(papers, renamed)
    assert verify_release(renamed, documents=False).differences == [
        f"run.json is that of another release: the folder is {renamed.name}."
    ]


def test_verify_makes_every_credit_again_and_misses_a_list_that_is_gone(
    project: Path, credits_: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(project)
    changed = project / "changed" / "few" / credits_.name
    shutil.copytree(credits_, changed)
    (changed / "mail-merge.csv").unlink()
    edit_run(changed, lambda run: run["outputs"].pop("mail-merge.csv"))
    verdict = verify_release(changed)
    assert verdict.documents == 7
    [difference] = verdict.differences
    assert difference.startswith("mail-merge.csv is missing: a run makes it. Code and libraries")


def edit_run(release: Path, change: Callable[[dict[str, Any]], object]) -> None:
    run = read_json(release / "run.json")
    change(run)
    (release / "run.json").write_text(json_text(run), encoding="utf-8")


def test_a_kind_that_nobody_is_to_get_is_refused(project: Path) -> None:
    done = letters(project, "--as-of", "2026-01-31", "--kind", "credit")
    assert isinstance(done.exception, ReportError)
    assert str(done.exception) == (
        "There is nobody to write to: no member had been invoiced for too much on 2026-01-31."
    )
