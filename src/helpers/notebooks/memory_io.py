"""A place in memory for papermill to write a notebook to: a run that is killed leaves no file."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from itertools import count

from papermill.iorw import papermill_io

MEMORY_SCHEME = "memory:"

_address_numbers = count()
_notebooks: dict[str, str] = {}


@dataclass(frozen=True)
class MemoryFile:
    """Where papermill is to write to, and what it has written there."""

    address: str

    def content(self) -> bytes | None:
        """The notebook as it was last written; None if it never was."""
        text = _notebooks.get(self.address)
        return None if text is None else text.encode()


@contextmanager
def memory_file(name: str) -> Iterator[MemoryFile]:
    """A place of its own for a notebook of that name; what is in it goes with the context."""
    place = MemoryFile(f"{MEMORY_SCHEME}{next(_address_numbers)}/{name}")
    try:
        yield place
    finally:
        _notebooks.pop(place.address, None)


class _MemoryHandler:
    """What papermill wants of a place to write to."""

    @staticmethod
    def write(text: str, path: str) -> None:
        _notebooks[path] = text

    @staticmethod
    def pretty_path(path: str) -> str:
        return path


papermill_io.register(MEMORY_SCHEME, _MemoryHandler)
