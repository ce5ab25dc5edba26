"""Marks beside a release, what is pruned, and whether a report is due."""

from __future__ import annotations

import errno
import json
import os
import shutil
import time
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from helpers.cli.commands import cli
from helpers.delivery.delivery_log import open_delivery_log
from helpers.errors import OverdueError, ReportError
from helpers.maintenance import file_review, verification
from helpers.maintenance.retention import expired_releases, remove_expired, remove_release
from helpers.releases.decided import decided_hash, is_decided, mark_decided, unmark_decided
from helpers.releases.listing.hash_list import (
    HASH_LIST,
    INDEX_FILE,
    known_hashes,
    listed_hashes,
)
from helpers.releases.listing.index_page import update_index
from helpers.releases.removal import DELIVERY_FOLDER
from helpers.releases.run_lock import hold_round_lock, sweep_leftovers
from helpers.releases.storage import file_hashes
from helpers.system.control.file_lock import locked
from support.release_folders import put


@pytest.fixture
def reports(tmp_path: Path) -> Path:
    for name in ("2017-02-20", "2017-02-21", "2017-02-21.2", "2017-02-22", "2017-02-19-letters"):
        put(tmp_path, name)
    put(tmp_path, "2016-01-01", "b")
    put(tmp_path, "2017-02-01-draft-sv")
    update_index(tmp_path)
    return tmp_path


def run(*arguments: str) -> Result:
    return CliRunner().invoke(cli, list(arguments), catch_exceptions=True)


def names(reports: Path) -> list[str]:
    return sorted(path.name for path in (reports / "a").iterdir() if path.is_dir())


def test_a_mark_is_next_to_a_release_and_never_in_it(reports: Path) -> None:
    release = reports / "a" / "2017-02-21"
    before = {path: path.read_bytes() for path in release.iterdir()}
    mark = mark_decided(release, "§ 14")
    assert mark == reports / "a" / "2017-02-21.decided"
    assert {path: path.read_bytes() for path in release.iterdir()} == before
    assert json.loads(mark.read_text())["note"] == "§ 14"
    assert is_decided(release)
    assert not is_decided(reports / "a" / "2017-02-21.2")
    unmark_decided(release)
    assert not is_decided(release)
    with pytest.raises(ReportError, match="is not marked as decided"):
        unmark_decided(release)


def test_only_a_release_can_be_marked(reports: Path) -> None:
    for folder in (reports / "a", reports / "a" / "2017-02-01-draft-sv", reports / "none"):
        with pytest.raises(ReportError, match="is not a release"):
            mark_decided(folder)


def test_a_release_changed_after_the_mark_is_not_marked_again(reports: Path) -> None:
    release = reports / "a" / "2017-02-21"
    mark_decided(release)
    mark_decided(release, "again")
    (release / "run.json").write_text("{}")
    with pytest.raises(ReportError, match="has been changed since it was marked"):
        mark_decided(release)


def test_a_release_with_an_unreadable_mark_is_kept(reports: Path) -> None:
    release = reports / "a" / "2017-02-20"
    mark_decided(release).write_text("{")
    assert is_decided(release)
    assert decided_hash(release) == ""
    assert release not in [one.folder for one in expired_releases(reports, 1)]
    with pytest.raises(ReportError, match=r"2017-02-20\.decided is damaged\. .*--undo"):
        mark_decided(release)
    unmark_decided(release)
    mark_decided(release)


def test_prune_keeps_the_newest_of_each_round_and_kind(reports: Path) -> None:
    # Of a's four board reports the two oldest go; its letters and b's report are the only ones.
    gone = [one.folder.name for one in expired_releases(reports, 2)]
    assert gone == ["2017-02-21", "2017-02-20"]
    assert expired_releases(reports, 2, "b") == []
    with pytest.raises(ReportError, match="There is no folder"):
        expired_releases(reports, 2, "c")


def test_prune_removes_prints_and_rewrites_the_index(reports: Path) -> None:
    dry = run("prune", "--keep", "1", "--dry-run", "--output", str(reports))
    assert (dry.exit_code, len(names(reports))) == (0, 6)
    mark_decided(reports / "a" / "2017-02-20")
    done = run("prune", "--keep", "1", "--output", str(reports))
    assert done.exit_code == 0
    assert done.stderr == ""
    assert done.stdout.splitlines() == [
        str(reports / "a" / "2017-02-21.2"),
        str(reports / "a" / "2017-02-21"),
    ]
    assert names(reports) == [
        "2017-02-01-draft-sv",
        "2017-02-19-letters",
        "2017-02-20",
        "2017-02-22",
    ]
    assert list(listed_hashes(reports / INDEX_FILE)) == [
        "a/2017-02-22",
        "a/2017-02-20",
        "a/2017-02-19-letters",
        "b/2016-01-01",
    ]
    again = run("prune", "--keep", "1", "--output", str(reports))
    assert (again.exit_code, again.stdout) == (0, "")


