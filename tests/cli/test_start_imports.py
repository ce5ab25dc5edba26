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
