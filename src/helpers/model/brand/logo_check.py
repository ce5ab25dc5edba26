"""Checks a logo, which may come from anywhere: a small PNG, or an SVG of shapes that does nothing.

A logo is in documents that are archived and mailed. So an SVG has shapes and gradients, and
no script, foreign content, text (whose typeface documents lack), picture, reuse of parts (a few
lines could draw a billion shapes) or address.
"""

from __future__ import annotations

import re
import struct
import zlib
from dataclasses import dataclass
from typing import Literal, NoReturn
from xml.parsers import expat

MediaType = Literal["image/svg+xml", "image/png"]
MAX_LOGO_BYTES = 200_000
MAX_LOGO_PIXELS = 2_000  # a side
_MAX_ELEMENTS = 5_000
_PNG_SIGNATURE = b"\x89PNG\r\n\x1a\n"
_SVG_NAMESPACE = "http://www.w3.org/2000/svg"
_LOGO_ELEMENTS = {
    "circle", "clipPath", "defs", "desc", "ellipse", "g", "line", "linearGradient",
    "metadata", "path", "polygon", "polyline", "radialGradient", "rect", "stop", "style", "svg",
    "title",
}  # fmt: skip
# What drawing programs add to the drawing; no browser does anything with it.
_INERT_NAMESPACES = (
    "http://www.inkscape.org/namespaces/inkscape",
    "http://sodipodi.sourceforge.net/DTD/sodipodi-0.dtd",
    "http://www.w3.org/1999/02/22-rdf-syntax-ns#",
    "http://creativecommons.org/ns#",
    "http://purl.org/dc/elements/1.1/",
)
_NOT_A_LOGO = "it is neither a PNG nor a well-formed SVG"
_LINKS = {"href", "src", "http://www.w3.org/1999/xlink href"}
_LOGO_REFERENCE = re.compile(r"""url\(\s*["']?#[\w.:-]+["']?\s*\)""")


class LogoRefusedError(Exception):
    """Why a logo is not used."""


@dataclass(frozen=True)
class Logo:
    """A logo that was checked."""

    media_type: MediaType
    content: bytes


def checked_logo(content: bytes) -> Logo:
    """The logo by its content; raises LogoRefusedError for anything but a harmless SVG or PNG."""
    if len(content) > MAX_LOGO_BYTES:
        raise LogoRefusedError(f"it is larger than {MAX_LOGO_BYTES // 1000} kB")
    if content.startswith(_PNG_SIGNATURE):
        _check_png(content)
        return Logo("image/png", content)
    _check_svg(content)
    return Logo("image/svg+xml", content)


def _check_png(content: bytes) -> None:
    """Each chunk of the file is whole, and the picture is not larger on a screen than it may be."""
    position, names = len(_PNG_SIGNATURE), list[bytes]()
    while position < len(content):
        size, name = struct.unpack(">I4s", content[position : position + 8].ljust(8, b"\0"))
        body = content[position + 4 : position + 8 + size]
        (stated,) = struct.unpack(">I", content[position + 8 + size :][:4].ljust(4, b"\0"))
        if len(body) < size + 4 or zlib.crc32(body) != stated:
            raise LogoRefusedError("the PNG is damaged")
        names.append(name)
        position += 12 + size
    if names[:1] != [b"IHDR"] or names[-1:] != [b"IEND"] or b"IDAT" not in names:
        raise LogoRefusedError("the PNG is damaged")
    if max(struct.unpack(">II", content[16:24])) > MAX_LOGO_PIXELS:
        raise LogoRefusedError(f"it has more than {MAX_LOGO_PIXELS} pixels in a side")


def _check_svg(content: bytes) -> None:
    parser = expat.ParserCreate(namespace_separator=" ")
    opened, texts, count = list[str](), list[str](), 0

    def start(name: str, attributes: dict[str, str]) -> None:
        nonlocal count
        count += 1
        if count > _MAX_ELEMENTS:
            raise LogoRefusedError(f"it has more than {_MAX_ELEMENTS} parts")
        _check_element(name, attributes, opened)
        opened.append(name)

    def end(name: str) -> None:
        opened.pop()
        if name == f"{_SVG_NAMESPACE} style":  # a comment may part its text: it is checked whole
            _check_style_sheet("".join(texts))
            texts.clear()

    def text(data: str) -> None:
        if opened[-1:] == [f"{_SVG_NAMESPACE} style"]:
            texts.append(data)

    parser.StartElementHandler, parser.EndElementHandler = start, end
    parser.CharacterDataHandler = text
    parser.StartDoctypeDeclHandler = lambda *found: found[3] and _refuse("declarations")
    parser.ProcessingInstructionHandler = lambda target, _: _refuse(f"<?{target}>")
    try:
        parser.Parse(content, True)
    except (expat.ExpatError, LookupError, ValueError):  # the latter two of a stated encoding
        raise LogoRefusedError(_NOT_A_LOGO) from None


def _refuse(what: str) -> NoReturn:
    raise LogoRefusedError(f"it contains {what}")


def _check_element(name: str, attributes: dict[str, str], opened: list[str]) -> None:
    namespace, _, local = name.rpartition(" ")
    if not opened and name != f"{_SVG_NAMESPACE} svg":
        raise LogoRefusedError(_NOT_A_LOGO)
    if opened[-1:] == [f"{_SVG_NAMESPACE} style"]:  # would part the text that is checked
        _refuse(f"<{local}> in its style sheet")
    if namespace in _INERT_NAMESPACES:
        return
    if namespace != _SVG_NAMESPACE or local not in _LOGO_ELEMENTS:
        _refuse(f"<{local}>")
    if not opened and not (attributes.get("viewBox") or attributes.get("width")):
        raise LogoRefusedError("it has neither a viewBox nor a width")
    for attribute, value in attributes.items():
        if attribute.lower().startswith("on"):
            _refuse(f"the attribute {attribute}")
        if attribute in _LINKS and not value.startswith("#"):
            _refuse(f"the address {value[:60]}")
        _check_value(value)
        if f"{_SVG_NAMESPACE} clipPath" in opened and "clip-path" in f"{attribute}:{value}":
            _refuse("a clip path in a clip path")  # ten in each of ten … are a billion


def _check_style_sheet(style: str) -> None:
    _check_value(style)
    if "clip-path" in style:
        _refuse("a clip path in its style sheet")


def _check_value(value: str) -> None:
    """A value or a style that refers to the logo's own parts only, and moves nothing."""
    rest = _LOGO_REFERENCE.sub("", value)
    if re.search(r"[\\@]|url\s*\(|image-set|expression|javascript:", rest, re.IGNORECASE):
        _refuse(f"the value {value.strip()[:60]}")
