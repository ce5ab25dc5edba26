"""Two nbconvert exporters: a notebook as one offline HTML page, and as an accessible PDF."""

from __future__ import annotations

import sys
from pathlib import Path
from typing import Any

from nbconvert.exporters import Exporter
from nbformat import NotebookNode
from traitlets import default

from helpers.documents.document import Document, read_document
from helpers.documents.page_writer import document_page
from helpers.documents.typst.pdf_writer import document_pdf


class _BoardExporter(Exporter):
    """The common part of both exporters: read the notebook as a document, then write it."""

    def from_notebook_node(
        self, nb: NotebookNode, resources: dict[str, Any] | None = None, **kw: Any
    ) -> tuple[Any, dict[str, Any]]:
        """Return the document and nbconvert's resources, for any executed notebook."""
        nb, resources = super().from_notebook_node(nb, resources, **kw)
        metadata = resources.get("metadata", {})
        # nbconvert's path of a notebook in the current folder is blank.
        folder = Path(metadata["path"] or ".") if "path" in metadata else None
        document = read_document(nb, metadata.get("name", "") or "Notebook", folder)
        return self.write(document), resources

    def write(self, document: Document) -> str | bytes:
        """Return the document in this exporter's format."""
        raise NotImplementedError


class BoardHTMLExporter(_BoardExporter):
    """One offline HTML file, without scripts or external resources."""

    export_from_notebook = "Board report (HTML)"
    output_mimetype = "text/html"

    def _file_extension_default(self) -> str:
        return ".html"

    def write(self, document: Document) -> str:
        """Return the page as text."""
        return document_page(document)


class BoardPDFExporter(_BoardExporter):
    """A PDF by Typst that conforms to both PDF/A-2a (archiving) and PDF/UA-1 (accessibility)."""

    export_from_notebook = "Board report (PDF)"
    output_mimetype = "application/pdf"

    def _file_extension_default(self) -> str:
        return ".pdf"

    def write(self, document: Document) -> bytes:
        """Return the bytes of the PDF.

        Raises NotebookError if a part cannot be typeset, for instance without a text alternative.
        """
        return document_pdf(document)


class _CommandLineExporter(_BoardExporter):
    """For `jupyter nbconvert --to board-…`; not shown in JupyterLab's menu.

    JupyterLab's URLs do not accept an exporter's name with a hyphen, so that the menu entry would
    fail. The exporter of the same name with an underscore is in the menu.
    """

    @default("enabled")
    def _enabled_default(self) -> bool:
        return "jupyter_server" not in sys.modules


class CommandLineHTMLExporter(_CommandLineExporter, BoardHTMLExporter):
    """The HTML exporter under the name board-html."""


class CommandLinePDFExporter(_CommandLineExporter, BoardPDFExporter):
    """The PDF exporter under the name board-pdf."""
