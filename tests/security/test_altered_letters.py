"""A user who can write to a release of letters alters one thing: `verify` finds it.

Of every kind of letter, as test_adversary.py does for one kind and for the report of the board:
run.json has a key and hashes that fit, and what was recorded outside the release is removed.
"""

from __future__ import annotations

import json
import re
import shutil
from collections.abc import Callable, Iterator
from datetime import date
from pathlib import Path
from typing import Any

import openpyxl
import pypdf
import pypdf.annotations
import pytest

from helpers.maintenance import verification
from helpers.maintenance.rebuild import rebuild_documents
from helpers.maintenance.verification import verify_release
from helpers.system.json_text import json_text
from support.altered_releases import (
    alter_key,
    check_every_alteration_is_found,
    compute_once,
    cover_up,
    forget,
)
from support.command_server import funding_report
from support.new_rounds import project_with_few

# By weight the members pay 10 000, 20 000 and 70 000 of the 100 000.
REGISTER = """\
code,decided_on,received_on,decision,remark
0001,2026-01-15,2026-01-20,yes,a
0003,2026-01-15,2026-01-16,no,b
"""
# 5 000 more than Norra owes, and all of what Södra was invoiced for before it said no.
PAYMENTS = """\
code,year,invoiced_on,amount,paid_on,paid
0001,2027,2026-02-01,15000,2026-02-20,15000
0003,2027,2026-02-01,70000,,
"""
DECIDED = """
[[events]]
kind = "decision"
on = 2026-03-15
known_from = 2026-03-15
text.sv = "Styrelsen beslutar"
"""
DAYS = dict.fromkeys(("request", "reminder", "status", "paper", "credit"), "2026-03-01")
DAYS["feedback"] = "2026-03-20"
KINDS = pytest.mark.parametrize("kind", DAYS)
# What the figures do not show, and what is found as soon as the letters are made again.
PRINTED = {
    "inputs": "what a letter's notebook hands over has the hashes of the inputs",
    "parameters.table": "the notebook's parameters have it",
}


@pytest.fixture(scope="module")
def project(tmp_path_factory: pytest.TempPathFactory) -> Path:
    own = tmp_path_factory.mktemp("own")
    folder = project_with_few(own, date(2026, 1, 10))
    (folder / "decisions.csv").write_text(REGISTER, encoding="utf-8")
    (folder / "payments.csv").write_text(PAYMENTS, encoding="utf-8")
    with (folder / "round.toml").open("a", encoding="utf-8") as file:
        file.write(DECIDED)
    return own


