"""The tables of round.toml: events, rules for answers, letters and invoices."""

from __future__ import annotations

import re
from datetime import date
from typing import Annotated, Any, Literal, TypeVar

from pydantic import AfterValidator, Field, PositiveInt, field_validator, model_validator

from helpers.base_model import StrictModel
from helpers.model.localized_text import LocalizedText
from helpers.model.member_columns import MAIL_PATTERN
from helpers.pricing.decimals import Percent

_PERSONAL_ADDRESS = re.compile(r"@|\d[\d \-]{5,}\d")  # a mail address or a telephone number
ListType = TypeVar("ListType", bound=list[Any])


def reject_duplicates(values: ListType) -> ListType:
    """The list itself; ValueError if it has a value twice."""
    if len(set(values)) < len(values):
        raise ValueError("name each once")
    return values


class Organiser(StrictModel):
    """The organiser, which asks the members."""

    short: str
    name: str


# How a member's answer counts; a member that has not answered never counts as a no.
Answer = Literal["yes", "no", "conditional", "unanswered"]


class Event(StrictModel):
    """A dated event that a report mentions once it is known.

    `known_from` is the first day on which a report may know it. `quote` marks the organiser's own
    words. The letters to members with an answer in `letters` also mention it, with the text in
    `letter` or, without one, in `text`. `contacts` marks an event of the kind next by which the
    organiser contacts these members: their letters then do not ask them to write.
    """

    kind: Literal[
        "recommended", "terms", "deadline", "meeting", "question", "proposal", "decision", "next"
    ]
    known_from: date
    text: LocalizedText
    on: date | None = None
    source: str = ""
    quote: bool = False
    letters: Annotated[list[Answer], AfterValidator(reject_duplicates)] = Field(
        default_factory=list
    )
    letter: LocalizedText | None = None
    contacts: bool = False

    @model_validator(mode="after")
    def _told_to_someone(self) -> Event:
        if self.letter is not None and not self.letters:
            raise ValueError('letter needs letters = ["yes", …]: the answers that it is for')
        return self

    @model_validator(mode="after")
    def _dated(self) -> Event:
        if self.kind in ("recommended", "deadline", "meeting") and self.on is None:
            raise ValueError(f'an event of kind "{self.kind}" needs a date: on = YYYY-MM-DD')
        return self


class GapSharingSettings(StrictModel):
    """The most that a member may be asked for if the members that said yes share the gap.

    `highest_increase_percent` of its fee before; a fee at the limit is allowed.
    """

    highest_increase_percent: PositiveInt


class IndexationSettings(StrictModel):
    """The yearly increase of the requested amount: `percent` of the year before, unrounded.

    The amount in round.toml is that of the first year.
    """

    percent: Percent


# The part of a fee that is paid for a year of which a member is a member for a part only.
PartOfYear = Literal["whole", "months", "days"]


class JoiningSettings(StrictModel):
    """The part of the fee that a member pays for the year in which it joins.

    `part_of_year`: the whole year's fee; a twelfth for each month left, the month of joining
    counted; or a day's part for each day left, the day of joining counted.
    """

    part_of_year: PartOfYear


class LetterSettings(StrictModel):
    """The offices that letters go to and that members reply to; never a person.

    `recipient` is printed before the member's name; by default the round's contact is, else the
    board of a municipality. `reply_to` receives answers, notices of met conditions and references
    for invoices; `reply_address` is its mail address. `official_names_source` says where the column
    official_name of the members' file is from.
    """

    recipient: LocalizedText | None = None
    copy_to: LocalizedText | None = None
    reply_to: LocalizedText | None = None
    reply_address: Annotated[str, Field(pattern=MAIL_PATTERN)] = ""
    official_names_source: str = ""


class BoardSettings(StrictModel):
    """The front of the board's report: whom it is for, its case number and an office to contact.

    The day of the meeting and the proposal for a decision are events, which have days.
    """

    recipient: LocalizedText | None = None
    case_number: str = ""
    contact: LocalizedText | None = None

    @field_validator("contact")
    @classmethod
    def _is_an_office(cls, contact: LocalizedText | None) -> LocalizedText | None:
        """A report is kept and passed on: it names an office, not a person to call or write to."""
        if any(_PERSONAL_ADDRESS.search(text) for text in (contact or {}).values()):
            raise ValueError("name an office, without a mail address or a telephone number")
        return contact


class Assumption(StrictModel):
    """An assumption of the round that no source states."""

    known_from: date
    text: LocalizedText


class AnswerRules(StrictModel):
    """How conditional, withdrawn and unknown answers count; the defaults secure the least.

    `conditional_yes`: whether a yes with a condition is counted apart until there is an answer
    without a condition, or counts at once. `withdrawn_yes`: whether a no after a yes frees the
    member, leaves it bound by the yes, or is unforeseen (the no counts, and the report states that
    the round has no rule). A yes for some of the years counts in those years only.
    `declined_known` is false if only the members that said yes are known: then no member counts as
    having declined, and the report states no number of them.
    """

    conditional_yes: Literal["apart", "counts"] = "apart"
    withdrawn_yes: Literal["unforeseen", "frees", "binds"] = "unforeseen"
    declined_known: bool = True


class InvoicingSettings(StrictModel):
    """The terms of the round's invoices; a term that is left out is listed as missing.

    `vat`: not stated, exempt, or `vat_percent` of the fee added to it, per invoice, rounded half
    up to `vat_rounded_to` (an öre is a hundredth of a krona). `period` is the text for a year, by
    default its first day to its last. `due` are the terms of payment. `organisation_numbers`:
    Swedish ones, whose form and check digit are checked; `any` country's, of which only those in
    the Swedish form are; or none, which are then not asked for. `overpaid`: whether what a member
    pays beyond its fees is repaid, or is an advance on its fees of later years.
    """

    our_reference: str = ""
    vat: Literal["not-stated", "exempt", "added"] = "not-stated"
    vat_percent: Percent | None = None
    vat_rounded_to: Literal["öre", "krona"] = "öre"
    period: dict[str, LocalizedText] = Field(default_factory=dict)
    due: LocalizedText | None = None
    organisation_numbers: Literal["swedish", "any", "none"] = "swedish"
    overpaid: Literal["repaid", "advance"] = "repaid"

    @model_validator(mode="after")
    def _percent_where_added(self) -> InvoicingSettings:
        if (self.vat == "added") != (self.vat_percent is not None):
            raise ValueError('give vat_percent with vat = "added", and only then')
        return self
