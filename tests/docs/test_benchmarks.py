"""The page of benchmarks: measuring one part anew leaves the others as they stand."""

import importlib.util
import subprocess
import sys
from pathlib import Path
from types import ModuleType

import pytest

PROJECT = Path(__file__).resolve().parents[2]


@pytest.fixture
def table() -> ModuleType:
    spec = importlib.util.spec_from_file_location("table", PROJECT / "benchmarks" / "table.py")
    assert spec is not None
    assert spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


def test_what_is_written_is_kept(
    table: ModuleType, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(table, "PAGE", tmp_path / "benchmarks.md")
    assert table.kept() == {}
    row = ("a letter", "3.0×", "at least 4×", False, "by hand")
    lines = {"letters": [table.written("letters", row, "abc1234")] * 2, "fuzz": []}
    table.write(lines)
    assert table.kept() == {"letters": lines["letters"]}
    assert "| letters | a letter | 3.0× | at least 4× | NO | by hand | abc1234 |" in (
        (tmp_path / "benchmarks.md").read_text(encoding="utf-8")
    )


def test_the_page_has_every_part(table: ModuleType) -> None:
    completed = subprocess.run(
        [sys.executable, "benchmarks", "nothing"],
        cwd=PROJECT,
        capture_output=True,
        text=True,
        check=False,
    )
    assert completed.returncode == 1
    assert f"There is no part nothing. They are: {', '.join(table.kept())}.\n" == completed.stderr
