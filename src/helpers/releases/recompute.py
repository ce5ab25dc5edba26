"""Re-adds the figures of a release from the inputs that it archived, and compares the two."""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any, NamedTuple

from helpers.data.round.archived_inputs import read_release_json
from helpers.data.round.round_inputs import load_archived_inputs
from helpers.errors import MismatchError, ReportError
from helpers.funding.figures_json.billing_json import invoice_figures
from helpers.model.parameters import ReportParams, validate_params
from helpers.releases.storage import FIGURES_JSON, LETTERS_KIND, RUN_JSON, file_hashes
from helpers.report.board_report import BoardReport
from helpers.report.letter_report import MunicipalityLetter
from helpers.system.json_text import json_text

MAX_LISTED_DIFFERENCES = 20  # differences in one message
_MAX_VALUE_LENGTH = 60  # characters of a value


def load_archived_report(run: Mapping[str, Any], folder: Path) -> BoardReport:
    """The report that a run.json tells of, on what the release in that folder archived.

    Raises ReportError or DataError where run.json does not say what was asked for, or what is
    archived cannot be read.
    """
    try:
        inputs = load_archived_inputs(folder / "inputs", str(run["parameters"]["round"]), run)
    except (LookupError, TypeError, ValueError, AttributeError) as error:
        raise ReportError(
            f"{RUN_JSON} does not say what the release was made from ({error})."
        ) from None
    given = run.get("parameters")
    given = dict(given) if isinstance(given, Mapping) else {}
    languages = given.pop("languages", None) or ["sv"]
    known = {name: value for name, value in given.items() if name in ReportParams.model_fields}
    correction = run.get("correction")
    reason = correction.get("reason") if isinstance(correction, Mapping) else None
    place = {"decisions": f"release:{folder.resolve()}", "table": "decisions", "reason": reason}
    params = validate_params(ReportParams, {"language": languages[0], **known, **place})
    return BoardReport(params, inputs)


def recompute_figures(run: Mapping[str, Any], folder: Path) -> dict[str, Any]:
    """The figures of a release, computed anew from what it archived, as JSON has them.

    Raises ReportError or DataError where that cannot be done.
    """
    return release_figures(load_archived_report(run, folder), run)


def release_figures(report: BoardReport, run: Mapping[str, Any]) -> dict[str, Any]:
    """The figures that a release of the kind of this run.json hands over, as JSON has them."""
    figures = _letters_figures(report, run) if run.get("kind") == LETTERS_KIND else report.figures
    return dict(json.loads(json_text(figures)))


def _letters_figures(report: BoardReport, run: Mapping[str, Any]) -> dict[str, Any]:
    letters = {code: MunicipalityLetter.of(report, code) for code in letter_codes(report, run)}
    return {
        "invoices": invoice_figures(report.invoice_basis),
        "letters": {code: letter.figures for code, letter in letters.items()},
    }


def letter_codes(report: BoardReport, run: Mapping[str, Any]) -> list[str]:
    """The members that a release of letters is to."""
    only = run["parameters"].get("only")
    return [code for code in report.inputs.members["code"] if not only or code in only]


def check_before_publishing(
    folder: Path, run: Mapping[str, Any], computed: Mapping[str, Any]
) -> None:
    """MismatchError where a finished release does not fit its inputs or its own run.json.

    `computed` are its figures as `readded` has them.
    """
    found = [
        one.text for one in compare_figures(read_release_json(folder / FIGURES_JSON), computed)
    ]
    if file_hashes(folder) != run["outputs"]:
        found.append("a file has changed since it was written")
    if found:
        listed = "\n".join(truncate_lines(found))
        raise MismatchError(
            f"The release was not published: it does not fit what it was made from.\n{listed}\n"
            "Run it again; if that does not help, it is a fault of funding-report: report it."
        )


def truncate_lines(lines: list[str]) -> list[str]:
    """The first lines, and how many more there are."""
    more = len(lines) - MAX_LISTED_DIFFERENCES
    return lines[:MAX_LISTED_DIFFERENCES] + ([f"… and {more} more"] if more > 0 else [])


class FigureDifference(NamedTuple):
    """One figure that is not what is computed; or one that is computed and not there at all."""

    text: str
    missing: bool = False


def compare_figures(printed: Any, computed: Any, place: str = "") -> Iterator[FigureDifference]:
    """Each figure that is not what is computed, by its place: by_year.2017, member_list.0180.fee.

    Both are plain JSON values. What stands on one side only is named once, not part by part.
    """
    if isinstance(printed, dict) and isinstance(computed, dict):
        for name in dict.fromkeys([*printed, *computed]):
            inner = f"{place}.{name}" if place else str(name)
            if name not in computed:
                yield FigureDifference(f"{inner} is not a figure that is computed")
            elif name not in printed:
                yield FigureDifference(f"{inner} is missing", missing=True)
            else:
                yield from compare_figures(printed[name], computed[name], inner)
    elif isinstance(printed, list) and isinstance(computed, list):
        if len(printed) != len(computed):
            yield FigureDifference(f"{place} has {len(printed)} entries, computed {len(computed)}")
            return
        for number, (one, other) in enumerate(zip(printed, computed, strict=True), 1):
            yield from compare_figures(one, other, f"{place}.{_entry_name(other, number)}")
    elif type(printed) is not type(computed) or printed != computed:
        yield FigureDifference(
            f"{place} is {_json_excerpt(printed)}, computed {_json_excerpt(computed)}"
        )


def _entry_name(entry: Any, number: int) -> str:
    """An entry of a list by its member, its day or else its number."""
    names = (
        [entry.get(name) for name in ("code", "day", "figure")] if isinstance(entry, dict) else []
    )
    return next((name for name in names if isinstance(name, str)), str(number))


def _json_excerpt(value: Any) -> str:
    text = json.dumps(value, ensure_ascii=False)
    return text if len(text) <= _MAX_VALUE_LENGTH else f"{text[:_MAX_VALUE_LENGTH]}…"
