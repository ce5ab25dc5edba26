"""Read a notebook as a document: its title, and the parts that a reader is shown."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import date
from pathlib import Path
from typing import Any

from nbformat import NotebookNode

from helpers.documents.html_tables import html_as_block
from helpers.documents.images import IMAGE_TYPES, alternative_text, embed_images, image_block
from helpers.documents.translation import REMOVE_CELL_TAG, translate_notebook
from helpers.i18n.localizer import Localizer
from helpers.model.currency import SEK
from helpers.model.localized_text import Language
from helpers.report.hand_over import FIGURES_MIME
from helpers.sections.components.block import PLAIN_MIME, TYPST_MIME
from helpers.sections.components.text import callout

_ANSI_ESCAPE = re.compile(r"\x1b\[[0-9;?]*[A-Za-z]")  # the colours of a terminal


@dataclass(frozen=True)
class DocumentPart:
    """A markdown text, or an output as its representations by MIME type."""

    markdown: str | None = None
    output: dict[str, Any] = field(default_factory=dict)


@dataclass(frozen=True)
class Document:
    """The content of a notebook that both exporters need."""

    title: str
    headline: str
    notice: str
    dated: str
    organiser: str
    as_of: date | None
    language: Language
    parts: list[DocumentPart]
    kind: str = "report"  # or "letter": one page, with a separate head and no contents
    names_apart: dict[str, str] = field(default_factory=dict)  # see hand_over.names_apart

    @property
    def page_title(self) -> str:
        """The title of a browser tab and a PDF reader's window."""
        return f"{self.headline} – {self.title}" if self.headline else self.title


def read_document(notebook: NotebookNode, name: str, folder: Path | None = None) -> Document:
    """Read a notebook; `name`, its file's name, is the title if it hands over no figures.

    The language is then that of its metadata (`"language": "en"`), or Swedish. `folder` contains
    the pictures of its texts.
    """
    handed_over = read_hand_over(notebook) or {}
    own: Language = "en" if notebook.metadata.get("language") == "en" else "sv"
    language: Language = handed_over.get("language", own)
    translate_notebook(
        notebook, language, handed_over.get("words"), handed_over.get("currency", SEK)
    )
    return Document(
        title=handed_over.get("title", notebook.metadata.get("title") or name),
        headline=handed_over.get("headline", ""),
        notice=handed_over.get("notice", ""),
        dated=handed_over.get("dated", ""),
        organiser=handed_over.get("organiser", ""),
        as_of=date.fromisoformat(handed_over["as_of"]) if "as_of" in handed_over else None,
        language=language,
        parts=list(_document_parts(notebook, folder, Localizer(language))),
        kind=handed_over.get("kind", "report"),
        names_apart=handed_over.get("names_apart", {}),
    )


def read_hand_over(notebook: NotebookNode) -> dict[str, Any] | None:
    """Return the key figures and the headline that a notebook's last call handed over, or None."""
    found = None
    for cell in notebook.cells:
        for output in cell.get("outputs", []):
            found = output.get("data", {}).get(FIGURES_MIME, found)
    return dict(found) if found else None


def _document_parts(
    notebook: NotebookNode, folder: Path | None, loc: Localizer
) -> Iterator[DocumentPart]:
    """Yield the parts in order; a text is left out if all outputs that follow it are blank."""
    for text, outputs in _texts_with_outputs(notebook, folder, loc):
        visible = [data for data in outputs if not is_blank_output(data)]
        if text and (visible or not outputs):
            yield DocumentPart(markdown=text)
        yield from (DocumentPart(output=data) for data in visible)


def _texts_with_outputs(
    notebook: NotebookNode, folder: Path | None, loc: Localizer
) -> Iterator[tuple[str, list[dict[str, Any]]]]:
    """Yield each markdown text with the outputs that follow it; '' for those before the first."""
    text, outputs = "", list[dict[str, Any]]()
    for number, cell in enumerate(notebook.cells, start=1):
        if REMOVE_CELL_TAG in cell.metadata.get("tags", []):
            continue
        cell_name = f"cell {number}"
        if cell.cell_type == "markdown":
            yield text, outputs
            text, outputs = (
                embed_images(cell.source, cell.get("attachments", {}), folder, cell_name),
                [],
            )
        for output in cell.get("outputs", []):
            data = _by_mime_type(output, cell.metadata, cell_name, loc)
            if data and FIGURES_MIME not in data:
                outputs.append(data)
    yield text, outputs


def is_blank_output(data: dict[str, Any]) -> bool:
    """Return whether an output has nothing to show, as Block("", "", "")."""
    return not any("".join(text) for text in data.values() if isinstance(text, str | list))


def _by_mime_type(
    output: NotebookNode, cell_metadata: dict[str, Any], cell_name: str, loc: Localizer
) -> dict[str, Any]:
    """Return an output by MIME type, a foreign one converted to the project's form if possible."""
    if output.output_type == "error":
        wrong = f"{output.ename}: {output.evalue}"
        return callout(loc("Cellen stannade på ett fel. {wrong}", wrong=wrong))._repr_mimebundle_()
    if output.output_type == "stream":
        return {PLAIN_MIME: _ANSI_ESCAPE.sub("", output.text)} if output.name == "stdout" else {}
    data = {kind: _joined_lines(content) for kind, content in output.get("data", {}).items()}
    if TYPST_MIME in data or FIGURES_MIME in data:
        return data
    for kind in IMAGE_TYPES:
        if kind in data and "text/html" not in data:
            alternative = alternative_text({**cell_metadata, **output.get("metadata", {})}, kind)
            return image_block(kind, data[kind], alternative, cell_name, loc)._repr_mimebundle_()
    if "text/html" in data:
        block = html_as_block(data["text/html"], loc)
        return block._repr_mimebundle_() if block.html else {PLAIN_MIME: data.get(PLAIN_MIME, "")}
    return data


def _joined_lines(content: Any) -> Any:
    """Join a text that a notebook file stores as a list of lines."""
    return "".join(content) if isinstance(content, list) else content
