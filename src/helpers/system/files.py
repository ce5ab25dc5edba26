"""Writes files atomically and flushes them to disk, so that a power cut does not lose them."""

from __future__ import annotations

import errno
import os
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

from helpers.errors import ReportError
from helpers.system.redaction import redact

# Errors of a file system without fsync; a full or broken disk has others.
_UNSUPPORTED_ERRNOS = {errno.EINVAL, errno.ENOTSUP}
MAX_SETTINGS_BYTES = 16 * 2**20  # of a TOML file: parsed, it takes some thirty times as much memory
MAX_JSON_BYTES = 64 * 2**20  # of a release's JSON: 250 kB with 290 members
_FSYNC_THREADS = 16  # parallel fsync is faster: 290 letters take 0.2 s and not 2


def fsync_tree(folder: Path) -> None:
    """Flush a folder to disk: every file in it, and the folder's list of names.

    Raises OSError if that fails; the files may then be lost in a power cut.
    """
    paths = [folder, *folder.rglob("*")]
    with ThreadPoolExecutor(_FSYNC_THREADS) as pool:
        list(pool.map(fsync_path, paths))


def fsync_path(path: Path) -> None:
    """Flush one file, or the list of names of a folder, which Windows cannot do."""
    is_folder = path.is_dir()
    if is_folder and os.name == "nt":
        return
    descriptor = os.open(path, os.O_RDONLY if is_folder else os.O_RDWR)
    try:
        os.fsync(descriptor)
    except OSError as error:
        if error.errno not in _UNSUPPORTED_ERRNOS:
            raise
    finally:
        os.close(descriptor)


def atomic_write(path: Path, content: bytes) -> None:
    """Write a file atomically; a run that is stopped leaves no temporary file."""
    temporary = path.with_name(f".{path.name}.part")
    try:
        temporary.write_bytes(content)
        temporary.replace(path)
    except OSError as error:
        error.filename = str(path)  # the path that users know
        raise
    finally:
        temporary.unlink(missing_ok=True)


def durable_write(path: Path, text: str) -> None:
    """Write a file atomically and flush it to disk: a power cut must not lose a sent mail."""
    temporary = path.with_name(f".{path.name}.part")  # the caller holds the lock
    try:
        # It contains addresses, so only its owner may read it.
        descriptor = os.open(temporary, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600)
        with os.fdopen(descriptor, "w", encoding="utf-8", newline="\n") as new:
            new.write(text)
        fsync_path(temporary)
        temporary.replace(path)
        fsync_path(path.parent)
    finally:
        temporary.unlink(missing_ok=True)


def is_present(path: Path) -> bool:
    """Return whether a file that may be missing exists; ReportError for a link that leads nowhere.

    Corrections on a disk that is not mounted would otherwise be left out without a word.
    """
    if path.is_symlink() and not path.exists():
        raise ReportError(
            f"{path} is a link that leads nowhere. Restore what it leads to, or remove the link."
        )
    return path.exists()


def read_bytes(path: Path, max_bytes: int | None = None) -> bytes:
    """The bytes of an input file; ReportError if it cannot be read, is too large, or not a file.

    A pipe or a device is not opened: reading it could wait or go on without end.
    """
    shown = redact(str(path))  # it may be a connection string that was taken for a path
    try:
        if not (path.is_file() or path.is_dir()) and path.exists():
            raise ReportError(f"{shown} is not a file. Check the path.")
        if max_bytes is not None and path.stat().st_size > max_bytes:
            raise ReportError(
                f"{shown} is larger than {max_bytes // 2**20} MB. Is it the right file?"
            )
        return path.read_bytes()
    except (FileNotFoundError, IsADirectoryError, NotADirectoryError):
        raise ReportError(f"There is no file {shown}. Check the path.") from None
    except PermissionError:
        raise ReportError(f"The file {shown} may not be read. Check its permissions.") from None
    except OSError as error:  # a name that is too long, a disk that fails
        raise ReportError(f"{shown} cannot be read: {error.strerror}. Check the path.") from None
