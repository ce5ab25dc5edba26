"""List the releases in a folder by their run.json files, and the folders that are not releases."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from hashlib import sha256
from pathlib import Path
from typing import Annotated, Any, Literal

from pydantic import BaseModel, Field, ValidationError

from helpers.data.round.round_config import FAILED_FOLDER, ROUND_NAME_PATTERN
from helpers.errors import ReportError
from helpers.model.localized_text import Language, LocalizedText
from helpers.releases.listing.release_name import ReleaseName, parse_release_name
from helpers.releases.storage import RUN_JSON
from helpers.system.files import MAX_JSON_BYTES, read_bytes
from helpers.system.json_text import strict_json

_DRAFT_NAME = re.compile(r"\d{4}-\d{2}-\d{2}(-letters(-[a-z]+)?)?-draft-[a-z]{2,3}")


class ListedParameters(BaseModel):
    """The parameters of a release that a listing needs."""

    round: str
    as_of: str
    language: Language | None = None
    languages: list[Language] = Field(default_factory=list)
    future: bool = False
    letter_kind: str | None = None


class ReleaseSummary(BaseModel):
    """The key figures of a release; `share` is of the requested amount, or of all inhabitants."""

    title: LocalizedText
    share: Annotated[float, Field(ge=0, le=1000, allow_inf_nan=False)] | None
    share_of: Literal["amount", "inhabitants"]


class ReleaseCorrection(BaseModel):
    """The release that this one replaces, and the reason."""

    replaces: str
    reason: str | None = None


class ListedRun(BaseModel):
    """The parts of a run.json that a listing needs; schema 1 has no headlines and no summary."""

    kind: Literal["board-report", "letters"]
    parameters: ListedParameters
    outputs: dict[str, str]
    reconstructed: bool
    headlines: dict[Language, str] = Field(default_factory=dict)
    summary: ReleaseSummary | None = None
    letters: int | None = None
    correction: ReleaseCorrection | None = None
    brand: dict[str, Any] = Field(default_factory=dict)
    inputs: dict[str, Any] = Field(default_factory=dict)


@dataclass(frozen=True)
class Release:
    """A release: its folder, its parsed name, its parsed run.json, and that file's SHA-256."""

    folder: Path
    name: ReleaseName
    run: ListedRun
    sha256: str

    @property
    def path(self) -> str:
        """The path within the folder of all releases: ROUND/NAME."""
        return f"{self.folder.parent.name}/{self.folder.name}"


def list_releases(reports: Path) -> tuple[list[Release], list[str]]:
    """Return the releases in a folder, newest first, and a sentence on each other folder.

    Drafts and hidden folders are skipped. The order is by day, then by the number within a day.
    """
    found: list[Release] = []
    problems: list[str] = []
    for folder in _release_folders(reports, problems):
        read = _read_release(folder)
        if isinstance(read, Release):
            found.append(read)
        else:
            problems.append(f"{folder.parent.name}/{folder.name} is not listed: {read}")
    found.sort(key=lambda release: release.path)
    found.sort(key=lambda release: (release.name.day, release.name.number), reverse=True)
    return found, problems


def latest_releases(reports: Path, round_name: str, on: date, kind: str) -> Iterator[Release]:
    """Yield the releases of a round as of a day or earlier, newest first.

    Of one day, those of the kind come first. Each is read when it is asked for: a caller that
    stops at the first reads one run.json, however many releases there are.
    """
    named = [
        (name, folder)
        for folder in _round_folders(reports / round_name, [])
        if (name := parse_release_name(folder.name)) and name.day <= on
    ]
    named.sort(key=lambda one: (one[0].day, one[0].kind == kind, one[0].number), reverse=True)
    for _, folder in named:
        read = _read_release(folder)
        if isinstance(read, Release):
            yield read


def _release_folders(reports: Path, problems: list[str]) -> Iterator[Path]:
    for round_folder in sorted(reports.iterdir()):
        if _is_visible_folder(round_folder) and round_folder.name != FAILED_FOLDER:
            yield from _round_folders(round_folder, problems)


def _round_folders(round_folder: Path, problems: list[str]) -> Iterator[Path]:
    try:
        folders = sorted(round_folder.iterdir())
    except OSError as error:
        problems.append(f"{round_folder.name} is not listed: {error.strerror}.")
        return
    for folder in folders:
        if _is_visible_folder(folder) and not _DRAFT_NAME.fullmatch(folder.name):
            yield folder


def _is_visible_folder(folder: Path) -> bool:
    return folder.is_dir() and not folder.name.startswith(".")


def _read_release(folder: Path) -> Release | str:
    """Return the release in a folder, or the reason why the folder is not a release."""
    name = parse_release_name(folder.name)
    if name is None or not ROUND_NAME_PATTERN.fullmatch(folder.parent.name):
        return "its name is not that of a release."
    try:
        if not (folder / RUN_JSON).is_file():
            raise FileNotFoundError  # a pipe would be waited for
        content = read_bytes(folder / RUN_JSON, MAX_JSON_BYTES)
        run = ListedRun.model_validate(strict_json(content))
    except (OSError, ReportError):
        return f"it has no {RUN_JSON} that can be read."
    except ValidationError as error:
        key = ".".join(map(str, error.errors()[0]["loc"]))
        reason = f": {key} is missing or wrong" if key else ""
        return f"its {RUN_JSON} is not valid{reason}."
    except ValueError:
        return f"its {RUN_JSON} is not JSON."
    stated = (run.parameters.round, run.parameters.as_of)
    same = stated == (folder.parent.name, name.day.isoformat())
    if not same or not name.has_kind(run.kind, run.parameters.letter_kind):
        return f"its {RUN_JSON} is that of another release."
    return Release(folder, name, run, sha256(content).hexdigest())
