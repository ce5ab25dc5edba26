"""A new project's folder: what is in it, and that nothing is overwritten or half made."""

from __future__ import annotations

import json
import re
import signal
import subprocess
import sys
from pathlib import Path
from tomllib import loads
from typing import Any

import pytest

from helpers.data.new_project.project_scaffold import create_project
from helpers.data.round.round_inputs import load_inputs
from helpers.errors import LockedError, ReportError
from helpers.model.localized_text import Language
from helpers.system.control.file_lock import locked

LOCK = ".funding-report-new-project.lock"
PREFIX = ".funding-report-new-project-"


def content(folder: Path) -> dict[str, bytes]:
    files = (path for path in folder.rglob("*") if path.is_file())
    return {path.relative_to(folder).as_posix(): path.read_bytes() for path in files}


def commands(folder: Path) -> list[str]:
    text = (folder / "README.md").read_text(encoding="utf-8")
    found = re.findall(r"(?m)^\$ (funding-report .*)$", text)
    words = re.compile(r' --(?:language|comments) \w+| --words "[^"]*"|"[^"]*"')
    return [words.sub("", command) for command in found]


def test_it_has_what_a_project_needs(tmp_path: Path) -> None:
    folder = create_project(tmp_path / "ours")
    names = set(content(folder))
    assert {
        "README.md",
        "environment.yml",
        "reports/README.md",
        "docs/index.md",
        "docs/reference/round.md",
        "docs/reference/commands/new-round.md",
        "notebooks/board_report.ipynb",
        "notebooks/explore.ipynb",
        "notebooks/municipality_letter.ipynb",
        "notebooks/request_letter.ipynb",
        "notebooks/reminder_letter.ipynb",
        "notebooks/member_paper.ipynb",
        "notebooks/credit_letter.ipynb",
        "data/rounds/example/round.toml",
        "data/rounds/example/members.csv",
        "data/rounds/example/decisions.csv",
    } <= names
    assert "data/municipalities.csv" not in names
    assert [path.name for path in tmp_path.iterdir()] == ["ours"]


def test_both_languages_have_the_same_files_commands_and_round(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    english = create_project(tmp_path / "english", "en")
    swedish = create_project(tmp_path / "swedish", "sv")
    assert set(content(english)) == set(content(swedish))
    assert commands(english) == commands(swedish)
    assert len(commands(english)) >= 8
    path = "data/rounds/example/round.toml"
    here, there = (loads(content(one)[path].decode()) for one in (english, swedish))
    texts = ("languages", "title", "organiser", "events", "letters", "thresholds")
    same = [{key: value for key, value in one.items() if key not in texts} for one in (here, there)]
    assert same[0] == same[1]
    for folder, language in ((english, "en"), (swedish, "sv")):
        monkeypatch.chdir(folder)
        given = load_inputs("example")
        assert given.round.languages == [language]
        assert (given.round.requested, len(given.members)) == (120_000, 8)


@pytest.mark.parametrize(
    ("language", "name"), [("en", "board_report"), ("sv", "board_report"), ("en", "explore")]
)
def test_its_notebooks_begin_with_the_example(
    tmp_path: Path, language: Language, name: str
) -> None:
    folder = create_project(tmp_path / "ours", language)
    notebook = json.loads((folder / f"notebooks/{name}.ipynb").read_text(encoding="utf-8"))
    [cell] = [c for c in notebook["cells"] if "parameters" in c["metadata"].get("tags", [])]
    values: dict[str, Any] = {}
    exec("".join(cell["source"]), values)
    shown = values.get("round", values.get("round_name"))
    assert (shown, values["language"]) == ("example", language)
    assert values["as_of"].startswith("2025-10-")


def test_its_files_name_no_shipped_round(tmp_path: Path) -> None:
    files = content(create_project(tmp_path / "ours"))
    own = {name: text for name, text in files.items() if not name.startswith("docs/")}
    assert [name for name, text in own.items() if b"skl-2016" in text or b"yrkes" in text] == []


@pytest.mark.parametrize("taken", ["folder", "empty", "file", "link"])
def test_what_is_there_is_never_overwritten(tmp_path: Path, taken: str) -> None:
    ours = tmp_path / "ours"
    if taken in ("folder", "empty"):
        ours.mkdir()
    if taken == "folder":
        (ours / "README.md").write_text("mine", encoding="utf-8")
    if taken == "file":
        ours.write_text("mine", encoding="utf-8")
    if taken == "link":
        ours.symlink_to(tmp_path / "nowhere")
    before = content(tmp_path), ours.lstat().st_ino
    with pytest.raises(ReportError, match=r"ours exists already\. Name a folder that does not"):
        create_project(ours)
    assert (content(tmp_path), ours.lstat().st_ino) == before
    assert [path.name for path in tmp_path.iterdir()] == ["ours"]


def test_a_folder_in_no_folder_is_an_error(tmp_path: Path) -> None:
    with pytest.raises(ReportError, match=r"There is no folder .*nowhere\. Create it first\."):
        create_project(tmp_path / "nowhere" / "ours")
    assert list(tmp_path.iterdir()) == []


def test_a_failure_leaves_nothing(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    write_bytes, written = Path.write_bytes, []

    def fail_later(path: Path, *arguments: Any, **options: Any) -> int:
        written.append(path)
        if len(written) > 5:
            raise OSError("disk full")
        return write_bytes(path, *arguments, **options)

    monkeypatch.setattr(Path, "write_bytes", fail_later)
    with pytest.raises(OSError, match="disk full"):
        create_project(tmp_path / "ours")
    assert len(written) == 6
    assert list(tmp_path.iterdir()) == []


KILLED = """
import os
from pathlib import Path
from helpers.data.new_project.project_scaffold import create_project
def killed(path, *_, **__):
    path.touch()
    os.kill(os.getpid(), 9)
Path.write_bytes = killed
create_project(Path("ours"))
"""


def test_what_a_killed_run_has_left_is_removed_by_the_next(tmp_path: Path) -> None:
    (tmp_path / ".new-project").mkdir()  # another program's
    killed = subprocess.run([sys.executable, "-c", KILLED], cwd=tmp_path, check=False)
    assert killed.returncode == -signal.SIGKILL
    assert [path.name for path in tmp_path.glob(f"{PREFIX}*/")] != []
    assert not (tmp_path / "ours").exists()
    create_project(tmp_path / "ours")
    assert sorted(path.name for path in tmp_path.iterdir()) == [".new-project", "ours"]


def test_another_run_in_the_same_folder_is_waited_for(tmp_path: Path) -> None:
    with locked(tmp_path / LOCK), pytest.raises(LockedError, match="Another run"):
        create_project(tmp_path / "ours")
    assert list(tmp_path.iterdir()) == []


def test_the_municipalities_come_on_request(tmp_path: Path, project: Path) -> None:
    files = content(create_project(tmp_path / "ours", municipalities=True))
    shipped = project / "data" / "municipalities.csv"
    assert files["data/municipalities.csv"] == shipped.read_bytes()
