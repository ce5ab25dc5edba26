"""Callouts of GitHub (`> [!NOTE]`), MyST (`:::{note}`) and Quarto (`::: {.callout-note}`)."""

from __future__ import annotations

import re

from helpers.documents.content.content_tree import Element, Node
from helpers.i18n.localizer import Localizer

_FENCE = re.compile(r"^ {0,3}(`{3,}|~{3,})")
_OPENING = re.compile(r"^(:{3,})\s*\{\s*([^}]*)\}\s*(.*)$")
_CLOSING = re.compile(r"^(:{3,})\s*$")
_KIND = re.compile(
    r"(?:callout-|^|[.\s])(note|tip|important|warning|caution|danger|hint|attention)\b"
)
_TITLE_ATTRIBUTE = re.compile(r"title\s*=\s*[\"']([^\"']*)")
_ALERT = re.compile(r"^\s*\[!([A-Za-z]+)\]\s*")


def mark_callouts(text: str) -> str:
    """Return the text with fenced callouts as quotations that begin with their kind."""
    lines, code, fences = [], "", list[str]()
    for line in text.split("\n"):
        fence = _FENCE.match(line)
        if fence and (not code or fence[1].startswith(code)):
            code = "" if code else fence[1]
        opening = None if code else _OPENING.match(line)
        kind = _KIND.search(opening[2]) if opening else None
        if opening and kind:
            title = _TITLE_ATTRIBUTE.search(opening[2])
            heading = (title[1] if title else opening[3]).strip()
            lines.append(f"{'> ' * len(fences)}> [!{kind[1].upper()}] {heading}".rstrip())
            lines.append("> " * (len(fences) + 1))
            fences.append(opening[1])
        elif fences and not code and (closing := _CLOSING.match(line)) and closing[1] == fences[-1]:
            fences.pop()
            lines.append("")
        else:
            lines.append("> " * len(fences) + line if fences else line)
    return "\n".join(lines)


def quotes_as_callouts(nodes: list[Node], loc: Localizer) -> list[Node]:
    """Return the nodes with each quotation that begins with a kind as a callout."""
    return [_as_callout(node, loc) for node in nodes]


def _as_callout(node: Node, loc: Localizer) -> Node:
    if not isinstance(node, Element):
        return node
    node.children = quotes_as_callouts(node.children, loc)
    first = node.children[0] if node.name == "blockquote" and node.children else None
    if not isinstance(first, Element) or not first.children:
        return node
    begins = first.children[0]
    alert = _ALERT.match(begins) if isinstance(begins, str) else None
    words = _words(loc).get(alert[1].lower()) if alert else None
    if alert is None or words is None or not isinstance(begins, str):
        return node
    rest: list[Node] = [begins[alert.end() :], *first.children[1:]]
    title = Element("p", [Element("strong", [f"{words}: "]), *rest])
    return Element("aside", [title, *node.children[1:]])


def _words(loc: Localizer) -> dict[str, str]:
    warning = loc("Varning")
    return {
        "note": loc("Obs"),
        "tip": loc("Tips"),
        "hint": loc("Tips"),
        "important": loc("Viktigt"),
        "warning": warning,
        "attention": warning,
        "caution": loc("Var försiktig"),
        "danger": loc("Fara"),
    }
