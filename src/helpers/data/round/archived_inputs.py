"""Read a release's archived inputs, and the answers of a release that a new one replaces."""

from __future__ import annotations

import json
import os
from collections.abc import Iterable, Mapping
from dataclasses import replace
from itertools import chain, islice
from pathlib import Path
from typing import Any

import pandas as pd
from pydantic import ValidationError

from helpers.data.readers.table_reader import read_table
from helpers.data.round.round_config import load_round
from helpers.errors import Problem, ReportError
from helpers.model.answer_register import SourceTable
from helpers.model.funding_round import Round
from helpers.model.long_lists import FIGURES_JSON, LISTS_IN, LONG_LISTS_JSON, joined_figures
from helpers.model.previous_release import PreviousRelease
from helpers.system.environment import ENVIRONMENT_PREFIX
from helpers.system.files import MAX_JSON_BYTES, read_bytes
from helpers.system.json_text import StrictJsonError, strict_json

RELEASE_SCHEME = "release:"  # prefix of `decisions` if all inputs come from a release
PREVIOUS_RELEASE_FILE = "replaced.json"
_PREVIOUS_FIGURE_KEYS = ("as_of", "known_on", "answered", "yes", "no", "funded", "corrected")
_PREVIOUS_ANSWER_KEYS = ("code", "decision", "secured")


def archived_release_folder(where: str | None) -> Path | None:
    """Return the release that `decisions` names as "release:PATH", or None.

    `decisions` may be "env:NAME" with such a value.
    """
    address = where or ""
    if address.startswith(ENVIRONMENT_PREFIX):
        address = os.environ.get(address.removeprefix(ENVIRONMENT_PREFIX), "")
    return (
        Path(address.removeprefix(RELEASE_SCHEME)) if address.startswith(RELEASE_SCHEME) else None
    )


def read_release_json(path: Path) -> dict[str, Any]:
    """Read a release's JSON file strictly (`strict_json`).

    Raises ReportError if it is missing, too large, or not a JSON object.
    """
    try:
        content = strict_json(read_bytes(path, MAX_JSON_BYTES))
    except StrictJsonError as error:
        raise ReportError(f"{path} is not valid: {error}.") from None
    except ValueError:
        content = None
    if not isinstance(content, dict):
        raise ReportError(f"{path} is not a JSON object. Is it the file of a release?")
    return content


def read_release_figures(folder: Path) -> dict[str, Any]:
    """Read all figures of a release; those of a large round are in two files.

    Raises ReportError as `read_release_json` does, and if the two do not belong together.
    """
    figures = read_release_json(folder / FIGURES_JSON)
    if LISTS_IN not in figures:
        return figures
    lists = read_release_json(folder / LONG_LISTS_JSON)
    try:
        return joined_figures(figures, lists)
    except (LookupError, TypeError):
        raise ReportError(
            f"{LONG_LISTS_JSON} does not have the lists of {FIGURES_JSON}. "
            f"Look at it with `funding-report verify {folder}`."
        ) from None


def load_archived_round(inputs: Path, name: str) -> Round:
    """Load the round that a release archived, with its members' file in the same folder."""
    found = load_round(inputs, name, archived=True)
    return found.model_copy(update={"members": Path(found.members).name})


def load_archived_table(inputs: Path, run: Mapping[str, Any]) -> SourceTable:
    """Load the register that a release archived, with its original name and row numbers.

    Raises ReportError if `run`, the release's run.json, does not have them.
    """
    table = read_table(str(inputs / "decisions.csv"))
    rows = table.rows
    try:
        numbers = list(expand_row_ranges(run.get("register_rows", []), len(rows)))
        recorded = run["inputs"]["decisions"]
        file, sha256 = recorded["file"], recorded["sha256"]
        unread = tuple(map(str, run.get("register_unread", [])))
        sheets = tuple(map(str, run.get("register_sheets", [])))
        remarks = tuple(Problem(**remark) for remark in run.get("register_remarks", []))
    except (LookupError, TypeError, ValueError) as error:
        raise ReportError(
            f"run.json does not say what the release was made from ({error}). "
            f"Look at it with `funding-report verify {inputs.parent}`."
        ) from None
    if len(numbers) == len(rows):
        rows = rows.set_axis(pd.Index(numbers, dtype="int64"), axis=0)
    source = replace(table, file=file, sha256=sha256, unread=unread, remarks=remarks)
    return replace(source, rows=rows, sheets=sheets, sheets_stated=True)


def to_row_ranges(numbers: Iterable[int]) -> list[list[int]]:
    """Return row numbers as ranges of [first, last]: 2, 3, 5 is [[2, 3], [5, 5]]."""
    ranges: list[list[int]] = []
    for number in map(int, numbers):
        if ranges and number == ranges[-1][1] + 1:
            ranges[-1][1] = number
        else:
            ranges.append([number, number])
    return ranges


def expand_row_ranges(ranges: Iterable[Iterable[int]], rows: int) -> Iterable[int]:
    """Return the row numbers that ranges of [first, last] stand for.

    At most one more than `rows`: a range may state any number of them.
    """
    numbers = chain.from_iterable(range(first, last + 1) for first, last in ranges)
    return islice(numbers, rows + 1)


def load_previous_release(where: str) -> PreviousRelease:
    """Load the key figures of the release in a folder; "env:NAME" takes the folder from there.

    Raises ReportError if it is not a board report.
    """
    address = where
    if where.startswith(ENVIRONMENT_PREFIX):
        address = os.environ.get(where.removeprefix(ENVIRONMENT_PREFIX), "")
    folder = Path(address)
    figures = read_release_figures(folder)
    try:
        figures_said = {name: figures.get(name) for name in _PREVIOUS_FIGURE_KEYS}
        answers = [
            {name: one[name] for name in _PREVIOUS_ANSWER_KEYS} for one in figures["member_list"]
        ]
        return _validate_previous_release(
            {"release": folder.name, **figures_said, "answers": answers}
        )
    except (ValidationError, LookupError, TypeError):
        raise _not_a_report_error(folder) from None


def read_archived_previous_release(path: Path) -> PreviousRelease | None:
    """Read the previous release that a release archived; None if it replaced none."""
    if not path.exists():
        return None
    try:
        return _validate_previous_release(read_release_json(path))
    except ValidationError:
        raise ReportError(f"{path.name} does not say what it should. Verify the release.") from None


def _validate_previous_release(content: dict[str, Any]) -> PreviousRelease:
    return PreviousRelease.model_validate_json(json.dumps(content))


def _not_a_report_error(folder: Path) -> ReportError:
    return ReportError(
        f"The figures of {folder.name} are not those of a board report. "
        f"Look at it with `funding-report verify {folder}`."
    )
