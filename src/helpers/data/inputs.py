"""Everything a report is computed from, loaded and checked together."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from hashlib import sha256
from pathlib import Path
from typing import Any

import pandas as pd

from helpers.data.corrections import FILE as CORRECTIONS
from helpers.data.corrections import load_corrections
from helpers.data.invoicing import COLUMNS as INVOICING_COLUMNS
from helpers.data.invoicing import FILE as INVOICING
from helpers.data.invoicing import load_invoicing
from helpers.data.members import OPTIONAL, load_members, members_columns
from helpers.data.payments import COLUMNS as PAYMENTS_COLUMNS
from helpers.data.payments import FILE as PAYMENTS
from helpers.data.payments import load_payments
from helpers.data.register import Register, examine_table, load_register, sound, register_csv
from helpers.data.releases import (
    REPLACED,
    archived_in,
    archived_round,
    archived_table,
    load_replaced,
    read_json,
    read_replaced,
)
from helpers.data.round_files import load_published, load_round, round_folder
from helpers.data.sources import known_columns
from helpers.data.tables import register_file
from helpers.replaced import Replaced
from helpers.rounds import Published, Round

# The optional tables of a round and the columns that are read of them.
_TABLES = {"invoicing": INVOICING_COLUMNS, "payments": PAYMENTS_COLUMNS}


@dataclass(frozen=True)
class Inputs:
    """A round's configuration, members and register, and where they came from.

    `files` are by role: round, published, corrections, members, invoicing, payments; only round and
    members are always there. The register keeps its own account of what it was read from.
    `invoicing` has no row, `payments` is None, where the round has no such file. `replaced` is what
    a release said that a new one takes the place of. `recorded` are the hashes of the files that a
    release was made from, where these are what it archived of them.
    """

    round: Round
    published: list[Published]
    members: pd.DataFrame
    register: Register
    invoicing: pd.DataFrame
    payments: pd.DataFrame | None
    files: dict[str, Path]
    replaced: Replaced | None = None
    recorded: dict[str, dict[str, str]] | None = None

    def hashes(self) -> dict[str, dict[str, str]]:
        """The name and SHA-256 of each input, by role."""
        if self.recorded is not None:
            return self.recorded
        read = self.register.table
        found = {
            role: {"file": path.name, "sha256": sha256(path.read_bytes()).hexdigest()}
            for role, path in self.files.items()
        }
        return found | {"decisions": {"file": read.file, "sha256": read.sha256}}

    def archive(self) -> dict[str, str]:
        """What a release keeps of the inputs, by file name: only the columns that were used."""
        kept = {
            path.name: path.read_bytes().decode()  # to the byte, line ends too
            for role, path in self.files.items()
            if role not in ("members", *_TABLES)
        }
        kept |= {
            self.files[role].name: known_columns(self.files[role], columns, [])
            for role, columns in _TABLES.items()
            if role in self.files
        }
        members = self.files["members"]
        kept[members.name] = known_columns(members, members_columns(self.round), OPTIONAL)
        kept["decisions.csv"] = register_csv(self.register)
        if self.replaced:
            kept[REPLACED] = self.replaced.model_dump_json(indent=1) + "\n"
        return kept


def load_inputs(
    round_name: str,
    decisions: str | None = None,
    table: str = "decisions",
    replaces: str | None = None,
) -> Inputs:
    """Load a round's inputs; `decisions` names another register than the round's own.

    "release:FOLDER" in its place takes everything from what that release archived. `replaces` is
    the folder of the release that a report takes the place of. Raises ReportError or DataError for
    whatever is missing or wrong in them.
    """
    release = archived_in(decisions)
    if release is not None:
        return load_archived(release / "inputs", round_name, read_json(release / "run.json"))
    folder = round_folder(round_name)
    round_ = load_round(folder)
    members = load_members(folder, round_)
    corrections = load_corrections(folder)
    where = decisions or str(folder / "decisions.csv")
    return Inputs(
        round=round_,
        published=load_published(folder, round_.languages),
        members=members,
        register=load_register(where, members, round_, corrections, table),
        invoicing=load_invoicing(folder, members),
        payments=load_payments(folder, members, round_),
        files=_present(folder, round_),
        replaced=load_replaced(replaces) if replaces else None,
    )


def load_archived(folder: Path, round_name: str, run: Mapping[str, Any]) -> Inputs:
    """Load what a release archived in a folder; `run` is its run.json.

    The files bear the names and hashes of what the release was made from. Raises as load_inputs.
    """
    round_ = archived_round(folder, round_name)
    members = load_members(folder, round_)
    table = archived_table(folder, run)
    return Inputs(
        round=round_,
        published=load_published(folder, round_.languages),
        members=members,
        register=sound(examine_table(table, members, round_, load_corrections(folder))),
        invoicing=load_invoicing(folder, members),
        payments=load_payments(folder, members, round_),
        files=_present(folder, round_),
        replaced=read_replaced(folder / REPLACED),
        recorded=run["inputs"],
    )


def input_files(round_name: str, decisions: str | None = None) -> list[Path] | None:
    """Every file that a round's inputs are read from, there or not; None with a database."""
    release = archived_in(decisions)
    if release is not None:
        return [release / "run.json", *sorted((release / "inputs").glob("*"))]
    folder = round_folder(round_name)
    register = register_file(decisions or str(folder / "decisions.csv"))
    return None if register is None else [*_files(folder, load_round(folder)).values(), register]


def _present(folder: Path, round_: Round) -> dict[str, Path]:
    return {role: path for role, path in _files(folder, round_).items() if path.exists()}


def _files(folder: Path, round_: Round) -> dict[str, Path]:
    """The files of a round but its register, by role."""
    return {
        "round": folder / "round.toml",
        "published": folder / "published.toml",
        "corrections": folder / CORRECTIONS,
        "members": (folder / round_.members).resolve(),
        "invoicing": folder / INVOICING,
        "payments": folder / PAYMENTS,
    }
