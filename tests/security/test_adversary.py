"""A user who can write to a release alters one thing: `verify` finds it, or the reason is here.

The adversary is a careful one: the key of run.json fits what it states, run.json has the hashes of
all files, and what was recorded of the release outside it is removed. What cannot be found then is
listed, and is found while the list of hashes, a mark, a signature or a copy is there: see
docs/explanation/trust.md.
"""

from __future__ import annotations

import json
import shutil
from datetime import date
from pathlib import Path

import pytest

from helpers.errors import ReportError
from helpers.maintenance.verification import verify_release
from helpers.releases.decided import mark_decided
from helpers.releases.listing.unchanged import find_change
from support.altered_releases import (
    alter_key,
    alterations,
    check_every_alteration_is_found,
    compute_once,
    cover_up,
    forget,
)
from support.command_server import funding_report
from support.new_rounds import project_with_few

BOARD, LETTERS = "2026-03-01", "2026-03-01-letters"
REGISTER = """\
code,decided_on,received_on,decision,remark
0001,2026-01-15,2026-01-20,yes,a

0002,2026-02-10,2026-02-12,yes,b
0003,2026-01-15,2026-01-16,no,c
"""
CORRECTION = """\
[[correction]]
recorded_on = 2026-02-20
why = "Läst fel"
match = { code = "0003" }
column = "decision"
expected = "no"
corrected = "yes"
"""


