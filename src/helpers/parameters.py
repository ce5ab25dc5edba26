"""The parameters of a report: the one truth for notebook, command line and docs."""

from __future__ import annotations

import re
from datetime import date
from typing import Annotated

from pydantic import BeforeValidator, ValidationError, model_validator

from helpers.errors import ReportError
from helpers.rounds import Language
from helpers.strict import Strict


def _iso_day(value: object) -> object:
    """Only a day as YYYY-MM-DD: pydantic would read a bare number as seconds since 1970."""
    if isinstance(value, str) and not re.fullmatch(r"\d{4}-\d{2}-\d{2}", value):
        raise ValueError("it is not a day as YYYY-MM-DD")
    if isinstance(value, int | float):
        raise ValueError("it is a number, not a day")
    return value


def _truth(value: object) -> object:
    """Only true or false, also as text: the command line and `papermill -r` give text."""
    words = {"true": True, "false": False}
    if isinstance(value, str) and value.lower() in words:
        return words[value.lower()]
    if not isinstance(value, bool):
        raise ValueError("it is neither true nor false")
    return value


Day = Annotated[date, BeforeValidator(_iso_day)]
Truth = Annotated[bool, BeforeValidator(_truth)]


class ReportParams(Strict):
    """What one run of the board report is asked for: the notebook's parameters, one for one.

    `as_of` is the day whose state is shown, `known_on` the day whose knowledge is used (by default
    the same), `since` an earlier day, as it was known then, to tell what has changed from; None
    tells nothing. `decisions` names another register than the round's own; `table` is the table to
    read where that register is a database. `forecast` asks for a forecast beside the bounds.
    """

    round: str
    as_of: Day
    known_on: Day | None = None
    since: Day | None = None
    decisions: str | None = None
    table: str = "decisions"
    language: Language = "sv"
    forecast: Truth = False

    @model_validator(mode="after")
    def _since_is_earlier(self) -> ReportParams:
        if self.since is not None and self.since >= self.as_of:
            raise ValueError(f"since is {self.since}, which is not before as_of, {self.as_of}")
        return self

    @property
    def knowledge_day(self) -> date:
        """The day whose knowledge the report uses."""
        return self.known_on or self.as_of


def report_params(**values: object) -> ReportParams:
    """Check report parameters; every mistake is named at once.

    Raises ReportError for an unknown name, a missing one or a value of the wrong type.
    """
    try:
        return ReportParams.model_validate(values)
    except ValidationError as error:
        raise ReportError("\n".join(_parameter_mistakes(error))) from None


def _parameter_mistakes(error: ValidationError) -> list[str]:
    names = ", ".join(ReportParams.model_fields)
    lines = []
    for detail in error.errors():
        name = detail["loc"][0]
        if detail["type"] == "extra_forbidden":
            lines.append(f"Unknown parameter {name!r}. The parameters are: {names}.")
        elif detail["type"] == "missing":
            lines.append(f"Parameter {name!r} is missing. Give it a value.")
        else:
            lines.append(
                f"Parameter {name!r} cannot be {detail['input']!r}: {detail['msg']}. "
                f"{_remedy(str(name))}"
            )
    return lines


def _remedy(name: str) -> str:
    if name in ("as_of", "known_on"):
        return "Write the date as YYYY-MM-DD, for instance 2017-02-22."
    if name == "language":
        return "Write sv or en."
    if name == "forecast":
        return "Write true or false."
    return "Write it as text."
