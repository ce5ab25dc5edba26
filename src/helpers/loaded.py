"""Rounds that this process has loaded and computed already, for whoever asks again."""

from __future__ import annotations

import os
from hashlib import sha256
from pathlib import Path
from threading import Lock
from typing import TypeAlias

from helpers.data.inputs import input_files
from helpers.parameters import ReportParams, RoundParams
from helpers.report import BoardReport

KEPT = 4  # rounds, days or registers; the one kept longest gives way

Fingerprint: TypeAlias = tuple[str, ...]
_Key: TypeAlias = tuple[str, ...]

_kept: dict[_Key, tuple[list[Path], Fingerprint, BoardReport]] = {}
_lock = Lock()


def loaded_report(params: RoundParams) -> BoardReport:
    """The round on the day that is asked for, its statement computed; language aside.

    A process that has it already does not load and compute it again unless a file that it was read
    from has changed, has come or is gone. What stands in a database is read anew every time.
    Raises ReportError or DataError as BoardReport does.
    """
    key = _key(params)
    with _lock:  # or two threads would both compute it
        if key in _kept:
            files, before, report = _kept[key]
            if fingerprint(files) == before:
                return report
        files = input_files(params.round, params.decisions) or []
        before = fingerprint(files)
        report = _computed(params)
        if files:
            _keep(key, (files, before, report))
        return report


def fingerprint(files: list[Path]) -> Fingerprint:
    """What the files hold, in order; a blank for one that is not there."""
    return tuple(sha256(f.read_bytes()).hexdigest() if f.is_file() else "" for f in files)


def _computed(params: RoundParams) -> BoardReport:
    asked = params.model_dump(include=set(RoundParams.model_fields))
    report = BoardReport.of(ReportParams.model_validate(asked))
    _ = (report.statement, report.hashes)
    return report


def _key(params: RoundParams) -> _Key:
    """What decides the statement: the parameters, where they are asked from, where env: points."""
    values = params.model_dump(mode="json", include=set(RoundParams.model_fields) - {"language"})
    decisions = params.decisions or ""
    place = os.environ.get(decisions.removeprefix("env:"), "")
    return (str(Path.cwd()), place, *map(str, values.values()))


def _keep(key: _Key, entry: tuple[list[Path], Fingerprint, BoardReport]) -> None:
    _kept.pop(key, None)
    if len(_kept) >= KEPT:
        del _kept[next(iter(_kept))]
    _kept[key] = entry
