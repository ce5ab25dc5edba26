"""Review a round's files: all their errors, warnings and repairs at once."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import date
from pathlib import Path

import pandas as pd

from helpers.checking.language_review import find_untranslated, language_notes
from helpers.checking.letter_notes import letter_notes
from helpers.checking.membership_notes import membership_notes
from helpers.checking.money_remarks import find_payment_remarks, find_rounded_requests
from helpers.checking.published_lines import find_computation_problems, find_disagreements
from helpers.checking.unset_text_review import find_unset_texts
from helpers.checking.unused_columns import unused_column_notes
from helpers.data.readers.table_reader import read_table
from helpers.data.register.register_corrections import load_corrections
from helpers.data.register.register_loader import ExaminedRegister, examine_table
from helpers.data.register.rules.future_days import find_future_days
from helpers.data.round.answers_source import answers_source
from helpers.data.round.archived_inputs import (
    archived_release_folder,
    load_archived_round,
    load_archived_table,
    read_release_json,
)
from helpers.data.round.brand_files import load_archived_brand, load_brand, logo_problem
from helpers.data.round.commentary_file import load_commentary
from helpers.data.round.invoicing_file import load_invoicing
from helpers.data.round.members_file import load_members
from helpers.data.round.payments_file import load_payments
from helpers.data.round.round_config import load_published, load_round, round_folder
from helpers.documents.typst.logo_picture import logo_as_png
from helpers.errors import DataError, Problem, in_own_words
from helpers.funding.answers.effective_answers import effective_answers
from helpers.i18n.localized_problems import localize_text, problem_text
from helpers.model.answer_register import Register, SourceTable
from helpers.model.brand.brand_look import BrandLook
from helpers.model.brand.logo_check import LogoRefusedError
from helpers.model.funding_round import Round
from helpers.model.localized_text import Language

_SEVERITY_NAMES: dict[Language, dict[str, str]] = {
    "sv": {"error": "fel", "warning": "varning", "repair": "tolkning"},
    "en": {"error": "error", "warning": "warning", "repair": "repair"},
}


@dataclass(frozen=True)
class RegisterReview:
    """A register's problems in the order of its rows, and the table that was read.

    `notes` name the unused columns of other files, and the members that leave or join during the
    round; `letter_notes` say what letters do not state.
    `elsewhere` are those of the problems that are not about the register itself.
    """

    problems: list[Problem]
    table: SourceTable
    elsewhere: tuple[Problem, ...] = ()
    notes: tuple[str, ...] = ()
    letter_notes: tuple[str, ...] = ()

    @property
    def failed(self) -> bool:
        """Whether a problem is an error, which stops a report."""
        return any(problem.severity == "error" for problem in self.problems)

    def __str__(self) -> str:
        return self.text("en")

    def text(self, language: Language, *, letters: bool = False) -> str:
        """The notes on the table, and on letters; a line for each problem, and their number."""
        chosen = (*self.table.notes, *self.notes, *(self.letter_notes if letters else ()))
        notes = [localize_text(note, language) for note in chosen]
        width = max(map(len, _SEVERITY_NAMES[language].values())) + 2
        lines = [
            f"{_SEVERITY_NAMES[language][problem.severity] + ':':<{width}}"
            f"{problem_text(problem, language)}"
            for problem in self.problems
        ]
        rows = len(self.table.rows)
        summary = f"{self._summary()} in {rows} row{'s' * (rows != 1)}."
        return "\n".join([*notes, *lines, localize_text(summary, language)])

    def _summary(self) -> str:
        kinds = Counter(p.severity for p in self.problems if p.file == self.table.file)
        counts = [f"{n} {kind}{'s' * (n > 1)}" for kind, n in sorted(kinds.items())]
        return f"{self.table.file}: {', '.join(counts) or 'no problems'}"


def review_register(
    round_name: str,
    decisions: str | None = None,
    table: str = "decisions",
    today: date | None = None,
) -> RegisterReview:
    """Examine a round's register, or the one in `decisions`, in its present state.

    "release:FOLDER" as `decisions` examines what that release archived. Days after `today` are
    errors; without it, days are not compared with the clock. Raises ReportError or DataError if
    there is no register to examine, and DataError, with the register's errors as well, if another
    file of the round would stop a report.
    """
    folder, round_, members, examined = _load_and_examine(round_name, decisions, table)
    register = examined.register
    problems = [*examined.errors, *register.remarks]
    problems += find_future_days(register, today) if today else []
    latest = register.latest
    if latest is not None:
        try:
            effective_answers(register, latest, latest)
        except DataError as ties:
            problems += ties.problems
    problems = [in_own_words(problem, register.headings) for problem in problems]
    others = [
        *_optional_file_problems(folder, members, round_),
        *_brand_problems(folder, round_, archived=archived_release_folder(decisions) is not None),
        *find_computation_problems(round_, members, today or round_.base_day),
    ]
    errors = [problem for problem in problems if problem.severity == "error"]
    if others:
        raise DataError([*errors, *others])
    if not errors and decisions is None:  # another register is not what the figures are of
        problems += _remarks_on_figures(folder, round_, members, register, today)
    texts = [*find_unset_texts(folder, round_, register), *find_untranslated(round_.languages)]
    found = sorted([*problems, *texts], key=lambda problem: problem.row or 0)
    elsewhere = tuple(problem for problem in found if problem.file != register.table.file)
    notes = tuple(_notes(folder, round_, members))
    on_letters = tuple(letter_notes(round_, members))
    return RegisterReview(found, register.table, elsewhere, notes, on_letters)


def _notes(folder: Path, round_: Round, members: pd.DataFrame) -> Iterator[str]:
    yield from unused_column_notes(folder, round_)
    yield from membership_notes(round_, members)
    yield from language_notes(round_.languages)


def _remarks_on_figures(
    folder: Path, round_: Round, members: pd.DataFrame, register: Register, today: date | None
) -> list[Problem]:
    """Return the published figures that differ, payments without a yes, and rounded amounts."""
    published = load_published(folder, round_.languages)
    payments = load_payments(folder, members, round_)
    return [
        *find_disagreements(round_, members, register, published, today),
        *find_payment_remarks(round_, members, register, payments, today),
        *find_rounded_requests(round_),
    ]


def _load_and_examine(
    round_name: str, decisions: str | None, table: str
) -> tuple[Path, Round, pd.DataFrame, ExaminedRegister]:
    """Return the folder of the round's files, the round, its members and the register."""
    release = archived_release_folder(decisions)
    folder = round_folder(round_name) if release is None else release / "inputs"
    round_ = load_round(folder) if release is None else load_archived_round(folder, round_name)
    members = load_members(folder, round_)
    read = (
        _read_answers(folder, round_, decisions, table)
        if release is None
        else load_archived_table(folder, read_release_json(release / "run.json"))
    )
    return folder, round_, members, examine_table(read, members, round_, load_corrections(folder))


