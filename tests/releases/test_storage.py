import errno
import json
import os
from contextlib import nullcontext
from datetime import date
from pathlib import Path

import pytest

from helpers.errors import ReportError
from helpers.releases.storage import (
    file_hashes,
    find_release,
    json_fingerprint,
    previous_report_day,
    publish_draft,
    publish_release,
    working_folder,
)


def make(folder: Path, name: str, key: str, text: str = "x") -> Path:
    with working_folder(folder) as work:
        (work / "a.txt").write_text(text)
        (work / "run.json").write_text(json.dumps({"key": key}))
        return publish_release(work, folder, name)


def test_a_release_appears_atomically(tmp_path: Path) -> None:
    folder = tmp_path / "reports" / "round"
    release = make(folder, "2017-02-22", "k")
    assert release == folder / "2017-02-22"
    assert sorted(p.name for p in folder.iterdir()) == ["2017-02-22"]
    assert (release / "a.txt").read_text() == "x"


def test_a_second_release_is_next_to_the_first(tmp_path: Path) -> None:
    names = [make(tmp_path, "2017-02-22", key).name for key in "abc"]
    assert names == ["2017-02-22", "2017-02-22.2", "2017-02-22.3"]


def test_a_release_is_found_by_its_key(tmp_path: Path) -> None:
    first, second = make(tmp_path, "2017-02-22", "a"), make(tmp_path, "2017-02-22", "b")
    make(tmp_path, "2017-02-22-draft-sv", "c")
    assert find_release(tmp_path, "2017-02-22", "b") == second
    assert find_release(tmp_path, "2017-02-22", "a") is None  # it has been replaced
    assert first != second
    assert find_release(tmp_path, "2017-02-22", "c") is None
    assert find_release(tmp_path / "none", "2017-02-22", "a") is None


def test_the_report_before_is_the_latest_of_an_earlier_day(tmp_path: Path) -> None:
    for name in ("2016-10-31", "2016-10-31.2", "2017-02-22", "2017-02-22.2"):
        make(tmp_path, name, name)
    make(tmp_path, "2017-02-21-draft-sv", "d")
    make(tmp_path, "2017-02-21-letters", "l")
    (tmp_path / "2017-02-20").mkdir()  # an empty folder is no release
    assert previous_report_day(tmp_path, date(2017, 2, 22)) == date(2016, 10, 31)
    assert previous_report_day(tmp_path, date(2017, 2, 23)) == date(2017, 2, 22)
    assert previous_report_day(tmp_path, date(2016, 10, 31)) is None
    assert previous_report_day(tmp_path / "none", date(2017, 2, 22)) is None


def test_a_failed_run_leaves_no_files_and_no_folders(tmp_path: Path) -> None:
    folder = tmp_path / "reports" / "round"

    def fail() -> None:
        with working_folder(folder) as work:
            (work / "half").write_text("x")
            raise RuntimeError("stop")

    with pytest.raises(RuntimeError, match="stop"):
        fail()
    assert list(tmp_path.iterdir()) == []


def test_a_failed_run_keeps_existing_files(tmp_path: Path) -> None:
    make(tmp_path / "round", "2017-02-22", "a")
    with pytest.raises(RuntimeError), working_folder(tmp_path / "round"):
        raise RuntimeError
    assert [p.name for p in (tmp_path / "round").iterdir()] == ["2017-02-22"]


def test_a_draft_replaces_the_draft_before_it(tmp_path: Path) -> None:
    for text in ("first", "second"):
        with working_folder(tmp_path) as work:
            (work / "a.txt").write_text(text)
            draft = publish_draft(work, tmp_path, "2017-02-22-draft-sv")
    assert [p.name for p in tmp_path.iterdir()] == ["2017-02-22-draft-sv"]
    assert (draft / "a.txt").read_text() == "second"


def test_a_folder_that_cannot_be_written_is_a_report_error(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("")
    with (
        pytest.raises(ReportError, match="Nothing can be written in"),
        working_folder(tmp_path / "file" / "round"),
    ):
        raise AssertionError


def test_outputs_are_hashed_below_folders_too_and_run_json_is_not(tmp_path: Path) -> None:
    (tmp_path / "inputs").mkdir()
    (tmp_path / "inputs" / "b").write_text("")
    (tmp_path / "run.json").write_text("{}")
    # The SHA-256 of nothing, as printed in FIPS 180-4's examples.
    empty = "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855"
    assert file_hashes(tmp_path) == {"inputs/b": empty}


def test_what_no_release_contains_is_listed_and_never_followed(tmp_path: Path) -> None:
    (tmp_path / "run.json").write_text("{}")
    for folder in ("annex", "inputs"):
        (tmp_path / folder).mkdir()
        (tmp_path / folder / "run.json").write_text("")
    (tmp_path / "empty" / "inner").mkdir(parents=True)
    (tmp_path / "etc").symlink_to("/etc")
    (tmp_path / "a.pdf").symlink_to("inputs/run.json")
    os.mkfifo(tmp_path / "pipe")  # opened, it would wait for ever
    empty = "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855"
    assert file_hashes(tmp_path) == {
        "a.pdf": "a link",
        "annex/run.json": empty,
        "empty/inner/": "an empty folder",
        "etc": "a link",
        "inputs/run.json": empty,
        "pipe": "not a file",
    }
    (tmp_path / "run.json").unlink()
    (tmp_path / "run.json").symlink_to("inputs/run.json")
    assert file_hashes(tmp_path)["run.json"] == "a link"


def test_a_fingerprint_does_not_depend_on_the_order_of_keys() -> None:
    assert json_fingerprint({"a": 1, "b": 2}) == json_fingerprint({"b": 2, "a": 1})
    assert json_fingerprint({"a": 1}) != json_fingerprint({"a": 2})


def test_a_release_may_be_read_by_others(tmp_path: Path) -> None:
    mode = make(tmp_path, "2017-02-22", "a").stat().st_mode & 0o777
    assert mode == 0o755 or os.name == "nt"


def test_a_release_is_synced_to_disk_before_it_appears(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """What a power cut leaves cannot be tried here: that the system is asked, and when, can."""
    release, real = tmp_path / "2017-02-22", os.fsync
    settled: list[tuple[int, bool]] = []

    def fsync(number: int) -> None:
        settled.append((os.fstat(number).st_ino, release.exists()))
        real(number)

    monkeypatch.setattr(os, "fsync", fsync)
    with working_folder(tmp_path) as work:
        (work / "inputs").mkdir()
        for name in ("a.txt", "run.json", "inputs/b.csv"):
            (work / name).write_text(name)
        publish_release(work, tmp_path, release.name)
    before = {number for number, there in settled if not there}
    assert before == {path.stat().st_ino for path in (release, *release.rglob("*"))}
    assert settled[-1] == (tmp_path.stat().st_ino, True)


@pytest.mark.parametrize(("code", "harmless"), [(errno.EINVAL, True), (errno.EIO, False)])
def test_a_failing_sync_publishes_nothing_a_missing_one_does(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, code: int, harmless: bool
) -> None:
    def fsync(number: int) -> None:
        raise OSError(code, os.strerror(code))

    monkeypatch.setattr(os, "fsync", fsync)
    with nullcontext() if harmless else pytest.raises(OSError, match=os.strerror(code)):
        make(tmp_path, "2017-02-22", "k")
    assert [path.name for path in tmp_path.iterdir()] == (["2017-02-22"] if harmless else [])
