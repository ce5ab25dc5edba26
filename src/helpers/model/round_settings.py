"""What the tables of round.toml may say: events, thresholds, rules for answers and invoices."""

from __future__ import annotations

from datetime import date
from typing import Annotated, Any, Literal, TypeVar

from pydantic import AfterValidator, Field, PositiveInt, model_validator

from helpers.base_model import StrictModel
from helpers.model.localized_text import LocalizedText
from helpers.pricing.decimals import Percent

ListType = TypeVar("ListType", bound=list[Any])


def reject_duplicates(values: ListType) -> ListType:
    """The list itself; ValueError where something stands in it twice."""
    if len(set(values)) < len(values):
        raise ValueError("name each once")
    return values


class Organiser(StrictModel):
    """Who asks the members."""

    short: str
    name: str


# How a member's answer counts; silence is never a no.
Answer = Literal["yes", "no", "conditional", "unanswered"]


class Event(StrictModel):
    """Something dated that a report may tell of, once it is known.

    `known_from` is the first day on which a report may know it. `quote` marks the organiser's own
    words; `assumed` marks what no source states. `letters` are the answers whose members' letters
    tell of it too, in the words of `letter`, or of `text` where it has none.
    """

    kind: Literal["recommended", "terms", "deadline", "question", "decision", "next"]
    known_from: date
    text: LocalizedText
    on: date | None = None
    source: str = ""
    quote: bool = False
    assumed: bool = False
    letters: Annotated[list[Answer], AfterValidator(reject_duplicates)] = Field(
        default_factory=list
    )
    letter: LocalizedText | None = None

    @model_validator(mode="after")
    def _told_to_someone(self) -> Event:
        if self.letter is not None and not self.letters:
            raise ValueError('letter needs letters = ["yes", …]: the answers that it is told to')
        return self

    @model_validator(mode="after")
    def _dated(self) -> Event:
        if self.kind in ("recommended", "deadline") and self.on is None:
            raise ValueError(f'an event of kind "{self.kind}" needs a date: on = YYYY-MM-DD')
        return self


class Threshold(StrictModel):
    """What the round needs to go ahead: so much money, so many members or inhabitants.

    `at_least` is a whole number (units of currency a year, members that say yes, their
    inhabitants), `percent` a share of the requested amount, of all members or of all inhabitants.
    Where a round has several, all must be met.
    """

    measure: Literal["amount", "members", "inhabitants"]
    known_from: date
    at_least: PositiveInt | None = None
    percent: Annotated[int, Field(gt=0, le=100)] | None = None
    source: str = ""

    @model_validator(mode="after")
    def _one_of_two(self) -> Threshold:
        if (self.at_least is None) == (self.percent is None):
            raise ValueError("give either at_least or percent")
        return self


class GapSharingSettings(StrictModel):
    """The most that a member may be asked for if those who said yes share the gap.

    `highest_increase_percent` of its fee before; a fee at the limit is allowed, one above is not.
    """

    highest_increase_percent: PositiveInt


class JoiningSettings(StrictModel):
    """What a member pays for the year in which it joins.

    `part_of_year`: the whole year's fee; a twelfth for each month left, the month of joining
    counted; or a day's part for each day left, the day of joining counted.
    """

    part_of_year: Literal["whole", "months", "days"]


class LetterSettings(StrictModel):
    """Whom the letters go to and where the members reply: offices, never a person.

    `recipient` stands before the member's name; without it, the round's contact does. `reply_to`
    takes answers, conditions met and the references that invoices bear.
    """

    recipient: LocalizedText | None = None
    copy_to: LocalizedText | None = None
    reply_to: LocalizedText | None = None


class Assumption(StrictModel):
    """Something that the round takes for granted because no source states it."""

    known_from: date
    text: LocalizedText


class AnswerRules(StrictModel):
    """How answers out of the ordinary count; each default is the one that promises least.

    `conditional_yes`: a yes that carries a condition stands apart until an answer without one
    comes, or counts at once. `withdrawn_yes`: a yes changed to no frees the member, binds it all
    the same, or nobody foresaw it: then the no counts and the report says so. A yes for some of
    the years always counts in just those years. `declined_known` is false where it is only known
    who has said yes: then nobody has said no, and no report speaks of how many have.
    """

    conditional_yes: Literal["apart", "counts"] = "apart"
    withdrawn_yes: Literal["unforeseen", "frees", "binds"] = "unforeseen"
    declined_known: bool = True


class InvoicingSettings(StrictModel):
    """What the invoices of the round say; whatever is not stated is asked for, never guessed.

    `vat`: no source states it, the fee is exempt, or `vat_percent` of it is added on top, per
    invoice, half-up to `vat_rounded_to` (an öre is a hundredth of a krona). `period` is the text
    for a year, by default its first day to its last. `due` are the terms of payment.
    """

    our_reference: str = ""
    vat: Literal["not-stated", "exempt", "added"] = "not-stated"
    vat_percent: Percent | None = None
    vat_rounded_to: Literal["öre", "krona"] = "öre"
    period: dict[str, LocalizedText] = Field(default_factory=dict)
    due: LocalizedText | None = None

    @model_validator(mode="after")
    def _percent_where_added(self) -> InvoicingSettings:
        if (self.vat == "added") != (self.vat_percent is not None):
            raise ValueError('give vat_percent with vat = "added", and only then')
        return self
