"""Reads a release back: the inputs that it archived, and what it said for one that replaces it."""

from __future__ import annotations

import json
import os
from collections.abc import Iterable, Mapping
from dataclasses import replace
from itertools import chain
from pathlib import Path
from typing import Any

import pandas as pd
from pydantic import ValidationError

from helpers.data.round_files import load_round, read_bytes
from helpers.data.tables import ENVIRONMENT, Table, read_table
from helpers.errors import ReportError
from helpers.replaced import Replaced
from helpers.rounds import Round

SCHEME = "release:"  # what `decisions` begins with where all inputs are a release's
REPLACED = "replaced.json"
_SAID = ("as_of", "known_on", "answered", "yes", "no", "funded", "corrected")
_ANSWER = ("code", "decision", "secured")


def archived_in(where: str | None) -> Path | None:
    """The release that `decisions` names as "release:PATH", also through "env:NAME"."""
    place = where or ""
    if place.startswith(ENVIRONMENT):
        place = os.environ.get(place.removeprefix(ENVIRONMENT), "")
    return Path(place.removeprefix(SCHEME)) if place.startswith(SCHEME) else None


def read_json(path: Path) -> dict[str, Any]:
    """A release's JSON file; ReportError where it is missing, or is no JSON object."""
    try:
        content = json.loads(read_bytes(path))
    except (ValueError, RecursionError):
        content = None
    if not isinstance(content, dict):
        raise ReportError(f"{path} is not a JSON object. Is it the file of a release?")
    return content


def archived_round(inputs: Path, name: str) -> Round:
    """The round as a release archived it, its members' file beside it."""
    found = load_round(inputs, name)
    return found.model_copy(update={"members": Path(found.members).name})


def archived_table(inputs: Path, run: Mapping[str, Any]) -> Table:
    """The register as a release archived it, under the name and row numbers that it had.

    Raises ReportError where `run`, its run.json, does not say them.
    """
    table = read_table(str(inputs / "decisions.csv"))
    rows = table.rows
    try:
        numbers = list(numbers_of(run.get("register_rows", [])))
        recorded = run["inputs"]["decisions"]
        file, sha256 = recorded["file"], recorded["sha256"]
    except (LookupError, TypeError, ValueError) as error:
        raise ReportError(
            f"run.json does not say what the release was made from ({error}). "
            f"Look at it with `funding-report verify {inputs.parent}`."
        ) from None
    if len(numbers) == len(rows):
        rows = rows.set_axis(pd.Index(numbers, dtype="int64"), axis=0)
    return replace(table, rows=rows, file=file, sha256=sha256)


def row_ranges(numbers: Iterable[int]) -> list[list[int]]:
    """Row numbers as ranges, each with its first and its last: 2, 3, 5 is [[2, 3], [5, 5]]."""
    ranges: list[list[int]] = []
    for number in map(int, numbers):
        if ranges and number == ranges[-1][1] + 1:
            ranges[-1][1] = number
        else:
            ranges.append([number, number])
    return ranges


def numbers_of(ranges: Iterable[Iterable[int]]) -> Iterable[int]:
    """The row numbers that ranges stand for."""
    return chain.from_iterable(range(first, last + 1) for first, last in ranges)


def load_replaced(where: str) -> Replaced:
    """What the release in a folder said; "env:NAME" takes the folder from there.

    Raises ReportError where that is no board report.
    """
    place = where
    if where.startswith(ENVIRONMENT):
        place = os.environ.get(where.removeprefix(ENVIRONMENT), "")
    folder = Path(place)
    figures = read_json(folder / "figures.json")
    try:
        said = {name: figures.get(name) for name in _SAID}
        answers = [{name: one[name] for name in _ANSWER} for one in figures["member_list"]]
        return _checked({"release": folder.name, **said, "answers": answers})
    except (ValidationError, LookupError, TypeError):
        raise _no_report(folder) from None


def read_replaced(path: Path) -> Replaced | None:
    """The same from where a release archived it; None where it replaced nothing."""
    if not path.exists():
        return None
    try:
        return _checked(read_json(path))
    except ValidationError:
        raise ReportError(f"{path.name} does not say what it should. Verify the release.") from None


def _checked(content: dict[str, Any]) -> Replaced:
    return Replaced.model_validate_json(json.dumps(content))


def _no_report(folder: Path) -> ReportError:
    return ReportError(
        f"The figures of {folder.name} are not those of a board report. "
        f"Look at it with `funding-report verify {folder}`."
    )
