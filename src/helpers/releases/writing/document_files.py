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
from helpers.documents.exporters import BoardHTMLExporter, BoardPDFExporter
from helpers.documents.member_list_file import member_list_files
from helpers.documents.outputs.stored_section import shows_what_if
from helpers.documents.translation import translate_notebook
from helpers.errors import NotebookError
from helpers.i18n.word_replacements import words_of_round
from helpers.model.localized_text import Language
from helpers.model.long_lists import split_figures
from helpers.notebooks.memory_io import notebook_bytes
from helpers.releases.figure_files import figure_files
from helpers.report.report_data import ReportData
from helpers.sections.pricing.wording_choice import section_context


def write_files(
    executed: NotebookNode, report: ReportData, language: Language, work: Path, stem: str
) -> tuple[dict[str, Any], dict[str, float]]:
    """Write figures, lists, notebook, page and PDF.

    Returns what the notebook handed over, and the moments at which each step ended.
    """
    executed.metadata.papermill.output_path = f"{stem}.ipynb"
    round_ = report.inputs.round
    translate_notebook(executed, language, words_of_round(round_, language), round_.currency)
    handed_over = _write_board_figures(executed, report, work)
    for name, list_file in member_list_files(section_context(report.statement, language)).items():
        (work / name).write_bytes(list_file)
    ended = {"notebook": time.perf_counter()}
    content = notebook_bytes(f"{nbformat.writes(executed)}\n")
    (work / f"{stem}.ipynb").write_bytes(content)
    # Not from_notebook_node, which copies and reads the notebook again for each of them.
    document = read_document(executed, stem)
    page = BoardHTMLExporter().write(document)
    (work / f"{stem}.html").write_text(page, encoding="utf-8", newline="\n")
    ended["html"] = time.perf_counter()
    (work / f"{stem}.pdf").write_bytes(BoardPDFExporter().write(document))
    ended["pdf"] = time.perf_counter()
    return handed_over, ended


def _write_board_figures(executed: NotebookNode, report: ReportData, work: Path) -> dict[str, Any]:
    """Write the figures from what the notebook handed over, and return that.

    The notebook keeps the figures of figures.json, and not the lists of a large round again.
    """
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
    for name, content in figure_files(handed_over["figures"]).items():
        (work / name).write_bytes(content)
    shorten_figures(executed, split_figures(handed_over["figures"])[0])
    return handed_over
