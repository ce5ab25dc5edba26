"""In-memory files for papermill to write notebooks to, so that a killed run leaves no files."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from itertools import count

from helpers.system.control.import_stubs import import_without

# nbformat needs jsonschema, which imports libraries for formats that no notebook's schema has.
import_without("isoduration", "rfc3986_validator", "webcolors", "uri_template", module="jsonschema")
# papermill imports Amazon's libraries, a third of a second, for notebooks that are stored there,
# and another one for notebooks on the web. For handlers and engines of others it looks through all
# that is installed, twice: none is used here, and our engine is registered in execution.py.
import_without(
    "boto3", module="papermill.iorw", until_used=["requests"], finds_nothing=["entrypoints"]
)

from papermill.iorw import papermill_io  # noqa: E402 after the import that it does without

MEMORY_SCHEME = "memory:"

_address_numbers = count()
_notebooks: dict[str, str] = {}


@dataclass(frozen=True)
class MemoryFile:
    """A file in memory, with the address that papermill writes to."""

    address: str

    def content(self) -> bytes | None:
        """Return the notebook that was last written; None if none was written."""
        text = _notebooks.get(self.address)
        return None if text is None else notebook_bytes(text)


def notebook_bytes(text: str) -> bytes:
    """Encode a notebook's JSON; half of a surrogate pair becomes the escape that JSON has."""
    return text.encode(errors="backslashreplace")


@contextmanager
def memory_file(name: str) -> Iterator[MemoryFile]:
    """Create a file for a notebook of that name; it is removed at the end of the context."""
    file = MemoryFile(f"{MEMORY_SCHEME}{next(_address_numbers)}/{name}")
    try:
        yield file
    finally:
        _notebooks.pop(file.address, None)


class _MemoryHandler:
    """A papermill handler for addresses of files in memory."""

    @staticmethod
    def write(text: str, path: str) -> None:
        _notebooks[path] = text

    @staticmethod
    def pretty_path(path: str) -> str:
        return path


papermill_io.register(MEMORY_SCHEME, _MemoryHandler)
