"""A funding round: the one truth about what round.toml and published.toml may say."""

from __future__ import annotations

from datetime import date
from typing import Annotated, Literal

from pydantic import (
    AfterValidator,
    Field,
    PositiveInt,
    model_validator,
)

from helpers.currency import Currency
from helpers.pricing import AnyPricing
from helpers.strict import Strict
from helpers.terms import (
    AnswerRules,
    Assumption,
    Event,
    Invoicing,
    Joining,
    Language,
    Letters,
    Organiser,
    SharingLimits,
    Texts,
    Threshold,
    Words,
    each_once,
)


class Round(Strict):
    """One request to all members: `requested` whole units of `currency` for each of `years`.

    A rule that itself says what is requested (a listed fee, a rate) may leave `requested` out; it
    is then 0 until the members are known (see funding.amounts.priced). Every text has
    Swedish, or English where the documents are in English alone (see data.round_files).
    """

    name: str
    title: Texts
    organiser: Organiser
    currency: Currency
    requested: Annotated[int, Field(ge=0)] = 0
    years: Annotated[list[int], Field(min_length=1), AfterValidator(each_once)]
    recommended_on: date
    members: str
    languages: Annotated[list[Language], Field(min_length=1), AfterValidator(each_once)]
    reconstructed: bool
    pricing: AnyPricing
    answers: AnswerRules = AnswerRules()
    invoicing: Invoicing = Invoicing()
    groups: dict[str, Texts] = Field(default_factory=dict)
    words: Words = Field(default_factory=dict)
    contact: Texts | None = None
    sharing: SharingLimits | None = None
    joining: Joining | None = None
    letters: Letters = Letters()
    thresholds: list[Threshold] = Field(default_factory=list)
    events: list[Event] = Field(default_factory=list)
    assumptions: list[Assumption] = Field(default_factory=list)

    @model_validator(mode="after")
    def _measurable(self) -> Round:
        """What a shared cost collects is no sum of fees, so no number of replies secures it."""
        if self.pricing.depends_on_joined and any(t.measure == "amount" for t in self.thresholds):
            raise ValueError(
                f'a threshold of the measure "amount" does not fit the rule "{self.pricing.rule}": '
                'write it in "inhabitants", as the cost is shared by them'
            )
        return self

    @model_validator(mode="after")
    def _periods_of_its_years(self) -> Round:
        others = sorted(set(self.invoicing.period) - set(map(str, self.years)))
        if others:
            raise ValueError(f"invoicing.period names no year of the round: {', '.join(others)}")
        return self

    def known_events(self, kind: str, known_on: date) -> list[Event]:
        """Those events of one kind that a report may know on a day, in the order of the file."""
        return [e for e in self.events if e.kind == kind and e.known_from <= known_on]


class Published(Strict):
    """A figure that the organiser or a member printed, in its own words, to reconcile against.

    `figure` names a key of figures.json, or `fee:CODE` for one member's fee. `state_on` is the day
    that the figure speaks of. `kind` says how it was written: exactly, rounded to a whole percent,
    as "a little over" (`value` up to `below`), or an amount rounded to `rounded_to` units.
    `wording` is the source's own, and blank where only its content is known.
    """

    figure: str
    kind: Literal["exact", "percent", "over", "rounded"]
    value: int
    below: int | None = None
    rounded_to: PositiveInt | None = None
    state_on: date
    known_from: date
    source: str
    why: Texts
    wording: str = ""
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
