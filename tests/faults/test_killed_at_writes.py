"""SIGKILL just before a write, of every command that writes: nothing is torn, the next run works.

The moments are counted, not timed: before each file that is opened for writing, renamed, removed,
made or truncated. `make bench` tries 200 of them (FAULT_WRITES).
"""

from __future__ import annotations

import os
import shutil
import signal
from collections.abc import Callable
from pathlib import Path

import pytest

from helpers.releases.hash_list import known_hashes
from helpers.releases.unchanged import find_change
from support.command_server import Ready
from support.release_folders import hidden

FOLDER = Path("reports/few")
DAYS = ["2026-03-01", "2026-03-02", "2026-03-03"]
WRITES = int(os.environ.get("FAULT_WRITES", "21"))
NEW = ("--as-of", "2026-03-04")
COMMANDS: dict[str, tuple[str, ...]] = {
    "board": ("board", "few", *NEW),
    "letters": ("letters", "few", *NEW, "--workers", "1"),
    "copy": ("board", "few", "--as-of", DAYS[-1], "--publish-to", "web"),
    "decide": ("decide", f"{FOLDER}/{DAYS[0]}"),
    "undo": ("decide", f"{FOLDER}/{DAYS[1]}", "--undo"),
    "prune": ("prune", "few", "--keep", "1"),
    "index": ("index",),
}


@pytest.fixture
def restore(board_project: Path, ready: Ready, tmp_path: Path) -> Callable[[], None]:
    """Put the project back to three releases of which one is marked, and no index."""
    for day in DAYS:
        assert ready.run(board_project, "board", "few", "--as-of", day)[0] == 0
    assert ready.run(board_project, "decide", f"{FOLDER}/{DAYS[1]}")[0] == 0
    (board_project / "reports/index.html").unlink()
    kept = tmp_path / "kept"
    shutil.copytree(board_project / "reports", kept)

    def put_back() -> None:
        for folder in ("reports", "web"):
            shutil.rmtree(board_project / folder, ignore_errors=True)
        shutil.copytree(kept, board_project / "reports")

    return put_back


def test_a_run_killed_before_any_write_harms_nothing(
    board_project: Path, ready: Ready, restore: Callable[[], None], tmp_path: Path
) -> None:
    counted = tmp_path / "writes"
    each = WRITES // len(COMMANDS)
    killed = 0
    for name, command in COMMANDS.items():
        restore()
        code, _, err = ready.run(board_project, *command, COUNT_WRITES=str(counted))
        assert code == 0, err
        number = int(counted.read_text())
        assert number >= 2, name
        for at in {1 + step * (number - 1) // max(each - 1, 1) for step in range(each)}:
            restore()
            code, _, _ = ready.run(board_project, *command, KILL_AT_WRITE=str(at))
            killed += code == -signal.SIGKILL
            assert code in (0, -signal.SIGKILL), (name, at)
            marks = {path.name for path in FOLDER.glob("*.decided")}
            whole(FOLDER)
            assert f"{DAYS[1]}.decided" in marks or name == "undo"
            code, _, err = ready.run(board_project, *command)
            assert code == 0 or name == "undo", (name, at, err)
            whole(FOLDER)
            whole(Path("web/few"))
            assert not [one for one in hidden(FOLDER) if one != ".delivery"], (name, at)
    assert killed >= WRITES // 2


def whole(folder: Path) -> None:
    """Every release in a folder is as it was published, by its files and by the list of hashes."""
    names = [path.name for path in folder.glob("[!.]*") if path.is_dir()]
    known_hashes(folder.parent)
    for name in names:
        assert find_change(folder / name) is None, name
