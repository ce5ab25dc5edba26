"""A full disk and a read-only folder, on a small file system; processes that are refused."""

import os
import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest

from helpers.errors import ExhaustedError
from helpers.letters.job import LetterResult
from helpers.maintenance import rebuild
from helpers.maintenance.verification import verify_release
from helpers.notebooks.fork.client import ForkServerClient
from support.command_server import Ready
from support.release_folders import content, hidden, listed
from support.required_programs import missing

DAYS = [f"2026-03-{day:02}" for day in range(1, 8)]
PARTS = (0, 1, 3, 5, 8)  # tenths of a release for which there is room


@pytest.fixture
def apart() -> Iterator[Ready]:
    """Runs that see mounts of their own, which only root may make; others are root among them."""
    if shutil.which("unshare") is None:
        missing("A small file system needs Linux and its unshare", "apt-get install util-linux")
    as_root = [] if os.geteuid() == 0 else ["--user", "--map-root-user"]
    started = Ready("unshare", "--mount", *as_root)
    yield started
    started.close()


def test_a_full_disk_does_no_harm_and_the_next_run_succeeds(
    board_project: Path, apart: Ready
) -> None:
    mounted = board_project / "reports"
    mounted.mkdir()
    apart.shell("mount", "-t", "tmpfs", "-o", "size=50m", "small", str(mounted))
    folder = apart.seen(mounted / "few")
    assert apart.run(board_project, "board", "few", "--as-of", DAYS[0])[0] == 0
    (first,) = listed(folder)
    size = sum(path.stat().st_size for path in (folder / first).rglob("*"))
    kept = content(folder, first)
    for part, day in zip(PARTS, DAYS[1:], strict=False):
        place = os.statvfs(folder)
        used = (place.f_blocks - place.f_bfree) * place.f_frsize
        room = used + size * part // 10
        apart.shell("mount", "-o", f"remount,size={room}", str(mounted))
        code, out, err = apart.run(board_project, "board", "few", "--as-of", day)
        assert (code, out) == (1, ""), part
        assert err == (
            "funding-report: The disk is full. Nothing incomplete was published. Free some space "
            "and run the command again.\n"
        )
        assert listed(folder) == [first]
        assert hidden(folder) == []
    apart.shell("mount", "-o", "remount,ro", str(mounted))
    code, out, err = apart.run(board_project, "board", "few", "--as-of", DAYS[1])
    assert (code, out) == (1, "")
    assert err == (
        "funding-report: Nothing can be written in reports: Read-only file system. "
        "Choose another --output.\n"
    )
    apart.shell("mount", "-o", "remount,rw,size=50m", str(mounted))
    assert apart.run(board_project, "board", "few", "--as-of", DAYS[1])[0] == 0
    assert listed(folder) == DAYS[:2]
    assert content(folder, first) == kept


def test_verify_does_not_accuse_a_release_if_the_system_refuses_a_process(
    board_project: Path, ready: Ready, monkeypatch: pytest.MonkeyPatch
) -> None:
    asked = ("few", "--as-of", DAYS[0])
    assert ready.run(board_project, "board", *asked)[0] == 0
    assert ready.run(board_project, "letters", *asked, "--workers", "1")[0] == 0

    def refused(*_: object) -> None:
        raise ExhaustedError("The system refused a process.")

    def refused_letter(*_: object) -> Iterator[LetterResult]:
        yield LetterResult("0001", error="The system refused a process.", exhausted=True)

    monkeypatch.setattr(ForkServerClient, "fork_child", refused)
    monkeypatch.setattr(rebuild, "dispatch_letters", refused_letter)
    for name in (DAYS[0], f"{DAYS[0]}-letters"):
        with pytest.raises(ExhaustedError, match="The system refused a process"):
            verify_release(Path("reports/few", name))
