"""The project's own promises: what is pinned, what a notebook may hold, how long a file may be."""

import ast
import inspect
import json
import re
import tomllib
from pathlib import Path

import pytest
import yaml
from importlinter.cli import lint_imports

from helpers import LetterParams, ReportParams
from helpers.parameters import RoundParams
from helpers.publish.notebook_rules import review_notebook

ROOT = Path(__file__).resolve().parents[1]
NOTEBOOKS = sorted((ROOT / "notebooks").glob("*.ipynb"))
SOURCES = sorted((ROOT / "src").rglob("*.py"))


def pins() -> dict[str, str]:
    text = (ROOT / "requirements.txt").read_text(encoding="utf-8")
    return dict(re.findall(r"^([a-z0-9.-]+)==([^ ;\\]+)", text, re.MULTILINE))


def declared() -> dict[str, str]:
    """Every dependency's name, and how it is asked for: with its extra, if it has one."""
    project = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["project"]
    wanted = project["dependencies"] + project["optional-dependencies"]["dev"]
    asked = [re.split(r"[><=~; ]", one)[0] for one in wanted]
    return {one.split("[")[0]: one for one in asked}


def test_every_dependency_is_pinned_with_hashes_and_without_addresses() -> None:
    text = (ROOT / "requirements.txt").read_text(encoding="utf-8")
    assert set(declared()) <= set(pins())
    assert "://" not in text
    assert "--index" not in text
    entries = re.split(r"\n(?=[a-z0-9])", text.strip())
    assert all("--hash=sha256:" in entry for entry in entries)


def test_conda_brings_python_and_the_lock_brings_the_packages() -> None:
    conda = yaml.safe_load((ROOT / "environment.yml").read_text(encoding="utf-8"))
    # Not the newest Python: the lock may have no wheels for it.
    assert conda["dependencies"] == ["python>=3.11,<3.14", "pip"]


@pytest.mark.parametrize("path", NOTEBOOKS, ids=lambda path: path.name)
def test_a_notebook_keeps_the_rules_of_notebooks(path: Path) -> None:
    """What they are, helpers.publish.notebook_rules says; test_new_report.py tries each."""
    assert review_notebook(path) == []


@pytest.mark.parametrize(
    ("name", "model"), [("board_report", ReportParams), ("municipality_letter", LetterParams)]
)
def test_the_parameters_of_a_shipped_notebook_have_the_defaults_of_the_model(
    name: str, model: type[RoundParams]
) -> None:
    cells = json.loads((ROOT / "notebooks" / f"{name}.ipynb").read_text(encoding="utf-8"))["cells"]
    [parameters] = [c for c in cells if "parameters" in c["metadata"].get("tags", [])]
    values: dict[str, object] = {}
    exec("".join(parameters["source"]), values)
    del values["__builtins__"]
    for field_name, field in model.model_fields.items():
        if not field.is_required():
            assert values[field_name] == field.default, field_name
    model.model_validate(values)


@pytest.mark.parametrize("path", SOURCES, ids=lambda path: path.name)
def test_no_file_and_no_function_outgrows_the_house(path: Path) -> None:
    text = path.read_text(encoding="utf-8")
    assert len(text.splitlines()) <= 250
    for node in ast.walk(ast.parse(text)):
        if isinstance(node, ast.FunctionDef):
            assert (node.end_lineno or 0) - node.lineno < 40, node.name


@pytest.mark.parametrize("path", SOURCES, ids=lambda path: path.name)
def test_every_module_says_first_what_it_is_for(path: Path) -> None:
    text = path.read_text(encoding="utf-8")
    assert not text or inspect.cleandoc(ast.get_docstring(ast.parse(text)) or "")


def test_imports_follow_the_flow_of_the_data(capsys: pytest.CaptureFixture[str]) -> None:
    """The contracts of pyproject.toml; what breaks one is in the output, import by import."""
    path = str(ROOT / "pyproject.toml")
    broken = lint_imports(config_filename=path, no_cache=True, no_logo=True)
    assert not broken, capsys.readouterr().out


CITED = re.compile(r"docs/[\w/.-]+\.md\b")


def repository_texts() -> dict[str, str]:
    """Every text file of the repository by its path; not what is installed, built or written."""
    folders = [ROOT / name for name in ("benchmarks", "data", "docs", "notebooks", "src", "tests")]
    files = [*ROOT.glob("*"), *(path for folder in folders for path in folder.rglob("*"))]
    texts = {".cfg", ".css", ".ipynb", ".j2", ".md", ".po", ".py", ".toml", ".typ", ".yml"}
    found = [path for path in files if path.suffix in texts or path.name == "Makefile"]
    return {path.relative_to(ROOT).as_posix(): path.read_text("utf-8") for path in found}


def test_a_rule_that_is_cited_is_in_the_repository() -> None:
    cited = {
        (path, page) for path, text in repository_texts().items() for page in CITED.findall(text)
    }
    assert ("src/helpers/rounding.py", "docs/money.md") in cited
    assert [(path, page) for path, page in sorted(cited) if not (ROOT / page).is_file()] == []
    outside = re.compile(r"\b(DESIGN|STYLE)[.]md\b")
    assert [path for path, text in repository_texts().items() if outside.search(text)] == []


CLOCK = re.compile(
    r"\b(date|datetime|Timestamp)\.(today|now|utcnow)\(|\btime\.(time|time_ns|localtime|gmtime)\("
)


def test_only_one_module_reads_the_clock() -> None:
    readers = [p.name for p in SOURCES if CLOCK.search(p.read_text(encoding="utf-8"))]
    assert readers == ["clock.py"]
