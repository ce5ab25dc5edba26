"""The site is true: it builds without a warning, and names every command, option and figure."""

from __future__ import annotations

import os
import posixpath
import re
import runpy
import subprocess
import sys
from html import unescape
from pathlib import Path
from urllib.parse import unquote, urlsplit

import pytest

from helpers.cli.commands import cli
from helpers.model.funding_round import Round
from helpers.model.settings.yearly_amounts import FILLED_IN_KEYS

ROOT = Path(__file__).resolve().parents[2]
DOCS = ROOT / "docs"
COMMANDS = DOCS / "reference" / "commands"


@pytest.fixture(scope="session")
def site(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The site, built as `make docs` does: a warning is an error."""
    place = tmp_path_factory.mktemp("docs")
    build = [sys.executable, "-m", "sphinx", "-q", "-W", "--keep-going", "-b", "html"]
    done = subprocess.run(
        [*build, "-d", place / "trees", DOCS, place / "site"],
        capture_output=True,
        text=True,
        check=False,
        env={**os.environ, "PYTHONPATH": str(ROOT / "src")},
    )
    assert done.returncode == 0, done.stderr
    return place / "site"


def pages(site: Path) -> dict[str, str]:
    """Every page by its path within the site."""
    found = sorted(site.rglob("*.html"))
    return {path.relative_to(site).as_posix(): path.read_text("utf-8") for path in found}


def test_every_page_is_built(site: Path) -> None:
    written = {
        path.relative_to(DOCS).with_suffix(".html").as_posix() for path in DOCS.rglob("*.md")
    }
    assert written <= set(pages(site))


def test_no_option_is_written_with_a_dash(site: Path) -> None:
    texts = [re.sub(r"<[^>]+>", "", page) for page in pages(site).values()]
    assert any("--language" in text for text in texts)
    assert not [found for text in texts for found in re.findall(r"\s–[a-z]\w*", text)]


def test_the_notebooks_are_pages_with_their_calls_and_what_they_show(site: Path) -> None:
    built = pages(site)
    names = [path.stem for path in (ROOT / "notebooks").glob("*.ipynb")]
    for name in names:
        page = built[f"reference/notebooks/{name}.html"]
        assert "Reconstructed answers" in page
        assert '<a href="../notebooks.html">' in page
        assert f'href="notebooks/{name}.html"' in built["reference/notebooks.html"]
    report = built["reference/notebooks/board_report.html"]
    assert "report.answer()" in report
    # A fixed total has no price that depends on who joins: the call stands there, and says so.
    price = report.partition("report.price()")[2].partition("<h2")[0]
    assert "Nothing to tell" in price
    assert "Nothing to tell" not in report.partition("report.answer()")[2].partition("<h2")[0]
    # What the letter of 22 February 2017 says: 209 yes, 44 no.
    assert "209 (72%) said yes, 44 (15%) declined" in report.replace("\u00a0", " ")


def test_no_page_fetches_anything(site: Path) -> None:
    for name, text in pages(site).items():
        fetched = re.findall(r"<(?:script|img|link)[^>]*(?:src|href)=\"(https?:[^\"]*)", text)
        assert not fetched, name


def test_every_link_within_the_site_leads_somewhere(site: Path) -> None:
    built = pages(site)
    anchors = {name: set(re.findall(r'\bid="([^"]+)"', text)) for name, text in built.items()}
    count = 0
    for name, text in built.items():
        for link in re.findall(r'<a\b[^>]*\bhref="([^"]+)"', text):
            where = urlsplit(unescape(link))
            if where.scheme or where.netloc:
                continue
            page = posixpath.normpath(posixpath.join(posixpath.dirname(name), where.path or "."))
            target = name if not where.path else unquote(page)
            assert (site / target).is_file(), (name, link)
            if where.fragment and target in built:
                assert unquote(where.fragment) in anchors[target], (name, link)
            count += 1
    assert count > 500


def test_each_command_has_a_page_with_its_help() -> None:
    written = dict(runpy.run_path(str(DOCS / "write_commands.py"))["pages"]())
    there = {path.stem for path in COMMANDS.glob("*.md")}
    assert there == set(cli.commands)
    assert len(written) == len(there) + 1
    for path, text in written.items():
        assert path.read_text(encoding="utf-8") == text, "run python docs/write_commands.py"


def test_no_command_is_described_by_half_a_sentence() -> None:
    whole = COMMANDS.with_suffix(".md").read_text(encoding="utf-8").split("\nCommands:\n")[1]
    lines = whole.split("```")[0].splitlines()
    assert [line.split()[0] for line in lines] == sorted(cli.commands)
    assert all(line.endswith(".") and not line.endswith("..") for line in lines)


def test_every_option_is_named_on_its_commands_page() -> None:
    for name, command in cli.commands.items():
        page = (COMMANDS / f"{name}.md").read_text(encoding="utf-8")
        for parameter in command.params:
            if parameter.param_type_name == "option":
                assert parameter.opts[0] in page


def test_the_readme_has_a_row_for_each_command_and_a_link_to_each_page() -> None:
    text = (ROOT / "README.md").read_text(encoding="utf-8")
    rows = re.findall(
        r"^\| \[`(\S+)`\]\(docs/reference/commands/(\S+)\.md\) \|", text, re.MULTILINE
    )
    assert sorted(rows) == [(name, name) for name in sorted(cli.commands)]
    linked = set(re.findall(r"\]\(docs/([^)]+\.md)\)", text))
    pages = {path.relative_to(DOCS).as_posix() for path in DOCS.rglob("*.md")}
    assert linked == pages - {"index.md"}


def test_every_key_of_round_toml_is_named() -> None:
    page = (DOCS / "reference" / "round.md").read_text(encoding="utf-8")
    named = set(re.findall(r"`\[{0,2}(\w+)[\].`]", page))
    keys = {field.alias or name for name, field in Round.model_fields.items()}
    assert keys - set(FILLED_IN_KEYS) <= named


@pytest.mark.parametrize("name", ["README.md", "CONTRIBUTING.md", "CHANGELOG.md"])
def test_every_path_named_at_the_root_leads_somewhere(name: str) -> None:
    text = (ROOT / name).read_text(encoding="utf-8")
    paths = re.findall(r"\]\((?!https?:)([^)#]+)", text)
    paths += re.findall(r"`((?:docs|tests|src|data|notebooks)/[\w./-]*)`", text)
    assert [path for path in paths if not (ROOT / path).exists()] == []
