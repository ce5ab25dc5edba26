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

from helpers.model.languages import catalogue_path
from helpers.releases.listing.hash_list import known_hashes
from helpers.releases.listing.unchanged import find_change
from support.command_server import Ready
from support.release_folders import content

FOLDER = Path("reports/few")
DAYS = ["2026-03-01", "2026-03-02", "2026-03-03"]
MARKED = f"{DAYS[1]}.decided"
WRITES = int(os.environ.get("FAULT_WRITES", "20"))
CATALOGUES = "catalogues"  # those of the project: `new-language` writes into the installation
NEW = ("--as-of", "2026-03-04")
COMMANDS: dict[str, tuple[str, ...]] = {
    "board": ("board", "few", *NEW),
    "letters": ("letters", "few", *NEW, "--workers", "1"),
    "copy": ("board", "few", "--as-of", DAYS[-1], "--publish-to", "web"),
    "decide": ("decide", f"{FOLDER}/{DAYS[0]}"),
    "undo": ("decide", f"{FOLDER}/{DAYS[1]}", "--undo"),
    "prune": ("prune", "few", "--keep", "1"),
    "index": ("index",),
    "answer": ("answer", "few", "0001", "yes", "--decided-on", DAYS[0], "--received-on", DAYS[1]),
    "annotate": ("check", "few", "--decisions", "wrong.csv", "--annotate", "noted.csv"),
    "new-round": ("new-round", "other", "--begins-on", DAYS[0], "--own-members"),
    "new-report": ("new-report", "own", "--round", "few"),
    "new-project": ("new-project", "fresh"),
    "new-language": ("new-language", "nb"),
}
# What is complete after a run, whether the file was there before it or not.
FILES = {"answer", "annotate", "new-round", "new-report", "new-project", "new-language"}


@pytest.fixture
def restore(board_project: Path, ready: Ready, tmp_path: Path) -> Callable[[], None]:
    """Put the project back to three releases of which one is marked, and no index."""
    register = "code,decided_on,received_on,decision\nx,2026-02-01,2026-02-02,yes\n"
    (board_project / "wrong.csv").write_text(register, encoding="utf-8")
    (board_project / CATALOGUES).mkdir()
    shutil.copy(catalogue_path("en"), CATALOGUES)
    for day in DAYS:
        assert ready.run(board_project, "board", "few", "--as-of", day)[0] == 0
    assert ready.run(board_project, "decide", f"{FOLDER}/{DAYS[1]}")[0] == 0
    (board_project / "reports/index.html").unlink()
    kept = tmp_path / "kept"
    shutil.copytree(board_project, kept)

    def put_back() -> None:
        for path in board_project.iterdir():
            shutil.rmtree(path) if path.is_dir() else path.unlink()
        shutil.copytree(kept, board_project, dirs_exist_ok=True)

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


def files(project: Path) -> dict[str, bytes]:
    """The files outside the reports, and the empty folders."""
    return {
        str(path.relative_to(project)): b"" if path.is_dir() else path.read_bytes()
        for path in project.rglob("*")
        if "reports" not in path.relative_to(project).parts[:1]
        and (path.is_file() or not any(path.iterdir()))
    }


def test_a_run_killed_before_any_write_harms_nothing(
    board_project: Path, ready: Ready, restore: Callable[[], None], tmp_path: Path
) -> None:
    writes, done = {}, {}
    for name, command in COMMANDS.items():
        restore()
        kept = files(board_project)
        counted = {"COUNT_WRITES": str(tmp_path / "number"), "CATALOGUES": CATALOGUES}
        code, _, err = ready.run(board_project, *command, **counted)
        assert code == (name == "annotate"), err  # 1: the register has an error, which is noted
        writes[name] = int((tmp_path / "number").read_text())
        assert writes[name] >= 2, name
        done[name] = files(board_project)
        assert name not in FILES or shown(done[name]) != shown(kept), name
    moments = list(spread(writes))
    codes, failures = [], []
    for name, at in moments:
        restore()
        try:
            codes.append(kill_and_run_again(ready, board_project, name, at, done[name]))
        except AssertionError as error:  # the other moments are tried all the same
            failures.append(f"{name}, write {at}: {error}")
    assert not failures, "\n\n".join([f"{len(failures)} of {len(moments)}", *failures])
    assert codes.count(-signal.SIGKILL) >= len(moments) * 9 // 10


