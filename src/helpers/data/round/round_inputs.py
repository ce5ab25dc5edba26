"""Load and check everything that a report is computed from."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from hashlib import sha256
from pathlib import Path
from typing import Any

import pandas as pd

from helpers.data.readers.project_csv import csv_of_columns
from helpers.data.readers.table_reader import read_table, register_path
from helpers.data.register.register_corrections import CORRECTIONS_FILE as CORRECTIONS
from helpers.data.register.register_corrections import load_corrections
from helpers.data.register.register_loader import examine_table, register_csv, require_sound
from helpers.data.round.answers_source import answers_source
from helpers.data.round.archived_inputs import (
    PREVIOUS_RELEASE_FILE,
    archived_release_folder,
    load_archived_round,
    load_archived_table,
    load_previous_release,
    read_archived_previous_release,
    read_release_json,
)
from helpers.data.round.brand_files import (
    BrandFiles,
    load_archived_brand,
    load_brand,
    project_brand_file,
)
from helpers.data.round.commentary_file import COMMENTARY_FILE, load_commentary
from helpers.data.round.contributors_file import CONTRIBUTORS_COLUMNS, CONTRIBUTORS_FILE
from helpers.data.round.invoicing_file import INVOICING_COLUMNS, load_invoicing
from helpers.data.round.invoicing_file import INVOICING_FILE as INVOICING
from helpers.data.round.members_file import load_members, members_path, required_member_columns
from helpers.data.round.payments_file import PAYMENTS_COLUMNS, load_payments
from helpers.data.round.payments_file import PAYMENTS_FILE as PAYMENTS
from helpers.data.round.round_config import load_published, load_round, round_folder
from helpers.errors import ReportError
from helpers.model.answer_register import Register
from helpers.model.funding_round import Round
from helpers.model.member_columns import OPTIONAL_MEMBER_COLUMNS
from helpers.model.previous_release import PreviousRelease
from helpers.model.settings.commentary import Comment
from helpers.model.settings.published_figure import PublishedFigure
from helpers.model.what_if import WhatIf
from helpers.system.files import is_present
from helpers.system.typefaces.project_fonts import project_font_files, project_font_hashes

# The optional tables of a round and the columns that are read of them.
_OPTIONAL_TABLES = {
    "contributors": CONTRIBUTORS_COLUMNS,
    "invoicing": INVOICING_COLUMNS,
    "payments": PAYMENTS_COLUMNS,
}


@dataclass(frozen=True)
class RoundInputs:
    """A round's configuration, members and register, and the files that they came from.

    `files` are by role: round, published, corrections, commentary, members, contributors,
    invoicing, payments, and the brand's; only round and members always exist. The register records
    its own source.
    Without the files, `invoicing` has no rows and `payments` is None. `previous_release` has the
    key figures of the release that a new one replaces. If the inputs come from a release's archive,
    `recorded_hashes` are the hashes of its original files. `what_if` is what was supposed, if the
    inputs are not those of the files.
    """

    round: Round
    published: list[PublishedFigure]
    members: pd.DataFrame
    register: Register
    invoicing: pd.DataFrame
    payments: pd.DataFrame | None
    files: dict[str, Path]
    previous_release: PreviousRelease | None = None
    recorded_hashes: dict[str, dict[str, str]] | None = None
    what_if: WhatIf | None = None
    brand: BrandFiles = field(default_factory=BrandFiles)
    comments: list[Comment] = field(default_factory=list)

    def hashes(self) -> dict[str, dict[str, str]]:
        """Return the name and SHA-256 of each input, by role; a project's font by its path."""
        if self.recorded_hashes is not None:
            return self.recorded_hashes
        read = self.register.table
        found = {
            role: {"file": path.name, "sha256": sha256(path.read_bytes()).hexdigest()}
            for role, path in self.files.items()
        }
        found |= {"decisions": {"file": read.file, "sha256": read.sha256}}
        return found | project_font_hashes()

    def archived_texts(self) -> dict[str, str]:
        """Return the inputs that a release archives, by file name.

        Of tables these are only the columns that were used. Raises ReportError for a what-if.
        """
        if self.what_if is not None:
            raise ReportError("A what-if is not published. Publish the round as it is.")
        kept = {
            path.name: path.read_bytes().decode()  # read_text would change the line ends
            for role, path in self.files.items()
            if role not in ("members", "logo", *_OPTIONAL_TABLES)
        }
        kept |= {
            self.files[role].name: csv_of_columns(self.files[role], ["code"], columns[1:])
            for role, columns in _OPTIONAL_TABLES.items()
            if role in self.files
        }
        members = self.files["members"]
        kept[members.name] = csv_of_columns(
            members, required_member_columns(self.round), OPTIONAL_MEMBER_COLUMNS
        )
        kept["decisions.csv"] = register_csv(self.register)
        if self.previous_release:
            kept[PREVIOUS_RELEASE_FILE] = self.previous_release.model_dump_json(indent=1) + "\n"
        return kept

    def archived_files(self) -> dict[str, bytes]:
        """Return all inputs that a release archives, by file name: the texts and the logo."""
        files = {name: text.encode() for name, text in self.archived_texts().items()}
        if self.brand.logo:
            files[self.files["logo"].name] = self.brand.logo.content
        return files


