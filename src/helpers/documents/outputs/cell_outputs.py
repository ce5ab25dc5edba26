"""What each output of a notebook becomes in a document: a section of ours, or another's as one."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from nbformat import NotebookNode

from helpers.documents.outputs.html_tables import html_as_block
from helpers.documents.outputs.images import IMAGE_TYPES, alternative_text, image_block
from helpers.documents.outputs.stored_section import read_stored_section
from helpers.i18n.localizer import Localizer
from helpers.report.hand_over import FIGURES_MIME
from helpers.sections.components.block import EMPTY_BLOCK, HTML_MIME, PLAIN_MIME, Block
from helpers.sections.components.parts.section_parts import PreformattedPart
from helpers.sections.components.text import callout

MARKDOWN_MIME = "text/markdown"
_ANSI_ESCAPE = re.compile(r"\x1b\[[0-9;?]*[A-Za-z]")  # the colours of a terminal


@dataclass(frozen=True)
class DocumentPart:
    """A text of the notebook as markdown, or the section that an output becomes.

    Only the headings of a text are listed among the contents, not those of an output.
    """

    markdown: str | None = None
    section: Block = EMPTY_BLOCK
    is_output: bool = False
    starts_page: bool = False  # on paper


# What a section that does not apply becomes; another program's blank output does not equal it.
DOES_NOT_APPLY = DocumentPart(is_output=True)
_BLANK_OUTPUT = DocumentPart(markdown="", is_output=True)


def read_output(
    output: NotebookNode, cell_metadata: Mapping[str, Any], cell_name: str, loc: Localizer
) -> DocumentPart | None:
    """An output as a part of a document; None for an output that no reader is shown.

    Raises ReportError for a section that is not as this version stores it.
    """
    if output.output_type == "error":
        wrong = _as_text(f"{output.ename}: {output.evalue}")
        return _shown(callout(loc("Cellen stannade på ett fel. {wrong}", wrong=wrong)))
    if output.output_type == "stream":
        return _preformatted(output.text) if output.name == "stdout" else None
    data = {kind: _joined_lines(content) for kind, content in output.get("data", {}).items()}
    section = read_stored_section(data, cell_name)
    if section is not None:
        return _shown(section)
    if not data or FIGURES_MIME in data:
        return None
    metadata = {**cell_metadata, **output.get("metadata", {})}
    return _foreign_output(data, metadata, cell_name, loc)


def _shown(block: Block) -> DocumentPart:
    return DocumentPart(section=block, is_output=True)


def _foreign_output(
    data: Mapping[str, Any], metadata: Mapping[str, Any], cell_name: str, loc: Localizer
) -> DocumentPart:
    """Another program's output: the first of its forms that a document can show."""
    for kind in IMAGE_TYPES:
        if kind in data and HTML_MIME not in data:
            alternative = alternative_text(metadata, kind)
            return _shown(image_block(kind, data[kind], alternative, cell_name, loc))
    if HTML_MIME in data:
        block = html_as_block(data[HTML_MIME], loc)
        if block != EMPTY_BLOCK:
            return _shown(block)
    elif MARKDOWN_MIME in data:
        return DocumentPart(markdown=data[MARKDOWN_MIME], is_output=True)
    return _preformatted(data.get(PLAIN_MIME, ""))


def _preformatted(text: str) -> DocumentPart:
    """What a program prints; a blank output is a part too, which shows nothing."""
    plain = _ANSI_ESCAPE.sub("", text)
    if not plain:
        return _BLANK_OUTPUT
    # Not validated: it may have half of a surrogate pair, which the exporters name to the reader.
    part = PreformattedPart.model_construct(kind="preformatted", text=plain)
    return _shown(Block((part,)))


def _joined_lines(content: Any) -> Any:
    """Join a text that a notebook file stores as a list of lines."""
    return "".join(content) if isinstance(content, list) else content


def _as_text(text: str) -> str:
    """Text that can be written to a file: half of a surrogate pair is replaced."""
    return text.encode("utf-16", "surrogatepass").decode("utf-16", "replace")
