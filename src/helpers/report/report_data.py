"""Everything that a report is computed from and states: inputs, statement and key figures."""

from __future__ import annotations

import inspect
from dataclasses import replace
from datetime import date
from functools import cached_property
from typing import Any, Self

from helpers.data.round.round_inputs import RoundInputs, load_inputs
from helpers.errors import ReportError
from helpers.funding.billing.invoice_basis import InvoiceBasis, build_invoice_basis
from helpers.funding.billing.receivables_ledger import ReceivablesLedger, build_receivables_ledger
from helpers.funding.comparisons.groups import GroupProfile, profile_statement
from helpers.funding.comparisons.peers import PeerIndex
from helpers.funding.figures_json.billing_json import invoice_figures, payment_figures
from helpers.funding.figures_json.changes_json import change_figures, corrected_figures
from helpers.funding.figures_json.forecast_json import forecast_figures
from helpers.funding.figures_json.group_json import profile_figures
from helpers.funding.figures_json.scenario_json import scenario_figures
from helpers.funding.figures_json.statement_json import statement_figures
from helpers.funding.forecast.funding_forecast import Forecast, NoForecast
from helpers.funding.forecast.statement_forecast import forecast_statement
from helpers.funding.statement.round_statement import Statement
from helpers.funding.statement.statement_changes import (
    StatementChanges,
    as_earlier_statement,
    compare_statements,
)
from helpers.funding.statement.statement_computation import compute_statement
from helpers.model.brand.brand_look import BrandLook
from helpers.model.parameters import ReportParams, report_params
from helpers.model.settings.commentary import Comment
from helpers.report.shared_report import shared_report
from helpers.sections.components.parts.unset_texts import names_apart
from helpers.sections.components.section_context import SectionContext
from helpers.sections.pricing.wording_choice import section_context


class ReportData:
    """The results for a round on a day, each computed at its first use."""

    def __init__(self, params: ReportParams, inputs: RoundInputs) -> None:
        self.params = params
        self.inputs = inputs

    @classmethod
    def load(cls, **parameters: object) -> Self:
        """Validate the parameters (see `ReportParams`) and load the report's data.

        Raises ReportError, with every mistake, for invalid parameters or data.

        >>> from helpers import BoardReport
        >>> BoardReport.load(round="skl-2016", as_of="2017-02-22").statement.total.no
        44
        """
        return cls.from_params(report_params(**parameters))

    @classmethod
    def from_params(cls, params: ReportParams) -> Self:
        """Return the report for validated parameters.

        >>> BoardReport.from_params(report.params).statement.as_of.isoformat()
        '2017-02-22'
        """
        shared = shared_report(params)
        if shared:
            report = cls(params, shared.inputs)
            report.statement, report.group_profile = shared.statement, shared.group_profile
            return report
        sources = (params.round, params.decisions, params.table, params.replaces)
        return cls(params, load_inputs(*sources))

    def on(self, as_of: date | str, known_on: date | str | None = None) -> Self:
        """Return the same round on another day, from the loaded inputs.

        The knowledge is that of `known_on`, by default of that day. Raises ReportError for an
        invalid day.

        >>> report.on("2016-06-10").statement.total.answered
        0
        """
        parameters = self.params.model_dump() | {
            "as_of": as_of,
            "known_on": known_on,
            "since": None,
            "future": self.params.future and str(as_of) >= str(self.params.as_of),
        }
        return self._with_params(report_params(**parameters))

    def _with_params(self, params: ReportParams) -> Self:
        """Return the same round with other parameters."""
        return type(self)(params, self.inputs)

    @cached_property
    def context(self) -> SectionContext:
        """The statement with the language, words and currency in which it is described."""
        return section_context(self.statement, self.params.language)

    @cached_property
    def statement(self) -> Statement:
        """Everything that the report states, computed once."""
        found = self._statement_on(self.params.as_of, self.params.knowledge_day)
        return replace(found, future=self.params.future, what_if=self.inputs.what_if)

    @cached_property
    def input_hashes(self) -> dict[str, dict[str, str]]:
        """The name and SHA-256 of each input, computed once for all letters of a round."""
        return self.inputs.hashes()

    @cached_property
    def names_apart(self) -> dict[str, str]:
        """The members' names, by code, that documents treat as a whole, for all letters at once."""
        answers = self.statement.answers
        codes, names = answers["code"].tolist(), answers["name"].tolist()
        return names_apart(dict(zip(codes, names, strict=True)))

    @property
    def comments(self) -> list[Comment]:
        """What offices say about sections of the report."""
        return self.inputs.comments

    @property
    def look(self) -> BrandLook:
        """The colours, the typeface and the logo of the documents."""
        return self.inputs.brand.look(self.context.loc.text)

    @cached_property
    def changes(self) -> StatementChanges | None:
        """The changes since the requested day, with that day's knowledge; None if not requested."""
        since = self.params.since
        if since is None:
            return None
        if since < self.inputs.round.recommended_on:
            raise ReportError(
                f"since is {since}, before the round began on {self.inputs.round.recommended_on}. "
                "Give that day or a later one, or leave it out."
            )
        return compare_statements(self._statement_on(since, since), self.statement)

    @cached_property
    def changes_since_replaced(self) -> StatementChanges | None:
        """The changes from the release that this report replaces; None if it replaces none."""
        replaced = self.inputs.previous_release
        return (
            compare_statements(as_earlier_statement(replaced), self.statement) if replaced else None
        )

    @cached_property
    def forecast_result(self) -> Forecast | NoForecast | None:
        """The forecast of the final funded amount; None if not requested."""
        return forecast_statement(self.statement) if self.params.forecast else None

    @cached_property
    def peer_index(self) -> PeerIndex:
        """The members by group, county and size, for the papers."""
        return PeerIndex(self.statement)

    @cached_property
    def group_profile(self) -> GroupProfile:
        """Members without an answer or with a no, compared by size, group and county."""
        return profile_statement(self.statement)

    @cached_property
    def invoice_basis(self) -> InvoiceBasis:
        """What is still to be invoiced, and what information has to be asked for."""
        return build_invoice_basis(self.statement, self.inputs.invoicing, self.receivables)

    @cached_property
    def receivables(self) -> ReceivablesLedger | None:
        """What has been invoiced and paid; None if the round has no payments.csv."""
        inputs = self.inputs.payments
        return None if inputs is None else build_receivables_ledger(self.statement, inputs)

    def _statement_on(self, as_of: date, known_on: date) -> Statement:
        inputs = self.inputs
        return compute_statement(
            inputs.round, inputs.members, inputs.register, inputs.published, as_of, known_on
        )

    @property
    def figures(self) -> dict[str, Any]:
        """Every printed key figure by name: the content of figures.json."""
        return {
            **statement_figures(self.statement),
            **scenario_figures(self.statement),
            "corrected": corrected_figures(self.statement.quality.corrected),
            "changes": change_figures(self.changes),
            "correction": change_figures(self.changes_since_replaced),
            "profile": profile_figures(self.group_profile),
            "forecast": forecast_figures(self.forecast_result),
            "invoices": invoice_figures(self.invoice_basis),
            "payments": payment_figures(self.receivables),
            **({"what_if": True} if self.inputs.what_if else {}),
        }


# The keyword arguments of `load` are the fields of the model, for Shift-Tab and completion by tab.
_CLASS = inspect.Parameter("cls", inspect.Parameter.POSITIONAL_ONLY)
_FIELDS = inspect.signature(ReportParams).parameters.values()
vars(ReportData)["load"].__func__.__signature__ = inspect.Signature([_CLASS, *_FIELDS])
