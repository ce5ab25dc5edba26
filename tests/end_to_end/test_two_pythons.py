"""Another minor version of Python makes the same documents; only run.json names its version."""

from __future__ import annotations

import json
import os
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from support.small_project import ROOT

# The python of an environment of another minor version, with the packages of the same lock.
OTHER = "FUNDING_REPORT_OTHER_PYTHON"
HOW = (
    "no other Python is named. To try one: python3.13 -m venv build/other && "
    "build/other/bin/python -m pip install --no-deps --require-hashes -r requirements/report.txt "
    "&& build/other/bin/python -m pip install --no-deps --no-build-isolation -e . "
    f"&& {OTHER}=build/other/bin/python .venv/bin/pytest {Path(__file__).relative_to(ROOT)}"
)
START = (
    "import sys; from funding_report_command import main; sys.argv[0] = 'funding-report'; main()"
)
REGISTER = """\
code,decided_on,received_on,decision
0001,2026-01-15,2026-01-20,yes
0003,2026-01-15,2026-01-16,no
"""


def minor_version(python: str) -> str:
    """The version of a Python without its patch level: 3.13."""
    code = "import sys; print(*sys.version_info[:2], sep='.')"
    return subprocess.run(
        [python, "-c", code], capture_output=True, text=True, check=True
    ).stdout.strip()


def make_releases(python: str, project: Path) -> dict[str, bytes]:
    """The files of a board report and of letters, by their paths."""
    for command in ("board", "letters"):
        done = subprocess.run(
            [python, "-c", START, command, "few", "--as-of", "2026-03-01"],
            cwd=project,
            env={**os.environ, "PYTHONPATH": str(ROOT / "src")},
            capture_output=True,
            text=True,
            check=False,
        )
        assert done.returncode == 0, done.stderr
    releases = [path for path in (project / "reports/few").iterdir() if path.is_dir()]
    files = [path for release in releases for path in release.rglob("*") if path.is_file()]
    return {path.relative_to(project).as_posix(): path.read_bytes() for path in files}


def test_two_pythons_differ_in_what_run_json_says_of_them(
    small_project: Path, tmp_path: Path
) -> None:
    other = os.environ.get(OTHER) or pytest.skip(HOW)
    other = str(ROOT / other)  # an absolute path stays as it is
    version, named = minor_version(sys.executable), minor_version(other)
    if named == version:
        pytest.fail(f"{other} is Python {named}, as this one. Name a Python of another version.")
    shutil.copytree(ROOT / "notebooks", small_project / "notebooks", dirs_exist_ok=True)
    register = small_project / "data/rounds/few/decisions.csv"
    register.write_text(REGISTER, encoding="utf-8")
    made = []
    for number, python in enumerate((sys.executable, other)):
        project = tmp_path / str(number)
        shutil.copytree(small_project, project)
        made.append(make_releases(python, project))
    assert made[0].keys() == made[1].keys()
    differing = [name for name in made[0] if made[0][name] != made[1][name]]
    assert sorted(differing) == [
        "reports/few/2026-03-01-letters/run.json",
        "reports/few/2026-03-01/run.json",
    ]
    for name in differing:
        first, second = (json.loads(files[name]) for files in made)
        assert {key for key in first if first[key] != second[key]} == {"key", "versions"}
        versions = first["versions"].keys() | second["versions"].keys()
        assert [
            one for one in versions if first["versions"].get(one) != second["versions"].get(one)
        ] == ["python"]
