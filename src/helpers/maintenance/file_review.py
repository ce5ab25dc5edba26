"""Check the files of a release: run.json by recorded hashes, all others by run.json, the fonts."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

from helpers.errors import ReportError
from helpers.maintenance.verdict import Verdict
from helpers.releases.decided import decided_hash, mark_path
from helpers.releases.listing.hash_list import HASH_LIST, INDEX_FILE, recorded_hashes
from helpers.releases.listing.release_name import parse_release_name
from helpers.releases.manifest import manifest_key
from helpers.releases.run_log import release_hash
from helpers.releases.storage import RUN_JSON, file_hashes, is_hash
from helpers.system.json_text import json_text
from helpers.system.typefaces.project_fonts import FONTS_FOLDER, project_font_hashes

_WHOLLY_ARCHIVED = (
    "round",
    "published",
    "corrections",
    "commentary",
    "brand",
    "logo",
)  # archived unchanged; of the other inputs only the columns that were used


def review_run_json(run: dict[str, Any], verdict: Verdict) -> Iterator[str]:
    """Check run.json against the list of hashes, the mark of a decision, its key and its form."""
    folder = verdict.release.resolve()
    current = release_hash(folder)
    yield from _review_listing(current, verdict)
    marks = {decided_hash(verdict.release), decided_hash(folder)} - {None}
    if "" in marks:
        yield f"{mark_path(verdict.release).name} is damaged, or it is that of another release."
    elif marks - {current}:
        yield f"{RUN_JSON} has been changed since the release was marked as decided."
    if run.get("key") != manifest_key(run):
        yield (
            f"{RUN_JSON} has been changed: its key does not fit its parameters, inputs and "
            "versions."
        )
    if json_text(run).encode() != (folder / RUN_JSON).read_bytes():
        yield f"{RUN_JSON} has been changed: a run writes the same content in another form."
    name, parameters = parse_release_name(folder.name), run.get("parameters")
    parameters = parameters if isinstance(parameters, Mapping) else {}
    kinds = (run.get("kind"), parameters.get("letter_kind"))
    if name and (parameters.get("as_of") != name.day.isoformat() or not name.has_kind(*kinds)):
        yield f"{RUN_JSON} is that of another release: the folder is {folder.name}."


def _review_listing(current: str, verdict: Verdict) -> Iterator[str]:
    try:
        recorded = recorded_hashes(verdict.release)
    except ReportError as error:
        yield str(error)
        return
    if not recorded:
        verdict.remarks.append(
            f"Neither {HASH_LIST} nor {INDEX_FILE} lists it, so a change of {RUN_JSON} itself "
            "cannot be detected."
        )
    elif recorded - {current}:
        yield (
            f"{RUN_JSON} has been changed since it was published: {HASH_LIST} or {INDEX_FILE} "
            "lists another SHA-256."
        )


def review_files(run: Mapping[str, Any], verdict: Verdict) -> Iterator[str]:
    """Check each file's SHA-256, and that of inputs archived unchanged against their source's."""
    listed_files = run.get("outputs")
    recorded = listed_files if isinstance(listed_files, Mapping) else {}
    present = file_hashes(verdict.release)
    verdict.files = len(present) + 1
    for name in sorted({*recorded, *present}):
        if name not in present:
            yield f"{name} is missing."
        elif name not in recorded:
            kind = "" if is_hash(present[name]) else f" It is {present[name]}."
            yield f"{name} was not published: {RUN_JSON} does not list it.{kind}"
        elif not is_hash(present[name]):
            yield f"{name} has been changed since it was published: it is {present[name]}."
        elif recorded[name] != present[name]:
            yield f"{name} has been changed since it was published: its SHA-256 differs."
    inputs = run.get("inputs")
    for role in _WHOLLY_ARCHIVED:
        source = inputs.get(role) if isinstance(inputs, Mapping) else None
        name = f"inputs/{source.get('file')}" if isinstance(source, Mapping) else ""
        if isinstance(source, Mapping) and present.get(name) != source.get("sha256"):
            yield f"{name} is not the file that the release was made from."


def review_fonts(run: Mapping[str, Any], verdict: Verdict) -> Iterator[str]:
    """Check the project's fonts, which a release does not archive, against those it was made with.

    A font that has come since is a remark.
    """
    inputs, present = run.get("inputs"), project_font_hashes()
    recorded = inputs if isinstance(inputs, Mapping) else {}
    for path in recorded:
        if path.startswith(f"{FONTS_FOLDER}/") and recorded[path] != present.get(path):
            yield (
                f"{path} {'has been changed' if path in present else 'is missing'} since the "
                "release was made with it. Put the same file back to make the documents again."
            )
    verdict.remarks += [
        f"{path} has come since the release was made." for path in present if path not in recorded
    ]