@pytest.fixture
def releases(
    project: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> Callable[[str], Path]:
    """Return the release of a kind, to be altered."""
    monkeypatch.chdir(project)

    def release_of(kind: str) -> Path:
        # The kind that follows from the day is not in the name.
        suffix = "" if kind in ("status", "feedback") else f"-{kind}"
        name = f"few/{DAYS[kind]}-letters{suffix}"
        if not (project / "reports" / name).exists():
            asked = ("few", "--as-of", DAYS[kind], "--kind", kind)
            done = funding_report("letters", *asked, cwd=project)
            assert done.returncode == 0, done.stderr
            forget(project / "reports")
        return Path(shutil.copytree(project / "reports" / name, tmp_path / "reports" / name))

    return release_of


@KINDS
def test_every_statement_of_letters_is_computed_again(
    releases: Callable[[str], Path], monkeypatch: pytest.MonkeyPatch, kind: str
) -> None:
    compute_once(monkeypatch)
    check_every_alteration_is_found(releases(kind), PRINTED)


PRINTED_VALUES: list[tuple[tuple[str, ...], str]] = [
    (("inputs", "decisions", "sha256"), "0" * 64),
    (("inputs", "decisions", "file"), "svar.xlsx"),
    (("inputs", "members", "sha256"), "0" * 64),
    (("inputs", "payments", "file"), "betalt.csv"),
    (("parameters", "table"), "Blad1"),
]


@pytest.mark.parametrize(
    ("kind", "path", "value"),
    [(kind, *one) for kind in ("request", "credit") for one in PRINTED_VALUES]
    + [(kind, *PRINTED_VALUES[0]) for kind in ("reminder", "status", "paper", "feedback")],
)
def test_what_only_a_letter_has_is_found_in_the_letters(
    releases: Callable[[str], Path], kind: str, path: tuple[str, ...], value: object
) -> None:
    release = releases(kind)
    alter_key(release, path, value)
    assert "differs when made again" in "\n".join(verify_release(release).differences)


AMOUNT = re.compile(r"\b(?:5|10|15|20|30|70|100)(?:[ \u00a0\u202f]|&nbsp;)?000\b")


def alter_amount(path: Path) -> bool:
    """Write another amount in place of the first one of a file; False if it has none."""
    if path.suffix == ".pdf":
        return _alter_pdf(path)
    if path.suffix == ".xlsx":
        return _alter_workbook(path)
    text = path.read_text(encoding="utf-8")
    head, body, rest = text.partition("<body")  # before it are typefaces, in base64
    changed, number = AMOUNT.subn("99 999", body + rest if rest else head, count=1)
    path.write_text(head + changed if rest else changed, encoding="utf-8")
    return bool(number)


def _alter_pdf(path: Path) -> bool:
    """Cover an amount of the first page, as a viewer's tool for comments does."""
    reader = pypdf.PdfReader(path)
    found = AMOUNT.search("\n".join(page.extract_text() for page in reader.pages))
    writer = pypdf.PdfWriter(reader)
    writer.add_annotation(0, pypdf.annotations.FreeText(text="99 999", rect=(90, 500, 160, 520)))
    writer.write(path)
    return bool(found)


def _alter_workbook(path: Path) -> bool:
    book = openpyxl.load_workbook(path)
    for cell in (cell for sheet in book for row in sheet.iter_rows() for cell in row):
        if isinstance(cell.value, int) and cell.value % 5000 == 0 and cell.value:
            cell.value += 1
            book.save(path)
            return True
    return False


def one_value(value: Any) -> bool:
    """Alter the first amount in a JSON value; False if it has none."""
    items: Iterator[tuple[Any, Any]] = iter(
        value.items() if isinstance(value, dict) else enumerate(value)
    )
    for key, inner in items:
        if isinstance(inner, dict | list):
            if one_value(inner):
                return True
        elif isinstance(inner, int) and inner % 5000 == 0 and inner > 0:
            value[key] = 99_999
            return True
    return False


@KINDS
def test_another_amount_in_a_document_is_found_even_if_it_is_covered_up(
    releases: Callable[[str], Path], monkeypatch: pytest.MonkeyPatch, kind: str
) -> None:
    compute_once(monkeypatch)
    documents: list[Any] = []

    def rebuilt(*arguments: Any) -> Iterator[Any]:  # once: no input of theirs is altered
        documents[:] = documents or rebuild_documents(*arguments)
        yield from documents

    monkeypatch.setattr(verification, "rebuild_documents", rebuilt)
    release = releases(kind)
    files = [path for path in sorted(release.iterdir()) if path.is_file()]
    documents_of = [path for path in files if path.suffix != ".json"]
    assert {path.suffix for path in documents_of} >= {".html", ".pdf", ".ipynb", ".csv"}
    assert verify_release(release).differences == []
    altered = set()
    for path in documents_of:
        before = {one: one.read_bytes() for one in (path, release / "run.json")}
        if alter_amount(path):
            altered.add(path.suffix)
        else:
            path.write_bytes(path.read_bytes() + b"\n")
        cover_up(release)
        found = verify_release(release).differences
        assert [text.partition(" differs")[0] for text in found] == [path.name]
        for one, content in before.items():
            one.write_bytes(content)
    assert altered >= {".html", ".pdf", ".ipynb"}


@KINDS
def test_another_amount_in_all_documents_and_figures_is_found(
    releases: Callable[[str], Path], kind: str
) -> None:
    """As someone does who wants them to agree with each other."""
    release = releases(kind)
    figures = json.loads((release / "figures.json").read_bytes())
    assert one_value(figures)
    (release / "figures.json").write_text(json_text(figures), encoding="utf-8")
    for path in release.iterdir():
        if path.is_file() and path.suffix != ".json":
            alter_amount(path)
    cover_up(release)
    found = "\n".join(verify_release(release).differences)
    assert "figures.json: " in found
    letters = {path.name for path in release.glob("*.sv.*")}
    assert letters == set(re.findall(r"^(\S+\.sv\.\w+) differs when made again", found, re.M))
