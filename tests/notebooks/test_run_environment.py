"""What a notebook sees of the environment, as a user runs it, and a warning where it shows it."""

from __future__ import annotations

import json
import os
import shutil
import subprocess
import sys
from pathlib import Path
from typing import Any

import nbformat
import pytest
from nbformat.v4 import new_code_cell, new_notebook, new_output

from helpers.errors import NotebookError
from helpers.notebooks.execution import run_keeping_failure
from helpers.notebooks.run_environment import warn_of_shown_environment
from support.small_project import ROOT

SECRETS = {
    "AWS_SECRET_ACCESS_KEY": "secret-key", "PGPASSWORD": "secret-word", "REGISTER": "secret-place",
    "FUNDING_REPORT_SMTP_PASSWORD": "secret-mail", "UNKNOWN": "secret-unknown",
}  # fmt: skip
# In the notebook's process and in all that it descends from, up to this one. A command that starts
# a kernel was itself started with all.
LOOKS = f"""\
import os, pathlib
_found, _process = [dict(os.environ)], pathlib.Path("/proc", str(os.getpid()))
while _process.name != "{os.getpid()}":
    _found.append((_process / "environ").read_bytes().decode())
    _parent = (_process / "stat").read_text().rpartition(")")[2].split()[1]
    _process = _process.with_name(_parent)
_ = os.environ.get("FUNDING_REPORT_ENGINE") == "kernel" and _found.pop()
_ = pathlib.Path("seen").write_text(repr(_found))
"""


@pytest.fixture
def project(small_project: Path) -> Path:
    shutil.copy(ROOT / "notebooks" / "board_report.ipynb", small_project / "notebooks")
    return small_project


def add_to_notebook(project: Path, source: str) -> None:
    path = project / "notebooks" / "board_report.ipynb"
    content: dict[str, Any] = json.loads(path.read_text(encoding="utf-8"))
    cell = {"cell_type": "code", "source": source, "metadata": {}, "outputs": []}
    content["cells"].insert(4, {**cell, "execution_count": None, "id": "added"})
    path.write_text(json.dumps(content), encoding="utf-8")


def board(*arguments: str, typed: str = "", **environment: str) -> subprocess.CompletedProcess[str]:
    code = "import funding_report_command; funding_report_command.main()"
    asked = ["board", "few", "--as-of", "2026-03-01", "--language", "sv", *arguments]
    return subprocess.run(
        [sys.executable, "-c", code, *asked],
        env={**os.environ, **SECRETS, **environment},
        input=typed,
        capture_output=True,
        text=True,
        check=False,
    )


@pytest.mark.skipif(not Path("/proc/self/environ").exists(), reason="no /proc here")
@pytest.mark.parametrize("engine", ["fork", "kernel"])
def test_a_notebook_sees_no_key_and_no_password(project: Path, engine: str) -> None:
    add_to_notebook(project, LOOKS)
    done = board(FUNDING_REPORT_ENGINE=engine, FUNDING_REPORT_NOTEBOOK_VARIABLES="UNKNOWN")
    assert done.returncode == 0, done.stderr
    seen = (project / "seen").read_text(encoding="utf-8")
    assert "'PATH'" in seen
    assert "secret-unknown" in seen  # the user has named it
    assert [value for value in SECRETS.values() if value in seen] == ["secret-unknown"]


def test_a_notebook_does_not_read_what_is_typed_for_the_command(project: Path) -> None:
    source = "import os, pathlib\n_ = pathlib.Path('typed').write_bytes(os.read(0, 5))"
    add_to_notebook(project, source)
    assert board(typed="secret").returncode == 0
    assert (project / "typed").read_bytes() == b""


def test_a_register_named_by_a_variable_is_still_read(project: Path) -> None:
    add_to_notebook(project, LOOKS)
    register = project / "data" / "rounds" / "few" / "decisions.csv"
    done = board("--decisions", "env:REGISTER", REGISTER=str(register))
    assert done.returncode == 0, done.stderr
    seen = (project / "seen").read_text(encoding="utf-8")
    assert str(register) in seen
    assert "secret" not in seen


def test_the_variable_whose_password_is_shown_is_named(
    monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    address = "postgresql://me:hemlig@db.example/round"
    monkeypatch.setenv("MY_REGISTER", address)
    output = new_output("stream", name="stdout", text=f"read from {address}\n")
    notebook = new_notebook(cells=[new_code_cell("show()", outputs=[output])])
    warn_of_shown_environment(notebook, "mine.ipynb")
    (record,) = caplog.records
    assert record.getMessage() == (
        "mine.ipynb, cell 1 (show()): its output shows the environment, with MY_REGISTER. Remove "
        "the output before you publish it."
    )


@pytest.mark.parametrize("shows", ["%env", "print(__import__('os').environ)", "!env"])
def test_a_cell_that_shows_the_environment_is_named(project: Path, shows: str) -> None:
    add_to_notebook(project, shows)
    done = board()
    assert done.returncode == 0, done.stderr
    (warning,) = [line for line in done.stderr.splitlines() if "shows the environment" in line]
    assert f"board_report.ipynb, cell 5 ({shows})" in warning
    assert "Remove the output" in warning
    assert "secret" not in done.stderr


def test_a_report_that_shows_nothing_of_it_has_no_warning(project: Path) -> None:
    assert (project / "notebooks").exists()
    done = board()
    assert (done.returncode, "environment" in done.stderr) == (0, False)


def test_a_stopped_notebook_does_not_show_the_registers_password(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Neither does the message, also where an error has the password without its address."""
    monkeypatch.setenv("REGISTER", "postgresql://me:s3cr%40t@127.0.0.1:1/db")
    source = (
        "import os\nfrom urllib.parse import unquote\naddress = os.environ['REGISTER']\n"
        "print(address)\nraise ValueError('refused: ' + unquote(address).split('/')[2])"
    )
    parameters = new_code_cell("decisions = None", metadata={"tags": ["parameters"]})
    notebook = tmp_path / "own.ipynb"
    kernel = {"kernelspec": {"name": "python3", "language": "python", "display_name": "Python 3"}}
    cells = [parameters, new_code_cell(source)]
    nbformat.write(new_notebook(cells=cells, metadata=kernel), notebook)
    with pytest.raises(NotebookError) as stopped:
        run_keeping_failure(notebook, {"decisions": "env:REGISTER"}, "own.ipynb", tmp_path / "f")
    kept = (tmp_path / "f" / "own.ipynb").read_text(encoding="utf-8")
    for text in (str(stopped.value), kept):
        assert "s3cr" not in text
        assert "refused: me:***@127.0.0.1:1" in text
