"""Pictures of any notebook, each with its text alternative or a note that it has none."""

from __future__ import annotations

import logging
import re
from base64 import b64encode
from collections.abc import Mapping
from pathlib import Path
from typing import Any, cast

from helpers.i18n.localizer import Localizer
from helpers.sections.components.block import Block
from helpers.sections.components.parts.section_parts import MediaType, PicturePart

IMAGE_TYPES = {"image/svg+xml": "svg", "image/png": "png", "image/jpeg": "jpg"}
_IMAGE_SUFFIXES = {".svg": "image/svg+xml", ".png": "image/png", ".jpg": "image/jpeg"}
_IMAGE_SUFFIXES[".jpeg"] = "image/jpeg"
_MARKDOWN_IMAGE = re.compile(r'!\[([^\]]*)\]\(\s*([^)\s]+)(?:\s+"[^"]*")?\s*\)')
_DATA_URL = re.compile(r"data:(image/(?:png|jpeg|svg\+xml));base64,([A-Za-z0-9+/=]+)")

_logger = logging.getLogger("funding-report")


def alternative_text(metadata: Mapping[str, Any], kind: str) -> str:
    """Return an output's text alternative, which `IPython.display.Image(alt=…)` and others set."""
    by_type = metadata.get(kind, {})
    found = by_type.get("alt") if isinstance(by_type, Mapping) else None
    return str(found or metadata.get("alt") or "").strip()


def image_block(kind: str, data: str, alternative: str, cell_name: str, loc: Localizer) -> Block:
    """Return a picture for page and PDF; `cell_name` is named if it has no text alternative.

    An SVG also becomes an `<img>`, so that no script in it can run.
    """
    warning = "" if alternative else loc("Bild utan textalternativ")
    if warning:
        _logger.warning(
            "%s: a picture has no text alternative, so the document says “%s”. Show a matplotlib "
            'figure as described(figure, "…"), or give the cell a metadata entry "alt".',
            cell_name,
            warning,
        )
    content = (
        b64encode(data.encode()).decode() if kind == "image/svg+xml" else "".join(data.split())
    )
    part = PicturePart(
        media_type=cast(MediaType, kind),
        content=content,
        alternative=alternative or warning,
        warning=warning,
    )
    return Block((part,))


def parse_data_url(address: str) -> tuple[str, str] | None:
    """Return the kind and content of a data URL; None for another address."""
    found = _DATA_URL.fullmatch(address)
    return (found[1], found[2]) if found else None


def embed_images(
    text: str, attachments: Mapping[str, Mapping[str, str]], folder: Path | None, cell_name: str
) -> str:
    """Embed the pictures of a markdown text: attachments, and files in the notebook's folder.

    A picture that cannot be embedded (from the web, or missing) is replaced by its text
    alternative.
    """

    def replacement(match: re.Match[str]) -> str:
        alternative, address = match[1].strip(), match[2]
        found = _attachment_as_data_url(address, attachments) or _file_as_data_url(address, folder)
        if found is None and parse_data_url(address) is None:
            _logger.warning(
                "%s: the picture %s is not in the document. %s",
                cell_name,
                address,
                _MISSING_IMAGE_REMEDY,
            )
            return f"*{alternative or address}*"
        if not alternative:
            _logger.warning(
                "%s: the picture %s has no text alternative. %s",
                cell_name,
                address[:60],
                "Write it between the brackets: ![…](…).",
            )
        return f"![{alternative}]({found or address})"

    return _MARKDOWN_IMAGE.sub(replacement, text)


_MISSING_IMAGE_REMEDY = "Put the file in the notebook's folder, or drag it into the cell."


def _attachment_as_data_url(
    address: str, attachments: Mapping[str, Mapping[str, str]]
) -> str | None:
    for kind, content in attachments.get(address.removeprefix("attachment:"), {}).items():
        if kind in IMAGE_TYPES:
            return f"data:{kind};base64,{''.join(content.split())}"
    return None


def _file_as_data_url(address: str, folder: Path | None) -> str | None:
    """Return a picture of the notebook's folder as a data URL, or None.

    Files outside the folder are refused: a notebook from somebody else must not read them.
    """
    kind = _IMAGE_SUFFIXES.get(Path(address).suffix.lower())
    if folder is None or kind is None or "://" in address:
        return None
    path = (folder / address).resolve()
    if not path.is_relative_to(folder.resolve()) or not path.is_file():
        return None
    return f"data:{kind};base64,{b64encode(path.read_bytes()).decode()}"
