"""What all letters to one member share: how they are loaded, their facts and their hand-over."""

from __future__ import annotations

from functools import cached_property
from typing import Any, ClassVar, Self

from helpers.data.register.columns.member_names import resolve_member_code
from helpers.errors import ReportError
from helpers.funding.billing.letter_occasion import check_letter_kind, check_letter_recipient
from helpers.funding.billing.member_facts import MemberFacts, collect_member_facts
from helpers.funding.figures_json.letter_json import letter_figures
from helpers.funding.statement.round_statement import Statement
from helpers.funding.totals.members.member_count import is_contributor
from helpers.model.brand.brand_look import BrandLook
from helpers.model.letter_kind import LetterKind
from helpers.model.parameters import LetterParams, RoundParams, letter_params
from helpers.model.settings.commentary import Comment
from helpers.report.hand_over import HandOver
from helpers.report.report_cache import cached_report
from helpers.report.report_data import ReportData
from helpers.sections.letter.letter_context import LetterContext
from helpers.sections.letter.letter_opening import letter_headline
from helpers.sections.pricing.wording_choice import section_context

_LETTER_DOCUMENT = "letter"  # the kind of document, as the exporters know it


def member_names(statement: Statement) -> dict[str, str]:
    """The names of the members that get a letter, by code: the members on the day."""
    return statement.on_day.addressed_names


def resolve_addressee(report: ReportData, code: str) -> str:
    """The code of the member that a code or a name means.

    Raises ReportError for a code that no member has, for a member that is not one on the day, and
    for a contributor outside the members that has not answered: nobody has asked it.
    """
    if code in member_names(report.statement):  # as in every letter of a batch
        return code
    members = report.inputs.members
    names = dict(zip(members["code"], members["name"], strict=True))
    found = resolve_member_code(code, names)
    if found not in member_names(report.statement):
        outside = is_contributor(members)[members["code"] == found].any()
        if outside:
            raise ReportError(
                f"{names[found]} ({found}) is a contributor outside the members that has pledged "
                f"nothing by {report.params.as_of}, and gets no letter."
            )
        raise ReportError(
            f"{names[found]} ({found}) is not a member on {report.params.as_of} by valid_from and "
            "valid_to in the members' file, and gets no letter."
        )
    return found


class MemberLetter:
    """A letter to one member about a round on a day; the class of each kind has its sections.

    `parts` are the names of its sections, in the order of its notebook.
    """

    parts: ClassVar[tuple[str, ...]] = ()

    def __init__(self, params: LetterParams, report: ReportData) -> None:
        code = resolve_addressee(report, params.code)
        self.params = params.model_copy(update={"code": code})
        self.report = report
        self.statement = report.statement
        check_letter_kind(self.statement, self.kind)
        check_letter_recipient(self.statement, self.kind, code)

    @property
    def kind(self) -> LetterKind:
        """The kind of the letter."""
        raise NotImplementedError

    @classmethod
    def load(cls, **parameters: object) -> Self:
        """Validate the parameters (see `LetterParams`) and load the letter's data.

        A round that this process has already loaded is reused (see report_cache.cached_report).
        Raises ReportError, with every mistake, for invalid parameters or data, and for a letter
        that contradicts its day (see letter_occasion).
        """
        params = letter_params(**parameters)
        return cls(params, cached_report(params))

    @classmethod
    def of(cls, report: ReportData, code: str) -> Self:
        """Return the letter to a member of a loaded report; nothing is read or computed again.

        Raises ReportError for a what-if: a letter states what is.
        """
        if report.inputs.what_if is not None:
            raise ReportError("A letter is of the round as it is, not of a what-if. Give a report.")
        shared = report.params.model_dump(include=set(RoundParams.model_fields))
        return cls(LetterParams.model_validate({**shared, "code": code}), report)

    @cached_property
    def facts(self) -> MemberFacts:
        """The facts about the member that the letter states."""
        return collect_member_facts(self.statement, self.params.code, self.report.receivables)

    @cached_property
    def context(self) -> LetterContext:
        """The context of every part: the round, the language and the member's facts."""
        shared = section_context(self.statement, self.params.language)
        return LetterContext.of_member(shared, self.facts, self.kind)

    @property
    def figures(self) -> dict[str, Any]:
        """Every key figure that the letter prints, by name."""
        return letter_figures(self.statement, self.facts)

    @property
    def look(self) -> BrandLook:
        """The look of the report's round."""
        return self.report.look

    @property
    def comments(self) -> list[Comment]:
        """The comments on the board's sections are not for the members."""
        return []

    def hand_over(self) -> HandOver:
        """The key figures and the headline, for the program that publishes the letter."""
        headline = letter_headline(self.context)
        return HandOver.of(self.context, self.report, headline, self.figures, kind=_LETTER_DOCUMENT)
