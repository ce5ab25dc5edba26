"""Pictures of a foreign notebook: read, checked, and embedded, or replaced by a sentence."""

from __future__ import annotations

import re
from base64 import b64decode, b64encode
from binascii import Error as Base64Error
from io import BytesIO
from pathlib import Path
from urllib.parse import unquote, unquote_to_bytes

from helpers.documents.content.cell_source import CellSource
from helpers.documents.content.content_tree import Element, Node, stand_in
from helpers.documents.content.labelled_drawing import read_drawing

PICTURE_KINDS = {
    "image/svg+xml": "svg",
    "image/png": "png",
    "image/jpeg": "jpg",
    "image/gif": "gif",
    "image/webp": "webp",
}
_SUFFIXES = {f".{suffix}": kind for kind, suffix in PICTURE_KINDS.items()} | {".jpeg": "image/jpeg"}
_DATA_URL = re.compile(r"data:(image/[a-z+]+)((?:;[\w=-]+)*),(.*)", re.DOTALL | re.IGNORECASE)
_FROM_THE_WEB = re.compile(r"(?:https?:)?//", re.IGNORECASE)
_NEAR_REMEDY = "Put the file in the notebook's folder, or drag it into the cell."


def picture(kind: str, content: bytes, alternative: str, source: CellSource) -> Node:
    """Return a picture as an element, or a sentence where it cannot be read."""
    readable = read_drawing(content) if kind == "image/svg+xml" else _checked(kind, content)
    if readable is None:
        source.warn(
            f"a picture ({kind}) cannot be read, so the document has a sentence in its place",
            "Run the cell again, or save the picture as PNG.",
        )
        words = source.loc("[Här stod en bild som inte kan läsas.]")
        return stand_in(f"{words} {alternative}".strip())
    src = f"data:{kind};base64,{b64encode(readable).decode()}"
    return Element("img", [], {"src": src, "alt": alternative})


def picture_at(address: str, alternative: str, source: CellSource) -> Node:
    """Return the picture at an address: attached, in the address itself, or a file near by."""
    address = address.strip()
    found = _attached(address, source) or parse_data_url(address) or _file(address, source.folder)
    if found is None:
        return _missing(address, alternative, source)
    if not alternative:
        source.warn(
            f"the picture {address[:60]} has no text alternative",
            "Write it between the brackets, ![…](…), or as the attribute alt.",
        )
    return picture(*found, alternative, source)


def decoded(kind: str, data: str) -> bytes:
    """The bytes of a picture as an output stores it: SVG as text, others in base64."""
    if kind == "image/svg+xml":
        return data.encode("utf-8", "replace")
    return _from_base64(data)


def _from_base64(text: str) -> bytes:
    """The bytes; none where it is not base64, which `picture` says."""
    try:
        return b64decode("".join(text.split()))
    except (Base64Error, ValueError):
        return b""


def parse_data_url(address: str) -> tuple[str, bytes] | None:
    """Return the kind and the bytes of a picture's data URL; None for another address."""
    found = _DATA_URL.fullmatch(address)
    if not found or found[1].lower() not in PICTURE_KINDS:
        return None
    content = unquote_to_bytes(found[3])
    if found[2].lower().endswith(";base64"):
        try:
            content = b64decode(b"".join(content.split()))
        except (Base64Error, ValueError):
            content = b""
    return found[1].lower(), content


def _checked(kind: str, content: bytes) -> bytes | None:
    """The bytes of a picture that is whole, is what it says and has colours of a screen.

    None for any other: Typst sets no PDF with it, or PDF/A forbids it.
    """
    from PIL import Image, UnidentifiedImageError  # noqa: PLC0415 slow to import, and seldom used

    try:
        with Image.open(BytesIO(content)) as whole:
            whole.verify()  # of a PNG all its chunks: `load` does without the last ones
        with Image.open(BytesIO(content)) as image:
            image.load()
            if image.mode == "CMYK":
                return None
            found = Image.MIME.get(image.format or "")
    except (UnidentifiedImageError, OSError, SyntaxError, ValueError, Image.DecompressionBombError):
        return None
    return content if found == kind else None


def _missing(address: str, alternative: str, source: CellSource) -> Node:
    """Return a sentence on a picture that is not shown: its alternative and its web address."""
    on_web = bool(_FROM_THE_WEB.match(address))
    source.warn(
        f"the picture {address[:100]} is not in the document",
        "A document fetches nothing from the web: save the picture in the notebook's folder."
        if on_web
        else _NEAR_REMEDY,
    )
    words = source.loc("[Här stod en bild: {address}]", address=unquote(address[:200]))
    return Element("em", [alternative or words])


def _attached(address: str, source: CellSource) -> tuple[str, bytes] | None:
    name = address.removeprefix("attachment:")
    bundle = source.attachments.get(name) or source.attachments.get(unquote(name)) or {}
    for kind, content in bundle.items():
        if kind in PICTURE_KINDS:
            joined = content if isinstance(content, str) else "".join(content)
            return kind, _from_base64(joined)
    return None


def _file(address: str, folder: Path | None) -> tuple[str, bytes] | None:
    """Return a picture of the notebook's folder, or None.

    Files outside the folder are refused: a notebook from somebody else must not read them.
    """
    if folder is None or ":" in address.split("/", maxsplit=1)[0] or address.startswith("//"):
        return None
    for name in (address, unquote(address), unquote(address).split("?")[0].split("#")[0]):
        kind = _SUFFIXES.get(Path(name).suffix.lower())
        if kind is None or "\0" in name:
            continue
        content = _bytes_within(folder, name)
        if content is not None:
            return kind, content
    return None


def _bytes_within(folder: Path, name: str) -> bytes | None:
    """The bytes of a file in a folder, none where it cannot be read; None where there is none."""
    try:
        path = (folder / name).resolve()
        if not path.is_relative_to(folder.resolve()) or not path.is_file():
            return None
    except (OSError, RuntimeError, ValueError):  # too long, or a link to itself
        return None
    try:
        return path.read_bytes()
    except OSError:
        return b""