def test_after_a_failed_removal_the_index_lacks_the_removed_releases(reports: Path) -> None:
    (reports / "a" / ".gone-2017-02-20").write_text("")  # in the way of the last to go
    done = run("prune", "a", "--keep", "1", "--output", str(reports))
    assert isinstance(done.exception, ReportError)
    assert "2017-02-20 cannot be removed" in str(done.exception)
    assert names(reports) == [
        "2017-02-01-draft-sv",
        "2017-02-19-letters",
        "2017-02-20",
        "2017-02-22",
    ]
    left = {path for path in listed_hashes(reports / INDEX_FILE) if path.startswith("a/")}
    assert left == {"a/2017-02-19-letters", "a/2017-02-20", "a/2017-02-22"}


def test_a_changed_release_that_cannot_be_removed_keeps_its_hash(reports: Path) -> None:
    before = known_hashes(reports)["a/2017-02-20"]
    run_json = reports / "a" / "2017-02-20" / "run.json"
    run_json.write_text(run_json.read_text().replace("false", "true"))
    (reports / "a" / ".gone-2017-02-20").write_text("")
    done = run("prune", "a", "--keep", "3", "--output", str(reports))
    assert "2017-02-20 cannot be removed" in str(done.exception)
    assert known_hashes(reports)["a/2017-02-20"] == before
    changed = "a/2017-02-20: run.json has been changed since it was published."
    assert changed in run("index", "--output", str(reports)).stderr


def test_prune_removes_nothing_where_the_list_is_damaged(reports: Path) -> None:
    (reports / HASH_LIST).write_text("nonsense\n")
    done = run("prune", "--keep", "1", "--output", str(reports))
    assert "releases.sha256, line 1: a run did not write this line." in str(done.exception)
    assert len(names(reports)) == 6


