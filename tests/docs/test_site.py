"""The site is true: it builds without a warning, and names every command, option and figure."""

from __future__ import annotations

import os
import re
import runpy
import subprocess
import sys
from pathlib import Path

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
