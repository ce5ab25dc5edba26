"""Make the documents of a release again from its archived inputs, for comparison."""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping
from functools import partial
from hashlib import sha256
from pathlib import Path
from typing import Any

from helpers.errors import ExhaustedError, ReportError
from helpers.letters import executors
from helpers.letters.batch_files import MAIL_MERGE_FILE, shared_documents
from helpers.letters.batch_plan import new_letter_job
from helpers.letters.dispatch import dispatch_letters
from helpers.letters.job import letter_notebook, letter_stem
from helpers.maintenance.notebook_comparison import is_same_notebook
from helpers.maintenance.statement_review import is_from_before_kinds
from helpers.model.letter_kind import LETTER_KINDS
from helpers.model.long_lists import member_list_file
from helpers.notebooks.run_environment import needed_variables
from helpers.releases.manifest import RUN_SCHEMA_VERSION
from helpers.releases.provenance import code_hash, library_versions, minor_version
from helpers.releases.recompute import letter_codes, letter_kind
from helpers.releases.run_log import recorded_commit
from helpers.releases.storage import LETTERS_KIND, json_fingerprint
from helpers.releases.writing.report_documents import board_notebook, write_documents
from helpers.report.report_data import ReportData
from helpers.system.files import MAX_JSON_BYTES, read_bytes


def rebuild_documents(
    report: ReportData, run: Mapping[str, Any], work: Path
) -> Iterator[tuple[str, bytes | ReportError]]:
    """Yield each document of a release, made again in the folder `work`: its file name and bytes.

    `report` is the result of `load_archived_report`. If a document cannot be made, the error takes
    the place of its bytes. Raises ExhaustedError if the system refuses a process.
    """
    if run.get("kind") == LETTERS_KIND:
        yield from _rebuild_letters(report, run)
    else:
        yield from _rebuild_board(report, run, work)


def _rebuild_board(
    report: ReportData, run: Mapping[str, Any], work: Path
) -> Iterator[tuple[str, bytes | ReportError]]:
    for language in dict.fromkeys(run["parameters"]["languages"]):  # a thousand times the same one
        names = [f"board-report.{language}.{kind}" for kind in ("html", "pdf", "ipynb")]
        lists = member_list_file(language)
        try:
            write_documents(report, language, work, work / "failed")
        except ExhaustedError:  # it says nothing of the release
            raise
        except ReportError as error:
            yield names[0], error
            continue
        for name in [*names, *([lists] if (work / lists).exists() else [])]:
            yield name, (work / name).read_bytes()


def _rebuild_letters(
    report: ReportData, run: Mapping[str, Any]
) -> Iterator[tuple[str, bytes | ReportError]]:
    language = report.params.language
    kind = letter_kind(report, run)
    manifest = {"inputs": run["inputs"], "code": code_hash(letter_notebook(kind))}
    job = new_letter_job(report, manifest, kind)
    count = executors.available_processors()
    new_executor = partial(executors.local_executor, count, needed_variables(job.parameters()))
    for letter in dispatch_letters(job, letter_codes(report, run), new_executor):
        name = letter_stem(letter.code, language)
        if letter.error is not None and letter.exhausted:
            raise ExhaustedError(f"{name} cannot be made again: {letter.error}")
        if letter.error is not None:
            yield f"{name}.html", ReportError(letter.error)
        else:
            yield from ((f"{name}.{kind}", content) for kind, content in letter.files.items())
    shared = shared_documents(report, kind, letter_codes(report, run))
    if is_from_before_kinds(run):
        del shared[MAIL_MERGE_FILE]
    yield from shared.items()


def is_same_document(name: str, content: bytes, release: Path, run: Mapping[str, Any]) -> bool:
    """Return whether a document has the same bytes as the published one.

    Of executed notebooks of schema 1 and 2 only the content is compared: they contain the timings
    of their run.
    """
    recorded = run.get("outputs")
    if not name.endswith(".ipynb"):
        return isinstance(recorded, Mapping) and sha256(content).hexdigest() == recorded.get(name)
    try:
        published = read_bytes(release / name, MAX_JSON_BYTES)
        if run.get("schema_version") == RUN_SCHEMA_VERSION:
            return is_same_notebook(content, published, run)
        return notebook_content_hash(content) == notebook_content_hash(published)
    except (ReportError, ValueError, LookupError, TypeError, AttributeError, RecursionError):
        return False


def notebook_content_hash(notebook: bytes) -> str:
    """Return the SHA-256 of an executed notebook's cells and outputs, without its parameters."""
    cells = json.loads(notebook)["cells"]
    return json_fingerprint(
        [
            (
                cell["cell_type"],
                cell["source"],
                [output.get("data") for output in cell.get("outputs", [])],
            )
            for cell in cells
            if "injected-parameters" not in cell["metadata"].get("tags", [])
        ]
    )


def version_changes(run: Mapping[str, Any], release: Path) -> list[str]:
    """Return the changes in code and libraries since the release was made, one text each.

    Of Python only the first two parts count: a release of schema 1 or 2 states all three.
    """
    recorded_versions, current_versions = run.get("versions"), library_versions()
    recorded = dict(recorded_versions) if isinstance(recorded_versions, Mapping) else {}
    recorded |= {"python": minor_version(str(recorded.get("python", "unknown")))}
    found = [
        f"{name} {recorded.get(name, 'unknown')} then, {version} now"
        for name, version in current_versions.items()
        if recorded.get(name) != version
    ]
    found += [f"{name} then, not recorded now" for name in recorded if name not in current_versions]
    source = _source_notebook(run)
    if code_hash(source) != run.get("code"):
        commit = recorded_commit(run, release)
        version_note = f" then (commit {commit[:12]})" if commit else " then"
        found.append(f"the code or the notebook was different{version_note}")
    return found


def _source_notebook(run: Mapping[str, Any]) -> Path:
    """Return the notebook of a release; that of the letters where their kind does not exist."""
    if run.get("kind") != LETTERS_KIND:
        return board_notebook()
    parameters = run.get("parameters")
    stated = parameters.get("letter_kind") if isinstance(parameters, Mapping) else None
    return letter_notebook(next((kind for kind in LETTER_KINDS if kind == stated), "feedback"))