def test_prune_makes_room_on_a_full_disk(reports: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def full(descriptor: int, content: bytes) -> int:
        raise OSError(errno.ENOSPC, os.strerror(errno.ENOSPC))

    with monkeypatch.context() as until_removed:
        until_removed.setattr(os, "write", full)
        removed = set[str]()
        assert [one.path for one in remove_expired(reports, 3, "a", removed)] == ["a/2017-02-20"]
    assert not (reports / "a" / "2017-02-20").exists()
    assert update_index(reports, removed) == []
    assert "a/2017-02-20" not in known_hashes(reports)


def test_prune_removes_only_the_delivery_logs_of_removed_releases(
    reports: Path,
) -> None:
    for name in ("2017-02-20", "2017-02-21", "2017-02-21.2", "2017-02-22"):
        with open_delivery_log(reports / "a" / name, "k") as ledger:
            ledger.write("mail ordf", state="sent")
    with locked(
        reports / "a" / DELIVERY_FOLDER / "2017-02-20.lock"
    ):  # another run is delivering it
        done = run("prune", "--keep", "2", "--output", str(reports))
        assert (done.exit_code, len(done.stdout.splitlines())) == (0, 2)
    left = sorted(path.name for path in (reports / "a" / DELIVERY_FOLDER).iterdir())
    assert left == ["2017-02-20.json", "2017-02-21.2.json", "2017-02-22.json"]
    assert run("prune", "--keep", "1", "--output", str(reports)).exit_code == 0
    assert [path.name for path in (reports / "a" / DELIVERY_FOLDER).iterdir()] == [
        "2017-02-22.json"
    ]


def test_prune_requires_a_number_to_keep(reports: Path) -> None:
    assert run("prune", "--output", str(reports)).exit_code == 2
    assert run("prune", "--keep", "0", "--output", str(reports)).exit_code == 2
    assert len(names(reports)) == 6


@pytest.mark.parametrize(
    ("day", "within", "found"),
    [
        ("2017-02-22", 0, "2017-02-22"),
        ("2017-02-25", 3, "2017-02-22"),
        ("2017-02-26", 3, None),  # four days
        ("2017-02-21", 0, "2017-02-21.2"),  # one that lies ahead does not count
        ("2017-02-19", 9, None),  # the letters of that day are no board report
    ],
)
def test_due_checks_for_a_recent_report(
    reports: Path, day: str, within: int, found: str | None
) -> None:
    done = run("due", "a", "--within", str(within), "--on", day, "--output", str(reports))
    if found:
        assert (done.exit_code, done.stdout) == (0, f"{reports / 'a' / found}\n")
    else:
        assert isinstance(done.exception, OverdueError)
        assert done.exception.exit_code == 7


def test_due_ignores_a_damaged_report(reports: Path) -> None:
    (reports / "a" / "2017-02-22" / "page.html").unlink()
    done = run("due", "a", "--within", "0", "--on", "2017-02-22", "--output", str(reports))
    assert isinstance(done.exception, OverdueError)
    assert "the latest is as of 2017-02-21" in str(done.exception)
    folder = reports / "a" / "2017-02-22"
    assert f"{folder} is not counted: its files do not fit its run.json. Make" in str(
        done.exception
    )


def test_due_names_a_damaged_list_of_hashes(reports: Path) -> None:
    (reports / HASH_LIST).write_text("nonsense\n")
    done = run("due", "a", "--within", "0", "--on", "2017-02-22", "--output", str(reports))
    assert isinstance(done.exception, OverdueError)
    assert "releases.sha256, line 1: a run did not write this line." in str(done.exception)


def test_due_ignores_a_report_whose_run_json_was_altered(reports: Path) -> None:
    run_json = reports / "a" / "2017-02-22" / "run.json"
    run_json.write_text(run_json.read_text().replace("false", "true"))  # reconstructed
    done = run("due", "a", "--within", "0", "--on", "2017-02-22", "--output", str(reports))
    assert isinstance(done.exception, OverdueError)


def test_index_forgets_only_a_listed_release_that_is_gone(reports: Path) -> None:
    where = ("--output", str(reports))
    still = run("index", "--forget", "a/2017-02-22", *where)
    assert "still exists" in str(still.exception)
    unknown = run("index", "--forget", "a/2017-02-23", *where)
    assert "neither releases.sha256 nor index.html lists it" in str(unknown.exception)
    shutil.rmtree(reports / "a" / "2017-02-22")
    assert "index --forget a/2017-02-22" in run("index", *where).stderr
    assert run("index", "--forget", "a/2017-02-22", *where).stderr == ""
    assert "a/2017-02-22" not in listed_hashes(reports / INDEX_FILE)


def test_a_release_marked_while_prune_waits_is_kept(reports: Path) -> None:
    release = reports / "a" / "2017-02-20"
    with ThreadPoolExecutor(1) as thread, hold_round_lock(reports, "a"):  # as `board` does
        pruned = thread.submit(
            lambda: list(remove_expired(reports, keep=1, round_name="a", removed=set()))
        )
        time.sleep(0.3)
        assert not pruned.done()
        assert len(names(reports)) == 6
        release.with_name("2017-02-20.decided").write_text("{}")
    assert [one.folder.name for one in pruned.result()] == ["2017-02-21.2", "2017-02-21"]
    assert release.is_dir()


def test_a_release_marked_after_it_was_listed_is_kept(reports: Path) -> None:
    (_, oldest) = expired_releases(reports, 2, "a")
    mark_decided(oldest.folder)
    assert not remove_release(oldest)
    assert oldest.folder.is_dir()


def test_a_mark_waits_for_the_rounds_lock_and_is_refused_if_the_release_is_gone(
    reports: Path,
) -> None:
    release = reports / "a" / "2017-02-20"
    with ThreadPoolExecutor(1) as thread, hold_round_lock(reports, "a"):  # as `prune` does
        marked = thread.submit(mark_decided, release)
        time.sleep(0.3)
        assert not marked.done()
        shutil.rmtree(release)
    with pytest.raises(ReportError, match="is not a release"):
        marked.result()
    assert not is_decided(release)


def test_the_next_run_removes_what_a_killed_prune_has_left(reports: Path) -> None:
    (reports / "a" / "2017-02-20").rename(reports / "a" / ".gone-2017-02-20")
    (reports / "b" / ".work-x").mkdir()
    with hold_round_lock(reports, "b"):  # takes the lock that a running command holds
        (reports / "b" / ".work-y").mkdir()
        assert run("prune", "--keep", "9", "--output", str(reports)).exit_code == 0
        assert (reports / "b" / ".work-y").is_dir()
    assert not (reports / "a" / ".gone-2017-02-20").exists()
    sweep_leftovers(reports, "b")
    assert sorted(path.name for path in (reports / "b").iterdir()) == ["2016-01-01"]


def test_verify_of_a_release_that_is_being_removed_says_so(
    reports: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    release = next(one for one in expired_releases(reports, 3, "a"))

    def removed_before(folder: Path) -> dict[str, str]:
        assert remove_release(release)
        return file_hashes(folder)

    monkeypatch.setattr(file_review, "file_hashes", removed_before)
    with pytest.raises(ReportError, match="was removed while it was verified"):
        verification.verify_release(release.folder, documents=False)


def test_a_mark_is_found_through_a_link(reports: Path) -> None:
    release, link = reports / "a" / "2017-02-22", reports / "latest"
    link.symlink_to(release)
    mark_decided(release)
    assert is_decided(link)
    unmark_decided(link)
    assert not is_decided(release)
    assert mark_decided(link) == reports / "a" / "2017-02-22.decided"


def test_prune_names_a_release_that_was_removed_by_hand(reports: Path) -> None:
    assert run("index", "--output", str(reports)).exit_code == 0
    assert "Saknas eller" not in (reports / "index.html").read_text()
    shutil.rmtree(reports / "a" / "2017-02-20")
    for left in (".index.lock", ".index.html.part"):
        (reports / left).touch()
    pruned = run("prune", "--keep", "9", "--output", str(reports))
    assert pruned.exit_code == 0
    assert "index --forget a/2017-02-20" in pruned.stderr
    assert "Saknas eller" in (reports / "index.html").read_text()
    assert not list(reports.glob(".*.part"))
    assert not (reports / ".index.lock").exists()
