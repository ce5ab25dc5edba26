"""Everything a report is computed from, loaded and checked together."""

from __future__ import annotations

from dataclasses import dataclass
from hashlib import sha256
from pathlib import Path

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
from helpers.data.register import Register, load_register
from helpers.data.round_files import load_published, load_round, round_folder
from helpers.data.sources import known_columns
from helpers.data.tables import register_file
from helpers.rounds import Published, Round

# The optional tables of a round and the columns that are read of them.
_TABLES = {"invoicing": INVOICING_COLUMNS, "payments": PAYMENTS_COLUMNS}


@dataclass(frozen=True)
class Inputs:
    """A round's configuration, members and register, and where they came from.

    `files` are by role: round, published, corrections, members, invoicing, payments; only round and
    members are always there. The register keeps its own account of what it was read from.
    `invoicing` has no row, `payments` is None, where the round has no such file.
    """

    round: Round
    published: list[Published]
    members: pd.DataFrame
    register: Register
    invoicing: pd.DataFrame
    payments: pd.DataFrame | None
    files: dict[str, Path]

    def hashes(self) -> dict[str, dict[str, str]]:
        """The name and SHA-256 of each input, by role."""
        read = self.register.table
        found = {
            role: {"file": path.name, "sha256": sha256(path.read_bytes()).hexdigest()}
            for role, path in self.files.items()
        }
        return found | {"decisions": {"file": read.file, "sha256": read.sha256}}

    def archive(self) -> dict[str, str]:
        """What a release keeps of the inputs, by file name: only the columns that were used."""
        kept = {
            path.name: path.read_text(encoding="utf-8")
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
        kept["decisions.csv"] = self.register.to_csv()
        return kept


def load_inputs(round_name: str, decisions: str | None = None, table: str = "decisions") -> Inputs:
    """Load a round's inputs; `decisions` names another register than the round's own.

    Raises ReportError or DataError for whatever is missing or wrong in them.
    """
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
        files={role: path for role, path in _files(folder, round_).items() if path.exists()},
    )


def input_files(round_name: str, decisions: str | None = None) -> list[Path] | None:
    """Every file that a round's inputs are read from, there or not; None with a database."""
    folder = round_folder(round_name)
    register = register_file(decisions or str(folder / "decisions.csv"))
    return None if register is None else [*_files(folder, load_round(folder)).values(), register]


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
