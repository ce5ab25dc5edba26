"""What run.json says of a release: what it was made from, by what, and its few key figures."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

from helpers.data.round.archived_inputs import to_row_ranges
from helpers.funding.figures_json.tally_json import tally_figures
from helpers.i18n.localizer import Localizer
from helpers.model.localized_text import Language
from helpers.releases.provenance import code_hash, git_state, library_versions
from helpers.releases.storage import json_fingerprint
from helpers.report.board_report import BoardReport
from helpers.sections.board.status.headline import headline_text
from helpers.sections.components.section_context import SectionContext

RUN_SCHEMA_VERSION = 2
KEY_FIELDS = ("kind", "parameters", "inputs", "code", "versions")
# What is not asked for but found: the same report asked for again is the same report.
_DERIVED_PARAMETERS = {"language", "replaces", "reason"}


def release_manifest(
    report: BoardReport,
    kind: str,
    notebook: Path,
    languages: Sequence[Language],
    parameters: Mapping[str, Any],
    without: Sequence[str] = (),
) -> dict[str, Any]:
    """What run.json says before anything has run; `key` stands for all that decides the result.

    `parameters` are added to those of the report, `without` are left out.
    """
    given = report.params.model_dump(mode="json", exclude={*_DERIVED_PARAMETERS, *without})
    if report.params.decisions:
        given["decisions"] = report.inputs.register.table.file  # never a path or a password
    decides = {
        "kind": kind,
        "parameters": {**given, **parameters},
        "inputs": report.inputs.hashes(),
        "code": code_hash(notebook),
        "versions": library_versions(),
    }
    return {
        "schema_version": RUN_SCHEMA_VERSION,
        "key": json_fingerprint(decides),
        **decides,
        "git": git_state(),
        "register_rows": to_row_ranges(report.inputs.register.rows.index),
        **report_facts(report, languages),
    }


def report_facts(report: BoardReport, languages: Sequence[Language]) -> dict[str, Any]:
    """What run.json says of the report itself: rows, headlines, key figures, what it replaces."""
    return {
        "reconstructed": report.statement.reconstructed,
        "rows": report.statement.quality.accounting,
        "correction": _correction_entry(report),
        "headlines": _headlines_by_language(report, languages),
        "summary": _index_summary(report, languages),
    }


def manifest_key(run: dict[str, Any]) -> str:
    """The key that fits what a run.json says decided the result."""
    return json_fingerprint({name: run.get(name) for name in KEY_FIELDS})


def _correction_entry(report: BoardReport) -> dict[str, str | None] | None:
    replaced = report.inputs.replaced
    if replaced is None:
        return None
    return {"replaces": replaced.release, "reason": report.params.reason}


def _headlines_by_language(report: BoardReport, languages: Sequence[Language]) -> dict[str, str]:
    statement = report.statement
    return {one: headline_text(SectionContext.of(statement, one)) for one in languages}


def _index_summary(report: BoardReport, languages: Sequence[Language]) -> dict[str, Any]:
    """What an index of the releases shows, so that it need read nothing but run.json.

    `share` is of the requested amount, or of all inhabitants where they share a cost: `share_of`.
    """
    statement, figures = report.statement, tally_figures(report.statement.total)
    shared = statement.price is not None
    counted = ("members", "answered", "yes", "no", "funded", "requested")
    titles = {
        one: Localizer.of(statement.round, one).text(statement.round.title) for one in languages
    }
    return {
        "title": titles,
        "as_of": statement.as_of.isoformat(),
        "known_on": statement.known_on.isoformat(),
        "currency": statement.round.currency,
        **{name: figures[name] for name in counted},
        "share": figures["yes_population_share" if shared else "funded_share"],
        "share_of": "inhabitants" if shared else "amount",
    }
