"""Write the annex of the request as a page, a PDF and a workbook."""

from __future__ import annotations

from nbformat import NotebookNode
from nbformat.v4 import new_code_cell, new_markdown_cell, new_notebook, new_output

from helpers.documents.document import read_document
from helpers.documents.invoice_files import sheets_as_xlsx
from helpers.documents.page_writer import document_page
from helpers.documents.typst.pdf_writer import document_pdf
from helpers.model.localized_text import Language
from helpers.report.correspondence.request_annex import RequestAnnex
from helpers.report.hand_over import HandOver
from helpers.report.report_data import ReportData
from helpers.sections.components.block import Block
from helpers.sections.letter.kinds.annex_parts import annex_sheet

ANNEX_STEM = "annex"  # of its files' names


def annex_files(report: ReportData, language: Language) -> dict[str, bytes]:
    """Return the annex by file name: annex.<language>.html, .pdf and .xlsx.

    Its sections are put into documents as those of an executed notebook. The same report gives the
    same bytes.
    """
    annex, stem = RequestAnnex(report, language), f"{ANNEX_STEM}.{language}"
    loc = annex.context.loc
    cells = [
        new_markdown_cell("# " + loc("Bilaga till förfrågan: alla kommuners avgifter")),
        new_markdown_cell("## " + loc("Så är avgifterna beräknade")),
        _executed_cell(annex.rule()),
        new_markdown_cell("## " + loc("Alla kommuners avgifter")),
        _executed_cell(annex.fees()),
        _executed_cell(annex.hand_over()),
    ]
    document = read_document(new_notebook(cells=cells), stem)
    sheet = annex_sheet(annex.context, annex.listed)
    return {
        f"{stem}.html": document_page(document).encode(),
        f"{stem}.pdf": document_pdf(document),
        f"{stem}.xlsx": sheets_as_xlsx([sheet], report.statement.as_of),
    }


def _executed_cell(shown: Block | HandOver) -> NotebookNode:
    """Return a cell with an output, as the notebook of a report stores it."""
    output = new_output("execute_result", data=shown._repr_mimebundle_(), execution_count=1)
    cell: NotebookNode = new_code_cell("", execution_count=1, outputs=[output])
    return cell
