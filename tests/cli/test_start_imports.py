"""What a process imports as it starts: a library that it may not need waits until it does."""

from __future__ import annotations

import subprocess
import sys

import pytest

WAITING = [
    # funding-report --help shows texts and computes nothing.
    ("helpers.cli.entry_point", {"click", "pandas", "pydantic", "matplotlib", "nbconvert"}),
    ("helpers.cli.commands", {"pandas", "pydantic", "matplotlib", "nbconvert"}),
    # status and check print text.
    ("helpers.report.report_data", {"matplotlib", "nbconvert", "openpyxl"}),
    ("helpers.checking.register_review", {"matplotlib", "nbconvert", "openpyxl"}),
    # No notebook is on the web, a board report has no workbook, and the notebook's process
    # draws the charts.
    ("helpers.releases.board_release", {"boto3", "requests", "openpyxl", "matplotlib"}),
    # Page and PDF are written by what the exporters of nbconvert call.
    ("helpers.releases.writing.document_files", {"openpyxl", "matplotlib", "nbconvert"}),
    # A worker writes letters: no workbook, no mail, no lock.
    (
        "helpers.letters.worker",
        {"boto3", "openpyxl", "email_validator", "filelock", "fsspec", "nbconvert"},
    ),
    # A run without --mail-to reads no address, and the parent process starts sooner.
    ("helpers.delivery.release_delivery", {"email_validator", "filelock", "matplotlib"}),
]


@pytest.mark.parametrize(("module", "libraries"), WAITING)
def test_a_library_that_may_not_be_needed_is_not_imported(module: str, libraries: set[str]) -> None:
    shows = f"import sys, {module}; print(*sorted({libraries!r} & sys.modules.keys()))"
    done = subprocess.run([sys.executable, "-c", shows], capture_output=True, text=True, check=True)
    assert done.stdout.split() == []


def test_a_library_that_is_imported_when_it_is_used_is_the_real_one() -> None:
    shows = """\
import helpers.notebooks.memory_io, sys
from papermill import iorw
assert "requests" not in sys.modules
get = iorw.requests.get
import requests
assert get is requests.get and requests.exceptions.RequestException
"""
    subprocess.run([sys.executable, "-c", shows], check=True)


def test_papermill_has_our_engine_and_the_library_that_looks_for_others_is_the_real_one() -> None:
    shows = """\
import helpers.notebooks.execution, sys
from papermill.engines import papermill_engines
assert papermill_engines.get_engine("fork").__name__ == "ForkEngine"
assert "entrypoints" not in sys.modules
import entrypoints
assert [found.name for found in entrypoints.get_group_all("papermill.engine")] == ["fork"]
"""
    subprocess.run([sys.executable, "-c", shows], check=True)


def test_the_process_of_notebooks_has_docstrings_without_lists_of_properties() -> None:
    shows = """\
import helpers.notebooks.fork.short_docstrings
from matplotlib import artist
from matplotlib.axes import Axes
assert Axes.plot.__doc__.startswith("Plot y versus x") and "antialiased" not in Axes.plot.__doc__
assert "alpha" in artist.kwdoc(Axes)
"""
    subprocess.run([sys.executable, "-c", shows], check=True)


RUNS = """\
import atexit, sys
from helpers.cli import entry_point
sys.argv = ["funding-report", "{argument}"]
entry_point.open_closed_streams = lambda: atexit.register(print, "a handler of the command")
entry_point.main()
"""


@pytest.mark.parametrize(("argument", "code"), [("--version", 0), ("--nothing", 2)])
def test_a_command_ends_with_its_code_after_its_exit_handlers(argument: str, code: int) -> None:
    program = [sys.executable, "-c", RUNS.format(argument=argument)]
    done = subprocess.run(program, capture_output=True, text=True, check=False)
    assert done.returncode == code
    assert done.stdout.endswith("a handler of the command\n")
    assert ("funding-report, version" in done.stdout) == (code == 0)
    assert ("No such option '--nothing'" in done.stderr) == (code == 2)
