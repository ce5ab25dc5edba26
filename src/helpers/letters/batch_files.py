"""Write the files of a batch of letters, and read those of a run that was stopped."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import nbformat

from helpers.documents.document import read_hand_over
from helpers.documents.invoice_files import invoice_files
from helpers.funding.figures_json.billing_json import invoice_figures
from helpers.letters.job import LETTER_FILE_TYPES, LetterResult, letter_stem
from helpers.model.localized_text import Language
from helpers.report.board_report import BoardReport
from helpers.system.files import atomic_write
from helpers.system.json_text import json_text


def has_letter(work: Path, code: str, language: Language) -> bool:
    """Return whether all files of a letter exist.

    Only the type that is written last is looked for.
    """
    return (work / f"{letter_stem(code, language)}.{LETTER_FILE_TYPES[-1]}").exists()


def write_letter_files(letter: LetterResult, work: Path, language: Language) -> None:
    """Write a letter's files in the order of LETTER_FILE_TYPES, on which `has_letter` relies."""
    for kind in LETTER_FILE_TYPES:
        atomic_write(work / f"{letter_stem(letter.code, language)}.{kind}", letter.files[kind])


def kept_letters_sentence(work: Path) -> str:
    """Return a sentence on the letters that are finished; '' if there are none."""
    finished = len(list(work.glob(f"*.{LETTER_FILE_TYPES[-1]}")))
    sentences = {0: "", 1: "The letter that is finished is kept. "}
    return sentences.get(finished, f"The {finished} letters that are finished are kept. ")


def write_inputs(report: BoardReport, work: Path) -> None:
    """Write the inputs of the letters, from which their figures are recomputed."""
    (work / "inputs").mkdir(exist_ok=True)
    for name, content in report.inputs.archived_files().items():
        atomic_write(work / "inputs" / name, content)


def write_invoice_files(report: BoardReport, work: Path) -> None:
    """Write the invoice basis."""
    for name, content in invoice_files(report, report.params.language).items():
        atomic_write(work / name, content)


def write_letter_figures(
    report: BoardReport, codes: list[str], known: dict[str, dict[str, Any]], work: Path
) -> None:
    """Write figures.json with the figures of the invoices and of every letter.

    `known` has the figures of the letters that this run made, by code. Those of letters from a
    stopped run are read from their notebooks.
    """
    language = report.params.language
    letters = {
        code: known.get(code) or _read_letter_figures(work / f"{letter_stem(code, language)}.ipynb")
        for code in codes
    }
    figures = {"invoices": invoice_figures(report.invoice_basis), "letters": letters}
    atomic_write(work / "figures.json", json_text(figures).encode())


def _read_letter_figures(path: Path) -> dict[str, Any]:
    """Return the figures that a letter's executed notebook handed over."""
    handed_over = read_hand_over(nbformat.from_dict(json.loads(path.read_bytes()))) or {}
    return dict(handed_over["figures"])
