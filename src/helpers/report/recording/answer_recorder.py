"""Record an answer or a correction in a round's own files: checked first, written atomically.

A change is first proposed, which writes nothing and returns its effect, and then saved.
"""

from __future__ import annotations

from collections.abc import Mapping
from contextlib import suppress
from dataclasses import dataclass, replace
from datetime import date
from pathlib import Path
from tempfile import TemporaryDirectory

import pandas as pd

from helpers.data.readers.table_reader import read_table
from helpers.data.register.columns.register_vocabulary import RegisterVocabulary, round_vocabulary
from helpers.data.register.correction_writer import (
    append_corrections,
    correction_entries,
    current_rows,
)
from helpers.data.register.register_corrections import (
    CORRECTIONS_FILE,
    RegisterCorrection,
    load_corrections,
)
from helpers.data.register.register_loader import ExaminedRegister, examine_table, require_sound
from helpers.data.register.register_writer import NewAnswer, append_answer
from helpers.data.register.rules.future_days import refuse_future_days
from helpers.data.round.answers_source import keeps_its_own_answers
from helpers.data.round.members_file import load_members
from helpers.data.round.round_config import load_published, load_round, round_folder
from helpers.errors import ReportError
from helpers.funding.answers.effective_answers import effective_answers
from helpers.funding.statement.round_statement import Statement
from helpers.funding.statement.statement_computation import compute_statement
from helpers.model.answer_register import DATE_COLUMNS, REGISTER_COLUMNS, Register
from helpers.model.funding_round import Round
from helpers.model.localized_text import Language
from helpers.report.recording.answer_effect import describe_effect
from helpers.system.control.file_lock import locked
from helpers.system.files import fsync_path, is_present, read_bytes
from helpers.system.project_folder import project_root

REGISTER_FILE = "decisions.csv"
_IDENTITY_COLUMNS = [name for name in REGISTER_COLUMNS if name not in ("note", "source")]


@dataclass(frozen=True)
class RegisterChange:
    """A change of one file of a round: its content before and after, and the effect.

    `effect` has one sentence per line: the member's answer, the headline before and after.
    """

    round_name: str
    path: Path
    before: bytes
    after: bytes
    effect: list[str]

    def save(self, reports: Path | None = None) -> None:
        """Write the file atomically under the lock that a publishing run also holds.

        Raises LockedError while another run holds the lock in `reports`, the folder of releases,
        and ReportError if the file has changed since the change was proposed.
        """
        folder = project_root() / "reports" if reports is None else reports
        existed = folder.exists()
        folder.mkdir(parents=True, exist_ok=True)
        try:
            with locked(folder / f".{self.round_name}.lock", (folder / self.round_name).exists):
                if _content_of(self.path) != self.before:
                    raise ReportError(
                        f"{self.path.name} has been changed by another program. Run this again."
                    )
                _replace_file(self.path.resolve(), self.after)
        finally:
            if not existed:
                with suppress(OSError):  # another run has begun to write a release there
                    folder.rmdir()


def propose_answer(
    round_name: str, answer: NewAnswer, today: date, language: Language = "en"
) -> RegisterChange:
    """Return the change that appends an answer to the round's own register.

    Raises ReportError or DataError for everything that `check` would refuse, for a day after
    `today`, and for an answer that is already recorded or a register kept elsewhere.
    """
    files = _RoundFiles.load(round_name)
    before = require_sound(files.examine())
    data = read_bytes(files.register_path)
    after_data = append_answer(data, REGISTER_FILE, answer, files.words)
    after = files.check(after_data, files.corrections, today)
    _refuse_other_reading(before, after, answer)
    effect = files.effect(before, after, {answer.code}, language)
    return RegisterChange(round_name, files.register_path, data, after_data, effect)


def propose_correction(
    round_name: str,
    row: int,
    changes: Mapping[str, str],
    reason: str,
    today: date,
    language: Language = "en",
) -> RegisterChange:
    """Return the change that adds a correction of a row to corrections.toml, known from `today`.

    `changes` are the right values by column; without any the row is removed. Raises as
    propose_answer.
    """
    _refuse_later_days(changes, today)
    files = _RoundFiles.load(round_name)
    examined = files.examine()
    rows = current_rows(examined.register.text, files.words, files.corrections)
    entries = correction_entries(rows, row, changes, reason, today)
    path = files.folder / CORRECTIONS_FILE
    data = _content_of(path)
    after_data = append_corrections(data, entries)
    after = files.check(read_bytes(files.register_path), _read_corrections(after_data), today)
    codes = {str(rows.at[row, "code"]), changes.get("code", str(rows.at[row, "code"]))}
    before = None if examined.errors else examined.register
    effect = files.effect(before, after, codes & set(files.words.names), language)
    return RegisterChange(round_name, path, data, after_data, effect)


