"""A project of its own with a round of a few members, and a letter's notebook that is a stand-in.

The stand-in (files/letter.ipynb) fails for the codes in failing.txt, and takes as many seconds as
slow.txt says: so the batch is tried whatever the real letter holds.
"""

from __future__ import annotations

import shutil
from datetime import date
from pathlib import Path

import pytest

from support.new_rounds import create_round

ROOT = Path(__file__).resolve().parents[2]
AS_OF = date(2026, 3, 1)


@pytest.fixture
def small_project(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """The project, as working folder; its round "few" has the members 0001, 0002 and 0003."""
    own = tmp_path / "own"
    (own / "notebooks").mkdir(parents=True)
    (own / "data" / "rounds").mkdir(parents=True)
    for name in ("municipality_letter", "request_letter", "reminder_letter"):
        shutil.copy(ROOT / "tests" / "files" / "letter.ipynb", own / "notebooks" / f"{name}.ipynb")
    monkeypatch.chdir(own)
    create_round("few", date(2026, 1, 10), own_members=True)
    return own


def more_members(project: Path, number: int) -> list[str]:
    """Give the round so many members in place of its three; their codes."""
    codes = [f"{n:04}" for n in range(1, number + 1)]
    path = project / "data" / "rounds" / "few" / "members.csv"
    heading, first, *_ = path.read_text(encoding="utf-8").splitlines()
    rows = [first.replace("0001", code).replace("Norra", f"Ort {code}") for code in codes]
    path.write_text("\n".join([heading, *rows]) + "\n", encoding="utf-8")
    return codes