@pytest.fixture(scope="module")
def project(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A project with a release of the board's report and one of letters."""
    own = tmp_path_factory.mktemp("own")
    folder = project_with_few(own, date(2026, 1, 10))
    (folder / "decisions.csv").write_text(REGISTER, encoding="utf-8")
    (folder / "corrections.toml").write_text(CORRECTION, encoding="utf-8")
    for command in (["board", "-p", "since", "2026-02-01"], ["letters"]):
        done = funding_report(command[0], "few", "--as-of", BOARD, *command[1:], cwd=own)
        assert done.returncode == 0, done.stderr
    return own


@pytest.fixture
def reports(project: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.chdir(project)
    shutil.copytree(project / "reports", tmp_path / "reports")
    return tmp_path / "reports"


@pytest.fixture
def _once(monkeypatch: pytest.MonkeyPatch) -> None:
    compute_once(monkeypatch)


# What the figures do not show, and what is found as soon as the documents are made again.
PRINTED = {
    "inputs": "the page and the PDF print the hashes of the inputs",
    "register_unread": "the page names the columns that were not read",
    "parameters.table": "the notebook's parameters have it",
    "parameters.since": "the page names the day",
    "parameters.forecast": "the page has a forecast",
    "parameters.future": "the page says that the day has not come",
}


@pytest.mark.usefixtures("_once")
@pytest.mark.parametrize("name", [BOARD, LETTERS])
def test_every_statement_of_run_json_is_computed_again(reports: Path, name: str) -> None:
    forget(reports)
    assert verify_release(reports / "few" / name, documents=False).differences == []
    check_every_alteration_is_found(reports / "few" / name, PRINTED)


@pytest.mark.parametrize(
    ("path", "value"),
    [
        (("inputs", "members", "sha256"), "0" * 64),
        (("inputs", "decisions", "file"), "svar.xlsx"),
        (("register_unread",), ["other"]),
        (("parameters", "table"), "Blad1"),
        (("parameters", "since"), "2026-02-02"),
        (("parameters", "forecast"), True),
        (("parameters", "future"), True),
    ],
)
def test_what_is_printed_is_found_in_the_documents(
    reports: Path, path: tuple[str, ...], value: object
) -> None:
    forget(reports)
    release = reports / "few" / BOARD
    alter_key(release, path, value)
    assert "differs when made again" in "\n".join(verify_release(release).differences)


@pytest.mark.parametrize("name", [BOARD, LETTERS])
def test_with_the_list_of_hashes_every_alteration_is_found_before_delivery(
    reports: Path, name: str
) -> None:
    assert find_change(reports / "few" / name) is None
    for at, release in alterations(reports / "few" / name):
        assert find_change(release), at


def spoil(path: Path) -> None:
    """Alter one file of a release, in a way that its readers do not notice."""
    content = path.read_bytes()
    if path.suffix in (".pdf", ".xlsx"):
        content += b"\n%"
    elif path.suffix == ".ipynb":
        content = content.replace(b'"nbformat_minor": 5', b'"nbformat_minor": 4')
    elif path.suffix == ".json":
        content = content.replace(b"\n", b"\r\n")
    elif path.suffix == ".csv":
        content = content.replace(b"\n", b",\n")
    else:
        content += b"\n"
    assert content != path.read_bytes()
    path.write_bytes(content)


@pytest.mark.parametrize("name", [BOARD, LETTERS])
def test_every_file_is_found_to_be_altered_even_if_it_is_covered_up(
    reports: Path, name: str
) -> None:
    forget(reports)
    release = reports / "few" / name
    files = [path for path in sorted(release.rglob("*")) if path.is_file()]
    documents = [path for path in files if path.parent == release and path.suffix != ".json"]
    assert len(documents) >= 3
    for path in documents:
        spoil(path)
    cover_up(release)
    found = verify_release(release).differences
    for path in documents:
        assert any(text.startswith(f"{path.name} differs") for text in found), path.name


@pytest.mark.parametrize("name", [BOARD, LETTERS])
def test_every_figure_and_input_is_found_to_be_altered(reports: Path, name: str) -> None:
    forget(reports)
    release = reports / "few" / name
    files = [release / "figures.json", *sorted((release / "inputs").iterdir())]
    for path in files:
        before = {one: one.read_bytes() for one in (path, release / "run.json")}
        spoil(path)
        cover_up(release)
        # Of these, every byte is an input: the page and the PDF print another hash of it.
        printed = path.suffix == ".toml"
        verdict = verify_release(release, documents=printed)
        assert verdict.differences, path.name
        for one, content in before.items():
            one.write_bytes(content)


def test_a_cell_that_was_put_into_the_notebook_is_found(reports: Path) -> None:
    forget(reports)
    release = reports / "few" / BOARD
    path = release / "board-report.sv.ipynb"
    notebook = json.loads(path.read_bytes())
    (cell,) = (c for c in notebook["cells"] if "injected-parameters" in c["metadata"]["tags"])
    cell["source"].append("__import__('os').system('true')\n")
    text = json.dumps(notebook, ensure_ascii=False, indent=1, sort_keys=True)
    path.write_text(f"{text}\n", encoding="utf-8")
    cover_up(release)
    found = verify_release(release).differences
    assert [text.partition(" Code")[0] for text in found] == [
        "board-report.sv.ipynb differs when made again."
    ]


def test_a_key_that_stands_twice_is_refused(reports: Path) -> None:
    release = reports / "few" / BOARD
    for name in ("run.json", "figures.json"):
        path = release / name
        before = path.read_text(encoding="utf-8")
        path.write_text(before.replace("{\n", '{\n "reconstructed": true,\n', 1), encoding="utf-8")
        if name == "run.json":
            with pytest.raises(ReportError, match="'reconstructed' occurs twice"):
                verify_release(release, documents=False)
            assert find_change(release) == "run.json cannot be read."
        else:
            found = "\n".join(verify_release(release, documents=False).differences)
            assert f"{path} is not valid: the key 'reconstructed' occurs twice." in found
            assert find_change(release) == "its files do not fit its run.json."
        path.write_text(before, encoding="utf-8")


def test_a_mark_is_found_through_a_link_to_the_release(reports: Path, tmp_path: Path) -> None:
    release = reports / "few" / BOARD
    mark_decided(release)
    forget(reports)
    link = tmp_path / "latest"
    link.symlink_to(release)
    run_json = release / "run.json"
    run_json.write_bytes(run_json.read_bytes() + b"\n")
    found = "\n".join(verify_release(link, documents=False).differences)
    assert "since the release was marked as decided" in found


def test_a_language_that_is_listed_a_thousand_times_is_made_once(reports: Path) -> None:
    release = reports / "few" / BOARD
    alter_key(release, ("parameters", "languages"), ["sv"] * 1000)
    verdict = verify_release(release)
    assert verdict.documents == 3
    assert "parameters.languages has 1000 entries" in "\n".join(verdict.differences)
