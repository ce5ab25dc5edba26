"""Copies of a release: on a disk, on an S3-compatible server in a process of its own, elsewhere."""

import json
import os
import shutil
from collections.abc import Iterator
from pathlib import Path

import fsspec
import pytest
from fsspec import AbstractFileSystem
from fsspec.implementations.memory import MemoryFileSystem

from helpers.delivery import copy_out, copy_target
from helpers.delivery.copy_out import copy_release
from helpers.delivery.copy_target import CopyTarget, parse_copy_target
from helpers.errors import DeliveryError, ReportError
from helpers.releases.storage import remove_abandoned_folders
from helpers.system.control.file_lock import locked
from helpers.system.remote_addresses import COPY_PROTOCOLS
from support.delivery_servers import make_release, state

WITHIN = "skl-2016/2017-02-22"


def store() -> AbstractFileSystem:
    return fsspec.filesystem("s3", skip_instance_cache=True)


def names(place: Path) -> list[str]:
    return sorted(path.name for path in place.iterdir())


@pytest.fixture
def emptied(monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    """The memory as a store, which is not allowed but behaves as any that fsspec knows."""
    monkeypatch.setattr(copy_target, "COPY_PROTOCOLS", {*COPY_PROTOCOLS, "memory"})
    yield
    MemoryFileSystem.store.clear()
    MemoryFileSystem.pseudo_dirs[:] = [""]


def test_a_copy_on_disk_is_whole_and_made_once(release: Path, tmp_path: Path) -> None:
    place = tmp_path / "webb" / "rapporter ö"
    assert copy_release(release, parse_copy_target(str(place)))
    assert state(place / WITHIN) == state(release)
    assert names(place / "skl-2016") == ["2017-02-22"]  # nothing hidden is left
    assert not copy_release(release, parse_copy_target(str(place)))
    assert not copy_release(release, parse_copy_target(f"file://{place}/"))


def test_a_signature_is_copied_next_to_the_copy_also_of_a_release_that_is_there(
    release: Path, tmp_path: Path
) -> None:
    place, signature = tmp_path / "webb", release.with_name("2017-02-22.sig")
    assert copy_release(release, parse_copy_target(str(place)))
    assert names(place / "skl-2016") == ["2017-02-22"]
    for content in (b"one", b"another"):  # signed afterwards, and again with another key
        signature.write_bytes(content)
        assert not copy_release(release, parse_copy_target(str(place)))
        assert (place / f"{WITHIN}.sig").read_bytes() == content
        assert names(place / "skl-2016") == ["2017-02-22", "2017-02-22.sig"]
    assert state(place / WITHIN) == state(release)
    (place / f"{WITHIN}.sig").unlink()
    (place / f"{WITHIN}.sig").symlink_to(signature)
    with pytest.raises(DeliveryError, match=r"2017-02-22\.sig is a link to the release's own file"):
        copy_release(release, parse_copy_target(str(place)))


@pytest.mark.usefixtures("emptied")
def test_a_signature_is_copied_to_a_store_after_the_release(release: Path) -> None:
    release.with_name("2017-02-22.sig").write_bytes(b"signed")
    assert copy_release(release, parse_copy_target("memory://web"))
    assert MemoryFileSystem.store[f"/web/{WITHIN}.sig"].getvalue() == b"signed"
    assert not copy_release(release, parse_copy_target("memory://web"))


def test_what_a_killed_copy_has_left_is_removed_unless_a_run_holds_its_lock(
    release: Path, tmp_path: Path
) -> None:
    folder = tmp_path / "webb" / "skl-2016"
    for name in (".incoming-left", ".incoming-used"):
        (folder / name / "2017-02-22").mkdir(parents=True)
    (folder / ".incoming-left.lock").touch()  # of a run that was killed: no process holds it
    with locked(folder / ".incoming-used.lock"):
        assert copy_release(release, parse_copy_target(str(tmp_path / "webb")))
        assert names(folder) == [".incoming-used", ".incoming-used.lock", "2017-02-22"]
        (folder / ".incoming-last.lock").touch()  # killed after the copy was put in place
        assert not copy_release(release, parse_copy_target(str(tmp_path / "webb")))
        assert names(folder) == [".incoming-used", ".incoming-used.lock", "2017-02-22"]


def test_a_copy_holds_the_lock_of_its_folder(
    release: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    folder = tmp_path / "webb" / "skl-2016"

    def other_run_comes(copy: Path) -> None:
        remove_abandoned_folders(folder, ".incoming-*")
        assert copy.is_dir()

    monkeypatch.setattr(copy_out, "fsync_tree", other_run_comes)
    assert copy_release(release, parse_copy_target(str(tmp_path / "webb")))
    assert state(tmp_path / "webb" / WITHIN) == state(release)


def test_a_copy_is_on_the_disk_before_it_is_seen(
    release: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    place, real = tmp_path / "webb" / WITHIN, os.fsync
    settled: list[tuple[int, bool]] = []

    def fsync(number: int) -> None:
        settled.append((os.fstat(number).st_ino, place.exists()))
        real(number)

    monkeypatch.setattr(os, "fsync", fsync)
    copy_release(release, parse_copy_target(str(tmp_path / "webb")))
    before = {number for number, there in settled if not there}
    assert before >= {path.stat().st_ino for path in (place, *place.rglob("*"))}
    assert settled[-1] == (place.parent.stat().st_ino, True)


def test_a_copy_on_s3_is_whole_and_made_once(release: Path, bucket: str) -> None:
    assert copy_release(release, parse_copy_target(bucket))
    there, root = store(), f"styrelsen/rapporter/{WITHIN}"
    found = {path.removeprefix(f"{root}/"): there.cat_file(path) for path in there.find(root)}
    assert found == {name: (release / name).read_bytes() for name in state(release)}
    # A browser shows a page only if the store says that it is one.
    kinds = {"html": "text/html", "pdf": "application/pdf"}
    for kind, expected in kinds.items():
        assert store().info(f"{root}/board-report.sv.{kind}")["ContentType"] == expected
    assert not copy_release(release, parse_copy_target(bucket))


def test_on_s3_run_json_comes_last(
    release: Path, bucket: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    put = type(store()).put_file
    order: list[str] = []

    def broken(self: AbstractFileSystem, path: str, to: str, **options: object) -> None:
        order.append(Path(path).name)
        if len(order) == 4:
            raise TimeoutError("s3://user:hemlig@styrelsen")
        put(self, path, to, **options)

    monkeypatch.setattr(type(store()), "put_file", broken)
    with pytest.raises(DeliveryError, match="cannot be reached") as failed:
        copy_release(release, parse_copy_target(bucket))
    assert "hemlig" not in str(failed.value)
    assert not store().exists(f"styrelsen/rapporter/{WITHIN}/run.json")


def test_a_torn_copy_on_s3_is_taken_up(release: Path, bucket: str) -> None:
    there, root = store(), f"styrelsen/rapporter/{WITHIN}"
    there.pipe_file(f"{root}/board-report.sv.pdf", b"%PDF half")
    assert copy_release(release, parse_copy_target(bucket))
    pdf = (release / "board-report.sv.pdf").read_bytes()
    assert store().cat_file(f"{root}/board-report.sv.pdf") == pdf


def test_a_store_without_such_a_bucket_makes_none(release: Path, bucket: str) -> None:
    with pytest.raises(DeliveryError, match="there is no such folder or bucket"):
        copy_release(release, parse_copy_target("s3://styrelse/rapporter"))
    assert store().ls("") == ["styrelsen"]


def test_a_store_that_is_not_there(
    release: Path, bucket: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("AWS_ENDPOINT_URL", "http://127.0.0.1:1")
    with pytest.raises(DeliveryError, match="cannot be reached") as failed:
        copy_release(release, parse_copy_target(bucket))
    assert failed.value.exit_code == 6
    assert "AKID" not in str(failed.value)


def spoil(place: str, name: str) -> None:
    with fsspec.open(f"{place}/{WITHIN}/{name}", "wb") as file:
        file.write(b"%PDF something else")


@pytest.mark.parametrize("kind", ["disk", "s3", "memory"])
class TestWhateverThePlace:
    @pytest.fixture
    def place(
        self, kind: str, tmp_path: Path, emptied: None, request: pytest.FixtureRequest
    ) -> str:
        if kind == "s3":
            return str(request.getfixturevalue("bucket"))
        return "memory://rapporter" if kind == "memory" else str(tmp_path / "copies")

    def test_a_different_release_is_never_replaced(
        self, release: Path, place: str, tmp_path: Path
    ) -> None:
        other = make_release(tmp_path / "other" / WITHIN, key="other")
        assert copy_release(other, parse_copy_target(place))
        with pytest.raises(DeliveryError, match=r"is a different release\. It was not replaced"):
            copy_release(release, parse_copy_target(place))
        assert not copy_release(other, parse_copy_target(place))  # still whole

    def test_the_same_report_made_elsewhere_is_the_same_release(
        self, release: Path, place: str, tmp_path: Path
    ) -> None:
        other = make_release(tmp_path / "other" / WITHIN)
        assert copy_release(other, parse_copy_target(place))
        assert not copy_release(release, parse_copy_target(place))

    def test_a_copy_with_another_run_json_is_not_taken_for_a_copy(
        self, release: Path, place: str, tmp_path: Path
    ) -> None:
        other = make_release(tmp_path / "other" / WITHIN)
        run = json.loads((other / "run.json").read_bytes()) | {"briefs": {"sv": {}}}
        (other / "run.json").write_text(json.dumps(run), encoding="utf-8")
        assert copy_release(other, parse_copy_target(place))
        with pytest.raises(DeliveryError, match="is a different release"):
            copy_release(release, parse_copy_target(place))

    def test_a_damaged_copy_is_not_taken_for_whole(self, release: Path, place: str) -> None:
        copy_release(release, parse_copy_target(place))
        spoil(place, "board-report.sv.pdf")
        with pytest.raises(DeliveryError, match=r"copy of board-report\.sv\.pdf is damaged"):
            copy_release(release, parse_copy_target(place))

    def test_what_is_no_release_is_left_alone(self, release: Path, place: str) -> None:
        there, root = fsspec.core.url_to_fs(place, skip_instance_cache=True)
        if not place.startswith("s3"):
            there.makedirs(f"{root}/{WITHIN}")
        there.pipe_file(f"{root}/{WITHIN}/minnen.txt", b"mine")
        with pytest.raises(DeliveryError, match="is there, but is not a release"):
            copy_release(release, parse_copy_target(place))
        assert [p.rpartition("/")[2] for p in there.find(f"{root}/{WITHIN}")] == ["minnen.txt"]

    def test_a_release_that_was_changed_goes_nowhere(self, release: Path, place: str) -> None:
        (release / "board-report.sv.html").write_text("<p>Inte så</p>", encoding="utf-8")
        with pytest.raises(DeliveryError, match="is not as it was published"):
            copy_release(release, parse_copy_target(place))


def test_a_disk_that_fails_leaves_nothing_half(
    release: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def full(*_: object, **__: object) -> None:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(shutil, "copy2", full)
    with pytest.raises(DeliveryError, match=r"the copy failed: No space left on device\. The"):
        copy_release(release, parse_copy_target(str(tmp_path / "copies")))
    assert names(tmp_path / "copies" / "skl-2016") == []


UNUSABLE = [
    ("", "takes a folder or one address"),
    ("zip::s3://b/c.zip", "takes a folder or one address"),
    ("bogus://x/y", "does not know bogus://"),
    ("s3://AKIDHEMLIG:hemlig@bucket/x", "holds no key"),
    ("s3://bucket/x?X-Amz-Signature=hemlig", "holds no key"),
    ("s3:/bucket/x", "--publish-to s3:/… lacks a slash. Write s3://…"),
    ("S3:bucket/x", "--publish-to S3:… lacks two slashes. Write s3://…"),
    ("memory:x", "does not know memory://"),
    ("Memory:/x", "does not know memory://"),
    ("data:text/plain,x", "does not know data://"),
    ("s3://", "s3:// is not complete"),
    (" file:/// ", "file:// is not complete"),
    ("smb://host/x", 'pip install "smbprotocol"'),
    ("sftp://host/x", 'pip install "paramiko"'),
    ("az://container/x", 'pip install "adlfs"'),
    ("gs://bucket/x", 'pip install "gcsfs"'),
    ("reference://x", "does not know reference://"),
    ("memory://x", "does not know memory://"),
    ("dir://x", "does not know dir://"),
    ("zip://x", "does not know zip://"),
    ("cached://x", "does not know cached://"),
    ("https://host/x", "does not know https://"),
    ("file://user:hemlig@host/x", "names no host, no user and no password"),
    ("local://host/x", "names no host, no user and no password"),
]


def test_a_link_that_leads_nowhere_is_refused_at_once(tmp_path: Path) -> None:
    (tmp_path / "broken").symlink_to(tmp_path / "nowhere")
    (tmp_path / "loop").symlink_to(tmp_path / "loop")
    for name, message in (
        ("broken/web", r"the link .*broken leads nowhere"),
        ("loop", r"the link .*loop leads nowhere"),
    ):
        with pytest.raises(ReportError, match=message):
            parse_copy_target(str(tmp_path / name))


def test_a_protocol_may_be_in_capitals(release: Path, tmp_path: Path) -> None:
    assert copy_release(release, parse_copy_target(f"FILE://{tmp_path}/webb"))
    assert (tmp_path / "webb" / WITHIN / "run.json").exists()
    with pytest.raises(ReportError, match=r"is in .*, where the releases are"):
        parse_copy_target(f"File://{release}", release.parents[1])


def test_the_folder_of_the_releases_is_no_place_for_a_copy(release: Path, tmp_path: Path) -> None:
    reports = release.parents[1]
    (tmp_path / "link").symlink_to(reports)
    for place in (reports, tmp_path / "link", reports / "web", f"file://{reports}"):
        with pytest.raises(ReportError, match=r"is in .*, where the releases are"):
            parse_copy_target(str(place), reports)
    for place in (release, release / "annex"):
        with pytest.raises(ReportError, match="is inside the release"):
            parse_copy_target(str(place))


def test_a_copy_that_is_reported_is_a_second_copy(release: Path, tmp_path: Path) -> None:
    (tmp_path / "link").symlink_to(release.parents[1])
    with pytest.raises(DeliveryError, match="is a link to the release's own file, not a copy"):
        copy_release(release, parse_copy_target(str(tmp_path / "link")))
    place = parse_copy_target(str(tmp_path / "webb"))
    assert copy_release(release, place)
    page = tmp_path / "webb" / WITHIN / "board-report.sv.html"
    page.unlink()
    page.hardlink_to(release / page.name)
    with pytest.raises(DeliveryError, match=r"board-report.sv.html is a link to the release's"):
        copy_release(release, place)
    page.unlink()
    shutil.copy(release / page.name, page)
    assert not copy_release(release, place)
    (tmp_path / "webb" / WITHIN / "more").mkdir()
    with pytest.raises(DeliveryError, match="copy of more/ is an empty folder"):
        copy_release(release, place)


@pytest.mark.parametrize(("url", "message"), UNUSABLE)
def test_an_address_that_can_never_be_used(url: str, message: str) -> None:
    with pytest.raises(ReportError, match=message) as failed:
        parse_copy_target(url)
    assert "hemlig" not in str(failed.value).lower()


SHOWN = [
    ("sftp://user:p@ss/word@host/reports?key=1#x", "sftp://host/reports"),
    ("s3://bucket/reports/", "s3://bucket/reports"),
    ("/srv/reports", "/srv/reports"),
]


@pytest.mark.parametrize(("url", "shown"), SHOWN)
def test_an_address_is_shown_without_what_is_secret(url: str, shown: str) -> None:
    assert CopyTarget(url.rstrip("/")).safe_url == shown
