"""A notebook read as a document: what it is called, and the parts that a reader is shown."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import date
from typing import Any

from nbformat import NotebookNode

from helpers.currency import SEK
from helpers.hand_over import FIGURES_MIME
from helpers.publish.translate import HIDDEN, translate
from helpers.terms import Language


@dataclass(frozen=True)
class Part:
    """A markdown text, or an output as its representations by MIME type."""

    markdown: str | None = None
    output: dict[str, Any] = field(default_factory=dict)


@dataclass(frozen=True)
class Document:
    """What the two exporters need to know of a notebook."""

    title: str
    headline: str
    notice: str
    dated: str
    organiser: str
    as_of: date | None
    language: Language
    parts: list[Part]
    kind: str = "report"  # or "letter": one page, with a head of its own and no contents

    @property
    def page_title(self) -> str:
        """What a browser's tab and a PDF reader's window say."""
        return f"{self.headline} – {self.title}" if self.headline else self.title


def read_document(notebook: NotebookNode, name: str) -> Document:
    """Read a notebook; one that hands over no figures is titled by `name`, its file name."""
    handed = hand_over(notebook) or {}
    language: Language = handed.get("language", "sv")
    translate(notebook, language, handed.get("words"), handed.get("currency", SEK))
    return Document(
        title=handed.get("title", name),
        headline=handed.get("headline", ""),
        notice=handed.get("notice", ""),
        dated=handed.get("dated", ""),
        organiser=handed.get("organiser", ""),
        as_of=date.fromisoformat(handed["as_of"]) if "as_of" in handed else None,
        language=language,
        parts=list(_parts(notebook)),
        kind=handed.get("kind", "report"),
    )


def hand_over(notebook: NotebookNode) -> dict[str, Any] | None:
    """The figures and the headline that a notebook's last call handed over."""
    found = None
    for cell in notebook.cells:
        for output in cell.get("outputs", []):
            found = output.get("data", {}).get(FIGURES_MIME, found)
    return dict(found) if found else None


def _parts(notebook: NotebookNode) -> Iterator[Part]:
    """The parts in order; a text whose cells all have nothing to show is left out with them."""
    for text, outputs in _sections(notebook):
        shown = [data for data in outputs if not _is_blank(data)]
        if text and (shown or not outputs):
            yield Part(markdown=text)
        yield from (Part(output=data) for data in shown)


def _sections(notebook: NotebookNode) -> Iterator[tuple[str, list[dict[str, Any]]]]:
    """Each markdown text with the outputs that follow it; those before the first have none."""
    text, outputs = "", list[dict[str, Any]]()
    for cell in notebook.cells:
        if HIDDEN in cell.metadata.get("tags", []):
            continue
        if cell.cell_type == "markdown":
            yield text, outputs
            text, outputs = cell.source, []
        for output in cell.get("outputs", []):
            data = _representations(output)
            if data and FIGURES_MIME not in data:
                outputs.append(data)
    yield text, outputs


def _is_blank(data: dict[str, Any]) -> bool:
    """Whether a call answered that there is nothing to tell, as Block("", "", "") does."""
    return not any("".join(text) for text in data.values() if isinstance(text, str | list))


def _representations(output: NotebookNode) -> dict[str, Any]:
    if output.output_type == "error":
        return {"text/plain": f"{output.ename}: {output.evalue}"}
    if output.output_type == "stream":
        return {"text/plain": output.text} if output.name == "stdout" else {}
    return dict(output.get("data", {}))
