"""Problems and errors as text in the language of the person at the terminal."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import replace

from helpers.errors import (
    DataError,
    Problem,
    ReportError,
    escape_control_characters,
    row_in_sheet,
    summarize_problems,
)
from helpers.i18n.swedish_messages import SWEDISH_COLUMN_NAMES, in_swedish
from helpers.model.localized_text import Language

_LOCALE_VARIABLES = ("LC_ALL", "LC_MESSAGES", "LANG")  # the first that is set decides


def locale_language(environment: Mapping[str, str]) -> Language:
    """Swedish where the locale of messages is Swedish, else English."""
    stated = [environment[name] for name in _LOCALE_VARIABLES if environment.get(name)]
    return "sv" if stated and re.match(r"sv(?![a-z])", stated[0]) else "en"


def localize_text(message: str, language: Language) -> str:
    """A message of the program in the language."""
    return in_swedish(message) if language == "sv" else message


def localize_problem(problem: Problem, language: Language) -> Problem:
    """The problem with its two texts in the language."""
    if language == "en":
        return problem
    return replace(problem, what=in_swedish(problem.what), remedy=in_swedish(problem.remedy))


def localize_column(column: str | None, language: Language) -> str | None:
    """The name of a column of the register in the language; another name as it is."""
    return SWEDISH_COLUMN_NAMES.get(column or "", column) if language == "sv" else column


def problem_text(problem: Problem, language: Language) -> str:
    """A problem in one line: file, sheet, row, column, what is wrong, and what to do."""
    if language == "en":
        return str(problem)
    column_word = "nyckel" if problem.is_of_toml else "kolumn"
    location = [
        problem.file,
        *([f"blad {problem.sheet}"] if problem.sheet is not None else []),
        *([f"rad {row_in_sheet(problem.row)}"] if problem.row is not None else []),
        *([f"{column_word} {problem.column_to_name}"] if problem.column_to_name else []),
    ]
    swedish = localize_problem(problem, language)
    return escape_control_characters(f"{', '.join(location)}: {swedish.what} {swedish.remedy}")


def error_text(error: ReportError, language: Language) -> str:
    """The message of an error in the language."""
    if language == "en":
        return str(error)
    if isinstance(error, DataError):
        lines = [problem_text(problem, language) for problem in error.problems]
        summary = summarize_problems(lines)
        return "\n".join(line if line in lines else in_swedish(line) for line in summary)
    return in_swedish(str(error))
