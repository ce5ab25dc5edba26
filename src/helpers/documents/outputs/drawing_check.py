"""Checks that a drawing from a notebook file is shapes and text, and nothing that acts.

A drawing goes into a page unchanged. What is read here as XML and by a browser as HTML must be
the same, so anything that the two may read differently is refused: comments, CDATA sections,
document types and processing instructions (HTML Living Standard, "The rules for parsing tokens in
foreign content").
"""

from __future__ import annotations

import re
from typing import Any, NoReturn
from xml.parsers import expat

# Name by name, as browsers match them in a page: none runs a script or takes HTML within it.
_DRAWING_ELEMENTS = {
    "a", "circle", "clipPath", "defs", "ellipse", "g", "image", "line", "linearGradient",
    "mask", "path", "pattern", "polygon", "polyline", "radialGradient", "rect", "stop", "svg",
    "symbol", "text", "title", "tspan", "use",
}  # fmt: skip
_ATTRIBUTES = {
    "aria-hidden", "aria-label", "clip-path", "clip-rule", "clipPathUnits", "color", "cx", "cy",
    "d", "direction", "dominant-baseline", "dx", "dy", "fill", "fill-opacity", "fill-rule",
    "font-family", "font-size", "font-style", "font-weight", "fx", "fy", "gradientTransform",
    "gradientUnits", "height", "href", "id", "lengthAdjust", "letter-spacing", "mask", "offset",
    "opacity", "paint-order", "patternContentUnits", "patternTransform", "patternUnits",
    "pointer-events", "points", "preserveAspectRatio", "r", "role", "rx", "ry", "spreadMethod",
    "stop-color", "stop-opacity", "stroke", "stroke-dasharray", "stroke-dashoffset",
    "stroke-linecap", "stroke-linejoin", "stroke-miterlimit", "stroke-opacity", "stroke-width",
    "style", "text-anchor", "textLength", "transform", "viewBox", "visibility", "width", "x",
    "x1", "x2", "xlink:href", "xml:space", "xmlns", "xmlns:xlink", "y", "y1", "y2",
}  # fmt: skip
# The properties that matplotlib writes into `style`: none moves anything out of the drawing.
_STYLE_PROPERTIES = {
    "clip-path", "clip-rule", "color", "display", "fill", "fill-opacity", "fill-rule", "font",
    "font-family", "font-size", "font-stretch", "font-style", "font-variant", "font-weight",
    "image-rendering", "letter-spacing", "mix-blend-mode", "opacity", "stop-color",
    "stop-opacity", "stroke", "stroke-dasharray", "stroke-dashoffset", "stroke-linecap",
    "stroke-linejoin", "stroke-miterlimit", "stroke-opacity", "stroke-width", "text-anchor",
    "visibility", "white-space",
}  # fmt: skip
_DRAWING_NAMESPACES = {
    "xmlns": "http://www.w3.org/2000/svg",
    "xmlns:xlink": "http://www.w3.org/1999/xlink",
}
_DECIMAL = r"(?:\d+\.?\d*|\.\d+)"
_VIEW_BOX = re.compile(rf"-?{_DECIMAL} -?{_DECIMAL} 0*[1-9]\d*\.?\d* 0*[1-9]\d*\.?\d*")
_DRAWING_REFERENCE = re.compile(r"url\(#[\w.:-]+\)")
_EMBEDDED_PICTURE = re.compile(r"data:image/(png|jpeg);base64,[A-Za-z0-9+/=\s]*")
_DRAWING_ADDRESS = re.compile(r"https?://[^\s]+", re.IGNORECASE)


class DrawingRefusedError(Exception):
    """Why a drawing is not shown."""


def check_drawing(svg: str) -> None:
    """Raise DrawingRefusedError unless the text is one `<svg>` of shapes, text and pictures."""
    if not svg.startswith("<svg "):
        raise DrawingRefusedError("it does not begin with <svg")
    parser = expat.ParserCreate(encoding="utf-8")
    open_elements: list[str] = []

    def start(name: str, attributes: dict[str, str]) -> None:
        if open_elements and open_elements[-1] == "title":
            raise DrawingRefusedError("an element is within a <title>")
        _check_element(name, attributes, outermost=not open_elements)
        open_elements.append(name)

    parser.StartElementHandler = start
    parser.EndElementHandler = lambda _: open_elements.pop()
    parser.CommentHandler = lambda _: _refuse("a comment")
    parser.StartCdataSectionHandler = lambda: _refuse("a CDATA section")
    parser.StartDoctypeDeclHandler = lambda *_: _refuse("a document type")
    parser.ProcessingInstructionHandler = lambda *_: _refuse("a processing instruction")
    try:
        parser.Parse(svg.encode(), True)
    except (expat.ExpatError, UnicodeEncodeError) as error:
        raise DrawingRefusedError(f"it is not well-formed: {error}") from None
    if not _VIEW_BOX.fullmatch(first_view_box(svg)):
        raise DrawingRefusedError("its viewBox is not four numbers")


def first_view_box(svg: str) -> str:
    """The drawing's own view: its left, top, width and height; blank where it has none."""
    found = re.search(r'viewBox="([^"]*)"', svg)
    return found[1] if found else ""


def _refuse(what: Any) -> NoReturn:
    raise DrawingRefusedError(f"it contains {what}")


def _check_element(name: str, attributes: dict[str, str], *, outermost: bool) -> None:
    if name not in _DRAWING_ELEMENTS or (name == "svg") != outermost:
        _refuse(f"<{name}>")
    for attribute, value in attributes.items():
        if attribute not in _ATTRIBUTES:
            _refuse(f"the attribute {attribute}")
        if value != _DRAWING_NAMESPACES.get(attribute, value):
            _refuse(f"another {attribute}")
        if attribute in ("href", "xlink:href"):
            _check_address(name, value)
        elif attribute == "style":
            _check_style(value)
        elif attribute not in ("aria-label", "xmlns", "xmlns:xlink"):
            _check_value(value)


def _check_address(element: str, address: str) -> None:
    """A reference within the drawing, a picture within it, or a link on the web."""
    if element == "image" and _EMBEDDED_PICTURE.fullmatch(address):
        return
    if element == "a" and _DRAWING_ADDRESS.fullmatch(address):
        return
    if not address.startswith("#"):
        _refuse(f"the address {address[:60]}")


def _check_style(style: str) -> None:
    for declaration in filter(str.strip, style.split(";")):
        name, colon, value = declaration.partition(":")
        if not colon or name.strip() not in _STYLE_PROPERTIES:
            _refuse(f"the style {declaration.strip()[:60]}")
        _check_value(value)


def _check_value(value: str) -> None:
    """A value that fetches nothing: it refers to the drawing's own parts only."""
    if re.search(r"[\\@<>]|url|image-set|expression|javascript", _DRAWING_REFERENCE.sub("", value)):
        _refuse(f"the value {value[:60]}")
