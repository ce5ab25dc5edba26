"""What if, in one line: the same report with something supposed, marked wherever it is shown."""

from __future__ import annotations

import inspect
from collections.abc import Callable, Mapping
from dataclasses import replace
from functools import wraps
from typing import Any, Self

import pandas as pd

from helpers.data.round.round_inputs import RoundInputs
from helpers.errors import ReportError
from helpers.model.parameters import ReportParams
from helpers.report.analysis.analysis_table import Table
from helpers.report.analysis.arguments.call_arguments import (
    member_code,
    member_codes,
    with_checked_call,
)
from helpers.report.analysis.member_join import join_members
from helpers.report.analysis.round_tables import Tables
from helpers.report.report_data import ReportData
from helpers.report.supposed_inputs import (
    SUPPOSED_ANSWERS,
    SupposedAnswers,
    SupposedMembers,
    SupposedPricing,
    Supposition,
)
from helpers.sections.components.block import Block
from helpers.sections.components.notices import what_if_notice
from helpers.sections.components.parts.section_parts import CalloutPart
from helpers.sections.components.tables.known_names import nearest_hint, one_choice


class WhatIfReport(ReportData):
    """A report from which a what-if is one call away, and whose sections state that they are one.

    A what-if has all sections, tables and scenarios of a report. Every section, page, table and
    file of it states what is supposed, and no command publishes it. Suppositions add up:
    `report.with_pricing(rebate_percent=20).without(["0180"])`.
    """

    def __init__(
        self, params: ReportParams, inputs: RoundInputs, suppositions: tuple[Supposition, ...] = ()
    ) -> None:
        self._real_inputs, self._suppositions = inputs, suppositions
        for one in sorted(suppositions, key=lambda one: not one.reads_members):
            # What is published is of the round as it is, so nothing is left to compare with.
            inputs = replace(one.apply(inputs, params), published=[], comments=[])
        super().__init__(params, inputs)

    def __init_subclass__(cls, **kwargs: Any) -> None:
        super().__init_subclass__(**kwargs)
        for name, member in list(vars(cls).items()):
            if inspect.isfunction(member) and not name.startswith("_"):
                setattr(cls, name, _marked(with_checked_call(member)))

    @with_checked_call
    def with_pricing(self, **settings: object) -> Self:
        """Return the report as if the pricing rule had other settings, as round.toml names them.

        Raises ReportError, with the nearest name, for a setting that the rule does not have.

        >>> report.with_pricing(rebate_percent=20).statement.round.pricing.rebate_percent
        20
        """
        known = [n for n in type(self.inputs.round.pricing).model_fields if n != "rule"]
        for name in settings:
            if name not in known:
                raise ReportError(
                    f"The pricing rule {self.inputs.round.pricing.rule!r} has no setting {name!r}. "
                    f"{nearest_hint(name, known)}It has: {', '.join(known)}."
                )
        if not settings:
            raise ReportError(f"Give a setting of the pricing rule: {', '.join(known)}.")
        return self._supposing(SupposedPricing(settings))

    @with_checked_call
    def with_answers(self, answers: Mapping[str, str]) -> Self:
        """Return the report as if members had other answers on its day: yes, no or unanswered.

        `answers` are by the members' codes, {"1280": "yes"}; the supposed answer is dated the day
        of the report.

        >>> report.with_answers({"1280": "yes"}).statement.total.yes
        210
        """
        if not isinstance(answers, Mapping) or not answers:
            raise ReportError('Give answers by code, as with_answers({"1280": "yes"}).')
        names = self._names_by_code()
        checked = {
            member_code("code", code, names): one_choice("answer", answer, SUPPOSED_ANSWERS)
            for code, answer in answers.items()
        }
        if "yes" in checked.values() and self.inputs.round.pricing.takes_pledges:
            raise ReportError(
                "In this round a yes states an amount, which nobody knows beforehand. Suppose "
                '"no" or "unanswered".'
            )
        return self._supposing(SupposedAnswers(checked))

    @with_checked_call
    def without(self, codes: str | list[str], *, others_pay: bool = False) -> Self:
        """Return the report as if members withdrew: each answers no, and all fees stay.

        With `others_pay`, they are not asked at all: the others share the whole requested amount.

        >>> report.without(["0180", "1480"]).statement.total.funded
        2151978
        """
        found = member_codes("codes", codes, self._names_by_code())
        if not found:
            raise ReportError('Give at least one code, as without(["0180"]).')
        if others_pay:
            return self._supposing(SupposedMembers(tuple(found)))
        return self._supposing(SupposedAnswers(dict.fromkeys(found, "no"), withdrawn=True))

    @with_checked_call
    def join(self, frame: pd.DataFrame, *, on: str = "code") -> Table:
        """The members with the columns of an own table, joined by the codes in its column `on`.

        Mends codes ("114", 114) and warns of what did not match; see member_join.join_members.

        >>> len(report.join(report.tables.members()[["code"]]))
        290
        """
        return join_members(Tables(self.statement, self.params.language).members(), frame, on)

    def _supposing(self, one: Supposition) -> Self:
        return type(self)(self.params, self._real_inputs, (*self._suppositions, one))

    def _with_params(self, params: ReportParams) -> Self:
        return type(self)(params, self._real_inputs, self._suppositions)

    def _names_by_code(self) -> dict[str, str]:
        rows = self.statement.on_day.present
        return dict(zip(rows["code"].astype(str), rows["name"].astype(str), strict=True))


def _marked(method: Callable[..., Any]) -> Callable[..., Any]:
    """Make a method's section state first that it is of a what-if, if it is."""

    @wraps(method)
    def marked(self: WhatIfReport, *args: Any, **kwargs: Any) -> Any:
        shown = method(self, *args, **kwargs)
        if not isinstance(shown, Block) or not shown.parts or self.inputs.what_if is None:
            return shown
        mark = CalloutPart(text=what_if_notice(self.context), what_if=True)
        return replace(shown, parts=(mark, *shown.parts))

    return marked
