"""Copy a complete release to a folder or any address that fsspec supports, and verify the copy.

**A copy is complete if its run.json exists and the hashes in it match the files.** On a disk it is
built in a hidden folder and renamed. Object stores cannot rename a folder atomically: there,
run.json is written last. A complete copy is never written again, and a copy of a different release
is never replaced. The signature of a release is copied after it, next to the copy.

A driver's messages are never passed on: they may quote addresses and keys.
"""

from __future__ import annotations

import os
import shutil
from collections.abc import Iterator, Mapping
from contextlib import ExitStack, contextmanager, suppress
from hashlib import sha256
from pathlib import Path
from secrets import token_hex

from helpers.data.round.archived_inputs import read_release_json
from helpers.delivery.copy_target import CopyTarget
from helpers.errors import DeliveryError, ReportError
from helpers.releases.run_log import release_hash
from helpers.releases.signatures import signature_path
from helpers.releases.storage import (
    RUN_JSON,
    SIGNATURE_SUFFIX,
    file_hashes,
    is_hash,
    remove_abandoned_folders,
)
from helpers.system.control.file_lock import locked, remove_unheld_locks
from helpers.system.control.signals import uninterrupted
from helpers.system.files import MAX_JSON_BYTES, atomic_write, fsync_path, fsync_tree, read_bytes
from helpers.system.remote_addresses import OBJECT_STORES, open_filesystem

_INCOMING_PREFIX = ".incoming-"  # of a folder that a copy is built in


def copy_release(release: Path, to: CopyTarget) -> bool:
    """Copy a complete release; return False if it is already there.

    Raises DeliveryError if the release itself is damaged, if a different release or another file is
    at the target, and for every error of the target.
    """
    hashes = _verified_hashes(release)
    try:
        copy = _ReleaseCopy(release, to, hashes)
        new = copy.copy_if_missing()
        copy.copy_signature()
        return new
    except DeliveryError:
        raise
    except ReportError as error:  # of the signature next to the release
        raise DeliveryError(f"{to.safe_url}: {error}") from None
    except Exception as error:  # a driver may raise anything, and quote anything
        raise DeliveryError(
            f"{to.safe_url}: {_explain_driver_error(error)} The next run tries again."
        ) from None


def _verified_hashes(release: Path) -> dict[str, str]:
    """Return the verified SHA-256 of every file of a release by its path, run.json last."""
    try:
        found = file_hashes(release)
        fits = read_release_json(release / RUN_JSON).get("outputs") == found
        run_hash = release_hash(release)
    except (OSError, ReportError):
        fits = False
    if not fits:
        raise DeliveryError(
            f"{release} is not as it was published: its files do not fit its {RUN_JSON}. "
            "Remove it and make it again."
        )
    return {**found, RUN_JSON: run_hash}