@dataclass(frozen=True)
class _RoundFiles:
    """A round whose register is its own decisions.csv."""

    folder: Path
    round: Round
    members: pd.DataFrame
    corrections: list[RegisterCorrection]

    @classmethod
    def load(cls, round_name: str) -> _RoundFiles:
        folder = round_folder(round_name)
        round_ = load_round(folder)
        _refuse_other_source(round_)
        return cls(folder, round_, load_members(folder, round_), load_corrections(folder))

    @property
    def register_path(self) -> Path:
        return self.folder / REGISTER_FILE

    @property
    def words(self) -> RegisterVocabulary:
        return round_vocabulary(self.members, self.round)

    def examine(self, path: Path | None = None) -> ExaminedRegister:
        where = str(path or self.register_path)
        table = read_table(where, settings=self.round.register_settings)
        return examine_table(table, self.members, self.round, self.corrections)

    def check(
        self, register: bytes, corrections: list[RegisterCorrection], today: date
    ) -> Register:
        """Read a register that is not yet in place; raises as the `check` command would."""
        with TemporaryDirectory() as folder:
            path = Path(folder) / REGISTER_FILE
            path.write_bytes(register)
            checked = require_sound(replace(self, corrections=corrections).examine(path))
        refuse_future_days(checked, today)
        if latest := checked.latest:
            effective_answers(checked, latest, latest)  # raises for answers that contradict
        return checked

    def effect(
        self, before: Register | None, after: Register, codes: set[str], language: Language
    ) -> list[str]:
        day = after.latest or self.round.recommended_on
        published = load_published(self.folder, self.round.languages)

        def statement(register: Register) -> Statement:
            return compute_statement(self.round, self.members, register, published, day, day)

        earlier = None if before is None else statement(before)
        return describe_effect(earlier, statement(after), codes, language)


def _refuse_other_source(round_: Round) -> None:
    """Raise ReportError if round.toml states that the register is kept elsewhere."""
    source = round_.register_settings.source
    if source and not keeps_its_own_answers(round_):
        shown = "in a database" if "://" in source else f"in {source}"
        raise ReportError(
            f"The answers of this round are not in its decisions.csv but {shown}, as round.toml "
            "says ([register] source). Record the answer there."
        )


def _refuse_other_reading(before: Register, after: Register, answer: NewAnswer) -> None:
    """Raise ReportError unless exactly one new row was added and is read as intended."""
    added = after.rows.index.difference(before.rows.index)
    if len(added) != 1 or len(after.rows) != len(before.rows) + 1:
        raise ReportError(
            f"The end of {REGISTER_FILE} cannot take a row: it would not be read as one. Look at "
            "the last lines of the file."
        )
    row = after.rows.loc[added[0]]
    read = {name: str(row[name]) for name in ("code", "decision", "condition")}
    read |= {name: f"{row[name]:%Y-%m-%d}" for name in ("decided_on", "received_on")}
    for name, value in read.items():
        if value != (meant := " ".join(getattr(answer, name).split())):
            raise ReportError(f"{name} {meant!r} would be read as {value!r}. Write it otherwise.")
    same = (before.rows[_IDENTITY_COLUMNS] == row[_IDENTITY_COLUMNS]).all(axis=1)
    if same.any():
        raise ReportError(
            f"{REGISTER_FILE} has this answer already, in row {before.rows.index[same][0]}."
        )


def _refuse_later_days(changes: Mapping[str, str], today: date) -> None:
    for name in DATE_COLUMNS:
        if (day := changes.get(name, "")) > today.isoformat():
            raise ReportError(f"{name} {day} is after today, {today}. Check the year.")


def _read_corrections(content: bytes) -> list[RegisterCorrection]:
    """Return the corrections in a file that is not yet in place."""
    with TemporaryDirectory() as folder:
        (Path(folder) / CORRECTIONS_FILE).write_bytes(content)
        return load_corrections(Path(folder))


def _content_of(path: Path) -> bytes:
    return read_bytes(path) if is_present(path) else b""


def _replace_file(path: Path, content: bytes) -> None:
    """Write a file atomically and sync it to the disk; it keeps its permissions."""
    temporary = path.with_name(f".{path.name}.part")
    try:
        temporary.write_bytes(content)
        if path.exists():
            temporary.chmod(path.stat().st_mode)
        fsync_path(temporary)
        temporary.replace(path)
        fsync_path(path.parent)
    except OSError as error:
        error.filename = str(path)
        raise
    finally:
        temporary.unlink(missing_ok=True)
