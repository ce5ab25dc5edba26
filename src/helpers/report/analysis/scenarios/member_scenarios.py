"""What single members would change: one joins late, one leaves, a shared cost has other payers."""

from __future__ import annotations

from datetime import date
from typing import get_args

import pandas as pd

from helpers.errors import ReportError
from helpers.funding.answers.answer_states import YES
from helpers.funding.scenarios.joining import fees_of_member, outcome_of_leaving, price_of_joining
from helpers.funding.statement.round_statement import Statement
from helpers.funding.totals.shared_price import sum_paid_if_joined
from helpers.funding.totals.shares import share
from helpers.model.localized_text import Language
from helpers.model.settings.round_settings import JoiningSettings, PartOfYear
from helpers.report.analysis.analysis_table import returns_table, table_from_rows
from helpers.report.analysis.arguments.call_arguments import day_argument, member_code, member_codes
from helpers.report.analysis.arguments.member_filter import OneOrMoreNames
from helpers.report.analysis.scenarios.scenario_values import attributes_of
from helpers.report.analysis.self_describing import SelfDescribing
from helpers.sections.components.tables.known_names import one_choice

_FEES_NOT_ADDITIVE = (
    "In this round members share a cost, so fees do not add up. Ask for price() instead."
)
_NO_FEES = (
    "In this round each contributor decides on its own amount, so nobody knows what a further "
    "answer would bring. Ask for alternatives() instead."
)


class MemberScenarios(SelfDescribing):
    """The scenarios that name members; part of Scenarios."""

    def __init__(self, statement: Statement, language: Language = "en") -> None:
        self.statement, self.language = statement, language

    @returns_table("What it pays if it joins late", price="{currency}")
    def joins(self, code: str, on: date | str, part_of_year: PartOfYear = "whole") -> pd.DataFrame:
        """What a member pays in each year if it joins on a day, by the chosen rule.

        >>> scenarios.joins("0114", on="2017-07-01", part_of_year="months")["price"].tolist()
        [7515, 15030]
        """
        self._fees_are_known()
        code = self._code("code", code)
        one_choice("part_of_year", part_of_year, get_args(PartOfYear))
        day = day_argument("on", on)
        round_, fee = self.statement.round, int(self._rows()["fee"][code])
        fees = fees_of_member(self.statement.rows_by_code[code], fee, round_.years)
        rule = JoiningSettings(part_of_year=part_of_year)
        price = price_of_joining(round_, fee, rule, day, fees)
        return table_from_rows(attributes_of(year, "year", "part", "price") for year in price.years)

    @returns_table("What if it leaves")
    def leaves(self, code: str) -> pd.DataFrame:
        """The funded amount now, and if a member's answer were no.

        >>> scenarios.leaves("0180")["funded"].tolist()
        [2618626, 2325798]
        """
        self._fees_add_up()
        code = self._code("code", code)
        now = self.statement
        left = outcome_of_leaving(now.round, now.answers, code)
        rows = [("now", now.total), (f"without {left.name}", left)]
        return table_from_rows(
            {"what": what, **attributes_of(state, "funded", "gap", "funded_share")}
            for what, state in rows
        )

    @returns_table("The price per inhabitant")
    def price(self, joining: OneOrMoreNames = (), leaving: OneOrMoreNames = ()) -> pd.DataFrame:
        """The price per inhabitant of a shared cost, now and if members join and leave.

        Raises ReportError for a rule whose price does not depend on who joins.

        >>> shared = BoardReport.load(round="yrkesresan", as_of="2021-04-13").scenarios
        >>> shared.price(leaving=["0180"])["inhabitants"].diff().tolist()[1:]
        [-974073.0]
        """
        statement, price = self.statement, self.statement.price
        if price is None:
            raise ReportError("The price of this round does not depend on who joins.")
        joiners, leavers = self._codes("joining", joining), self._codes("leaving", leaving)
        if both := sorted(set(joiners) & set(leavers)):
            raise ReportError(f"{both[0]!r} is in joining and in leaving. Leave it out of one.")
        inside = set(statement.answers.loc[statement.answers["decision"] == YES, "code"])
        after = (inside | set(joiners)) - set(leavers)
        people = statement.answers.set_index("code")["population"]
        return table_from_rows(
            {
                "what": what,
                "members": len(codes),
                "inhabitants": (inhabitants := int(people[sorted(codes)].sum())),
                "inhabitants_share": share(inhabitants, price.population),
                "rate": statement.prices_if_joined(codes).rate,
                "funded": sum_paid_if_joined(statement.prices_if_joined, codes),
            }
            for what, codes in (("now", inside), ("then", after))
        )

    def _rows(self) -> pd.DataFrame:
        return self.statement.on_day.present.set_index("code")

    def _names(self) -> dict[str, str]:
        return {str(code): str(name) for code, name in self._rows()["name"].items()}

    def _code(self, argument: str, code: object) -> str:
        return member_code(argument, code, self._names())

    def _codes(self, argument: str, codes: object) -> list[str]:
        return member_codes(argument, codes, self._names())

    def _fees_are_known(self) -> None:
        if self.statement.takes_pledges:
            raise ReportError(_NO_FEES)

    def _fees_add_up(self) -> None:
        self._fees_are_known()
        if not self.statement.fees_are_additive:
            raise ReportError(_FEES_NOT_ADDITIVE)
