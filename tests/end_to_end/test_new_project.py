"""A project of its own, from nothing but the wheel: every command runs in it."""

from __future__ import annotations

import json
import re
import shutil
import subprocess
import sys
import zipfile
from importlib.metadata import version
from pathlib import Path, PurePosixPath

import pytest
import yaml

from helpers.cli.commands import cli
from helpers.documents.exporters import BoardHTMLExporter, BoardPDFExporter
from helpers.notebooks.execution import run_notebook
from support.docs_snippets import follow, steps, steps_of
from support.installed_wheel import ROOT, Installed, build_and_install

SHARE = "share/funding-report/"
# The kinds of letter that have a notebook other than municipality_letter.ipynb.
KIND_NOTEBOOKS = {
    "request": "request_letter",
    "reminder": "reminder_letter",
    "paper": "member_paper",
    "credit": "credit_letter",
}


@pytest.fixture(scope="module")
def installed(tmp_path_factory: pytest.TempPathFactory) -> Installed:
    return build_and_install(tmp_path_factory.mktemp("wheel"))


@pytest.fixture(scope="module")
def project(installed: Installed, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A new project in which every step of its README has been done."""
    folder = tmp_path_factory.mktemp("home")
    made = installed.run("funding-report", "new-project", "our-association", cwd=folder)
    assert made.returncode == 0, made.stderr
    names = ["README.md", "data", "docs", "environment.yml", "notebooks", "reports"]
    created = folder / "our-association"
    assert made.stdout.splitlines() == [str(created / name) for name in names]
    readme = (created / "README.md").read_text(encoding="utf-8")
    follow(steps_of(readme), created, None, **installed.variables)
    return created


def test_the_locked_backend_built_it() -> None:
    lock = (ROOT / "requirements" / "dev.txt").read_text(encoding="utf-8")
    [locked] = re.findall(r"(?m)^setuptools==(\S+)", lock)
    assert version("setuptools") == locked


def test_the_wheel_has_every_file_of_the_package_and_of_a_project(installed: Installed) -> None:
    with zipfile.ZipFile(installed.wheel) as archive:
        names = {name for name in archive.namelist() if not name.endswith("/")}
    package = {
        path.relative_to(ROOT / "src").as_posix()
        for path in (ROOT / "src" / "helpers").rglob("*")
        if path.is_file() and "__pycache__" not in path.parts
    }
    assert package <= names
    shared = {name.partition(SHARE)[2] for name in names if SHARE in name}
    files = [path for path in (ROOT / "docs").rglob("*") if path.is_file()]
    # All but what makes the site of the docs: its programs, and its style sheet.
    read = [path for path in files if path.suffix not in {".py", ".pyc", ".css"}]
    docs = {path.relative_to(ROOT).as_posix() for path in read}
    assert {PurePosixPath(name).suffix for name in docs} >= {".md", ".png", ".svg", ".timer"}
    notebooks = {"board_report", "municipality_letter", *KIND_NOTEBOOKS.values()}
    assert {f"notebooks/{name}.ipynb" for name in notebooks} <= shared
    assert docs | {"data/municipalities.csv"} <= shared


def test_every_file_that_its_docs_show_or_name_is_there(project: Path) -> None:
    pages = [*(project / "docs").rglob("*.md")]
    named = [
        (page, target)
        for page in pages
        for target in re.findall(r"\]\(([^)#:\s]+)(?=[)#])", page.read_text(encoding="utf-8"))
    ]
    assert len(named) > 100
    assert [f"{page.name}: {to}" for page, to in named if not (page.parent / to).exists()] == []


def test_it_is_the_wheel_that_runs(installed: Installed, tmp_path: Path) -> None:
    code = "import helpers; print(helpers.__file__)"
    done = installed.run("python", "-c", code, cwd=tmp_path)
    assert Path(done.stdout.strip()).is_relative_to(installed.environment)


def test_the_readme_comes_to_what_it_says(project: Path) -> None:
    days = {}
    for day in ("2025-10-15", "2025-10-31"):
        text = (project / "reports/example" / day / "figures.json").read_text(encoding="utf-8")
        days[day] = json.loads(text)
    # 120,000 by 1,200 shares is 100 for each. Three of 100 shares, two of 150 and three of 200:
    # yes of 100 + 200 + 100 + 200 + 150, and by the last day of another 200. A no of 100.
    assert [days[day]["funded"] for day in days] == [75_000, 95_000]
    assert [days[day]["declined"] for day in days] == [10_000, 10_000]
    # 70 % of 120,000 is 84,000.
    assert [days[day]["thresholds"][0]["short"] for day in days] == [9_000, 0]
    assert len(list((project / "reports/example/2025-10-31-letters").glob("*.pdf"))) == 8


def test_every_command_runs_in_it(installed: Installed, project: Path) -> None:
    release = "reports/example/2025-10-15"
    others = {
        "verify": [release],
        "decide": [release],
        "due": ["example", "--within", "99999"],
        "prune": ["example", "--keep", "9"],
        "index": [],
        "new-project": ["nested", "--municipalities"],
        "new-language": ["nb"],
    }
    for command, arguments in others.items():
        done = installed.run("funding-report", command, *arguments, cwd=project)
        assert done.returncode == 0, (command, done.stderr)
    readme = (project / "README.md").read_text(encoding="utf-8")
    named = re.findall(r"(?m)^\$ funding-report ([a-z-]+)", readme)
    assert {*named, *others} == set(cli.commands)
    nested = project / "nested"
    asked = installed.run(
        "funding-report", "new-round", "all", "--begins-on", "2026-01-15", cwd=nested
    )
    assert asked.returncode == 0, asked.stderr
    status = installed.run("funding-report", "status", "all", cwd=nested)
    assert "None of the 290 municipalities has answered." in status.stdout


def test_the_notebook_of_each_kind_of_letter_runs_in_it(
    project: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """By the code of this clone, which the wheel has too: each installed command takes seconds."""
    monkeypatch.chdir(project)
    monkeypatch.delenv("VIRTUAL_ENV", raising=False)
    # Linden 2 has not answered by then, and none of them has been invoiced.
    asked = {"code": "0005", "as_of": "2025-10-15", "language": "en"}
    said = {
        "request": ("2025-09-01", "15,000"),
        "reminder": ("2025-10-15", "15,000"),
        "paper": ("2025-10-15", "15,000"),
        "credit": ("2025-10-15", "We have invoiced you for no more than you are to pay."),
    }
    for kind, name in KIND_NOTEBOOKS.items():
        day, words = said[kind]
        source = project / f"notebooks/{name}.ipynb"
        executed = run_notebook(source, {**asked, "round": "example", "as_of": day}, source.name)
        page = BoardHTMLExporter().from_notebook_node(executed)[0]
        assert words in page, kind
        assert BoardPDFExporter().from_notebook_node(executed)[0].startswith(b"%PDF"), kind


# The other two are run by `board` and `letters`.
@pytest.mark.parametrize("name", ["explore", "our_report"])
def test_a_notebook_runs_as_it_stands(installed: Installed, project: Path, name: str) -> None:
    source = f"notebooks/{name}.ipynb"
    arguments = ["-m", "papermill", source, f"{name}-run.ipynb", "-k", "python3", "--log-output"]
    done = installed.run("python", *arguments, cwd=project)
    assert done.returncode == 0, done.stderr
    lint = installed.run("python", "-m", "helpers.notebooks.lint", source, cwd=project)
    assert lint.returncode == 0, lint.stdout + lint.stderr


def test_the_environment_is_the_one_that_created_it(
    installed: Installed, project: Path, tmp_path: Path
) -> None:
    environment = yaml.safe_load((project / "environment.yml").read_text(encoding="utf-8"))
    [python, pip, section] = environment["dependencies"]
    assert (python, pip) == (f"python={sys.version_info.major}.{sys.version_info.minor}", "pip")
    wheels, own, *pins = section["pip"]
    lock = (ROOT / "requirements" / "lab.txt").read_text(encoding="utf-8")
    locked = dict(re.findall(r"(?m)^([a-z0-9.-]+)==([^ ;\\]+)", lock))
    pinned = dict(pin.split("==") for pin in pins)
    assert pinned == {name: locked[name] for name in pinned}
    assert {"pandas", "typst", "jupyterlab"} <= set(pinned)
    # The file names the wheel as pip finds it, if it lies in the project.
    place = tmp_path / "copy"
    place.mkdir()
    shutil.copy(installed.wheel, place)
    (place / "pip.txt").write_text(f"{wheels}\n{own}\n", encoding="utf-8")
    options = ["--dry-run", "--no-index", "--no-deps", "--ignore-installed", "-r", "pip.txt"]
    command = [sys.executable, "-m", "pip", "install", *options]
    done = subprocess.run(command, cwd=place, capture_output=True, text=True, check=True)
    assert f"Would install {own.replace('[lab]==', '-')}" in done.stdout.replace("_", "-")


def test_the_page_followed_as_it_stands(installed: Installed, tmp_path: Path) -> None:
    follow(steps("how-to/new-project.md"), tmp_path, None, **installed.variables)


def test_outside_a_project_each_command_says_how_to_begin(
    installed: Installed, tmp_path: Path
) -> None:
    for arguments in (
        ["status", "example"],
        ["new-round", "ny"],
        ["board", "a", "--as-of", "today"],
    ):
        done = installed.run("funding-report", *arguments, cwd=tmp_path)
        assert (done.returncode, done.stdout) == (1, "")
        assert "There is no project here" in done.stderr
        assert "funding-report new-project DIR" in done.stderr
    assert list(tmp_path.iterdir()) == []
