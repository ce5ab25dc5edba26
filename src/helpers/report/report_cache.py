"""A cache of the rounds that this process has loaded and computed."""

from __future__ import annotations

import os
from collections.abc import Mapping
from hashlib import sha256
from pathlib import Path
from threading import Lock
from typing import TypeAlias

from helpers.data.round.round_inputs import input_paths
from helpers.model.parameters import ReportParams, RoundParams
from helpers.report.report_data import ReportData

MAX_CACHED_REPORTS = 4  # rounds, days or registers; the oldest entry is dropped

FilesFingerprint: TypeAlias = tuple[str, ...]
_CacheKey: TypeAlias = tuple[str, ...]

_cache: dict[_CacheKey, tuple[list[Path], FilesFingerprint, ReportData]] = {}
_cache_lock = Lock()


def cached_report(params: RoundParams) -> ReportData:
    """Return the round on the requested day with its statement computed; it has no language.

    A cached report is reused unless a file that it was read from was changed, created or removed,
    and a database is read every time, unless the report is kept (see kept_report). Raises
    ReportError or DataError as ReportData does.
    """
    key = _cache_key(params)
    with _cache_lock:  # otherwise two threads would both compute it
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


def kept_report(params: RoundParams, inputs: Mapping[str, Mapping[str, str]]) -> ReportData:
    """Load a round; if its inputs have these hashes, `cached_report` returns it from then on.

    It then does so whatever becomes of the files: only for the letters of a batch, which states
    these hashes, so that none of them reads the inputs again.
    """
    key = _cache_key(params)
    with _cache_lock:
        _cache.pop(key, None)  # what was kept for letters from other inputs
    report = cached_report(params)
    if report.input_hashes == inputs:
        with _cache_lock:
            _add_to_cache(key, ([], (), report))
    return report


def files_fingerprint(files: list[Path]) -> FilesFingerprint:
    """Return the contents of the files, in order; b"" for a missing file."""
    return tuple(sha256(f.read_bytes()).hexdigest() if f.is_file() else "" for f in files)


def _compute_report(params: RoundParams) -> ReportData:
    parameters = params.model_dump(include=set(RoundParams.model_fields))
    report = ReportData.from_params(ReportParams.model_validate(parameters))
    _ = (report.statement, report.input_hashes)
    return report


def _cache_key(params: RoundParams) -> _CacheKey:
    """Return what determines the statement.

    These are the parameters, the working folder and the target of env:NAME.
    """
    values = params.model_dump(mode="json", include=set(RoundParams.model_fields) - {"language"})
    decisions = params.decisions or ""
    env_target = os.environ.get(decisions.removeprefix("env:"), "")
    return (str(Path.cwd()), env_target, *map(str, values.values()))


def _add_to_cache(key: _CacheKey, entry: tuple[list[Path], FilesFingerprint, ReportData]) -> None:
    _cache.pop(key, None)
    if len(_cache) >= MAX_CACHED_REPORTS:
        del _cache[next(iter(_cache))]
    _cache[key] = entry
