"""A funding round: the only definition of the keys of round.toml."""

from __future__ import annotations

from collections import Counter
from datetime import date
from fractions import Fraction
from typing import Annotated, Any

from pydantic import (
    AfterValidator,
    ConfigDict,
    Field,
    model_validator,
)

from helpers.base_model import StrictModel
from helpers.model.brand.brand_settings import BrandSettings
from helpers.model.currency import Currency
from helpers.model.localized_text import (
    Language,
    LocalizedText,
    WordReplacements,
    required_language,
)
from helpers.model.settings.contingency_settings import ContingencySettings, reject_contingency
from helpers.model.settings.member_nouns import MemberNouns
from helpers.model.settings.pledge_settings import (
    reject_amount_columns,
    reject_part_pledges,
    reject_settings_of_fees,
)
from helpers.model.settings.register_settings import RegisterSettings
from helpers.model.settings.round_settings import (
    AnswerRules,
    Assumption,
    BoardSettings,
    Event,
    GapSharingSettings,
    IndexationSettings,
    InvoicingSettings,
    JoiningSettings,
    LetterSettings,
    Organiser,
    PartOfYear,
    reject_duplicates,
)
from helpers.model.settings.threshold_settings import Threshold, reject_thresholds
from helpers.model.settings.unit_words import with_unit_words
from helpers.model.settings.yearly_amounts import amounts_of_years, require_year
from helpers.pricing import AnyPricing, Pledges
from helpers.rounding import round_half_up

MAX_YEARS = 100  # each year has its own account in a report


