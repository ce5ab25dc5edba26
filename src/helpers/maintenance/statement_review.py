"""Check what run.json states: each key is computed again from the archived inputs."""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any

from helpers.errors import ReportError
from helpers.letters.batch_files import MAIL_MERGE_FILE
from helpers.letters.batch_plan import letters_manifest
from helpers.maintenance.verdict import possible_cause
from helpers.model.languages import known_languages
from helpers.model.localized_text import Language
from helpers.releases.board_release import board_manifest
from helpers.releases.manifest import RUN_SCHEMA_VERSION, report_facts
from helpers.releases.recompute import compare_figures, letter_kind
from helpers.releases.storage import LETTERS_KIND, RUN_JSON
from helpers.report.report_data import ReportData
from helpers.sections.board.status.report_brief import brief_texts
from helpers.sections.pricing.wording_choice import section_context
from helpers.system.json_text import json_text

SCHEMA_WITH_FACTS = 2  # the first whose run.json has rows, headlines and key figures
# Compared elsewhere: the files, and what is stated of the code (`version_changes`).
_COMPARED_ELSEWHERE = ("outputs", "code", "versions", "key")
_FEWER_ANSWERS_KEYS = {"release", "answered", "register", "reason"}


def review_statements(
    report: ReportData, run: Mapping[str, Any], release: Path, changes: list[str]
) -> Iterator[str]:
    """Yield each statement of run.json that the archived inputs do not give.

    `report` is the result of `load_archived_report`, `changes` that of `version_changes`. Of an
    older schema only the facts that it has are compared, of schema 1 nothing.
    """
    if run.get("schema_version") != RUN_SCHEMA_VERSION:
        if not changes:
            yield (
                f"{RUN_JSON}: schema_version is {json.dumps(run.get('schema_version'))[:40]}, but "
                f"the version that made it writes {RUN_SCHEMA_VERSION}."
            )
        if run.get("schema_version") == SCHEMA_WITH_FACTS:
            languages = list(run["headlines"]) if isinstance(run.get("headlines"), Mapping) else []
            yield from _differences(run, report_facts(report, languages), changes, complete=False)
        return
    try:
        expected = _expected_statements(report, run, release)
    except (LookupError, TypeError, ValueError, AttributeError, ReportError) as error:
        yield f"{RUN_JSON} does not say how the release was made ({type(error).__name__}: {error})."
        return
    yield from _differences(run, expected, changes, complete=True)
    yield from _review_fewer_answers(run.get("fewer_answers"), report)


def _differences(
    run: Mapping[str, Any], expected: Mapping[str, Any], changes: list[str], *, complete: bool
) -> Iterator[str]:
    """Yield the differences; `complete` if `expected` has every key that run.json may have."""
    skipped = {*_COMPARED_ELSEWHERE, "fewer_answers"}
    stated = {
        name: value
        for name, value in run.items()
        if name not in skipped and (complete or name in expected)
    }
    for difference in compare_figures(stated, expected):
        yield f"{RUN_JSON}: {difference.text}.{possible_cause(changes)}"


def is_from_before_kinds(run: Mapping[str, Any]) -> bool:
    """Return whether letters are from before there were kinds, and lists for a mail merge."""
    outputs = run.get("outputs")
    has_list = isinstance(outputs, Mapping) and MAIL_MERGE_FILE in outputs
    return "letter_kind" not in run["parameters"] and not has_list


def _expected_statements(
    report: ReportData, run: Mapping[str, Any], release: Path
) -> dict[str, Any]:
    """Return what run.json states, by the release's inputs; without what is compared elsewhere."""
    language_of_draft = _draft_language(release)
    if run.get("kind") == LETTERS_KIND:
        language = language_of_draft or report.inputs.round.languages[0]
        only = run["parameters"].get("only") if language_of_draft else None
        content = letters_manifest(_in_language(report, language), letter_kind(report, run), only)
        if is_from_before_kinds(run):
            del content["parameters"]["letter_kind"]
    else:
        languages = [language_of_draft] if language_of_draft else report.inputs.round.languages
        content = board_manifest(report, languages)
        content["briefs"] = {
            language: brief_texts(section_context(report.statement, language), report.receivables)
            for language in languages
        }
    content["parameters"] |= _unarchived_parameters(run["parameters"], report)
    found = json.loads(json_text(content))
    return {name: value for name, value in found.items() if name not in _COMPARED_ELSEWHERE}


def _draft_language(release: Path) -> Language | None:
    """Return the language of a draft by its folder's name; None for a release."""
    name = release.resolve().name
    return next((one for one in known_languages() if name.endswith(f"-draft-{one}")), None)


def _in_language(report: ReportData, language: Language) -> ReportData:
    return ReportData(report.params.model_copy(update={"language": language}), report.inputs)


def _unarchived_parameters(stated: Mapping[str, Any], report: ReportData) -> dict[str, Any]:
    """Return the parameters that name the register's source, which a release does not archive.

    `decisions` is null for the round's own register, otherwise the name of the file.
    """
    file, table = report.inputs.register.table.file, stated.get("table")
    return {
        "decisions": None if stated.get("decisions") is None else file,
        "table": table if isinstance(table, str) else "decisions",
    }


def _review_fewer_answers(entry: Any, report: ReportData) -> Iterator[str]:
    """Check the form of the entry on an earlier release, whose count is not in this one."""
    if entry is None:
        return
    counted = report.statement.total.answered
    fits = (
        isinstance(entry, Mapping)
        and {*entry} == _FEWER_ANSWERS_KEYS
        and type(entry["answered"]) is int
        and entry["answered"] > counted
        and all(isinstance(entry[name], str) for name in ("release", "register", "reason"))
    )
    if not fits:
        yield (
            f"{RUN_JSON}: fewer_answers does not name a release with more answers than the "
            f"{counted} of this one, and a reason."
        )
