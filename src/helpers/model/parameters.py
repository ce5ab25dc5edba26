"""The parameters of a report: the only definition, for notebooks, command line and docs."""

from __future__ import annotations

import re
from collections.abc import Mapping
from datetime import date
from typing import Annotated, TypeVar

from pydantic import BeforeValidator, ValidationError, model_validator

from helpers.base_model import StrictModel, validation_words
from helpers.errors import ReportError
from helpers.model.languages import known_languages
from helpers.model.localized_text import Language


def _require_iso_date(value: object) -> object:
    """Accept only a day as YYYY-MM-DD: pydantic reads a number as seconds since 1970."""
    if isinstance(value, str) and not re.fullmatch(r"\d{4}-\d{2}-\d{2}", value):
        raise ValueError("it is not a day as YYYY-MM-DD")
    if isinstance(value, int | float):
        raise ValueError("it is a number, not a day")
    return value


def _parse_bool(value: object) -> object:
    """Accept only true or false, also as text: the command line and `papermill -r` give text."""
    words = {"true": True, "false": False}
    if isinstance(value, str) and value.lower() in words:
        return words[value.lower()]
    if not isinstance(value, bool):
        raise ValueError("it is neither true nor false")
    return value


Day = Annotated[date, BeforeValidator(_require_iso_date)]
StrictBool = Annotated[bool, BeforeValidator(_parse_bool)]


class RoundParams(StrictModel):
    """The parameters that all notebooks have: a round, a day, a register and a language.

    `as_of` is the day whose state is shown, `known_on` the day whose knowledge is used (by default
    the same). `decisions` names a register in place of the round's own; `table` is the table
    of a database or the sheet of a workbook. `future` is true if `as_of` is after the day
    of the run; every page then states it.
    """

    round: str
    as_of: Day
    known_on: Day | None = None
    decisions: str | None = None
    table: str = "decisions"
    language: Language = "sv"
    future: StrictBool = False

    @property
    def knowledge_day(self) -> date:
        """The day whose knowledge the report uses."""
        return self.known_on or self.as_of


class ReportParams(RoundParams):
    """The parameters of the board report's notebook.

    `since` is an earlier day, with the knowledge of that day; the report states the changes since
    then. None leaves this section out. `forecast` adds a forecast to the bounds. `replaces` is the
    folder of a release of the same day that this report replaces, and `reason` why; a box in the
    report then states both, and what differs.
    """

    since: Day | None = None
    forecast: StrictBool = False
    replaces: str | None = None
    reason: str | None = None

    @model_validator(mode="after")
    def _since_is_earlier(self) -> ReportParams:
        if self.since is not None and self.since >= self.as_of:
            raise ValueError(f"since is {self.since}, which is not before as_of, {self.as_of}")
        return self


def _code_to_text(value: object) -> object:
    """`papermill -p code 0180` passes the number 180; the zeros are restored from the members."""
    return str(value) if type(value) is int else value


class LetterParams(RoundParams):
    """The parameters of the notebook of a letter.

    `code` is the member's, as in the members' file; lost leading zeros are restored when the
    members are known (see member_names.resolve_member_code).
    """

    code: Annotated[str, BeforeValidator(_code_to_text)]


ParamsModel = TypeVar("ParamsModel", bound=RoundParams)


def report_params(**values: object) -> ReportParams:
    """Check the parameters of a board report; one error lists all mistakes.

    Raises ReportError for an unknown name, a missing one or a value of the wrong type.
    """
    return validate_params(ReportParams, values)


def letter_params(**values: object) -> LetterParams:
    """Check the parameters of a letter, in the same way as report_params."""
    return validate_params(LetterParams, values)


def validate_params(model: type[ParamsModel], values: Mapping[str, object]) -> ParamsModel:
    """Check parameters by their model; one ReportError lists all mistakes."""
    try:
        return model.model_validate(values)
    except ValidationError as error:
        raise ReportError("\n".join(_describe_mistakes(error, model))) from None


def _describe_mistakes(error: ValidationError, model: type[RoundParams]) -> list[str]:
    names = ", ".join(model.model_fields)
    lines = []
    for detail in error.errors():
        if not detail["loc"]:  # two parameters that do not fit each other
            lines.append(f"{detail['ctx']['error']}. Change one of them.")
            continue
        name = detail["loc"][0]
        if detail["type"] == "extra_forbidden":
            lines.append(f"Unknown parameter {name!r}. The parameters are: {names}.")
        elif detail["type"] == "missing":
            lines.append(f"Parameter {name!r} is missing. Give it a value.")
        else:
            lines.append(
                f"Parameter {name!r} cannot be {detail['input']!r}: "
                f"{validation_words(detail)}. "
                f"{_remedy_for(str(name))}"
            )
    return lines


def _remedy_for(name: str) -> str:
    if name in ("as_of", "known_on"):
        return "Write the date as YYYY-MM-DD, for instance 2017-02-22."
    if name == "language":
        return f"Write one of: {', '.join(known_languages())}."
    if name in ("forecast", "future"):
        return "Write true or false."
    return "Write it as text."