def load_inputs(
    round_name: str,
    decisions: str | None = None,
    table: str = "decisions",
    replaces: str | None = None,
) -> RoundInputs:
    """Load a round's inputs; `decisions` names another register than the round's own.

    "release:FOLDER" as `decisions` takes all inputs from that release's archive. `replaces` is the
    folder of the release that a report replaces. Raises ReportError or DataError if an input is
    missing or wrong.
    """
    release = archived_release_folder(decisions)
    if release is not None:
        return load_archived_inputs(
            release / "inputs", round_name, read_release_json(release / "run.json")
        )
    folder = round_folder(round_name)
    round_ = load_round(folder)
    members = load_members(folder, round_)
    corrections = load_corrections(folder)
    where, settings = answers_source(folder, round_, decisions)
    brand = load_brand(folder, round_)
    return RoundInputs(
        round=round_,
        published=load_published(folder, round_.languages),
        members=members,
        register=require_sound(
            examine_table(read_table(where, table, settings), members, round_, corrections)
        ),
        invoicing=load_invoicing(folder, members, round_.invoicing.organisation_numbers),
        payments=load_payments(folder, members, round_),
        files=_existing_files(folder, round_) | brand.files,
        previous_release=load_previous_release(replaces) if replaces else None,
        brand=brand,
        comments=load_commentary(folder),
    )


def load_archived_inputs(folder: Path, round_name: str, run: Mapping[str, Any]) -> RoundInputs:
    """Load the inputs that a release archived in a folder; `run` is its run.json.

    The inputs have the names and hashes of the original files. Raises the same errors as
    load_inputs.
    """
    round_ = load_archived_round(folder, round_name)
    members = load_members(folder, round_)
    table = load_archived_table(folder, run)
    brand = load_archived_brand(folder, round_)
    return RoundInputs(
        round=round_,
        published=load_published(folder, round_.languages),
        members=members,
        register=require_sound(examine_table(table, members, round_, load_corrections(folder))),
        invoicing=load_invoicing(folder, members, round_.invoicing.organisation_numbers),
        payments=load_payments(folder, members, round_),
        files=_existing_files(folder, round_) | brand.files,
        previous_release=read_archived_previous_release(folder / PREVIOUS_RELEASE_FILE),
        recorded_hashes=run["inputs"],
        brand=brand,
        comments=load_commentary(folder),
    )


def input_paths(round_name: str, decisions: str | None = None) -> list[Path] | None:
    """Return every path that a round's inputs are read from, also of missing files.

    Returns None if the register is in a database.
    """
    release = archived_release_folder(decisions)
    if release is not None:
        return [release / "run.json", *sorted((release / "inputs").glob("*"))]
    folder = round_folder(round_name)
    round_ = load_round(folder)
    register = register_path(answers_source(folder, round_, decisions)[0])
    if register is None:
        return None
    files = _file_paths(folder, round_) | load_brand(folder, round_).files
    return [*files.values(), project_brand_file(), register, *project_font_files()]


def _existing_files(folder: Path, round_: Round) -> dict[str, Path]:
    return {role: path for role, path in _file_paths(folder, round_).items() if is_present(path)}


def _file_paths(folder: Path, round_: Round) -> dict[str, Path]:
    """Return the files of a round by role, without its register."""
    return {
        "round": folder / "round.toml",
        "published": folder / "published.toml",
        "corrections": folder / CORRECTIONS,
        "commentary": folder / COMMENTARY_FILE,
        "members": members_path(folder, round_),
        "contributors": folder / CONTRIBUTORS_FILE,
        "invoicing": folder / INVOICING,
        "payments": folder / PAYMENTS,
    }
