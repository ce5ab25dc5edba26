"""A cache of the rounds that this process has loaded and computed."""

from __future__ import annotations

import os
from hashlib import sha256
from pathlib import Path
from threading import Lock
from typing import TypeAlias

from helpers.data.round.round_inputs import input_paths
from helpers.model.parameters import ReportParams, RoundParams
from helpers.report.board_report import BoardReport

MAX_CACHED_REPORTS = 4  # rounds, days or registers; the one kept longest gives way

FilesFingerprint: TypeAlias = tuple[str, ...]
_CacheKey: TypeAlias = tuple[str, ...]

_cache: dict[_CacheKey, tuple[list[Path], FilesFingerprint, BoardReport]] = {}
_cache_lock = Lock()


def cached_report(params: RoundParams) -> BoardReport:
    """The round on the day that is asked for, its statement computed; language aside.

    A process that has it already does not load and compute it again unless a file that it was read
    from has changed, has come or is gone. A database is read again every time.
    Raises ReportError or DataError as BoardReport does.
    """
    key = _cache_key(params)
    with _cache_lock:  # or two threads would both compute it
        if key in _cache:
            files, fingerprint_then, report = _cache[key]
            if files_fingerprint(files) == fingerprint_then:
                return report
        files = input_paths(params.round, params.decisions) or []
        fingerprint_then = files_fingerprint(files)
        report = _compute_report(params)
        if files:
            _add_to_cache(key, (files, fingerprint_then, report))
        return report


def files_fingerprint(files: list[Path]) -> FilesFingerprint:
    """The contents of the files, in order; empty for a missing file."""
    return tuple(sha256(f.read_bytes()).hexdigest() if f.is_file() else "" for f in files)


def _compute_report(params: RoundParams) -> BoardReport:
    parameters = params.model_dump(include=set(RoundParams.model_fields))
    report = BoardReport.from_params(ReportParams.model_validate(parameters))
    _ = (report.statement, report.input_hashes)
    return report


def _cache_key(params: RoundParams) -> _CacheKey:
    """What decides the statement: the parameters, where they are asked from, where env: points."""
    values = params.model_dump(mode="json", include=set(RoundParams.model_fields) - {"language"})
    decisions = params.decisions or ""
    env_target = os.environ.get(decisions.removeprefix("env:"), "")
    return (str(Path.cwd()), env_target, *map(str, values.values()))


def _add_to_cache(key: _CacheKey, entry: tuple[list[Path], FilesFingerprint, BoardReport]) -> None:
    _cache.pop(key, None)
    if len(_cache) >= MAX_CACHED_REPORTS:
        del _cache[next(iter(_cache))]
    _cache[key] = entry
