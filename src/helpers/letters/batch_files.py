"""The files of a batch of letters: written one by one, read again by a run that continues."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import nbformat

from helpers.documents.document import read_hand_over
from helpers.documents.invoice_files import invoice_files
from helpers.funding.figures_json.billing_json import invoice_figures
from helpers.letters.job import (
    LETTER_FILE_TYPES,
    LetterResult,
    letter_stem,
)
from helpers.model.localized_text import Language
from helpers.releases.recompute import recompute_figures
from helpers.report.board_report import BoardReport
from helpers.system.files import atomic_write
from helpers.system.json_text import json_text


def has_letter(work: Path, code: str, language: Language) -> bool:
    """Whether all files of a letter are there; the last type is written last."""
    return (work / f"{letter_stem(code, language)}.{LETTER_FILE_TYPES[-1]}").exists()


def write_letter_files(letter: LetterResult, work: Path, language: Language) -> None:
    """Write a letter's files; the last one, which tells that all are there, comes last."""
    for kind in LETTER_FILE_TYPES:
        atomic_write(work / f"{letter_stem(letter.code, language)}.{kind}", letter.files[kind])


def kept_letters_sentence(work: Path) -> str:
    """A sentence on the letters that there are already; blank where there are none."""
    there = len(list(work.glob(f"*.{LETTER_FILE_TYPES[-1]}")))
    few = {0: "", 1: "The one that is done is kept. "}
    return few.get(there, f"The {there} that are done are kept. ")


def write_shared_files(report: BoardReport, about: dict[str, Any], work: Path) -> dict[str, Any]:
    """What lies beside the letters: the invoice basis, and what all was computed from.

    Returns the figures that this gives anew (see readding). It is done while workers get ready.
    """
    (work / "inputs").mkdir(exist_ok=True)
    files = invoice_files(report, report.params.language)
    inputs = report.inputs.archive()
    for name, content in (files | {f"inputs/{n}": t.encode() for n, t in inputs.items()}).items():
        atomic_write(work / name, content)
    return recompute_figures(about, work)


def write_letter_figures(
    report: BoardReport, codes: list[str], known: dict[str, dict[str, Any]], work: Path
) -> None:
    """Write the figures of all: `known` are the new letters', an earlier run's tell their own."""
    language = report.params.language
    letters = {
        code: known.get(code) or _read_letter_figures(work / f"{letter_stem(code, language)}.ipynb")
        for code in codes
    }
    figures = {"invoices": invoice_figures(report.invoice_basis), "letters": letters}
    atomic_write(work / "figures.json", json_text(figures).encode())


def _read_letter_figures(path: Path) -> dict[str, Any]:
    """What a letter's notebook handed over."""
    handed = read_hand_over(nbformat.from_dict(json.loads(path.read_bytes()))) or {}
    return dict(handed["figures"])
