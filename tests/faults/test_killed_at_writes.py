"""SIGKILL just before a write, of every command that writes: nothing is torn, the next run works.

The moments are counted, not timed: before each file that is opened for writing, renamed, removed,
created as a folder or truncated. `make bench` tries 200 of them (FAULT_WRITES).
"""

from __future__ import annotations

import os
import shutil
import signal
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from helpers.releases.listing.hash_list import known_hashes
from helpers.releases.listing.unchanged import find_change
from support.command_server import Ready
from support.release_folders import content, hidden

FOLDER = Path("reports/few")
DAYS = ["2026-03-01", "2026-03-02", "2026-03-03"]
MARKED = f"{DAYS[1]}.decided"
WRITES = int(os.environ.get("FAULT_WRITES", "20"))
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


def spread(writes: dict[str, int]) -> Iterator[tuple[str, int]]:
    """Yield WRITES of all writes or a few more: of each command its share, evenly distributed."""
    for name, number in writes.items():
        share = min(number, -(-WRITES * number // sum(writes.values())))
        yield from ((name, 1 + (2 * part + 1) * number // (2 * share)) for part in range(share))


def check_all(folder: Path) -> None:
    """Every release in a folder is as it was published, by its files and by the list of hashes."""
    known_hashes(folder.parent)
    for release in folder.glob("[!.]*"):
        assert not release.is_dir() or find_change(release) is None, release


def test_a_run_killed_before_any_write_harms_nothing(
    board_project: Path, ready: Ready, restore: Callable[[], None], tmp_path: Path
) -> None:
    writes = {}
    for name, command in COMMANDS.items():
        restore()
        code, _, err = ready.run(board_project, *command, COUNT_WRITES=str(tmp_path / "number"))
        assert code == 0, err
        writes[name] = int((tmp_path / "number").read_text())
        assert writes[name] >= 2, name
    moments = list(spread(writes))
    killed = 0
    for name, at in moments:
        restore()
        kept = content(FOLDER, *(DAYS[1:] if name == "prune" else DAYS))
        code, _, _ = ready.run(board_project, *COMMANDS[name], KILL_AT_WRITE=str(at))
        assert code in (0, -signal.SIGKILL), (name, at)
        killed += code == -signal.SIGKILL
        check_all(FOLDER)
        check_all(Path("web/few"))
        assert kept.items() <= content(FOLDER, *DAYS).items(), (name, at)
        assert (FOLDER / MARKED).exists() or name == "undo", (name, at)
        code, _, err = ready.run(board_project, *COMMANDS[name])
        assert code == 0 or name == "undo", (name, at, err)
        check_all(FOLDER)
        check_all(Path("web/few"))
        assert not [one for one in hidden(FOLDER) if one != ".delivery"], (name, at)
    assert killed >= len(moments) * 9 // 10
