"""The site is true: it builds without a warning, and names every command, option and figure."""

from __future__ import annotations

import json
import os
import re
import runpy
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from helpers.cli import cli

ROOT = Path(__file__).resolve().parents[2]
DOCS = ROOT / "docs"


def environment() -> dict[str, str]:
    path = f"{Path(sys.executable).parent}{os.pathsep}{os.environ['PATH']}"
    return {**os.environ, "PATH": path, "PYTHONPATH": str(ROOT / "src")}


def test_the_site_builds_without_a_warning(tmp_path: Path) -> None:
    build = [sys.executable, "-m", "sphinx", "-q", "-W", "-b", "html", DOCS, tmp_path / "site"]
    done = subprocess.run(
        [*build, "-d", tmp_path / "trees"],
        capture_output=True,
        text=True,
        env=environment(),
        check=False,
    )
    assert done.returncode == 0, done.stderr
    pages = {path.stem for path in DOCS.glob("*.md")}
    assert pages <= {path.stem for path in (tmp_path / "site").glob("*.html")}


def test_no_page_fetches_anything(tmp_path: Path) -> None:
    build = [sys.executable, "-m", "sphinx", "-q", "-b", "html", DOCS, tmp_path / "site"]
    subprocess.run([*build, "-d", tmp_path / "trees"], check=True, env=environment())
    for page in (tmp_path / "site").glob("*.html"):
        text = page.read_text(encoding="utf-8")
        fetched = re.findall(r"<(?:script|img|link)[^>]*(?:src|href)=\"(https?:[^\"]*)", text)
        assert not fetched, page.name


def test_the_page_of_commands_is_the_help_of_the_commands() -> None:
    page = runpy.run_path(str(DOCS / "write_commands.py"))["page"]()
    assert (DOCS / "commands.md").read_text(encoding="utf-8") == page


def test_every_command_and_option_is_named() -> None:
    text = (DOCS / "commands.md").read_text(encoding="utf-8")
    sections = dict(re.findall(r"## `funding-report (\S+)`\n(.*?)(?=\n## |\Z)", text, re.DOTALL))
    assert set(sections) == set(cli.commands)
    for name, command in cli.commands.items():
        for parameter in command.params:
            if parameter.param_type_name == "option":
                assert parameter.opts[0] in sections[name]


SNIPPETS = re.findall(
    r"```(console|python)\n(.*?)```(?:\n\n```text\n(.*?)```)?",
    (DOCS / "tutorial.md").read_text(encoding="utf-8"),
    re.DOTALL,
)


def steps(kind: str, body: str, after: str) -> list[tuple[list[str], str]]:
    """The commands of a snippet, each with what it should print."""
    if kind == "python":
        return [([sys.executable, "-c", body], after)]
    parts = [part.partition("\n") for part in re.split(r"^\$ ", body, flags=re.MULTILINE)[1:]]
    return [(["sh", "-c", command], shown) for command, _, shown in parts]


@pytest.fixture(scope="module")
def clone(tmp_path_factory: pytest.TempPathFactory) -> Path:
    place = tmp_path_factory.mktemp("clone") / "clone"
    leave = shutil.ignore_patterns(".venv", ".git", "build", ".*_cache", "__pycache__")
    shutil.copytree(ROOT, place, ignore=leave)
    return place


def test_the_tutorial_followed_literally(clone: Path) -> None:
    done = 0
    outside = {**environment(), "PYTHONPATH": str(clone / "src"), "LC_ALL": "C.UTF-8"}
    for snippet in SNIPPETS:
        for command, shown in steps(*snippet):
            ran = subprocess.run(
                command, cwd=clone, capture_output=True, text=True, env=outside, check=False
            )
            assert ran.returncode == 0, (command, ran.stderr)
            if shown != "…\n":
                # The terminal's no-break spaces are spaces on the page.
                printed = ran.stdout.replace(f"{clone}/", "").replace("\u00a0", " ")
                assert printed == shown, command
            done += 1
    assert done == 9
    # The weights are 1,000 : 2,000 : 7,000 of 100,000; the first said yes, the second no.
    release = clone / "reports/my-round/2026-03-31/figures.json"
    figures = json.loads(release.read_text(encoding="utf-8"))
    assert (figures["funded"], figures["declined"], figures["gap"]) == (10_000, 20_000, 90_000)
