"""SVG drawings whose labels are HTML: Mermaid, draw.io. Typst shows SVG text only."""

from __future__ import annotations

import re
from collections.abc import Iterator

from lxml import etree

_IN_SVG = "{http://www.w3.org/2000/svg}"
_PROLOG = re.compile(r"^\s*(?:<\?xml[^>]*\?>\s*|<!DOCTYPE[^>]*>\s*|<!--.*?-->\s*)*", re.DOTALL)
_NAMESPACE = 'xmlns="http://www.w3.org/2000/svg"'
_LINK_NAMESPACE = 'xmlns:xlink="http://www.w3.org/1999/xlink"'
_LABEL_SIZE = 14.0


def read_drawing(content: bytes) -> bytes | None:
    """Return an SVG, without what is before it; None if it is not well-formed or is of size 0."""
    text = _PROLOG.sub("", content.decode("utf-8-sig", "replace"))
    if not re.match(r"<svg[\s>]", text):
        return None
    opening = text.split(">", 1)[0]
    if "xmlns=" not in opening:
        text = text.replace("<svg", f"<svg {_NAMESPACE}", 1)
    if "xlink:" in text and "xmlns:xlink" not in text:
        text = text.replace("<svg", f"<svg {_LINK_NAMESPACE}", 1)
    root = _parse(text)
    return text.encode() if root is not None and _has_size(root) else None


def _has_size(root: etree._Element) -> bool:
    """Whether each width and height that is stated is above zero."""
    box = str(root.get("viewBox") or "").replace(",", " ").split()
    stated = [root.get("width"), root.get("height"), *(box[2:] if len(box) == 4 else [])]
    numbers = (re.match(r"\s*[-+]?(?:\d+\.?\d*|\.\d+)", str(size)) for size in stated if size)
    return all(float(number[0]) > 0 for number in numbers if number)


def with_text_labels(svg: str) -> str:
    """Return a drawing in which labels in HTML are SVG texts, for a reader without HTML."""
    root = _parse(svg) if "foreignObject" in svg else None
    if root is None:
        return svg
    for label in list(root.iter(f"{_IN_SVG}foreignObject")):
        parent = label.getparent()
        if parent is None:
            continue
        parent.replace(label, _as_text(label))
        if parent.tag == f"{_IN_SVG}switch":  # a reader takes the first that it can show: the text
            for other in parent[1:]:
                parent.remove(other)
    return str(etree.tostring(root, encoding="unicode"))


def _parse(svg: str) -> etree._Element | None:
    """The drawing as XML, in which its own entities stay as they are."""
    parser = etree.XMLParser(resolve_entities=False, no_network=True)
    try:
        return etree.fromstring(svg.encode(), parser)
    except etree.XMLSyntaxError:
        return None


def _as_text(label: etree._Element) -> etree._Element:
    """A label as centred lines of text."""
    x, y, width, height = (_number(label.get(name)) for name in ("x", "y", "width", "height"))
    lines = [" ".join(line.split()) for line in "".join(_pieces(label)).split("\n")]
    lines = list(filter(None, lines))
    top = y + height / 2 - (len(lines) - 1) * _LABEL_SIZE * 0.6 + _LABEL_SIZE * 0.35
    style = {"text-anchor": "middle", "font-size": str(_LABEL_SIZE), "fill": "#1d2429"}
    text = etree.Element(f"{_IN_SVG}text", style)
    for number, line in enumerate(lines):
        at = {"x": f"{x + width / 2:.2f}", "y": f"{top + number * _LABEL_SIZE * 1.2:.2f}"}
        etree.SubElement(text, f"{_IN_SVG}tspan", at).text = line
    return text


def _pieces(node: etree._Element) -> Iterator[str]:
    """Yield the texts below a node, with a line break where HTML begins a new line."""
    yield " ".join((node.text or "").splitlines())
    for child in node:
        begins = str(child.tag).rpartition("}")[2] in ("br", "p", "div", "li")
        yield "\n" if begins else ""
        yield from _pieces(child)
        yield "\n" if begins else ""
        yield " ".join((child.tail or "").splitlines())


def _number(value: str | None) -> float:
    found = re.match(r"\s*(-?\d+\.?\d*)(%?)", value or "")
    return float(found[1]) if found and not found[2] else 0.0
