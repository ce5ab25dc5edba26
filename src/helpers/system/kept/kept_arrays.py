"""Arrays that took long to compute, kept in the user's cache folder by the hash of their inputs.

Where a file is missing, damaged or cannot be written, the array is computed again.
"""

from __future__ import annotations

import os
from collections.abc import Callable, Iterable
from contextlib import suppress
from hashlib import sha256
from io import BytesIO
from pathlib import Path

import numpy as np
import numpy.typing as npt

from helpers.system.files import atomic_write

MAX_KEPT = 200  # files of one kind; the one not used for longest is deleted
_DIGEST_SIZE = sha256().digest_size

Array = npt.NDArray[np.float64]


def kept_array(kind: str, parts: Iterable[bytes], compute: Callable[[], Array]) -> Array:
    """Return the array that `compute` returns for the inputs `parts`; a kept one if there is one.

    `kind` names the computation. `parts` must have everything that the result depends on, the code
    included.
    """
    name = sha256(b"".join(sha256(part).digest() for part in parts)).hexdigest()
    try:
        path = cache_folder() / kind / name
    except RuntimeError:  # a user without a home
        return compute()
    found = _read(path)
    if found is None:
        found = compute()
        with suppress(OSError):
            _write(path, found)
    return found


def cache_folder() -> Path:
    """The folder in which the user's programs keep what they can compute again.

    Raises RuntimeError for a user without a home.
    """
    stated = os.environ.get("XDG_CACHE_HOME") or os.environ.get("LOCALAPPDATA")
    return Path(stated or Path("~/.cache").expanduser()) / "funding-report"


def _read(path: Path) -> Array | None:
    with suppress(OSError, ValueError, EOFError):
        content = path.read_bytes()
        digest, data = content[:_DIGEST_SIZE], content[_DIGEST_SIZE:]
        if sha256(data).digest() == digest:
            with suppress(OSError):  # the time of its last use
                os.utime(path)
            return np.asarray(np.load(BytesIO(data), allow_pickle=False), np.float64)
    return None


def _write(path: Path, array: Array) -> None:
    path.parent.mkdir(parents=True, exist_ok=True)
    kept = sorted(path.parent.iterdir(), key=lambda file: file.stat().st_mtime)
    for oldest in kept[: max(0, len(kept) - MAX_KEPT + 1)]:
        oldest.unlink(missing_ok=True)
    data = BytesIO()
    np.save(data, array, allow_pickle=False)
    atomic_write(path, sha256(data.getvalue()).digest() + data.getvalue())