@pytest.mark.parametrize("command", ["index", "prune"])
def test_a_killed_prune_is_finished_by_the_next_run(
    board_project: Path, ready: Ready, restore: Callable[[], None], tmp_path: Path, command: str
) -> None:
    """Before any of its writes: no release that it has removed is missed by the next run.

    Nor is a file next to it: the log of its run, its signature and its delivery log.
    """
    prune, gone = COMMANDS["prune"], FOLDER / DAYS[0]
    with_signature(restore, gone)
    number = tmp_path / "number"
    assert ready.run(board_project, *prune, COUNT_WRITES=str(number))[0] == 0
    states = set()
    for at in range(1, int(number.read_text()) + 1):
        with_signature(restore, gone)
        killed = ready.run(board_project, *prune, KILL_AT_WRITE=str(at))[0]
        assert killed == -signal.SIGKILL
        states.add(gone.exists())
        code, _, err = ready.run(board_project, *COMMANDS[command])
        assert (code, err) == (0, ""), at
        assert (f"few/{gone.name}" in known_hashes(FOLDER.parent)) == gone.exists()
        names = {".sig", ".log.json"} if gone.exists() else set()
        assert {path.name for path in FOLDER.glob(f"{gone.name}.*")} == {
            f"{gone.name}{suffix}" for suffix in names
        }
        assert (FOLDER / ".delivery" / f"{gone.name}.json").exists() == gone.exists()
        assert leftovers() == []
        check_all(FOLDER)
    assert states == {True, False}


def with_signature(restore: Callable[[], None], release: Path) -> None:
    """Put the project back, and a signature and a delivery log next to a release."""
    restore()
    release.with_name(f"{release.name}.sig").write_text("signature", encoding="utf-8")
    (FOLDER / ".delivery").mkdir(exist_ok=True)
    (FOLDER / ".delivery" / f"{release.name}.json").write_text("{}", encoding="utf-8")


def kill_and_run_again(
    ready: Ready, project: Path, name: str, at: int, done: dict[str, bytes]
) -> int:
    """Kill a command before a write, check what is there, run it again; the first exit code.

    `done` are the files outside the reports after a whole run.
    """
    before, kept = files(project), content(FOLDER, *DAYS)
    killed, _, _ = ready.run(project, *COMMANDS[name], KILL_AT_WRITE=str(at), CATALOGUES=CATALOGUES)
    assert killed in (0, 1, -signal.SIGKILL)
    check_releases(name, kept)
    seen = {path: data for path, data in files(project).items() if not is_hidden(path)}
    if name in FILES:
        assert seen in (shown(before), shown(done))
    code, _, err = ready.run(project, *COMMANDS[name], CATALOGUES=CATALOGUES)
    refused = name == "undo" or (name in FILES and seen == shown(done))
    assert code == (name == "annotate") or refused, err
    check_releases(name, kept)
    assert leftovers() == []
    if name in FILES:
        assert files(project) == done
    return killed


def leftovers() -> list[str]:
    """What no finished run leaves among the releases and their copies."""
    expected = {"reports/.few.lock", f"{FOLDER}/.delivery"}
    found = (path for folder in ("reports", "web") for path in Path(folder).rglob("*"))
    hidden = (str(path) for path in found if path.name[0] == "." or path.suffix == ".lock")
    return sorted({*hidden} - expected)


def is_hidden(path: str) -> bool:
    return any(part.startswith(".") for part in Path(path).parts)


def shown(project: dict[str, bytes]) -> dict[str, bytes]:
    return {path: data for path, data in project.items() if not is_hidden(path)}


def check_releases(name: str, before: dict[str, str]) -> None:
    """Nothing of a release was altered, and only `prune` and `decide --undo` have taken away."""
    check_all(FOLDER)
    check_all(Path("web/few"))
    expected = before if name != "prune" else {p: h for p, h in before.items() if DAYS[0] not in p}
    assert expected.items() <= content(FOLDER, *DAYS).items()
    assert (FOLDER / MARKED).exists() or name == "undo"
