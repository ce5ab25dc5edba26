"""Everything a report is computed from, loaded and checked together."""

from __future__ import annotations

from dataclasses import dataclass
from hashlib import sha256
from pathlib import Path

import pandas as pd

from helpers.data.members import load_members, members_columns
from helpers.data.register import Register, load_register
from helpers.data.round_files import load_published, load_round, round_folder
from helpers.data.sources import known_columns
from helpers.rounds import Published, Round


@dataclass(frozen=True)
class Inputs:
    """A round's configuration, members and register, and the files that they came from.

    `files` are by role: round, published, members, decisions; published may be absent.
    """

    round: Round
    published: list[Published]
    members: pd.DataFrame
    register: Register
    files: dict[str, Path]

    def hashes(self) -> dict[str, dict[str, str]]:
        """The name and SHA-256 of each file, by role."""
        return {
            role: {"file": path.name, "sha256": sha256(path.read_bytes()).hexdigest()}
            for role, path in self.files.items()
        }

    def archive(self) -> dict[str, str]:
        """What a release keeps of the inputs, by file name: only the columns that were used."""
        kept = {
            self.files[role].name: self.files[role].read_text(encoding="utf-8")
            for role in ("round", "published")
            if role in self.files
        }
        columns = members_columns(self.round)
        kept[self.files["members"].name] = known_columns(self.files["members"], columns)
        kept["decisions.csv"] = self.register.to_csv()
        return kept


def load_inputs(round_name: str, decisions: str | None = None) -> Inputs:
    """Load a round's inputs; `decisions` names another register than the round's own.

    Raises ReportError or DataError for whatever is missing or wrong in them.
    """
    folder = round_folder(round_name)
    round_ = load_round(folder)
    published = load_published(folder)
    members = load_members(folder, round_)
    path = Path(decisions) if decisions else folder / "decisions.csv"
    register = load_register(path, set(members["code"]), round_.recommended_on)
    files = {
        "round": folder / "round.toml",
        "published": folder / "published.toml",
        "members": (folder / round_.members).resolve(),
        "decisions": path,
    }
    present = {role: file for role, file in files.items() if file.exists()}
    return Inputs(round_, published, members, register, present)
