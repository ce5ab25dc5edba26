"""The project's own promises: what is pinned, what a notebook may hold, how long a file may be."""

import ast
import inspect
import json
import re
import subprocess
import sys
import tomllib
from collections import Counter
from pathlib import Path

import pytest
import yaml

from helpers import LetterParams, ReportParams
from helpers.model.parameters import RoundParams
from helpers.notebooks.lint import lint_notebook
from support.marker_rules import OF_PATH

ROOT = Path(__file__).resolve().parents[1]
NOTEBOOKS = sorted((ROOT / "notebooks").glob("*.ipynb"))
SOURCES = sorted((ROOT / "src").rglob("*.py"))


PROJECT = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))
EXTRAS = PROJECT["project"]["optional-dependencies"]
GROUPS = PROJECT["dependency-groups"]
# Each lock of requirements/, and what it has to contain beside what a report needs.
LOCKS = {
    "report": [],
    "lab": EXTRAS["lab"],
    "dev": [*(one for extra in EXTRAS.values() for one in extra), *GROUPS["dev"]],
}


def lock_text(name: str) -> str:
    return (ROOT / "requirements" / f"{name}.txt").read_text(encoding="utf-8")


def locked(name: str) -> dict[str, str]:
    """Each package of a lock, by its line: version, system, Python; with its hashes."""
    entries = re.split(r"\n(?=[a-z0-9])", lock_text(name).strip())
    return dict(entry.split(" \\\n", 1) for entry in entries)


@pytest.mark.parametrize("name", LOCKS)
def test_a_lock_pins_every_dependency_with_hashes_and_without_addresses(name: str) -> None:
    entries = locked(name)
    assert all(hashes.count("--hash=sha256:") >= 1 for hashes in entries.values())
    wanted = [*PROJECT["project"]["dependencies"], *GROUPS["build"], *LOCKS[name]]
    names = {re.split(r"[\[><=~; ]", one)[0] for one in wanted}
    assert names <= {line.split("==")[0] for line in entries}
    assert "://" not in lock_text(name)
    assert "--index" not in lock_text(name)


@pytest.mark.parametrize(("small", "large"), [("report", "lab"), ("report", "dev"), ("lab", "dev")])
def test_the_locks_agree(small: str, large: str) -> None:
    """`make lab` and `make test` add to what is there, and change none of it.

    For which systems a package is needed may differ: more packages ask for it.
    """
    hashes = [
        {line.split(" ;")[0]: entry for line, entry in locked(n).items()} for n in (small, large)
    ]
    assert hashes[0].items() <= hashes[1].items()


def test_a_report_needs_no_optional_or_test_packages() -> None:
    names = {line.split("==")[0] for line in locked("report")}
    assert names.isdisjoint(
        {"jupyterlab", "ipywidgets", "psycopg", "distributed", "s3fs", "pytest", "sphinx", "mypy"}
    )


def test_one_range_of_python_everywhere() -> None:
    wanted = PROJECT["project"]["requires-python"]
    assert wanted == ">=3.11,<3.15"
    conda = yaml.safe_load((ROOT / "environment.yml").read_text(encoding="utf-8"))
    assert conda["dependencies"] == [f"python{wanted}", "pip"]
    assert "Python 3.11 to 3.14" in (ROOT / "Makefile").read_text(encoding="utf-8")
    assert "Python 3.11 to 3.14" in (ROOT / "README.md").read_text(encoding="utf-8")


@pytest.mark.parametrize("path", NOTEBOOKS, ids=lambda path: path.name)
def test_a_notebook_keeps_the_rules_of_notebooks(path: Path) -> None:
    """What they are, helpers.notebooks.lint says; test_new_report.py tries each."""
    assert lint_notebook(path) == []


@pytest.mark.parametrize(
    ("name", "model"),
    [
        ("board_report", ReportParams),
        ("municipality_letter", LetterParams),
        ("request_letter", LetterParams),
        ("reminder_letter", LetterParams),
        ("member_paper", LetterParams),
        ("credit_letter", LetterParams),
    ],
)
def test_notebook_parameters_have_the_models_defaults(name: str, model: type[RoundParams]) -> None:
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


def test_every_test_that_has_a_marker_exists() -> None:
    assert [path for path in OF_PATH if not (ROOT / "tests" / path).exists()] == []


def test_a_room_holds_at_most_a_dozen_files() -> None:
    rooms = Counter(path.parent for path in SOURCES if path.name != "__init__.py")
    assert {room: files for room, files in rooms.items() if files > 12} == {}


def test_a_file_a_class_and_a_constant_have_a_name_of_their_own() -> None:
    names = [path.stem for path in SOURCES if path.name != "__init__.py"]
    for path in SOURCES:
        tree = ast.parse(path.read_text(encoding="utf-8"))
        names += {node.name for node in ast.walk(tree) if isinstance(node, ast.ClassDef)}
        for node in tree.body:
            targets = node.targets if isinstance(node, ast.Assign) else []
            targets = [node.target] if isinstance(node, ast.AnnAssign) else targets
            names += [one.id for one in targets if isinstance(one, ast.Name) and one.id.isupper()]
    assert [name for name, times in Counter(names).items() if times > 1] == []


@pytest.mark.parametrize("path", SOURCES, ids=lambda path: path.name)
def test_every_module_says_first_what_it_is_for(path: Path) -> None:
    text = path.read_text(encoding="utf-8")
    assert not text or inspect.cleandoc(ast.get_docstring(ast.parse(text)) or "")


def test_imports_follow_the_flow_of_the_data() -> None:
    """The contracts of pyproject.toml; what breaks one is in the output, import by import.

    In a process of its own: import-linter disables the loggers of the one that it runs in.
    """
    command = [str(Path(sys.executable).with_name("lint-imports")), "--no-cache", "--no-logo"]
    done = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stdout


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
    assert ("src/helpers/rounding.py", "docs/explanation/money.md") in cited
    assert [(path, page) for path, page in sorted(cited) if not (ROOT / page).is_file()] == []
    outside = re.compile(r"\b(DESIGN|STYLE)[.]md\b")
    assert [path for path, text in repository_texts().items() if outside.search(text)] == []


CLOCK = re.compile(
    r"\b(date|datetime|Timestamp)\.(today|now|utcnow)\(|\btime\.(time|time_ns|localtime|gmtime)\("
)


def test_only_one_module_reads_the_clock() -> None:
    readers = [p.name for p in SOURCES if CLOCK.search(p.read_text(encoding="utf-8"))]
    assert readers == ["clock.py"]
