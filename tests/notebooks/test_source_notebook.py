"""`board` with a notebook that cannot be run: one message with the remedy, and no traceback."""

from __future__ import annotations

import json
import os
import resource
import shutil
import subprocess
import sys
from collections.abc import Callable
from functools import partial
from pathlib import Path
from typing import Any

import nbformat
import pytest

from helpers.errors import NotebookError
from helpers.notebooks.source_notebook import check_source_notebook
from support.command_server import funding_report
from support.small_project import ROOT

SOURCE = ROOT / "notebooks" / "board_report.ipynb"
ASKED = ("board", "few", "--as-of", "2026-03-01", "--language", "sv")
Notebook = dict[str, Any]


@pytest.fixture
def notebook(small_project: Path) -> Path:
    path = small_project / "notebooks" / "board_report.ipynb"
    shutil.copy(SOURCE, path)
    return path


def text() -> str:
    return SOURCE.read_text(encoding="utf-8")


def changed(change: Callable[[Notebook], object]) -> bytes:
    content: Notebook = json.loads(text())
    change(content)
    return json.dumps(content).encode()


def with_kernel(spec: Any) -> bytes:
    return changed(lambda content: content["metadata"].update(kernelspec=spec))


def without_tags(content: Notebook) -> None:
    for cell in content["cells"]:
        cell["metadata"].pop("tags", None)


def tagged_twice(content: Notebook) -> None:
    content["cells"][0]["metadata"]["tags"] = ["parameters"]


def in_conflict() -> bytes:
    lines = text().splitlines(keepends=True)
    ours, theirs = ["<<<<<<< HEAD\n", lines[10]], ["=======\n", lines[10], ">>>>>>> theirs\n"]
    return "".join([*lines[:10], *ours, *theirs, *lines[11:]]).encode()


def old_format() -> bytes:
    cells = [{"cell_type": "code", "input": "1", "language": "python", "outputs": []}]
    content = {"nbformat": 3, "nbformat_minor": 0, "metadata": {"name": ""}}
    return json.dumps({**content, "worksheets": [{"cells": cells, "metadata": {}}]}).encode()


R = {"name": "ir", "display_name": "R", "language": "R"}
CHOOSE = "choose the kernel Python 3"
REFUSED: dict[str, tuple[Callable[[], bytes], str, str]] = {
    "another kernel": (partial(with_kernel, R), "kernel 'ir', which is not installed", CHOOSE),
    "no kernel": (
        lambda: changed(lambda content: content["metadata"].pop("kernelspec")),
        "does not name a kernel", CHOOSE,
    ),
    "a kernel that is a text": (partial(with_kernel, "python3"), "does not name a kernel", CHOOSE),
    "nbformat 3": (old_format, "old format 3", "jupyter nbconvert --to notebook --inplace"),
    "a later format": (
        lambda: changed(lambda content: content.update(nbformat=5)), "is in format 5", "format 4",
    ),
    "a BOM": (lambda: b"\xef\xbb\xbf" + text().encode(), "byte order mark", "without BOM"),
    "conflict markers": (in_conflict, "merge conflict, the first in line 11", "nbdime mergetool"),
    "an empty file": (lambda: b"", "is empty", "git checkout"),
    "no cells": (
        lambda: changed(lambda content: content.update(cells=[])),
        "no cell with a text or code", "funding-report new-report",
    ),
    "blank cells": (
        lambda: changed(lambda content: [cell.update(source=[" "]) for cell in content["cells"]]),
        "no cell with a text or code", "funding-report new-report",
    ),
    "JSON of something else": (lambda: b"{}", "not a notebook", "git checkout"),
    "a list": (lambda: b"[]", "not a notebook", "git checkout"),
    "cut off": (lambda: text().encode()[:900], "not valid JSON, in line", "git checkout"),
    "deep JSON": (lambda: b"[" * 100_000, "not valid JSON", "git checkout"),
    "Latin-1": (lambda: text().encode("latin-1", "replace"), "not UTF-8, in line", "as UTF-8"),
    "a cell without a source": (
        lambda: changed(lambda content: content["cells"][2].pop("source")),
        "cell without a source, a type or metadata, cell 3", "git checkout",
    ),
    "no parameters cell": (
        partial(changed, without_tags), "no cell tagged `parameters`", "Property Inspector",
    ),
    "two parameters cells": (
        partial(changed, tagged_twice), "2 cells tagged `parameters`", "Property Inspector",
    ),
}  # fmt: skip