class Round(StrictModel):
    """One request to all members: `requested` whole units of `currency` for each of `years`.

    In round.toml, `requested` may be a table with an amount for each year, or the amount of the
    first year, which `indexation` raises. Then these are in
    `requested_of_years`, and `requested` is the amount of the first year or, once the answers show
    which year has the least secured, of that year, `counted_year` (see statement_computation).
    An amount with decimals is rounded to whole units, and `requested_as_stated` has it exactly.
    With a pricing rule that determines the requested amount (a listed fee, a rate), `requested` may
    be left out; it is 0 until the members are known (see member_prices.with_requested_amount).
    The members on `members_on` (by default the day of the recommendation) share it, and
    `part_of_year` says what is paid for a year in which a membership begins or ends. With
    `part_pledges`, a yes may state another amount than the fee (see funding.answers.part_pledges).
    Every text is in Swedish, or in English if all documents are (see round_config).
    """

    # pydantic's models have a method named register, so the field of [register] has another name.
    model_config = ConfigDict(populate_by_name=True)

    name: str
    title: LocalizedText
    organiser: Organiser
    currency: Currency
    requested: Annotated[int, Field(ge=0)] = 0
    requested_of_years: dict[int, Annotated[int, Field(gt=0)]] = Field(default_factory=dict)
    counted_year: int | None = None
    requested_as_stated: dict[int, Fraction] = Field(default_factory=dict)
    years: Annotated[
        list[Annotated[int, AfterValidator(require_year)]],
        Field(min_length=1, max_length=MAX_YEARS),
        AfterValidator(reject_duplicates),
    ]
    recommended_on: date
    members: str
    members_on: date | None = None
    part_of_year: PartOfYear = "whole"
    part_pledges: bool = False
    languages: Annotated[list[Language], Field(min_length=1), AfterValidator(reject_duplicates)]
    reconstructed: bool
    pricing: AnyPricing
    register_settings: RegisterSettings = Field(default=RegisterSettings(), alias="register")
    answers: AnswerRules = AnswerRules()
    invoicing: InvoicingSettings = InvoicingSettings()
    groups: dict[str, LocalizedText] = Field(default_factory=dict)
    words: WordReplacements = Field(default_factory=dict)
    member: MemberNouns | None = None
    brand: BrandSettings | None = None
    contact: LocalizedText | None = None
    board: BoardSettings = BoardSettings()
    sharing: GapSharingSettings | None = None
    indexation: IndexationSettings | None = None
    joining: JoiningSettings | None = None
    contingency: ContingencySettings | None = None
    letters: LetterSettings = LetterSettings()
    thresholds: list[Threshold] = Field(default_factory=list)
    events: list[Event] = Field(default_factory=list)
    assumptions: list[Assumption] = Field(default_factory=list)

    @model_validator(mode="before")
    @classmethod
    def _amount_of_each_year(cls, values: Any) -> Any:
        """Take a table of amounts apart, and round decimals; equal amounts are one amount."""
        amounts = values.get("requested") if isinstance(values, dict) else None
        return {**values, **amounts_of_years(amounts, values)} if amounts else values

    @model_validator(mode="after")
    def _amounts_of_its_years(self) -> Round:
        if self.indexation and not self.pricing.needs_requested:
            raise ValueError(
                f'[indexation] does not fit the rule "{self.pricing.rule}", which sets the amount '
                "itself: leave it out"
            )
        if self.requested_of_years and not self.pricing.needs_requested:
            raise ValueError(
                f'an amount for each year in requested does not fit the rule "{self.pricing.rule}",'
                " which sets the amount itself: leave requested out"
            )
        return self

    @model_validator(mode="after")
    def _years_after_it_began(self) -> Round:
        """The year of the recommendation may be one of the years, as it has not ended."""
        last = max(self.years)
        if last < self.recommended_on.year:
            raise ValueError(
                f"the last of years, {last}, ended before recommended_on, {self.recommended_on}: "
                "correct one of the two"
            )
        return self

    @model_validator(mode="after")
    def _measurable(self) -> Round:
        reject_thresholds(self.thresholds, self.pricing, has_contingency=bool(self.contingency))
        if self.contingency:
            requested = {year: self.requested_in(year) for year in self.years}
            reject_contingency(self.contingency_by_year, requested, self.pricing)
        return self

    @model_validator(mode="after")
    def _fits_pledges(self) -> Round:
        """With pledges nobody has a fee, and what a round says of fees has no meaning."""
        if isinstance(self.pricing, Pledges):
            reject_settings_of_fees(self.pricing, self.currency, self.model_fields_set)
            object.__setattr__(self, "register_settings", self.register_settings.reading_amounts())
        elif not self.part_pledges:
            reject_amount_columns(self.register_settings)
        return self

    @model_validator(mode="after")
    def _fits_part_pledges(self) -> Round:
        """Another amount than the fee needs a fee that does not depend on the other answers."""
        if self.part_pledges:
            reject_part_pledges(self.pricing, has_sharing=self.sharing is not None)
            object.__setattr__(self, "register_settings", self.register_settings.reading_amounts())
        return self

    @model_validator(mode="after")
    def _periods_of_its_years(self) -> Round:
        others = sorted(set(self.invoicing.period) - set(map(str, self.years)))
        if others:
            raise ValueError(f"invoicing.period names no year of the round: {', '.join(others)}")
        return self

    @model_validator(mode="after")
    def _each_deadline_once(self) -> Round:
        """A last day for replies that is stated twice would be shown twice."""
        deadlines = Counter(e.on for e in self.events if e.kind == "deadline" and e.on)
        for day, times in deadlines.items():
            if times > 1:
                raise ValueError(f"the deadline {day} is stated twice: keep one")
        return self

    def with_member_words(self) -> Round:
        """The round, with the forms of its members' nouns among its words, which come first."""
        if self.member is None:
            return self
        forms = self.member.replacements()
        words = {
            language: {**forms.get(language, {}), **self.words.get(language, {})}
            for language in {**forms, **self.words}
        }
        return self.model_copy(update={"words": words})

    def with_unit_words(self) -> Round:
        """The round, with the words of what its fees are shared by, if that is not inhabitants."""
        words = with_unit_words(self.words, self.pricing.columns())
        return self if words is self.words else self.model_copy(update={"words": words})

    def requested_in(self, year: int) -> int:
        """The amount requested for a year."""
        return self.requested_of_years.get(year, self.requested)

    def counting(self, year: int) -> Round:
        """The round with the amount of one year, where they differ; else the round itself."""
        if not self.requested_of_years:
            return self
        amount = self.requested_in(year)
        return self.model_copy(update={"requested": amount, "counted_year": year})

    def foreign_language(self, language: Language) -> Language | None:
        """The language of the names and quotations in the round's files, if it is another one."""
        source = required_language(self.languages)
        return source if source != language else None

    @property
    def requested_rounding(self) -> dict[int, Fraction]:
        """What rounding the stated amounts to whole units adds, by year; {} if none is rounded."""
        stated = sorted(self.requested_as_stated.items())
        return {year: round_half_up(amount) - amount for year, amount in stated}

    @property
    def requested_all_years(self) -> int:
        """The amount requested for all years together."""
        return sum(self.requested_in(year) for year in self.years)

    @property
    def contingency_by_year(self) -> dict[int, int]:
        """The reserve within the requested amount of each year; {} without one."""
        return self.contingency.in_years(self.years, self.indexation) if self.contingency else {}

    @property
    def base_day(self) -> date:
        """The day whose members share the requested amount."""
        return self.members_on or self.recommended_on

    def known_events(self, kind: str, known_on: date) -> list[Event]:
        """The events of one kind that a report may know on a day, in the order of the file."""
        return [e for e in self.events if e.kind == kind and e.known_from <= known_on]

    def known_thresholds(self, known_on: date) -> list[Threshold]:
        """The thresholds that a report may know on a day, in the order of the file."""
        return [t for t in self.thresholds if t.known_from <= known_on]
