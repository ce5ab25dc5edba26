"""Makes the documents of a release anew from what it archived, to compare them with its own."""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping
from functools import partial
from hashlib import sha256
from pathlib import Path
from typing import Any

from helpers.documents.invoice_files import invoice_files
from helpers.errors import ReportError
from helpers.letters import executors
from helpers.letters.batch import new_letter_job
from helpers.letters.dispatch import dispatch_letters
from helpers.letters.job import letter_notebook, letter_stem
from helpers.releases.board_release import board_notebook, write_documents
from helpers.releases.provenance import code_hash, library_versions
from helpers.releases.recompute import letter_codes
from helpers.releases.storage import LETTERS_KIND, json_fingerprint
from helpers.report.board_report import BoardReport


def rebuild_documents(
    report: BoardReport, run: Mapping[str, Any], work: Path
) -> Iterator[tuple[str, bytes | ReportError]]:
    """Each document of a release by its file name, made anew; `work` is a folder to make them in.

    `report` is what readding.archived_report gives. A document that cannot be made is an error.
    """
    if run.get("kind") == LETTERS_KIND:
        yield from _rebuild_letters(report, run)
    else:
        yield from _rebuild_board(report, run, work)


def _rebuild_board(
    report: BoardReport, run: Mapping[str, Any], work: Path
) -> Iterator[tuple[str, bytes | ReportError]]:
    for language in run["parameters"]["languages"]:
        names = [f"board-report.{language}.{kind}" for kind in ("html", "pdf", "ipynb")]
        try:
            write_documents(report, language, board_notebook(), work, work / "failed")
        except ReportError as error:
            yield names[0], error
            continue
        for name in names:
            yield name, (work / name).read_bytes()


def _rebuild_letters(
    report: BoardReport, run: Mapping[str, Any]
) -> Iterator[tuple[str, bytes | ReportError]]:
    language = report.params.language
    order = new_letter_job(report, {"inputs": run["inputs"], "code": code_hash(letter_notebook())})
    places = partial(executors.local_executor, executors.available_processors())
    for letter in dispatch_letters(order, letter_codes(report, run), places):
        name = letter_stem(letter.code, language)
        if letter.error is not None:
            yield f"{name}.html", ReportError(letter.error)
        else:
            yield from ((f"{name}.{kind}", content) for kind, content in letter.files.items())
    yield from invoice_files(report, language).items()


def is_same_document(name: str, content: bytes, release: Path, recorded: Mapping[str, str]) -> bool:
    """Whether a document made anew is the one that was published.

    To the byte; of an executed notebook, what it says: the timings in it are of its own run.
    """
    if not name.endswith(".ipynb"):
        return sha256(content).hexdigest() == recorded.get(name)
    try:
        return notebook_content_hash(content) == notebook_content_hash(
            (release / name).read_bytes()
        )
    except (OSError, ValueError, LookupError, TypeError, AttributeError):
        return False


def notebook_content_hash(notebook: bytes) -> str:
    """The SHA-256 of what an executed notebook says: its cells and outputs, parameters aside."""
    cells = json.loads(notebook)["cells"]
    return json_fingerprint(
        [
            (
                cell["cell_type"],
                cell["source"],
                [one.get("data") for one in cell.get("outputs", [])],
            )
            for cell in cells
            if "injected-parameters" not in cell["metadata"].get("tags", [])
        ]
    )


def version_changes(run: Mapping[str, Any]) -> list[str]:
    """What of the code and the libraries is another than when the release was made."""
    then, now = run.get("versions"), library_versions()
    then = then if isinstance(then, Mapping) else {}
    found = [
        f"{name} {then.get(name, 'unknown')} then, {version} now"
        for name, version in now.items()
        if then.get(name) != version
    ]
    source = letter_notebook() if run.get("kind") == LETTERS_KIND else board_notebook()
    if code_hash(source) != run.get("code"):
        git = run.get("git")
        commit = git.get("commit") if isinstance(git, Mapping) else None
        at = f" then (commit {str(commit)[:12]})" if commit else " then"
        found.append(f"the code or the notebook was another{at}")
    return found
