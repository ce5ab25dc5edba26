"""Recompute the figures of a release from its archived inputs, and compare them."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from functools import partial
from hashlib import sha256
from pathlib import Path
from typing import Any, NamedTuple, cast

from helpers.data.round.archived_inputs import read_release_figures
from helpers.data.round.round_inputs import load_archived_inputs
from helpers.errors import MismatchError, ReportError
from helpers.funding.figures_json.billing_json import invoice_figures
from helpers.model.letter_kind import LETTER_KINDS, NAMED_KINDS, LetterKind
from helpers.model.parameters import ReportParams, validate_params
from helpers.notebooks.fork.separate_call import called_apart
from helpers.releases.figure_files import figure_files
from helpers.releases.storage import LETTERS_KIND, RUN_JSON, file_hashes
from helpers.report.correspondence.request_annex import RequestAnnex
from helpers.report.letter_classes import LETTER_CLASSES, recipients_of, unnamed_letter_kind
from helpers.report.report_data import ReportData
from helpers.system.json_text import json_text

MAX_LISTED_DIFFERENCES = 20  # differences in one message
_MAX_VALUE_LENGTH = 60  # characters of a value
# Of a register with more rows nothing is done meanwhile and nothing is kept for later: each process
# that has a million rows needs half a gigabyte.
MOST_ROWS_MEANWHILE = 200_000


def load_archived_report(run: Mapping[str, Any], folder: Path) -> ReportData:
    """Return the report with the parameters of a run.json and the inputs archived in its folder.

    Raises ReportError or DataError if run.json lacks the parameters, or if the inputs cannot be
    read.
    """
    try:
        inputs = load_archived_inputs(folder / "inputs", str(run["parameters"]["round"]), run)
    except (LookupError, TypeError, ValueError, AttributeError) as error:
        raise ReportError(
            f"{RUN_JSON} does not say what the release was made from ({error})."
        ) from None
    parameters = run.get("parameters")
    parameters = dict(parameters) if isinstance(parameters, Mapping) else {}
    languages = parameters.pop("languages", None) or ["sv"]
    known = {name: value for name, value in parameters.items() if name in ReportParams.model_fields}
    reason = _stated_reason(run.get("correction")) or _stated_reason(run.get("fewer_answers"))
    recorded_source = {
        "decisions": f"release:{folder.resolve()}",
        "table": "decisions",
        "reason": reason,
    }
    params = validate_params(ReportParams, {"language": languages[0], **known, **recorded_source})
    return ReportData(params, inputs)


def _stated_reason(entry: object) -> Any:
    return entry.get("reason") if isinstance(entry, Mapping) else None


@contextmanager
def recomputed_apart(
    report: ReportData, run: Mapping[str, Any], folder: Path, *, from_workers: bool = False
) -> Iterator[Callable[[], dict[str, str]]]:
    """Recompute the figures of a release in a separate process; the context's value waits for them.

    They are the hashes of the files with the figures, by name: the figures of a large round are
    many megabytes. `from_workers` and the errors are as in `called_apart`.
    """
    start = partial(
        called_apart, recompute_hashes, run, str(folder.resolve()), from_workers=from_workers
    )

    def start_and_wait() -> dict[str, str]:
        with start() as computed:
            return dict(computed())

    if len(report.inputs.register.rows) > MOST_ROWS_MEANWHILE:
        yield start_and_wait
        return
    with start() as computed:
        yield computed


def recompute_hashes(run: Mapping[str, Any], folder: str) -> dict[str, str]:
    """Compute the figures of a release from its archived inputs; return the hashes of their files.

    Raises ReportError or DataError as `load_archived_report` does.
    """
    return figure_hashes(_figures_of(load_archived_report(run, Path(folder)), run))


def figure_hashes(figures: Mapping[str, Any]) -> dict[str, str]:
    """Return the SHA-256 of each file with the figures of a release, by name."""
    return {name: sha256(content).hexdigest() for name, content in figure_files(figures).items()}


def recompute_figures(run: Mapping[str, Any], folder: str) -> dict[str, Any]:
    """Compute the figures of a release from its archived inputs, as plain JSON values.

    Raises ReportError or DataError as `load_archived_report` does.
    """
    return release_figures(load_archived_report(run, Path(folder)), run)


def release_figures(report: ReportData, run: Mapping[str, Any]) -> dict[str, Any]:
    """Return the content of figures.json for a report as JSON values, by the kind in run.json."""
    return dict(json.loads(json_text(_figures_of(report, run))))


def _figures_of(report: ReportData, run: Mapping[str, Any]) -> Mapping[str, Any]:
    return _letters_figures(report, run) if run.get("kind") == LETTERS_KIND else report.figures


def _letters_figures(report: ReportData, run: Mapping[str, Any]) -> dict[str, Any]:
    kind = letter_kind(report, run)
    letters = {code: LETTER_CLASSES[kind].of(report, code) for code in letter_codes(report, run)}
    return {
        **shared_letter_figures(report, kind),
        "letters": {code: letter.figures for code, letter in letters.items()},
    }


def shared_letter_figures(report: ReportData, kind: LetterKind) -> dict[str, Any]:
    """Return the figures that belong to all letters of a kind: of the annex, or the invoices."""
    if kind == "request":
        return {"annex": RequestAnnex(report).figures}
    return {} if kind in NAMED_KINDS else {"invoices": invoice_figures(report.invoice_basis)}


def letter_codes(report: ReportData, run: Mapping[str, Any]) -> list[str]:
    """Return the codes of the members that a release of letters is addressed to."""
    only = set(map(str, run["parameters"].get("only") or ()))
    recipients = recipients_of(report, letter_kind(report, run))
    return [code for code in recipients if not only or code in only]


def letter_kind(report: ReportData, run: Mapping[str, Any]) -> LetterKind:
    """Return the kind of a release's letters; a release from before there were kinds has its day's.

    Raises ReportError for a kind that does not exist.
    """
    stated = run["parameters"].get("letter_kind")
    if stated is None:
        return unnamed_letter_kind(report)
    if stated not in LETTER_KINDS:
        raise ReportError(f"{RUN_JSON} states letters of the kind {stated!r}, which do not exist.")
    return cast("LetterKind", stated)


def check_before_publishing(
    folder: Path, run: Mapping[str, Any], computed: Mapping[str, str]
) -> None:
    """Raise MismatchError if a finished release does not agree with its inputs or run.json.

    `computed` are the hashes of its figures by `recompute_hashes`. If a hash differs, the figures
    are computed again and compared one by one.
    """
    files = file_hashes(folder)
    found = []
    if computed.items() - files.items():
        figures = recompute_figures(run, str(folder))
        found = [one.text for one in compare_figures(read_release_figures(folder), figures)]
        found = found or ["its figures are written in another form"]
    if files != run["outputs"]:
        found.append("a file has changed since it was written")
    if found:
        listed = "\n".join(truncate_lines(found))
        raise MismatchError(
            f"The release was not published: it does not agree with its inputs.\n{listed}\n"
            "Run the command again. If the message returns, it is a defect in funding-report: "
            "report it."
        )


def truncate_lines(lines: list[str]) -> list[str]:
    """Return the first lines, and a line with the number of the others."""
    more = len(lines) - MAX_LISTED_DIFFERENCES
    return lines[:MAX_LISTED_DIFFERENCES] + ([f"… and {more} more"] if more > 0 else [])


class FigureDifference(NamedTuple):
    """A figure that is missing or differs from the computed one, as a text."""

    text: str
    missing: bool = False


def compare_figures(printed: Any, computed: Any, path: str = "") -> Iterator[FigureDifference]:
    """Yield the differences of two JSON values, by path: by_year.2017, member_list.0180.fee.

    A part that only one of them has is one difference, whatever it contains.
    """
    if isinstance(printed, dict) and isinstance(computed, dict):
        for name in dict.fromkeys([*printed, *computed]):
            inner = f"{path}.{name}" if path else str(name)
            if name not in computed:
                yield FigureDifference(f"{inner} is not a figure that is computed")
            elif name not in printed:
                yield FigureDifference(f"{inner} is missing", missing=True)
            else:
                yield from compare_figures(printed[name], computed[name], inner)
    elif isinstance(printed, list) and isinstance(computed, list):
        if len(printed) != len(computed):
            yield FigureDifference(f"{path} has {len(printed)} entries, computed {len(computed)}")
            return
        for number, (difference, other) in enumerate(zip(printed, computed, strict=True), 1):
            yield from compare_figures(difference, other, f"{path}.{_entry_name(other, number)}")
    elif type(printed) is not type(computed) or printed != computed:
        yield FigureDifference(
            f"{path} is {_json_excerpt(printed)}, computed {_json_excerpt(computed)}"
        )


def _entry_name(entry: Any, number: int) -> str:
    """Return the name of a list's entry: its member, its day, or its number."""
    names = (
        [entry.get(name) for name in ("code", "day", "figure")] if isinstance(entry, dict) else []
    )
    return next((name for name in names if isinstance(name, str)), str(number))


def _json_excerpt(value: Any) -> str:
    text = json.dumps(value, ensure_ascii=False)
    return text if len(text) <= _MAX_VALUE_LENGTH else f"{text[:_MAX_VALUE_LENGTH]}…"
