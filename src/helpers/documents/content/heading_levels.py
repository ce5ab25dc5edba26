"""Puts the headings of a notebook in order: the first is of level 1, and none skips a level.

PDF/UA-1 (ISO 14289-1) 7.4.2 requires both. Notebooks often begin with `##`.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable
from dataclasses import dataclass, field

from helpers.documents.content.content_tree import Element, Node, text_of, walk

HEADING_NAMES = ("h1", "h2", "h3", "h4", "h5", "h6")
_PLAIN_LETTERS = str.maketrans("åäöéü", "aaoeu")


@dataclass
class HeadingOrder:
    """The levels of the headings so far, as written, and the addresses within the page."""

    _open: list[int] = field(default_factory=list)
    _anchors: set[str] = field(default_factory=lambda: {"main"})

    def level(self, written: int) -> int:
        """Return the level of the next heading, which is written with this one."""
        while self._open and self._open[-1] >= written:
            self._open.pop()
        self._open.append(written)
        return len(self._open)

    def anchor(self, heading: str) -> str:
        """Return an address for a heading that no other one has."""
        first = anchor = heading_anchor(heading)
        number = 1
        while anchor in self._anchors:
            number += 1
            anchor = f"{first}-{number}"
        self._anchors.add(anchor)
        return anchor

    @property
    def anchors(self) -> frozenset[str]:
        """The addresses so far."""
        return frozenset(self._anchors)

    def settle(self, nodes: Iterable[Node], *, is_output: bool = False) -> None:
        """Give each heading its level and its address, in place; an output's is not listed."""
        unlisted = {"unlisted": ""} if is_output else {}
        for node in walk(list(nodes)):
            if isinstance(node, Element) and node.name in HEADING_NAMES:
                level = self.level(int(node.name[1]))
                node.name = f"h{min(level, 6)}"
                anchor = self.anchor(text_of(node.children))
                node.attributes = {"level": str(level), "id": anchor, **unlisted}


def heading_anchor(heading: str) -> str:
    """Return a heading as the fragment of a URL: "Räcker det?" becomes "racker-det".

    Letters of other scripts stay, so that the address can be read.
    """
    plain = unicodedata.normalize("NFC", heading.lower()).translate(_PLAIN_LETTERS)
    kept = "".join(c if unicodedata.category(c)[0] in "LMN" else "-" for c in plain)
    return re.sub(r"-+", "-", kept).strip("-") or "-"