def _read_answers(folder: Path, round_: Round, decisions: str | None, table: str) -> SourceTable:
    where, settings = answers_source(folder, round_, decisions)
    return read_table(where, table, settings)


def _brand_problems(folder: Path, round_: Round, *, archived: bool) -> list[Problem]:
    """Return the problems of the round's colours, logo and typeface."""
    try:
        brand = (load_archived_brand if archived else load_brand)(folder, round_)
    except DataError as error:
        return error.problems
    if brand.logo is None:
        return []
    try:
        logo_as_png(BrandLook().with_logo(brand.logo, ""))
    except LogoRefusedError as refused:
        stated_in = brand.files.get("brand", folder / "round.toml")
        return [logo_problem(brand.files["logo"], stated_in, str(refused))]
    return []


def _optional_file_problems(folder: Path, members: pd.DataFrame, round_: Round) -> list[Problem]:
    """Return the problems of the round's optional files."""
    problems: list[Problem] = []
    loads: list[Callable[[], object]] = [
        lambda: load_published(folder, round_.languages),
        lambda: load_commentary(folder),
        lambda: load_invoicing(folder, members, round_.invoicing.organisation_numbers),
        lambda: load_payments(folder, members, round_),
    ]
    for load in loads:
        try:
            load()
        except DataError as error:
            problems += error.problems
    return problems
