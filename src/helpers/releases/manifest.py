"""The content of run.json: the inputs, the code and the key figures of a release."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import asdict
from pathlib import Path
from typing import Any

from helpers.data.round.archived_inputs import to_row_ranges
from helpers.funding.figures_json.json_values import json_number
from helpers.funding.figures_json.tally_json import tally_figures
from helpers.i18n.localizer import Localizer
from helpers.model.localized_text import Language
from helpers.releases.provenance import code_hash, library_versions
from helpers.releases.storage import json_fingerprint
from helpers.report.report_data import ReportData
from helpers.sections.pricing.wording_choice import section_context

RUN_SCHEMA_VERSION = 3
KEY_FIELDS = ("kind", "parameters", "inputs", "code", "versions")
# They do not decide what a report contains, so they must not make the same request another release.
_PARAMETERS_OUTSIDE_KEY = {"language", "replaces", "reason"}


def release_manifest(
    report: ReportData,
    kind: str,
    notebook: Path,
    languages: Sequence[Language],
    parameters: Mapping[str, Any],
    omitted: Sequence[str] = (),
) -> dict[str, Any]:
    """Return the content of run.json before the notebook runs; see its two parts."""
    basis = release_basis(report, kind, notebook, parameters, omitted)
    return {**basis, **report_facts(report, languages)}


def release_basis(
    report: ReportData,
    kind: str,
    notebook: Path,
    parameters: Mapping[str, Any],
    omitted: Sequence[str] = (),
) -> dict[str, Any]:
    """Return the part of run.json on inputs, code and parameters, which needs no statement.

    `key` is the hash of everything that determines the release. `parameters` are added to those of
    the report, `omitted` are left out.
    """
    report_parameters = report.params.model_dump(
        mode="json", exclude={*_PARAMETERS_OUTSIDE_KEY, *omitted}
    )
    if report.params.decisions:
        report_parameters["decisions"] = (
            report.inputs.register.table.file
        )  # the file's name only: a path or an address could contain a password
    key_content = {
        "kind": kind,
        "parameters": {**report_parameters, **parameters},
        "inputs": report.inputs.hashes(),
        "code": code_hash(notebook),
        "versions": library_versions(),
    }
    return {
        "schema_version": RUN_SCHEMA_VERSION,
        "key": json_fingerprint(key_content),
        **key_content,
        "register_rows": to_row_ranges(report.inputs.register.rows.index),
        "register_unread": list(report.inputs.register.table.unread),
        "register_remarks": [asdict(one) for one in report.inputs.register.source_remarks],
        **_sheets_entry(report),
    }


def report_facts(report: ReportData, languages: Sequence[Language]) -> dict[str, Any]:
    """Return the part of run.json on the report: rows, headlines, key figures, correction."""
    return {
        "reconstructed": report.statement.reconstructed,
        "rows": report.statement.quality.accounting,
        "correction": _correction_entry(report),
        "headlines": _headlines_by_language(report, languages),
        "summary": _index_summary(report, languages),
        **_brand_entry(report),
    }


def _brand_entry(report: ReportData) -> dict[str, Any]:
    """The colours and the typeface of the mail, where the round has its own."""
    look = report.look.as_stored()
    kept = {name: look[name] for name in ("colours", "typeface") if name in look}
    return {"brand": kept} if kept else {}


def manifest_key(run: dict[str, Any]) -> str:
    """Compute the key from the fields of a run.json."""
    return json_fingerprint({name: run.get(name) for name in KEY_FIELDS})


def _sheets_entry(report: ReportData) -> dict[str, list[str]]:
    """The sheets that were read as one table, by which the numbers of rows are understood."""
    sheets = report.inputs.register.table.sheets
    return {"register_sheets": list(sheets)} if sheets else {}


def _correction_entry(report: ReportData) -> dict[str, str | None] | None:
    replaced = report.inputs.previous_release
    if replaced is None:
        return None
    return {"replaces": replaced.release, "reason": report.params.reason}


def _headlines_by_language(report: ReportData, languages: Sequence[Language]) -> dict[str, str]:
    statement = report.statement
    return {
        language: section_context(statement, language).wording.headline() for language in languages
    }


def _index_summary(report: ReportData, languages: Sequence[Language]) -> dict[str, Any]:
    """Return the key figures for the index of releases, which reads only run.json.

    `share` is of the requested amount, or of all inhabitants if members share a cost; `share_of`
    states which.
    """
    statement, figures = report.statement, tally_figures(report.statement.total)
    headline_share = statement.headline_share
    counted = ("members", "answered", "yes", "no", "funded", "requested")
    titles = {
        language: Localizer.for_round(statement.round, language).text(statement.round.title)
        for language in languages
    }
    return {
        "title": titles,
        "as_of": statement.as_of.isoformat(),
        "known_on": statement.known_on.isoformat(),
        "currency": statement.round.currency,
        **{name: figures[name] for name in counted},
        "share": json_number(headline_share.share),
        "share_of": headline_share.of,
    }
