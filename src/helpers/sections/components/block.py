"""What a notebook call returns: a section as data, which shows itself."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from helpers.sections.components.section_html import part_as_html
from helpers.sections.components.section_parts import SECTION_MIME, SECTION_VERSION, SectionPart
from helpers.sections.components.section_plain import part_as_plain

HTML_MIME, PLAIN_MIME = "text/html", "text/plain"


@dataclass(frozen=True)
class Block:
    """A section or a piece of one: its parts in order. Without parts it does not apply.

    A notebook stores it as JSON, which the exporters read, next to its text and to the HTML that
    JupyterLab shows. See docs/explanation/sections.md.
    """

    parts: tuple[SectionPart, ...]

    @property
    def html(self) -> str:
        """The parts as HTML, in which all data is escaped."""
        return "\n".join(map(part_as_html, self.parts))

    @property
    def plain(self) -> str:
        """The parts as plain text."""
        return "\n\n".join(map(part_as_plain, self.parts))

    def as_json(self) -> dict[str, Any]:
        """The section as it is stored (see section_parts.StoredSection)."""
        return {
            "version": SECTION_VERSION,
            "applies": bool(self.parts),
            "parts": [part.model_dump(mode="json", exclude_none=True) for part in self.parts],
        }

    def _repr_mimebundle_(self, **_: Any) -> dict[str, Any]:
        return {SECTION_MIME: self.as_json(), HTML_MIME: self.html, PLAIN_MIME: self.plain}

    def __repr__(self) -> str:
        return self.plain


# A section that does not apply: it is left out of the documents, together with its heading.
EMPTY_BLOCK = Block(())


def stack(*blocks: Block) -> Block:
    """Blocks one below the other."""
    return Block(tuple(part for block in blocks for part in block.parts))
