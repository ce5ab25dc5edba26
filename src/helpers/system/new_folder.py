"""Create a folder with all its files atomically, and never in place of another one."""

from __future__ import annotations

import shutil
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from pathlib import Path
from tempfile import mkdtemp

from helpers.errors import ReportError
from helpers.system.control.file_lock import locked
from helpers.system.control.signals import uninterrupted


@contextmanager
def new_folder(folder: Path, prefix: str, lock_name: str, taken: str) -> Iterator[Path]:
    """Yield a working folder, which is renamed to `folder` at the end; after an error it is gone.

    The working folder is next to it, and its name begins with `prefix`: what runs that were killed
    have left under this prefix is removed. Raises ReportError with the message `taken` if there is
    a file or folder already; LockedError while another run holds the lock of the same parent.
    """
    parent = folder.parent
    with (
        locked(parent / lock_name, remedy="Ask for the right to write there."),
        ExitStack() as undo,
    ):
        for leftover in parent.glob(f"{prefix}*/"):  # the lock is ours, so no run is at work in it
            shutil.rmtree(leftover, ignore_errors=True)
        _raise_if_taken(folder, taken)
        with uninterrupted():
            work = Path(mkdtemp(prefix=prefix, dir=parent))
            undo.callback(shutil.rmtree, work, ignore_errors=True)
        yield work
        work.chmod(0o755)
        _raise_if_taken(folder, taken)  # renaming would replace a folder that is empty
        work.rename(folder)


def _raise_if_taken(folder: Path, message: str) -> None:
    if folder.exists() or folder.is_symlink():
        raise ReportError(message)
