"""A funding round and the parameters of a report: the one truth about what may be said of them."""

from __future__ import annotations

import re
from datetime import date
from typing import Annotated, Any, Literal, TypeVar

from pydantic import (
    AfterValidator,
    BaseModel,
    BeforeValidator,
    ConfigDict,
    Field,
    PositiveInt,
    ValidationError,
    model_validator,
)

from helpers.errors import ReportError

Language = Literal["sv", "en"]


def _with_swedish(texts: dict[Language, str]) -> dict[Language, str]:
    if "sv" not in texts:
        raise ValueError('needs at least a Swedish text: sv = "..."')
    return texts


Items = TypeVar("Items", bound=list[Any])


def _each_once(values: Items) -> Items:
    if len(set(values)) < len(values):
        raise ValueError("name each once")
    return values


# What the board reads: one text a language, Swedish always there.
Texts = Annotated[dict[Language, str], AfterValidator(_with_swedish)]


class Strict(BaseModel):
    """Frozen, and no unknown keys: a misspelt key is an error, not a silent default."""

    model_config = ConfigDict(extra="forbid", frozen=True)


class Organiser(Strict):
    """Who asks the members."""

    short: str
    name: str


class MembershipFee(Strict):
    """SKL's membership-fee principle: by inhabitants, with a rebate for the largest members.

    Source: SKL/SKR, "Förbundsavgift" (2018, 2020, 2024); the round's own choice of population
    year is the memorandum's, see the round's README.
    """

    rule: Literal["membership-fee"]
    population_year: int
    rebate_above: PositiveInt
    rebate_percent: Annotated[int, Field(ge=0, lt=100)]


class Event(Strict):
    """Something dated that a report may tell of, once it is known.

    `known_from` is the first day on which a report may know it. `quote` marks the organiser's own
    words; `assumed` marks what no source states.
    """

    kind: Literal["recommended", "deadline", "question", "decision", "next"]
    known_from: date
    text: Texts
    on: date | None = None
    source: str = ""
    quote: bool = False
    assumed: bool = False

    @model_validator(mode="after")
    def _dated(self) -> Event:
        if self.kind in ("recommended", "deadline") and self.on is None:
            raise ValueError(f'an event of kind "{self.kind}" needs a date: on = YYYY-MM-DD')
        return self


class Assumption(Strict):
    """Something that the round takes for granted because no source states it."""

    known_from: date
    text: Texts


class AnswerRules(Strict):
    """How answers out of the ordinary count; each default is the one that promises least.

    `conditional_yes`: a yes that carries a condition stands apart until an answer without one
    comes, or counts at once. `withdrawn_yes`: a yes changed to no frees the member, binds it all
    the same, or nobody foresaw it: then the no counts and the report says so. A yes for some of
    the years always counts in just those years.
    """

    conditional_yes: Literal["apart", "counts"] = "apart"
    withdrawn_yes: Literal["unforeseen", "frees", "binds"] = "unforeseen"


class Round(Strict):
    """One request to all members: `requested` whole units of `currency` for each of `years`."""

    name: str
    title: Texts
    organiser: Organiser
    currency: Literal["SEK"]
    requested: PositiveInt
    years: Annotated[list[int], Field(min_length=1), AfterValidator(_each_once)]
    recommended_on: date
    members: str
    languages: Annotated[list[Language], Field(min_length=1), AfterValidator(_each_once)]
    reconstructed: bool
    pricing: MembershipFee
    answers: AnswerRules = AnswerRules()
    groups: dict[str, Texts] = {}
    events: list[Event] = []
    assumptions: list[Assumption] = []

    def known_events(self, kind: str, known_on: date) -> list[Event]:
        """Those events of one kind that a report may know on a day, in the order of the file."""
        return [e for e in self.events if e.kind == kind and e.known_from <= known_on]


class Published(Strict):
    """A figure that the organiser or a member printed, in its own words, to reconcile against.

    `figure` names a key of figures.json, or `fee:CODE` for one member's fee. `state_on` is the day
    that the figure speaks of. `kind` says how it was written: exactly, rounded to a whole percent,
    as "a little over" (`value` up to `below`), or an amount rounded to `rounded_to` units.
    """

    figure: str
    kind: Literal["exact", "percent", "over", "rounded"]
    value: int
    below: int | None = None
    rounded_to: PositiveInt | None = None
    state_on: date
    known_from: date
    wording: str
    source: str
    why: Texts
    by_construction: bool = False

    @model_validator(mode="after")
    def _complete(self) -> Published:
        is_share = self.figure.endswith("_share")
        if (self.kind == "percent") != is_share:
            raise ValueError('kind is "percent" for a share, and only for a share')
        if self.kind == "over" and self.below is None:
            raise ValueError('kind "over" needs below = the least amount it no longer fits')
        if self.kind == "rounded" and self.rounded_to is None:
            raise ValueError('kind "rounded" needs rounded_to = the step it was rounded to')
        return self


def _iso_day(value: object) -> object:
    """Only a day as YYYY-MM-DD: pydantic would read a bare number as seconds since 1970."""
    if isinstance(value, str) and not re.fullmatch(r"\d{4}-\d{2}-\d{2}", value):
        raise ValueError("it is not a day as YYYY-MM-DD")
    if isinstance(value, int | float):
        raise ValueError("it is a number, not a day")
    return value


Day = Annotated[date, BeforeValidator(_iso_day)]


class ReportParams(Strict):
    """What one run of the board report is asked for: the notebook's parameters, one for one.

    `as_of` is the day whose state is shown, `known_on` the day whose knowledge is used (by default
    the same). `decisions` names another register than the round's own; `table` is the table to
    read where that register is a database.
    """

    round: str
    as_of: Day
    known_on: Day | None = None
    decisions: str | None = None
    table: str = "decisions"
    language: Language = "sv"

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
    return "Write it as text."
