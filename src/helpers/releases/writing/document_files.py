"""The files of a board report in one language, from its executed notebook.

What this imports takes a third of a second: a run imports it while a notebook runs in its own
process (see report_documents).
"""

from __future__ import annotations

import time
from pathlib import Path
from typing import Any

import nbformat
from nbformat import NotebookNode

from helpers.documents.document import read_document, read_hand_over, shorten_figures
from helpers.documents.member_list_file import member_list_files
from helpers.documents.outputs.stored_section import shows_what_if
from helpers.documents.page_writer import document_page
from helpers.documents.translation import translate_notebook
from helpers.documents.typst.pdf_writer import document_pdf
from helpers.errors import NotebookError
from helpers.i18n.word_replacements import words_of_round
from helpers.model.localized_text import Language
from helpers.model.long_lists import split_figures
from helpers.notebooks.memory_io import notebook_bytes
from helpers.releases.figure_files import figure_files
from helpers.report.report_data import ReportData
from helpers.sections.pricing.wording_choice import section_context
from helpers.system.control.meanwhile import computed_meanwhile


def write_files(
    executed: NotebookNode, report: ReportData, language: Language, work: Path, stem: str
) -> tuple[dict[str, Any], dict[str, float]]:
    """Write figures, lists, notebook, page and PDF.

    Returns what the notebook handed over, and the moments at which each step ended.
    """
    executed.metadata.papermill.output_path = f"{stem}.ipynb"
    round_ = report.inputs.round
    translate_notebook(executed, language, words_of_round(round_, language), round_.currency)
    handed_over = _checked_hand_over(executed, report)
    # Not from_notebook_node, which copies and reads the notebook again for each of them.
    document = read_document(executed, stem)
    ended = {"notebook": time.perf_counter()}

    def files_beside_pdf() -> dict[str, bytes]:
        figures = handed_over["figures"]
        page = document_page(document)
        # The notebook keeps the figures of figures.json, not the lists of a large round again.
        shorten_figures(executed, split_figures(figures)[0])
        return {
            **figure_files(figures),
            **member_list_files(section_context(report.statement, language)),
            f"{stem}.ipynb": notebook_bytes(f"{nbformat.writes(executed)}\n"),
            f"{stem}.html": page.encode(),
        }

    others = computed_meanwhile(files_beside_pdf)  # Typst is another process
    pdf = document_pdf(document)
    for name, content in {f"{stem}.pdf": pdf, **others()}.items():
        (work / name).write_bytes(content)
    ended["documents"] = time.perf_counter()
    return handed_over, ended


def _checked_hand_over(executed: NotebookNode, report: ReportData) -> dict[str, Any]:
    """Return what the notebook handed over; raises NotebookError if that cannot be published."""
    handed_over, name = read_hand_over(executed), executed.metadata.papermill.input_path
    if handed_over is None:
        raise NotebookError(
            f"The notebook {name} handed over no figures. End it with report.hand_over()."
        )
    if handed_over.get("what_if") or shows_what_if(executed):
        raise NotebookError(
            f"The notebook {name} shows a what-if, which is not published. Remove "
            "with_pricing, with_answers and without from it."
        )
    if handed_over["inputs"] != report.inputs.hashes():
        raise NotebookError("An input changed while the notebook ran. Run the command again.")
    return handed_over