class _ReleaseCopy:
    """The target of one release, and what is already there."""

    def __init__(self, release: Path, to: CopyTarget, hashes: Mapping[str, str]) -> None:
        self._fs, root = open_filesystem(to.url)
        self._release, self._hashes = release, hashes
        within = f"{release.resolve().parent.name}/{release.name}"
        self._path = f"{root.rstrip('/')}/{within}"
        self._safe_url = f"{to.safe_url}/{within}"
        self._on_disk = to.is_on_disk
        self._has_folders = to.protocol not in OBJECT_STORES

    def copy_if_missing(self) -> bool:
        if self._on_disk:
            _remove_leftovers(Path(self._path).parent)
            self._require_second_files()
        present = self._list_files()
        if RUN_JSON in present:
            self._require_same_release(present)
            return False
        unexpected = present - set(self._hashes)
        if unexpected or (self._on_disk and self._fs.exists(self._path)):
            raise DeliveryError(
                f"{self._safe_url} is there, but is not a release. Nothing was copied. Move it "
                "away, or choose another --publish-to."
            )
        if self._on_disk:
            self._copy_to_disk()
        else:
            self._copy_to_store()
        return True

    def copy_signature(self) -> None:
        """Copy the signature, if the release has one, next to the complete copy; read it back."""
        signature = signature_path(self._release)
        if not signature.exists():
            return
        content, path = read_bytes(signature, MAX_JSON_BYTES), f"{self._path}{SIGNATURE_SUFFIX}"
        if self._fs.exists(path) and self._fs.cat_file(path) == content:
            return
        if self._on_disk:
            atomic_write(Path(path), content)
        else:
            self._fs.pipe_file(path, content)
        if self._fs.cat_file(path) != content:
            raise DeliveryError(
                f"{self._safe_url}{SIGNATURE_SUFFIX} did not arrive as it was sent. The next run "
                "tries again."
            )

    def _list_files(self) -> set[str]:
        """Return the files at the target, by their path within it."""
        self._fs.invalidate_cache()
        try:
            found = self._fs.find(self._path)
        except FileNotFoundError:
            return set()
        return {path.removeprefix(f"{self._path}/") for path in found}

    def _require_second_files(self) -> None:
        """Raise DeliveryError if files at the target are those of the release, by a link."""
        pairs = {name: (Path(self._path, name), self._release / name) for name in self._hashes}
        signature = signature_path(self._release)
        pairs[signature.name] = (Path(f"{self._path}{SIGNATURE_SUFFIX}"), signature)
        for name, (copied, own) in pairs.items():
            if copied.exists() and own.exists() and copied.samefile(own):
                raise DeliveryError(
                    f"{self._safe_url}: {name} is a link to the release's own file, not a copy. "
                    "Choose another --publish-to."
                )

    def _require_same_release(self, present: set[str]) -> None:
        """Raise DeliveryError unless the target has the files of the release and no others."""
        remedy = f"Remove {self._safe_url}, and run this again."
        known = {*present}
        if self._on_disk:
            inventory = file_hashes(Path(self._path))
            known = {*inventory, RUN_JSON}
            for name in sorted(inventory):
                if not is_hash(inventory[name]):
                    raise DeliveryError(
                        f"{self._safe_url}: the copy of {name} is {inventory[name]}. {remedy}"
                    )
        if self._sha256_of(RUN_JSON) != self._hashes[RUN_JSON]:
            raise DeliveryError(
                f"{self._safe_url} is a different release. It was not replaced. Choose another "
                "--publish-to, or move it away."
            )
        self._require_hashes(self._hashes, f"is damaged. {remedy}")
        for name in sorted(known - {*self._hashes}):
            raise DeliveryError(f"{self._safe_url}: {name} is not part of the release. {remedy}")

    def _require_hashes(self, expected: Mapping[str, str], problem: str) -> None:
        present = self._list_files()
        for name, expected_hash in expected.items():
            if name not in present or self._sha256_of(name) != expected_hash:
                raise DeliveryError(f"{self._safe_url}: the copy of {name} {problem}")

    def _sha256_of(self, name: str) -> str:
        return sha256(self._fs.cat_file(f"{self._path}/{name}")).hexdigest()

    def _copy_to_store(self) -> None:
        """Write every file, verify them, and then write run.json: it marks the copy as complete."""
        files = {
            name: expected_hash for name, expected_hash in self._hashes.items() if name != RUN_JSON
        }
        problem = "did not arrive as it was sent. The next run tries again."
        for name in files:
            self._copy_file(name)
        self._require_hashes(files, problem)
        self._copy_file(RUN_JSON)
        self._require_hashes({RUN_JSON: self._hashes[RUN_JSON]}, problem)

    def _copy_file(self, name: str) -> None:
        path = f"{self._path}/{name}"
        if self._has_folders:
            self._fs.makedirs(path.rpartition("/")[0], exist_ok=True)
        self._fs.put_file(str(self._release / name), path)

    def _copy_to_disk(self) -> None:
        """Copy to a hidden folder next to the target, check the copy, and rename it."""
        destination = Path(self._path)
        destination.parent.mkdir(parents=True, exist_ok=True)
        with _incoming_folder(destination.parent) as work:
            copy = work / destination.name
            for name in self._hashes:  # copytree would hide why a file cannot be copied
                (copy / name).parent.mkdir(parents=True, exist_ok=True)
                shutil.copy2(self._release / name, copy / name)
            if _verified_hashes(copy) != self._hashes:
                raise DeliveryError(
                    f"{self._safe_url}: the copy is not what was sent. Run this again."
                )
            fsync_tree(copy)
            copy.rename(destination)
            fsync_path(destination.parent)


def _remove_leftovers(folder: Path) -> None:
    """Remove what killed runs have left; nothing on a file system without locks."""
    with suppress(ReportError):
        remove_abandoned_folders(folder, f"{_INCOMING_PREFIX}*")
    remove_unheld_locks(folder, f"{_INCOMING_PREFIX}*.lock")


@contextmanager
def _incoming_folder(folder: Path) -> Iterator[Path]:
    """Create a hidden folder to copy into, locked while it is in use; removed at the end."""
    work = folder / f"{_INCOMING_PREFIX}{token_hex(4)}"
    with ExitStack() as undo:
        with suppress(ReportError):  # what else prevents the lock also prevents the folder
            undo.enter_context(locked(folder / f"{work.name}.lock"))
        with uninterrupted():
            work.mkdir()
            undo.callback(shutil.rmtree, work, ignore_errors=True)
        yield work


def _explain_driver_error(error: Exception) -> str:
    """Return what went wrong in the project's words."""
    if isinstance(error, FileNotFoundError):
        return "there is no such folder or bucket. Check the address, and create it."
    if isinstance(error, PermissionError) or "Credentials" in type(error).__name__:
        return "it may not be written to. Check the key and its rights."
    if isinstance(error, TimeoutError | ConnectionError) or "Connect" in type(error).__name__:
        return "it cannot be reached. Check the address, and that the server is running."
    if isinstance(error, NotImplementedError):
        return "it can only be read. Choose another --publish-to."
    if isinstance(error, OSError) and error.errno:
        return f"the copy failed: {os.strerror(error.errno)}."  # never the driver's own text
    return f"the copy failed ({type(error).__name__})."