@pytest.mark.parametrize("name", REFUSED)
def test_a_notebook_that_cannot_be_run_is_one_message(notebook: Path, name: str) -> None:
    content, problem, remedy = REFUSED[name]
    notebook.write_bytes(content())
    done = funding_report(*ASKED, cwd=Path.cwd())
    assert (done.returncode, done.stdout) == (3, "")
    (message,) = done.stderr.splitlines()
    assert message.startswith("funding-report: The notebook board_report.ipynb ")
    assert problem in message
    assert remedy in message
    assert not list(Path("reports").glob("few/*/"))


def test_half_of_a_surrogate_pair_is_published_as_it_was_shown(notebook: Path) -> None:
    content: Notebook = json.loads(text())
    cell = next(cell for cell in content["cells"][2:] if cell["cell_type"] == "code")
    cell["source"] = ["print('half \\ud800 a pair')\n", *cell["source"]]
    notebook.write_text(json.dumps(content), encoding="utf-8")
    done = funding_report(*ASKED, cwd=Path.cwd())
    assert (done.returncode, "Traceback" in done.stderr) == (0, False), done.stderr
    (published,) = Path("reports/few").glob("*/board-report.sv.ipynb")
    cells = nbformat.reads(published.read_text(encoding="utf-8"), as_version=4).cells
    outputs = [output for cell in cells for output in cell.get("outputs", [])]
    assert [output.text for output in outputs if "text" in output] == ["half \ud800 a pair\n"]
    verified = funding_report("verify", str(published.parent), cwd=Path.cwd())
    assert verified.returncode == 0, verified.stdout


def own_command(*arguments: str, **options: Any) -> subprocess.CompletedProcess[str]:
    code = "import funding_report_command; funding_report_command.main()"
    command = [sys.executable, "-c", code, *arguments]
    return subprocess.run(command, capture_output=True, text=True, check=False, **options)


@pytest.mark.usefixtures("notebook")
def test_a_limit_on_the_size_of_files_is_one_message() -> None:
    limit = (2_000, resource.RLIM_INFINITY)
    set_limit = partial(resource.setrlimit, resource.RLIMIT_FSIZE, limit)
    done = own_command(*ASKED, preexec_fn=set_limit)
    assert (done.returncode, done.stdout) == (1, "")
    (message,) = done.stderr.splitlines()
    assert "A file is larger than this process may write" in message
    assert "ulimit -f" in message
    assert not list(Path("reports").glob("few/*/"))


@pytest.mark.parametrize("name", ["helpers/__init__.py", "helpers.py"])
def test_another_package_called_helpers_is_one_message(tmp_path: Path, name: str) -> None:
    other = tmp_path / name
    other.parent.mkdir(exist_ok=True)
    other.write_text("raise RuntimeError\n", encoding="utf-8")
    done = own_command("--version", env={**os.environ, "PYTHONPATH": str(tmp_path)})
    assert (done.returncode, done.stdout) == (1, "")
    (message,) = done.stderr.splitlines()
    assert f"{other} is another package called helpers" in message
    assert "PYTHONPATH" in message


def test_the_command_starts_where_nothing_hides_the_package() -> None:
    assert own_command("--help").stdout.startswith("Usage:")


def test_the_command_of_the_project_looks_for_another_package() -> None:
    project = (ROOT / "pyproject.toml").read_text(encoding="utf-8")
    assert 'funding-report = "funding_report_command:main"' in project


def test_the_command_for_an_old_format_names_the_path(tmp_path: Path) -> None:
    path = tmp_path / "mina anteckningar.ipynb"
    path.write_bytes(old_format())
    with pytest.raises(NotebookError) as error:
        check_source_notebook(path, has_parameters=False)
    assert f"Run: jupyter nbconvert --to notebook --inplace '{path}'. Then:" in str(error.value)
