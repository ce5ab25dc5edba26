"""Letters in another folder, time zone, language and home are the same files, to the byte."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from hashlib import sha256
from pathlib import Path

from support.small_project import ROOT

BIN = Path(sys.executable).parent
PLACES = [
    {"TZ": "Pacific/Kiritimati", "LANG": "C", "LC_ALL": "C", "PYTHONHASHSEED": "7"},
    {"TZ": "America/Los_Angeles", "PYTHONHASHSEED": "11"},
]


def make_letters(project: Path, environment: dict[str, str]) -> dict[str, str]:
    """The SHA-256 of each file of a release and of the index, by its path."""
    home = project.with_name("home")
    home.mkdir()
    variables = {"HOME": str(home), "MPLCONFIGDIR": str(home / "mpl"), **environment}
    done = subprocess.run(
        [str(BIN / "funding-report"), "letters", "few", "--as-of", "2026-03-01"],
        cwd=project,
        env={**os.environ, **variables},
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == 0, done.stderr
    reports = project / "reports"
    release = reports / "few" / "2026-03-01-letters"
    files = [reports / "index.html", *(path for path in release.rglob("*") if path.is_file())]
    return {
        path.relative_to(reports).as_posix(): sha256(path.read_bytes()).hexdigest()
        for path in files
    }


def test_letters_made_elsewhere_are_the_same_bytes(small_project: Path, tmp_path: Path) -> None:
    shutil.copytree(ROOT / "notebooks", small_project / "notebooks", dirs_exist_ok=True)
    register = small_project / "data/rounds/few/decisions.csv"
    register.write_text(
        "code,decided_on,received_on,decision\n0001,2026-01-15,2026-01-20,yes\n"
        "0003,2026-01-15,2026-01-16,no\n",
        encoding="utf-8",
    )
    made = []
    for number, environment in enumerate(PLACES):
        project = tmp_path / f"place-{number}" / "a folder"
        shutil.copytree(small_project, project)
        made.append(make_letters(project, environment))
    release = "few/2026-03-01-letters"
    letters = {f"{release}/{code}.sv.{kind}" for code in ("0001", "0002", "0003")
               for kind in ("html", "pdf")}  # fmt: skip
    assert letters < made[0].keys()
    assert made[0] == made[1]
