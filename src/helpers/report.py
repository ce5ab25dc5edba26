"""The board report as one object: what a notebook loads once and then asks, call by call."""

from __future__ import annotations

from functools import cached_property
from importlib.metadata import version
from typing import Any

from helpers.data.inputs import Inputs, load_inputs
from helpers.figures import account, breakdowns, quality, summary
from helpers.figures.block import Block
from helpers.formats import Speech
from helpers.funding.figures import figures
from helpers.funding.statement import Statement, state
from helpers.rounds import ReportParams, report_params

FIGURES_MIME = "application/vnd.funding-report+json"


class BoardReport:
    """A round on a day, ready to be shown. Every method returns something that shows itself.

    >>> report = BoardReport.load(round="skl-2016", as_of="2017-02-22")
    >>> report.statement.total.yes
    209
    """

    def __init__(self, params: ReportParams, inputs: Inputs) -> None:
        self.params = params
        self.inputs = inputs
        self.say = Speech(params.language)

    @classmethod
    def load(cls, **parameters: object) -> BoardReport:
        """Check the parameters (see `ReportParams`) and load what the report is computed from.

        Raises ReportError, naming every mistake, for wrong parameters or wrong data.
        """
        return cls.of(report_params(**parameters))

    @classmethod
    def of(cls, params: ReportParams) -> BoardReport:
        """The report that checked parameters ask for."""
        return cls(params, load_inputs(params.round, params.decisions, params.table))

    @cached_property
    def statement(self) -> Statement:
        """All that the report states, computed once."""
        given = self.inputs
        day, known_on = self.params.as_of, self.params.knowledge_day
        return state(given.round, given.members, given.register, given.published, day, known_on)

    @property
    def figures(self) -> dict[str, Any]:
        """Every printed figure by name: the content of figures.json."""
        return figures(self.statement)

    def answer(self) -> Block:
        """How much of the requested amount is funded."""
        return summary.answer(self.statement, self.say)

    def decision(self) -> Block:
        """Whether it is enough to go ahead, and what happens next."""
        return summary.decision(self.statement, self.say)

    def over_time(self) -> Block:
        """When the answers came."""
        return breakdowns.over_time(self.statement, self.say)

    def by_county(self) -> Block:
        """Answers and kronor by county."""
        return breakdowns.by_county(self.statement, self.say)

    def by_group(self) -> Block:
        """Answers and kronor by SKL's municipality groups."""
        return breakdowns.by_group(self.statement, self.say)

    def declined(self) -> Block:
        """Who said no."""
        return breakdowns.declined(self.statement, self.say)

    def unanswered(self) -> Block:
        """Who has not answered."""
        return breakdowns.unanswered(self.statement, self.say)

    def quality(self) -> Block:
        """How good the data are: rows accounted for, answers out of the ordinary, corrections."""
        return quality.section(self.statement, self.say)

    def reconciliation(self) -> Block:
        """What was published beside what is computed."""
        return account.reconciliation(self.statement, self.say)

    def method(self) -> Block:
        """How the figures are defined."""
        return account.method(self.statement, self.say)

    def provenance(self) -> Block:
        """What the report was made from."""
        hashes = self.inputs.hashes()
        return account.provenance(self.statement, hashes, version("funding-report"), self.say)

    def hand_over(self) -> HandOver:
        """The figures and the headline, for whoever publishes the report."""
        statement, say = self.statement, self.say
        return HandOver(
            {
                "title": say.text(statement.round.title),
                "headline": summary.headline_text(statement, say),
                "notice": summary.notice(statement, say),
                "as_of": statement.as_of.isoformat(),
                "dated": say("Per den {day}", day=say.date(statement.as_of)),
                "organiser": statement.round.organiser.name,
                "language": self.params.language,
                "inputs": self.inputs.hashes(),
                "figures": self.figures,
            }
        )


class HandOver:
    """The one named output that leaves the notebook; nothing outside it recomputes a figure."""

    def __init__(self, content: dict[str, Any]) -> None:
        self.content = content

    def _repr_mimebundle_(self, **_: Any) -> dict[str, Any]:
        return {FIGURES_MIME: self.content, "text/plain": self.content["headline"]}
