"""The font files that a project adds: those of its folder fonts/."""

from __future__ import annotations

from functools import lru_cache
from hashlib import sha256
from pathlib import Path

from helpers.system.files import is_present
from helpers.system.project_folder import project_root

FONTS_FOLDER = "fonts"
_FONT_SUFFIXES = (".ttf", ".otf", ".ttc", ".otc")


def project_font_files() -> list[Path]:
    """The font files of the project in the order of their names, which is that of their use."""
    folder = project_root() / FONTS_FOLDER
    if not is_present(folder) or not folder.is_dir():
        return []
    named = (path for path in folder.iterdir() if path.suffix.lower() in _FONT_SUFFIXES)
    found = (path for path in named if is_present(path) and path.is_file())
    return sorted(found, key=lambda path: path.name)


def project_font_hashes() -> dict[str, dict[str, str]]:
    """The name and SHA-256 of each font file, by its role among a release's inputs."""
    return {
        f"{FONTS_FOLDER}/{path.name}": {"file": path.name, "sha256": _file_hash(path)}
        for path in project_font_files()
    }


def _file_hash(path: Path) -> str:
    status = path.stat()
    return _hash_as_read(path, status.st_size, status.st_mtime_ns)


@lru_cache(maxsize=64)
def _hash_as_read(path: Path, size: int, changed: int) -> str:
    with path.open("rb") as file:
        digest = sha256()
        while part := file.read(1 << 20):
            digest.update(part)
    return digest.hexdigest()
