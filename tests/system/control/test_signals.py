"""SIGTERM in the midst of a command that is soon over: nothing half-made is left, exit code 143."""

from __future__ import annotations

import os
import shutil
import signal
import sys
from collections.abc import Callable, Iterator
from pathlib import Path
from tempfile import mkdtemp
from typing import Any

import pytest

from helpers.cli import commands
from helpers.cli.running import runner
from helpers.delivery import copy_out, copy_target
from helpers.errors import HungUpError, TerminatedError
from helpers.releases.listing.hash_list import HASH_LIST, INDEX_FILE, listed_hashes
from helpers.releases.listing.index_page import update_index
from helpers.system import new_folder
from helpers.system.control.time_limit import stop_on_signals
from helpers.system.files import atomic_write
from support.release_folders import put

FILES = [
    (("index",), f"reports/{INDEX_FILE}"),
    (("decide", "reports/a/2026-03-01"), "reports/a/2026-03-01.decided"),
    (("check", "few", "--annotate", "copy.csv"), "copy.csv"),
    (("new-report", "mine", "--round", "few"), "notebooks/mine.ipynb"),
]


@pytest.fixture(autouse=True)
def _unheeded() -> Iterator[None]:
    """A signal that no command heeds fails the test, in place of ending all tests."""

    def fail(_number: int, _frame: Any) -> None:
        raise AssertionError("no one heeds SIGTERM")

    before = signal.signal(signal.SIGTERM, fail)
    yield
    signal.signal(signal.SIGTERM, before)


@pytest.fixture
def house(project: Path, small_project: Path) -> Path:
    """The small project with a release, and with the notebook that new ones begin from."""
    put(small_project / "reports", "2026-03-01")
    (small_project / "reports" / ".a.lock").touch()  # as the run that published it leaves it
    shutil.copy(project / "notebooks" / "board_report.ipynb", small_project / "notebooks")
    return small_project


def ended(monkeypatch: pytest.MonkeyPatch, *arguments: str) -> object:
    """The exit code of a command line."""
    monkeypatch.setattr(sys, "argv", ["funding-report", *arguments])
    with pytest.raises(SystemExit) as end:
        runner.run_cli(commands.cli)
    return end.value.code


def signalled(do: Callable[..., Any]) -> Callable[..., Any]:
    """The same, but SIGTERM comes as soon as it is done."""

    def done(*arguments: Any, **options: Any) -> Any:
        result = do(*arguments, **options)
        os.kill(os.getpid(), signal.SIGTERM)
        return result

    return done


@pytest.mark.parametrize(("command", "file"), FILES)
def test_a_file_is_written_whole_or_not_at_all(
    house: Path,
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
    command: tuple[str, ...],
    file: str,
) -> None:
    def files() -> set[Path]:  # the list of hashes is appended to
        return {path for path in house.rglob("*") if path.name != HASH_LIST}

    before = files()
    with monkeypatch.context() as meanwhile:
        meanwhile.setattr(Path, "write_bytes", signalled(Path.write_bytes))
        assert ended(monkeypatch, *command) == 143
    assert capsys.readouterr().err.endswith("funding-report: Stopped by SIGTERM. Run it again.\n")
    assert files() == before
    assert not ended(monkeypatch, *command)
    assert files() == {*before, house / file}


def test_what_cannot_be_written_is_told_by_its_own_name(tmp_path: Path) -> None:
    path = tmp_path / "none" / "file.csv"
    with pytest.raises(FileNotFoundError) as caught:
        atomic_write(path, b"")
    assert caught.value.filename == str(path)


def test_a_round_is_made_whole_or_not_at_all(house: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    before = sorted(house.rglob("*"))
    monkeypatch.setattr(new_folder, "mkdtemp", signalled(mkdtemp))
    assert ended(monkeypatch, "new-round", "more", "--own-members") == 143
    assert sorted(house.rglob("*")) == before


def test_a_release_is_removed_whole_and_known_to_be_gone(
    house: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    reports = house / "reports"
    put(reports, "2026-03-02")
    put(reports, "2026-03-03")
    update_index(reports)
    monkeypatch.setattr(Path, "rename", signalled(Path.rename))
    assert ended(monkeypatch, "prune", "a", "--keep", "1") == 143
    assert "is gone" not in capsys.readouterr().err
    left = {path.name for path in (reports / "a").iterdir()}
    assert left == {"2026-03-01", "2026-03-03"}
    assert set(listed_hashes(reports / INDEX_FILE)) == {f"a/{name}" for name in left}


def test_a_copy_is_made_whole_or_not_at_all(
    house: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(Path, "mkdir", signalled(Path.mkdir))
    with pytest.raises(TerminatedError), stop_on_signals():
        copy_out.copy_release(
            house / "reports/a/2026-03-01", copy_target.parse_copy_target(str(tmp_path / "web"))
        )
    assert not [path for path in (tmp_path / "web").rglob("*") if path.name != "a"]


def test_sighup_ends_a_run_unless_it_was_ignored_as_by_nohup() -> None:
    before = signal.signal(signal.SIGHUP, signal.SIG_IGN)
    try:
        with stop_on_signals():
            os.kill(os.getpid(), signal.SIGHUP)
        assert signal.getsignal(signal.SIGHUP) is signal.SIG_IGN
        signal.signal(signal.SIGHUP, signal.SIG_DFL)
        with pytest.raises(HungUpError) as hung_up, stop_on_signals():
            os.kill(os.getpid(), signal.SIGHUP)
        assert hung_up.value.exit_code == 129
    finally:
        signal.signal(signal.SIGHUP, before)
