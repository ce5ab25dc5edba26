"""Write the files of a batch of letters, and read those of a run that was stopped."""

from __future__ import annotations

import json
from collections.abc import Sequence
from pathlib import Path
from typing import Any

import nbformat

from helpers.documents.annex_files import annex_files
from helpers.documents.document import read_hand_over
from helpers.documents.invoice_files import invoice_csv, invoice_files
from helpers.letters.job import LETTER_FILE_TYPES, LetterJob, LetterResult, letter_stem
from helpers.model.letter_kind import NAMED_KINDS, LetterKind
from helpers.model.localized_text import Language
from helpers.releases.recompute import shared_letter_figures
from helpers.report.letter_classes import LETTER_CLASSES
from helpers.report.report_data import ReportData
from helpers.sections.letter.kinds.mail_merge_sheet import mail_merge_sheet
from helpers.sections.pricing.wording_choice import section_context
from helpers.system.files import atomic_write
from helpers.system.json_text import json_text

MAIL_MERGE_FILE = "mail-merge.csv"


def has_letter(work: Path, code: str, language: Language) -> bool:
    """Return whether all files of a letter exist.

    Only the type that is written last is looked for.
    """
    return (work / f"{letter_stem(code, language)}.{LETTER_FILE_TYPES[-1]}").exists()


def is_letter_file(path: Path) -> bool:
    """Return whether a file is one of a letter's: the annex is a page, too, without a notebook."""
    return path.with_suffix(f".{LETTER_FILE_TYPES[-1]}").exists()


def write_letter_files(letter: LetterResult, work: Path, language: Language) -> None:
    """Write a letter's files in the order of LETTER_FILE_TYPES, on which `has_letter` relies."""
    for kind in LETTER_FILE_TYPES:
        atomic_write(work / f"{letter_stem(letter.code, language)}.{kind}", letter.files[kind])


def kept_letters_sentence(work: Path) -> str:
    """Return a sentence on the letters that are finished; '' if there are none."""
    finished = len(list(work.glob(f"*.{LETTER_FILE_TYPES[-1]}")))
    sentences = {0: "", 1: "The letter that is finished is kept. "}
    return sentences.get(finished, f"The {finished} letters that are finished are kept. ")


def shared_documents(
    report: ReportData, kind: LetterKind, codes: Sequence[str]
) -> dict[str, bytes]:
    """Return the files that belong to all letters of a kind: annex or invoices, and the mail merge.

    `codes` are the members that are written to.
    """
    language: Language = report.params.language
    files: dict[str, bytes] = {}
    if kind == "request":
        files = annex_files(report, language)
    elif kind not in NAMED_KINDS:
        files = invoice_files(report, language)
    attached = [name for name in files if name.endswith(".pdf")]
    sheet = mail_merge_sheet(section_context(report.statement, language), kind, codes, attached)
    return {**files, MAIL_MERGE_FILE: invoice_csv(sheet)}


def write_inputs(report: ReportData, work: Path) -> None:
    """Write the inputs of the letters, from which their figures are recomputed."""
    (work / "inputs").mkdir(exist_ok=True)
    for name, content in report.inputs.archived_files().items():
        atomic_write(work / "inputs" / name, content)


def write_shared_files(
    report: ReportData, manifest: dict[str, Any], codes: Sequence[str], work: Path
) -> None:
    """Write the documents that belong to all letters."""
    files = shared_documents(report, manifest["parameters"]["letter_kind"], codes)
    for name, content in files.items():
        atomic_write(work / name, content)


def write_letter_figures(
    report: ReportData,
    job: LetterJob,
    codes: list[str],
    known: dict[str, dict[str, Any]],
    work: Path,
) -> None:
    """Write figures.json with the figures of the annex or the invoices, and of every letter.

    `known` has the figures of the letters that this run made, by code. Those of letters from a
    stopped run are read from their notebooks.
    """
    letters = {
        code: known.get(code) or _read_letter_figures(report, job, code, work) for code in codes
    }
    figures = {**shared_letter_figures(report, job.kind), "letters": letters}
    atomic_write(work / "figures.json", json_text(figures).encode())


def _read_letter_figures(
    report: ReportData, job: LetterJob, code: str, work: Path
) -> dict[str, Any]:
    """Return the figures that a letter's executed notebook handed over.

    A notebook's file has its keys sorted: equal figures are returned in their own order, so that
    figures.json is the same as if no run had been stopped.
    """
    path = work / f"{letter_stem(code, job.language)}.ipynb"
    handed_over = read_hand_over(nbformat.from_dict(json.loads(path.read_bytes()))) or {}
    found = dict(handed_over["figures"])
    computed = json.loads(json_text(LETTER_CLASSES[job.kind].of(report, code).figures))
    return dict(computed) if computed == found else found
