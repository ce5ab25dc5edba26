"""The releases below a folder, as their run.json files tell of them; what is none is named."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from dataclasses import dataclass
from hashlib import sha256
from pathlib import Path
from typing import Annotated, Literal

from pydantic import BaseModel, Field, ValidationError

from helpers.data.round.round_config import FAILED_FOLDER, ROUND_NAME_PATTERN
from helpers.model.localized_text import Language, LocalizedText
from helpers.releases.storage import RUN_JSON, ReleaseName, parse_release_name

_DRAFT_NAME = re.compile(r"\d{4}-\d{2}-\d{2}(-letters)?-draft-[a-z]{2}")


class ListedParameters(BaseModel):
    """What of a release's parameters a listing needs."""

    round: str
    as_of: str
    language: Language | None = None
    languages: list[Language] = Field(default_factory=list)


class ReleaseSummary(BaseModel):
    """The key figures of a release; `share` is of the requested amount, or of all inhabitants."""

    title: LocalizedText
    share: Annotated[float, Field(ge=0, le=1000, allow_inf_nan=False)] | None
    share_of: Literal["amount", "inhabitants"]


class ReleaseCorrection(BaseModel):
    """Which release this one takes the place of, and why."""

    replaces: str
    reason: str | None = None


class ListedRun(BaseModel):
    """What of a run.json a listing needs; schema 1 has neither headlines nor a summary."""

    kind: Literal["board-report", "letters"]
    parameters: ListedParameters
    outputs: dict[str, str]
    reconstructed: bool
    headlines: dict[Language, str] = Field(default_factory=dict)
    summary: ReleaseSummary | None = None
    letters: int | None = None
    correction: ReleaseCorrection | None = None


@dataclass(frozen=True)
class Release:
    """A release: its folder, what its name and its run.json say, and that file's SHA-256."""

    folder: Path
    name: ReleaseName
    run: ListedRun
    sha256: str

    @property
    def path(self) -> str:
        """Where it lies below the folder of all releases."""
        return f"{self.folder.parent.name}/{self.folder.name}"


def list_releases(reports: Path) -> tuple[list[Release], list[str]]:
    """Every release below a folder, newest first, and what is wrong with anything else there.

    Drafts and hidden folders are passed over. Newest is by day, then the latest made of a day.
    """
    found: list[Release] = []
    wrong: list[str] = []
    for folder in _release_folders(reports, wrong):
        one = _read_release(folder)
        if isinstance(one, Release):
            found.append(one)
        else:
            wrong.append(f"{folder.parent.name}/{folder.name} is not listed: {one}")
    found.sort(key=lambda release: release.path)
    found.sort(key=lambda release: (release.name.day, release.name.number), reverse=True)
    return found, wrong


def _release_folders(reports: Path, wrong: list[str]) -> Iterator[Path]:
    for round_ in sorted(reports.iterdir()):
        if not _is_visible_folder(round_) or round_.name == FAILED_FOLDER:
            continue
        try:
            folders = sorted(round_.iterdir())
        except OSError as error:
            wrong.append(f"{round_.name} is not listed: {error.strerror}.")
            continue
        yield from (
            one
            for one in folders
            if _is_visible_folder(one) and not _DRAFT_NAME.fullmatch(one.name)
        )


def _is_visible_folder(folder: Path) -> bool:
    return folder.is_dir() and not folder.name.startswith(".")


def _read_release(folder: Path) -> Release | str:
    """A release, or why a folder is none."""
    name = parse_release_name(folder.name)
    if name is None or not ROUND_NAME_PATTERN.fullmatch(folder.parent.name):
        return "its name is not that of a release."
    try:
        content = (folder / RUN_JSON).read_bytes()
        run = ListedRun.model_validate(json.loads(content))
    except OSError:
        return f"it has no {RUN_JSON}."
    except ValidationError as error:
        place = ".".join(map(str, error.errors()[0]["loc"]))
        return f"its {RUN_JSON} does not say what it should ({place})."
    except (ValueError, RecursionError):
        return f"its {RUN_JSON} is not JSON."
    told = (run.parameters.round, run.parameters.as_of, run.kind)
    if told != (folder.parent.name, name.day.isoformat(), name.kind):
        return f"its {RUN_JSON} is that of another release."
    return Release(folder, name, run, sha256(content).hexdigest())
