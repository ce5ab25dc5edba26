"""Read a notebook as a document: its title, and the parts that a reader is shown."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, field, replace
from datetime import date
from pathlib import Path
from typing import Any, Self

from nbformat import NotebookNode

from helpers.documents.cell_texts import read_text, title_in_settings, warn_if_not_run
from helpers.documents.content.cell_source import source_of_cell
from helpers.documents.content.content_tree import Element, Node
from helpers.documents.outputs.cell_outputs import DocumentPart, read_outputs
from helpers.documents.outputs.cell_visibility import are_outputs_hidden, is_cell_hidden
from helpers.documents.part_order import settle_headings
from helpers.documents.translation import translate_notebook
from helpers.i18n.localizer import Localizer
from helpers.model.brand.brand_look import BrandLook
from helpers.model.currency import SEK
from helpers.model.languages import known_languages
from helpers.model.localized_text import Language
from helpers.report.hand_over import FIGURES_MIME


@dataclass(frozen=True)
class Front:
    """Who reports, and the facts of the report's front with their labels; both may be empty."""

    sender: str = ""
    facts: tuple[tuple[str, str], ...] = ()

    @classmethod
    def of(cls, handed_over: dict[str, Any]) -> Self:
        """The front that a notebook handed over; a sender alone where it is an older one's."""
        front = handed_over.get("front", {"sender": handed_over.get("organiser", ""), "facts": []})
        return cls(front["sender"], tuple((label, fact) for label, fact in front["facts"]))


@dataclass(frozen=True)
class Document:
    """The content of a notebook that both exporters need."""

    title: str
    headline: str
    notice: str
    dated: str
    organiser: str
    front: Front
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
    own = notebook.metadata.get("language")
    language = handed_over.get("language", own if own in known_languages() else "sv")
    translate_notebook(
        notebook, language, handed_over.get("words"), handed_over.get("currency", SEK)
    )
    loc = Localizer(language)
    own_title = notebook.metadata.get("title") or title_in_settings(notebook) or name
    shown = _document_parts(notebook, folder, loc, numbers_appendices=bool(handed_over))
    parts = [*warn_if_not_run(notebook, loc), *shown]
    return Document(
        title=handed_over.get("title", own_title),
        headline=handed_over.get("headline", ""),
        notice=handed_over.get("notice", ""),
        dated=handed_over.get("dated", ""),
        organiser=handed_over.get("organiser", ""),
        front=Front.of(handed_over),
        as_of=date.fromisoformat(handed_over["as_of"]) if "as_of" in handed_over else None,
        language=language,
        parts=settle_headings(parts),
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


def shorten_figures(notebook: NotebookNode, figures: dict[str, Any]) -> None:
    """Replace the figures that a notebook handed over by shorter ones."""
    for cell in notebook.cells:
        for output in cell.get("outputs", []):
            if FIGURES_MIME in output.get("data", {}):
                output["data"][FIGURES_MIME]["figures"] = figures


def _document_parts(
    notebook: NotebookNode, folder: Path | None, loc: Localizer, *, numbers_appendices: bool
) -> Iterator[DocumentPart]:
    """The parts in order; a text is left out if sections follow it and none of them applies.

    In a report of a round, a heading "Bilaga: …" gets its number among the appendices shown, and
    the first starts a page. The headings of other notebooks stay as they were written.
    """
    appendices = 0
    for text, outputs in _texts_with_outputs(notebook, folder, loc):
        if text.content and (not outputs or any(output.applies for output in outputs)):
            found = numbers_appendices and _number_appendix(text.content, appendices + 1, loc)
            appendices += found
            yield replace(text, starts_page=found and appendices == 1)
        yield from (output for output in outputs if output.content or output.section.parts)


def _number_appendix(text: list[Node], number: int, loc: Localizer) -> bool:
    """Number the heading of an appendix, if the text begins with one; return whether it does."""
    heading = text[0]
    if not isinstance(heading, Element) or heading.name != "h2" or not heading.children:
        return False
    title = heading.children[0]
    word = re.escape(loc("Bilaga"))  # a notebook may have kept its Swedish headings
    found = re.match(rf"(Bilaga|{word}): ", title) if isinstance(title, str) else None
    if found is None:
        return False
    heading.children[0] = f"{found[1]} {number}. {found.string[found.end() :]}"
    return True


def _texts_with_outputs(
    notebook: NotebookNode, folder: Path | None, loc: Localizer
) -> Iterator[tuple[DocumentPart, list[DocumentPart]]]:
    """Yield each text with the outputs that follow it; a blank one for those before the first."""
    text, outputs = DocumentPart(), list[DocumentPart]()
    for number, cell in enumerate(notebook.cells, start=1):
        if is_cell_hidden(cell):
            continue
        source = source_of_cell(cell, number, notebook, folder, loc)
        written = read_text(cell, source, is_first=number == 1)
        if written:
            yield text, outputs
            text, outputs = DocumentPart(written, cell=source.name), []
        if cell.cell_type == "code" and not are_outputs_hidden(cell):
            outputs += read_outputs(cell, source)
    yield text, outputs
