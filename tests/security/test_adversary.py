"""A user who can write to a release alters one thing: `verify` finds it, or the reason is here.

The adversary is a careful one: the key of run.json fits what it states, run.json has the hashes of
all files, and what was recorded of the release outside it is removed. What cannot be found then is
listed, and is found while the list of hashes, a mark, a signature or a copy is there: see
docs/explanation/trust.md.
"""

from __future__ import annotations

import json
import shutil
from collections.abc import Iterator, Mapping
from datetime import date
from functools import cache
from pathlib import Path
from typing import Any

import pytest

from helpers.errors import ReportError
from helpers.maintenance import rebuild, verification
from helpers.maintenance.verification import verify_release
from helpers.releases import manifest
from helpers.releases.decided import mark_decided
from helpers.releases.listing.hash_list import HASH_LIST, INDEX_FILE
from helpers.releases.listing.unchanged import find_change
from helpers.releases.manifest import manifest_key
from helpers.releases.provenance import code_hash, library_versions
from helpers.releases.recompute import load_archived_report, release_figures
from helpers.releases.storage import file_hashes
from helpers.report.board_report import BoardReport
from helpers.system.json_text import json_text
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


def forget(reports: Path) -> None:
    """Remove what is recorded of the releases outside them."""
    for name in (INDEX_FILE, HASH_LIST):
        (reports / name).unlink()


@pytest.fixture
def _once(monkeypatch: pytest.MonkeyPatch) -> None:
    """Compute once what does not differ between alterations: a verification takes a second."""
    reports: dict[str, BoardReport] = {}

    def load(run: Mapping[str, Any], folder: Path) -> BoardReport:
        read = {name: run.get(name) for name in run if name not in COMPARED_ONLY}
        key = json.dumps([read, str(folder)], sort_keys=True)
        if key not in reports:
            reports[key] = load_archived_report(run, folder)
        return reports[key]

    computed: dict[str, dict[str, Any]] = {}

    def figures(report: BoardReport, run: Mapping[str, Any]) -> dict[str, Any]:
        of = [id(report), run.get("kind"), run["parameters"]]  # `reports` keeps it, so no id twice
        key = json.dumps(of, sort_keys=True)
        if key not in computed:
            computed[key] = release_figures(report, run)
        return computed[key]

    monkeypatch.setattr(verification, "load_archived_report", load)
    monkeypatch.setattr(verification, "release_figures", figures)
    for module in (rebuild, manifest):
        monkeypatch.setattr(module, "code_hash", cache(code_hash))
    for module in (rebuild, manifest, verification):
        monkeypatch.setattr(module, "library_versions", cache(library_versions))


# What run.json states of the release, and from which nothing is read to recompute it.
COMPARED_ONLY = {
    *("schema_version", "key", "kind", "code", "versions", "reconstructed", "rows"),
    *("headlines", "summary", "briefs", "letters", "outputs"),
}


def altered(value: Any) -> Any:
    if isinstance(value, bool):
        return not value
    if isinstance(value, int | float):
        return value + 1
    return f"{value}x" if isinstance(value, str) else [*(value or []), "x"]


def changes(value: Any, path: str = "") -> Iterator[tuple[str, Any]]:
    """Every single alteration of a JSON value: another value, a key less, a key more."""
    if isinstance(value, dict):
        for name in value:
            inner = f"{path}.{name}".strip(".")
            yield f"-{inner}", {key: value[key] for key in value if key != name}
            yield from ((at, {**value, name: one}) for at, one in changes(value[name], inner))
        yield f"+{path}.x".replace("+.", "+"), {**value, "x": 1}
    elif isinstance(value, list):
        for number, entry in enumerate(value):
            for at, one in changes(entry, f"{path}.{number}"):
                yield at, [*value[:number], one, *value[number + 1 :]]
        yield path, [*value, "x"]
    else:
        yield path, altered(value)


def alterations(release: Path) -> Iterator[tuple[str, Path]]:
    """Write each alteration of run.json, with the key that fits it, and yield what it is of."""
    path = release / "run.json"
    before = path.read_bytes()
    for at, content in changes(json.loads(before)):
        fits = at.lstrip("+-") == "key"
        forged = content if fits else {**content, "key": manifest_key(content)}
        path.write_text(json_text(forged), encoding="utf-8")
        yield at, release
    path.write_bytes(before)


def reason_for(at: str, reasons: dict[str, str]) -> str | None:
    """The reason that is listed for a key or for one that it is in."""
    name = at.lstrip("+-")
    return next((why for key, why in reasons.items() if f"{name}.".startswith(f"{key}.")), None)


# What is not found by the archived inputs alone, and why.
CLAIMS = {
    "code": "another version of the code cannot be run; verify says that other code is named",
    "versions": "other versions of libraries cannot be run; verify says that others are named",
}
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
    number = 0
    for at, release in alterations(reports / "few" / name):
        number += 1
        verdict = verify_release(release, documents=False)
        if reason_for(at, CLAIMS):
            assert "It names other code or libraries" in "\n".join(verdict.remarks), at
        elif not reason_for(at, PRINTED):
            assert verdict.differences, at
    assert number > 100


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
    run = json.loads((release / "run.json").read_bytes())
    inner = run
    for name in path[:-1]:
        inner = inner[name]
    assert inner[path[-1]] != value
    inner[path[-1]] = value
    run["key"] = manifest_key(run)
    (release / "run.json").write_text(json_text(run), encoding="utf-8")
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


def cover_up(release: Path) -> None:
    """Give run.json the hashes of the files as they are."""
    run = json.loads((release / "run.json").read_bytes())
    run["outputs"] = file_hashes(release)
    for role, source in run["inputs"].items():
        if role in ("round", "published", "corrections"):
            source["sha256"] = run["outputs"][f"inputs/{source['file']}"]
    run["key"] = manifest_key(run)
    (release / "run.json").write_text(json_text(run), encoding="utf-8")


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
