"""Read a notebook as a document: its title, and the parts that a reader is shown."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import date
from pathlib import Path
from typing import Any

from nbformat import NotebookNode

from helpers.documents.outputs.cell_outputs import DOES_NOT_APPLY, DocumentPart, read_output
from helpers.documents.outputs.images import embed_images
from helpers.documents.translation import REMOVE_CELL_TAG, translate_notebook
from helpers.i18n.localizer import Localizer
from helpers.model.brand.brand_look import BrandLook
from helpers.model.currency import SEK
from helpers.model.localized_text import Language
from helpers.report.hand_over import FIGURES_MIME


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
    look: BrandLook = field(default_factory=BrandLook)

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
        look=BrandLook.read(handed_over.get("brand")),
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
    """The parts in order; a text is left out if sections follow it and none of them applies."""
    for text, outputs in _texts_with_outputs(notebook, folder, loc):
        if text and (not outputs or any(output != DOES_NOT_APPLY for output in outputs)):
            yield DocumentPart(markdown=text)
        yield from (output for output in outputs if output.markdown or output.section.parts)


def _texts_with_outputs(
    notebook: NotebookNode, folder: Path | None, loc: Localizer
) -> Iterator[tuple[str, list[DocumentPart]]]:
    """Yield each markdown text with the outputs that follow it; '' for those before the first."""
    text, outputs = "", list[DocumentPart]()
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
            part = read_output(output, cell.metadata, cell_name, loc)
            if part is not None:
                outputs.append(part)
    yield text, outputs
