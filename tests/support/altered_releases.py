"""Alter one thing of a release, as a careful adversary: the rest of run.json fits it."""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping
from functools import cache
from pathlib import Path
from typing import Any

import pytest

from helpers.maintenance import rebuild, verification
from helpers.maintenance.verification import verify_release
from helpers.releases import manifest
from helpers.releases.listing.hash_list import HASH_LIST, INDEX_FILE
from helpers.releases.manifest import manifest_key
from helpers.releases.provenance import code_hash, library_versions
from helpers.releases.recompute import load_archived_report, release_figures
from helpers.releases.storage import file_hashes
from helpers.report.report_data import ReportData
from helpers.system.json_text import json_text

# What run.json states of the release, and from which nothing is read to recompute it.
COMPARED_ONLY = {
    *("schema_version", "key", "kind", "code", "versions", "reconstructed", "rows"),
    *("headlines", "summary", "briefs", "letters", "outputs"),
}
# What is not found by the archived inputs alone, and why.
CLAIMS = {
    "code": "another version of the code cannot be run; verify says that other code is named",
    "versions": "other versions of libraries cannot be run; verify says that others are named",
}


def forget(reports: Path) -> None:
    """Remove what is recorded of the releases outside them."""
    for name in (INDEX_FILE, HASH_LIST):
        (reports / name).unlink(missing_ok=True)


def compute_once(monkeypatch: pytest.MonkeyPatch) -> None:
    """Compute once what does not differ between alterations: a verification takes a second."""
    reports: dict[str, ReportData] = {}

    def load(run: Mapping[str, Any], folder: Path) -> ReportData:
        read = {name: run.get(name) for name in run if name not in COMPARED_ONLY}
        key = json.dumps([read, str(folder)], sort_keys=True)
        if key not in reports:
            reports[key] = load_archived_report(run, folder)
        return reports[key]

    computed: dict[str, dict[str, Any]] = {}

    def figures(report: ReportData, run: Mapping[str, Any]) -> dict[str, Any]:
        of = [id(report), run.get("kind"), run["parameters"]]  # `reports` keeps it, so no id twice
        key = json.dumps(of, sort_keys=True)
        if key not in computed:
            computed[key] = release_figures(report, run)
        return computed[key]

    monkeypatch.setattr(verification, "load_archived_report", load)
    monkeypatch.setattr(verification, "release_figures", figures)
    for module in (rebuild, manifest):
        monkeypatch.setattr(module, "code_hash", cache(code_hash))
    for module in (rebuild, manifest, verification):
        monkeypatch.setattr(module, "library_versions", cache(library_versions))


def altered(value: Any) -> Any:
    """Another value of the same type."""
    if isinstance(value, bool):
        return not value
    if isinstance(value, int | float):
        return value + 1
    return f"{value}x" if isinstance(value, str) else [*(value or []), "x"]


def changes(value: Any, path: str = "") -> Iterator[tuple[str, Any]]:
    """Every single alteration of a JSON value: another value, a key less, a key more."""
    if isinstance(value, dict):
        for name in value:
            inner = f"{path}.{name}".strip(".")
            yield f"-{inner}", {key: value[key] for key in value if key != name}
            yield from ((at, {**value, name: one}) for at, one in changes(value[name], inner))
        yield f"+{path}.x".replace("+.", "+"), {**value, "x": 1}
    elif isinstance(value, list):
        for number, entry in enumerate(value):
            for at, one in changes(entry, f"{path}.{number}"):
                yield at, [*value[:number], one, *value[number + 1 :]]
        yield path, [*value, "x"]
    else:
        yield path, altered(value)


def alterations(release: Path) -> Iterator[tuple[str, Path]]:
    """Write each alteration of run.json, with the key that fits it, and yield what it is of."""
    path = release / "run.json"
    before = path.read_bytes()
    for at, content in changes(json.loads(before)):
        fits = at.lstrip("+-") == "key"
        forged = content if fits else {**content, "key": manifest_key(content)}
        path.write_text(json_text(forged), encoding="utf-8")
        yield at, release
    path.write_bytes(before)


def check_every_alteration_is_found(release: Path, unseen: dict[str, str]) -> None:
    """Alter each key of run.json once: each is a difference, a remark, or `unseen` for a reason."""
    number = 0
    for at, forged in alterations(release):
        number += 1
        verdict = verify_release(forged, documents=False)
        if reason_for(at, CLAIMS):
            assert "It names other code or libraries" in "\n".join(verdict.remarks), at
        elif not reason_for(at, unseen):
            assert verdict.differences, at
    assert number > 100


def reason_for(at: str, reasons: dict[str, str]) -> str | None:
    """The reason that is listed for a key or for one that it is in."""
    name = at.lstrip("+-")
    return next((why for key, why in reasons.items() if f"{name}.".startswith(f"{key}.")), None)


def alter_key(release: Path, path: tuple[str, ...], value: object) -> None:
    """Write another value of one key of run.json, and the key that fits it."""
    run = json.loads((release / "run.json").read_bytes())
    inner = run
    for name in path[:-1]:
        inner = inner[name]
    assert inner[path[-1]] != value
    inner[path[-1]] = value
    run["key"] = manifest_key(run)
    (release / "run.json").write_text(json_text(run), encoding="utf-8")


def cover_up(release: Path) -> None:
    """Give run.json the hashes of the files as they are."""
    run = json.loads((release / "run.json").read_bytes())
    run["outputs"] = file_hashes(release)
    for role, source in run["inputs"].items():
        if role in ("round", "published", "corrections"):
            source["sha256"] = run["outputs"][f"inputs/{source['file']}"]
    run["key"] = manifest_key(run)
    (release / "run.json").write_text(json_text(run), encoding="utf-8")
