"""The list of hashes is only appended to, and read strictly."""

from __future__ import annotations

import os
import shutil
import subprocess
from hashlib import sha256
from pathlib import Path

import pytest

from helpers.errors import ReportError
from helpers.maintenance.file_review import review_run_json
from helpers.maintenance.verdict import Verdict
from helpers.releases.listing.hash_list import (
    HASH_LIST,
    INDEX_FILE,
    known_hashes,
    record_hashes,
    recorded_hashes,
)
from helpers.releases.listing.index_page import update_index
from helpers.releases.listing.unchanged import find_change
from support.release_folders import put

ONE, OTHER = "1" * 64, "2" * 64


def hash_of(release: Path) -> str:
    return sha256((release / "run.json").read_bytes()).hexdigest()


def test_a_run_appends_and_the_lines_before_stay(tmp_path: Path) -> None:
    first = put(tmp_path, "2017-02-21")
    update_index(tmp_path)
    before = (tmp_path / HASH_LIST).read_bytes()
    assert before == f"{hash_of(first)}  a/2017-02-21/run.json\n".encode()
    second = put(tmp_path, "2017-02-22")
    for _ in range(2):
        update_index(tmp_path)
    after = (tmp_path / HASH_LIST).read_bytes()
    assert after == before + f"{hash_of(second)}  a/2017-02-22/run.json\n".encode()
    done = subprocess.run(
        ["sha256sum", "--strict", "-c", HASH_LIST], cwd=tmp_path, capture_output=True, check=False
    )
    assert done.returncode == 0, done.stderr


def test_a_removed_release_keeps_its_line(tmp_path: Path) -> None:
    gone = put(tmp_path, "2017-02-21")
    put(tmp_path, "2017-02-22")
    update_index(tmp_path)
    before, hash_ = (tmp_path / HASH_LIST).read_text(), hash_of(gone)
    shutil.rmtree(gone)
    update_index(tmp_path, ["a/2017-02-21"])
    assert (tmp_path / HASH_LIST).read_text() == (
        f"{before}# removed {hash_}  a/2017-02-21/run.json\n"
    )
    assert list(known_hashes(tmp_path)) == ["a/2017-02-22"]
    put(tmp_path, "2017-02-21")
    update_index(tmp_path)
    assert len(known_hashes(tmp_path)) == 2


def test_a_release_that_is_moved_away_altered_and_moved_back_is_found(tmp_path: Path) -> None:
    release = put(tmp_path, "2017-02-22")
    update_index(tmp_path)
    release.rename(tmp_path / "away")
    update_index(tmp_path)
    (tmp_path / INDEX_FILE).unlink()  # the page can be written again, the list cannot
    update_index(tmp_path)
    (tmp_path / "away").rename(release)
    run_json = release / "run.json"
    run_json.write_text(run_json.read_text().replace("false", "true"))
    assert "run.json has been changed" in "\n".join(update_index(tmp_path))
    assert str(find_change(release)).startswith("run.json has been changed since")


@pytest.mark.parametrize("linked", ["a", "a/2017-02-22"])
def test_a_release_that_is_moved_elsewhere_and_linked_is_found(tmp_path: Path, linked: str) -> None:
    """The round's folder, or the release's, becomes a link to a place without a list."""
    reports = tmp_path / "reports"
    release = put(reports, "2017-02-22")
    update_index(reports)
    elsewhere = tmp_path / "x" / "y" / "moved"
    elsewhere.parent.mkdir(parents=True)
    (reports / linked).rename(elsewhere)
    (reports / linked).symlink_to(elsewhere)
    assert find_change(release) is None
    run_json = release / "run.json"
    run_json.write_text(run_json.read_text().replace("false", "true"))
    assert str(find_change(release)).startswith("run.json has been changed since it was published")
    verdict = Verdict(release)
    assert "lists another SHA-256" in "\n".join(review_run_json({}, verdict))
    assert verdict.remarks == []


def test_releases_from_before_there_was_a_list_are_known_by_the_page(tmp_path: Path) -> None:
    release = put(tmp_path, "2017-02-22")
    update_index(tmp_path)
    (tmp_path / HASH_LIST).unlink()
    assert known_hashes(tmp_path) == {"a/2017-02-22": hash_of(release)}
    update_index(tmp_path)
    assert (tmp_path / HASH_LIST).read_text() == f"{hash_of(release)}  a/2017-02-22/run.json\n"


