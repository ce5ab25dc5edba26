"""Makes the documents of a release anew from what it archived, to compare them with its own."""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping
from functools import partial
from hashlib import sha256
from pathlib import Path
from typing import Any

from helpers.errors import ReportError
from helpers.publish import workers
from helpers.publish.archive import fingerprint
from helpers.publish.asking import ask_for
from helpers.publish.batch import order_of
from helpers.publish.invoice_files import invoice_files
from helpers.publish.letters import notebook, stem
from helpers.publish.provenance import code_hash, versions
from helpers.publish.readding import LETTERS, codes_of
from helpers.publish.render import board_notebook, make_documents
from helpers.report import BoardReport


def rebuilt(
    report: BoardReport, run: Mapping[str, Any], work: Path
) -> Iterator[tuple[str, bytes | ReportError]]:
    """Each document of a release by its file name, made anew; `work` is a folder to make them in.

    `report` is what readding.archived_report gives. A document that cannot be made is an error.
    """
    if run.get("kind") == LETTERS:
        yield from _letters(report, run)
    else:
        yield from _board(report, run, work)


def _board(
    report: BoardReport, run: Mapping[str, Any], work: Path
) -> Iterator[tuple[str, bytes | ReportError]]:
    for language in run["parameters"]["languages"]:
        names = [f"board-report.{language}.{kind}" for kind in ("html", "pdf", "ipynb")]
        try:
            make_documents(report, language, board_notebook(), work, work / "failed")
        except ReportError as error:
            yield names[0], error
            continue
        for name in names:
            yield name, (work / name).read_bytes()


def _letters(
    report: BoardReport, run: Mapping[str, Any]
) -> Iterator[tuple[str, bytes | ReportError]]:
    language = report.params.language
    order = order_of(report, {"inputs": run["inputs"], "code": code_hash(notebook())})
    places = partial(workers.local, workers.processors())
    for letter in ask_for(order, codes_of(report, run), places):
        name = stem(letter.code, language)
        if letter.error is not None:
            yield f"{name}.html", ReportError(letter.error)
        else:
            yield from ((f"{name}.{kind}", content) for kind, content in letter.files.items())
    yield from invoice_files(report, language).items()


def same(name: str, content: bytes, release: Path, recorded: Mapping[str, str]) -> bool:
    """Whether a document made anew is the one that was published.

    To the byte; of an executed notebook, what it says: the timings in it are of its own run.
    """
    if not name.endswith(".ipynb"):
        return sha256(content).hexdigest() == recorded.get(name)
    try:
        return shown_in(content) == shown_in((release / name).read_bytes())
    except (OSError, ValueError, LookupError, TypeError, AttributeError):
        return False


def shown_in(notebook: bytes) -> str:
    """The SHA-256 of what an executed notebook says: its cells and outputs, parameters aside."""
    cells = json.loads(notebook)["cells"]
    return fingerprint(
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


def made_otherwise(run: Mapping[str, Any]) -> list[str]:
    """What of the code and the libraries is another than when the release was made."""
    then, now = run.get("versions"), versions()
    then = then if isinstance(then, Mapping) else {}
    found = [
        f"{name} {then.get(name, 'unknown')} then, {version} now"
        for name, version in now.items()
        if then.get(name) != version
    ]
    source = notebook() if run.get("kind") == LETTERS else board_notebook()
    if code_hash(source) != run.get("code"):
        git = run.get("git")
        commit = git.get("commit") if isinstance(git, Mapping) else None
        at = f" then (commit {str(commit)[:12]})" if commit else " then"
        found.append(f"the code or the notebook was another{at}")
    return found
