"""The board report as one object: what a notebook loads once and then asks, call by call."""

from __future__ import annotations

from datetime import date
from functools import cached_property
from importlib.metadata import version
from typing import Any

from helpers.data.inputs import Inputs, load_inputs
from helpers.errors import ReportError
from helpers.figures import (
    account,
    breakdowns,
    decision,
    members,
    payers,
    possible,
    quality,
    sharing,
    summary,
    timing,
)
from helpers.figures.block import Block
from helpers.formats import Speech
from helpers.funding.changes import Changes, changes
from helpers.funding.figures import change_figures, figures
from helpers.funding.scenario_figures import scenario_figures
from helpers.funding.statement import Statement, state
from helpers.parameters import ReportParams, report_params

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
        self.say = Speech(params.language, inputs.round.words)

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
        return self._state(self.params.as_of, self.params.knowledge_day)

    @cached_property
    def hashes(self) -> dict[str, dict[str, str]]:
        """The name and SHA-256 of each input, read once for all the letters of a round."""
        return self.inputs.hashes()

    @cached_property
    def changes(self) -> Changes | None:
        """What has changed since the day asked for, as it was known then; None if not asked."""
        since = self.params.since
        if since is None:
            return None
        if since < self.inputs.round.recommended_on:
            raise ReportError(
                f"since is {since}, before the round began on {self.inputs.round.recommended_on}. "
                "Give that day or a later one, or leave it out."
            )
        return changes(self._state(since, since), self.statement)

    def _state(self, as_of: date, known_on: date) -> Statement:
        given = self.inputs
        return state(given.round, given.members, given.register, given.published, as_of, known_on)

    @property
    def figures(self) -> dict[str, Any]:
        """Every printed figure by name: the content of figures.json."""
        return {
            **figures(self.statement),
            **scenario_figures(self.statement),
            "changes": change_figures(self.changes),
        }

    def answer(self) -> Block:
        """How much of the requested amount is funded."""
        return summary.answer(self.statement, self.changes, self.say)

    def decision(self) -> Block:
        """Whether it is enough to go ahead, and what happens next."""
        return decision.decision(self.statement, self.say)

    def over_time(self) -> Block:
        """When the answers came."""
        return timing.over_time(self.statement, self.say)

    def promptness(self) -> Block:
        """Who answered in time, and who late."""
        return timing.promptness(self.statement, self.say)

    def on_map(self) -> Block:
        """Each member as a circle near its place, as large as its fee."""
        return breakdowns.on_map(self.statement, self.say)

    def by_county(self) -> Block:
        """Answers and kronor by county."""
        return breakdowns.by_county(self.statement, self.say)

    def by_group(self) -> Block:
        """Answers and kronor by SKL's municipality groups."""
        return breakdowns.by_group(self.statement, self.say)

    def largest(self) -> Block:
        """How concentrated the money is, and what if one of the largest payers leaves."""
        return payers.largest(self.statement, self.say)

    def possible(self) -> Block:
        """What may still come: bounds, and the replies that matter."""
        return possible.possible(self.statement, self.say)

    def sharing(self) -> Block:
        """What each would pay if those who said yes shared the gap, and the alternatives."""
        return sharing.sharing(self.statement, self.say)

    def terms(self) -> Block:
        """What those who pay get, and who is outside."""
        return decision.terms(self.statement, self.say)

    def accepted(self) -> Block:
        """Who said yes."""
        return members.accepted(self.statement, self.say)

    def declined(self) -> Block:
        """Who said no."""
        return members.declined(self.statement, self.say)

    def unanswered(self) -> Block:
        """Who has not answered."""
        return members.unanswered(self.statement, self.say)

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
                "words": statement.round.words,
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