@pytest.mark.parametrize(
    ("text", "line"),
    [
        ("nonsense\n", 1),
        (f"{ONE}  a/2017-02-22/run.json", 1),  # cut off
        (f"{ONE} a/2017-02-22/run.json\n", 1),
        (f"{ONE}  ../2017-02-22/run.json\n", 1),
        (f"{ONE}  a/2017-02-22/run.json\n{OTHER}  a/2017-02-22/run.json\n", 2),
        (f"{ONE}  a/2017-02-22/run.json\n\n", 2),
        (f"{ONE}  a/2017-02-22/run.json\n# removed {OTHER}  a/2017-02-22/run.json\n", 2),
        (f"# removed {ONE}  a/2017-02-22/run.json\n", 1),
        (f"# a comment\n{ONE}  a/2017-02-22/run.json\n", 1),
    ],
)
def test_a_line_that_no_run_wrote_is_refused(tmp_path: Path, text: str, line: int) -> None:
    release = put(tmp_path, "2017-02-22")
    (tmp_path / HASH_LIST).write_text(text)
    for read in (known_hashes, update_index):
        with pytest.raises(ReportError, match=rf"releases.sha256, line {line}: a run did not"):
            read(tmp_path)
    assert f"line {line}" in str(find_change(release))
    assert (tmp_path / HASH_LIST).read_text() == text


def test_a_page_and_a_list_that_disagree_are_refused(tmp_path: Path) -> None:
    release = put(tmp_path, "2017-02-22")
    update_index(tmp_path)
    page = tmp_path / INDEX_FILE
    page.write_text(page.read_text(encoding="utf-8").replace(hash_of(release), ONE), "utf-8")
    with pytest.raises(ReportError, match="state different hashes of a/2017-02-22"):
        known_hashes(tmp_path)


def test_a_page_that_a_stopped_run_did_not_write_again_blocks_nothing(tmp_path: Path) -> None:
    release = put(tmp_path, "2017-02-22")
    update_index(tmp_path)
    page, name, first = tmp_path / INDEX_FILE, "a/2017-02-22", hash_of(release)
    old_page = page.read_bytes()
    run_json = release / "run.json"
    run_json.write_bytes(run_json.read_bytes() + b"\n")  # that of a release which replaces it
    second = hash_of(release)
    record_hashes(tmp_path, {name: second}, [name])  # and stopped before it wrote the page
    assert known_hashes(tmp_path) == {name: second}
    assert find_change(release) is None
    assert update_index(tmp_path) == []
    assert page.read_bytes() == old_page.replace(first.encode(), second.encode())
    page.write_bytes(old_page)
    record_hashes(tmp_path, {}, [name])
    assert known_hashes(tmp_path) == {}


def test_a_name_that_is_published_again_has_a_line_that_sha256sum_fails(tmp_path: Path) -> None:
    (tmp_path / "a" / "2017-02-22").mkdir(parents=True)
    (tmp_path / "a" / "2017-02-22" / "run.json").write_text("new")
    new = sha256(b"new").hexdigest()
    record_hashes(tmp_path, {"a/2017-02-22": ONE})
    record_hashes(tmp_path, {"a/2017-02-22": new}, ["a/2017-02-22"])
    done = subprocess.run(
        ["sha256sum", "--ignore-missing", "-c", HASH_LIST],
        cwd=tmp_path,
        capture_output=True,
        check=False,
        env={"LC_ALL": "C", "PATH": os.environ["PATH"]},
    )
    assert done.returncode == 1
    assert done.stdout.decode().splitlines() == [
        "a/2017-02-22/run.json: FAILED",
        "a/2017-02-22/run.json: OK",
    ]


def test_without_room_the_list_stays_as_it_was(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    record_hashes(tmp_path, {"a/2017-02-21": ONE})
    before = (tmp_path / HASH_LIST).read_bytes()

    def cut_short(descriptor: int, content: bytes, write: object = __import__("os").write) -> int:
        assert callable(write)
        return int(write(descriptor, content[:10]))

    with monkeypatch.context() as full:
        full.setattr("os.write", cut_short)
        with pytest.raises(ReportError, match="cannot be written"):
            record_hashes(tmp_path, {"a/2017-02-22": OTHER})
    assert (tmp_path / HASH_LIST).read_bytes() == before


def test_a_folder_directly_below_the_root_has_no_recorded_hash() -> None:
    assert recorded_hashes(Path("/none")) == set()
