"""The list of the hashes of all releases, to which runs only append, read strictly.

Its lines are those of `sha256sum`, so that `sha256sum --ignore-missing -c releases.sha256` checks
every run.json. A removed release keeps its line; a comment after it states the removal. If its name
is published again, sha256sum reports the earlier line as FAILED and the later one as OK.
"""

from __future__ import annotations

import os
import re
from collections.abc import Collection, Iterator, Mapping
from contextlib import AbstractContextManager, contextmanager, suppress
from pathlib import Path

from helpers.errors import ReportError
from helpers.releases.storage import RUN_JSON
from helpers.system.control.file_lock import locked
from helpers.system.files import MAX_JSON_BYTES, read_bytes

HASH_LIST = "releases.sha256"
INDEX_FILE = "index.html"
_LOCK_TIMEOUT = 60.0  # seconds to wait for another run that is writing the index
_HASH_LINE = re.compile(r"(# removed )?([0-9a-f]{64})  ([a-z0-9-]+/[a-z0-9.-]+)/run\.json")
_LISTED_RELEASE = re.compile(r'data-release="([a-z0-9./-]+)" data-run="([0-9a-f]{64})"')


def index_lock(reports: Path) -> AbstractContextManager[None]:
    """Return the lock of the list and the page, for which a run waits; LockedError after that."""
    return locked(reports / ".index.lock", wait=_LOCK_TIMEOUT)


def known_hashes(reports: Path) -> dict[str, str]:
    """Return the hash of each release, by its path, that was recorded in a folder of releases.

    It is that of the list; the page's, for a release that the list does not name, as of releases
    from before there was a list. A hash that the list records as removed is not counted: the page
    has it if a run was stopped between the two. Raises ReportError if the list is damaged, or the
    page states another hash.
    """
    listed, removed = _read_list(reports / HASH_LIST)
    on_page = {
        path: stated
        for path, stated in listed_hashes(reports / INDEX_FILE).items()
        if stated not in removed.get(path, ())
    }
    for path, stated in on_page.items():
        if path in listed and listed[path] != stated:
            raise ReportError(
                f"{INDEX_FILE} and {HASH_LIST} in {reports} state different hashes of {path}. One "
                "of them has been changed: compare both with a copy."
            )
    return on_page | listed


def recorded_hashes(release: Path) -> set[str]:
    """Return the hashes that are recorded of a release, at its path and where a link leads from it.

    The folder of a round can be replaced by a link to another folder, next to which there is no
    list. Raises ReportError as known_hashes does.
    """
    target = release.resolve()
    named = target if release.name in ("", "..") else release.absolute()
    found = (
        known_hashes(folder.parent.parent).get(f"{folder.parent.name}/{folder.name}")
        for folder in {named, target}
    )
    return {hash_ for hash_ in found if hash_ is not None}


def listed_hashes(index: Path) -> dict[str, str]:
    """Return the SHA-256 of each run.json that a page lists, by the release's path."""
    try:
        return dict(_LISTED_RELEASE.findall(read_bytes(index, MAX_JSON_BYTES).decode()))
    except (ReportError, UnicodeDecodeError):
        return {}


def record_hashes(reports: Path, known: Mapping[str, str], removed: Collection[str] = ()) -> None:
    """Append what the list lacks: hashes, and removals of releases that it names.

    The caller holds the lock of the index. A release in `removed` and in `known` was replaced.
    """
    listed, _ = _read_list(reports / HASH_LIST)
    gone = {path: listed.pop(path) for path in sorted(removed) if path in listed}
    lines = [f"# removed {gone[path]}  {path}/{RUN_JSON}\n" for path in gone]
    lines += [f"{known[path]}  {path}/{RUN_JSON}\n" for path in sorted(known) if path not in listed]
    if lines:
        _append(reports / HASH_LIST, "".join(lines).encode())


@contextmanager
def listed_as_removed(reports: Path, path: str) -> Iterator[None]:
    """List a release as removed, for the removal in the context; if that fails, list it again.

    A run that is killed in between leaves a release that is gone and not missed, or a release that
    the next run lists again. Where the list cannot be written, as on a full disk, the removal makes
    room, and the caller writes the index after it. Raises ReportError if the list is damaged.
    """
    with index_lock(reports):
        listed = {key: hash_ for key, hash_ in known_hashes(reports).items() if key == path}
        with suppress(OSError):
            record_hashes(reports, listed)  # the page may have it alone
            record_hashes(reports, {}, [path])
        try:
            yield
        except BaseException:
            record_hashes(reports, listed)
            raise


def _append(path: Path, content: bytes) -> None:
    """Append to a file and flush it; without room, the file stays as it was."""
    descriptor = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_APPEND, 0o644)
    try:
        length = os.fstat(descriptor).st_size
        try:
            if os.write(descriptor, content) < len(content):
                os.write(descriptor, content[-1:])  # raises the error that cut the text short
                raise ReportError(f"{path} cannot be written. Free some space, and try again.")
            os.fsync(descriptor)
        except BaseException:
            os.ftruncate(descriptor, length)
            raise
    finally:
        os.close(descriptor)


def _read_list(path: Path) -> tuple[dict[str, str], dict[str, set[str]]]:
    """Return the hash of each release that is listed, and the hashes that were removed."""
    listed: dict[str, str] = {}
    removed: dict[str, set[str]] = {}
    for number, comment, hash_, release in _lines(path):
        if comment and listed.pop(release, None) == hash_:
            removed.setdefault(release, set()).add(hash_)
        elif not comment and release not in listed:
            listed[release] = hash_
        else:
            raise _damaged(path, number)
    return listed, removed


def _lines(path: Path) -> Iterator[tuple[int, str, str, str]]:
    if not path.exists():
        return
    text = read_bytes(path, MAX_JSON_BYTES).decode("ascii", "replace")
    for number, line in enumerate(text.splitlines(keepends=True), start=1):
        match = _HASH_LINE.fullmatch(line.removesuffix("\n"))
        if not match or not line.endswith("\n"):
            raise _damaged(path, number)
        yield number, match[1] or "", match[2], match[3]


def _damaged(path: Path, number: int) -> ReportError:
    return ReportError(
        f"{path}, line {number}: a run did not write this line. The file has been changed: restore "
        "it from a copy, and verify the releases."
    )
