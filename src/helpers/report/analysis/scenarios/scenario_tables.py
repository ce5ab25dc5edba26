"""Questions that an analyst asks about a round, one call each; each returns a DataFrame.

Amounts are whole currency units a year, shares fractions of the requested amount, unless a column
states otherwise.
"""

from __future__ import annotations

from collections.abc import Iterable
from fractions import Fraction
from typing import get_args

import pandas as pd

from helpers.errors import ReportError
from helpers.funding.comparisons.groups import profile_statement
from helpers.funding.forecast.funding_forecast import NoForecast
from helpers.funding.forecast.statement_forecast import forecast_statement
from helpers.funding.scenarios.bounds import bounds_after_each, bounds_now
from helpers.funding.scenarios.call_list import Measure, build_call_list, find_smallest_set
from helpers.funding.scenarios.gap_sharing import IncreaseLimits, share_gap
from helpers.report.analysis.analysis_table import returns_table, table_from_rows
from helpers.report.analysis.arguments.call_arguments import (
    optional_whole_number,
    whole_number,
    whole_numbers,
)
from helpers.report.analysis.scenarios.member_scenarios import MemberScenarios
from helpers.report.analysis.scenarios.scenario_values import (
    attributes_of,
    parse_exact_rate,
    size_class_label,
)
from helpers.sections.components.tables.known_names import one_choice

_COMPARISON_UNITS = {
    **dict.fromkeys(("share", "rest"), "share of the class, or of all others"),
    **dict.fromkeys(("difference", "low", "high"), "difference of the two shares"),
}


class Scenarios(MemberScenarios):
    """What may still come and what else could be done, from the state of a round on a day.

    >>> from helpers import BoardReport
    >>> scenarios = BoardReport.load(round="skl-2016", as_of="2017-02-22").scenarios
    >>> scenarios
    Scenarios of skl-2016 as of 2017-02-22
    """

    @returns_table("What may still come", answers="answers that come after the day")
    def bounds(self, answers: int | Iterable[int] = (1, 5, 10, 20)) -> pd.DataFrame:
        """The least and the most that is funded, now (0) and after a number of further answers.

        For the most, the largest members answer first, all yes. The last row is all of them.

        >>> scenarios.bounds(answers=[1])["high"].tolist()
        [2960293, 2665593, 2960293]
        """
        self._fees_add_up()
        counts = whole_numbers("answers", answers)
        rows, ceiling = self.statement.answers, self.statement.ceiling
        unanswered = len(build_call_list(rows))
        result = {0: bounds_now(rows, ceiling)}
        result |= {
            a.answers: a.funded for a in bounds_after_each(rows, [*counts, unanswered], ceiling)
        }
        return table_from_rows(
            {"answers": count, **attributes_of(bounds, "low", "high", "low_share", "high_share")}
            for count, bounds in result.items()
        )

    @returns_table("Whom to ask first", funded="{currency} a year, if it and all above say yes")
    def replies(self) -> pd.DataFrame:
        """The members without an answer, largest fee first, and what the yes of each would add.

        >>> scenarios.replies()["name"].head(2).tolist()
        ['Jönköping', 'Växjö']
        """
        self._fees_add_up()
        names = ("code", "name", "county", "fee", "population", "funded", "funded_share")
        return table_from_rows(attributes_of(reply, *names) for reply in self.statement.call_list)

    @returns_table("The fewest more yes that reach a threshold")
    def smallest_set(self, measure: Measure, needed: int) -> pd.DataFrame:
        """The fewest members without an answer whose yes raises a measure to `needed`.

        `measure` is amount, members or inhabitants. Raises ReportError, with the missing number, if
        all of them together do not reach it.

        >>> len(scenarios.smallest_set("members", 212))
        3
        """
        one_choice("measure", measure, get_args(Measure))
        needed = whole_number("needed", needed)
        if measure == "amount":
            self._fees_add_up()
        state = self.statement
        result = find_smallest_set(state.on_day.everyone, measure, needed, ceiling=state.ceiling)
        if not result.attainable:
            raise ReportError(
                f"If all that have not answered say yes, {measure} comes to {result.possible}, "
                f"{result.short} short of {needed}. Ask for at most {result.possible}."
            )
        return table_from_rows(
            attributes_of(reply, "code", "name", "county", "fee", "population")
            for reply in result.replies
        )

    @returns_table("The gap shared by the members that said yes")
    def shared_gap(
        self,
        highest_increase_percent: int | None = None,
        highest_per_inhabitant: str | None = None,
    ) -> pd.DataFrame:
        """The fees if the members that said yes shared the gap, and which would exceed a limit.

        `highest_per_inhabitant` is decimal text, as "0.50". No row where nobody shares.

        >>> int(scenarios.shared_gap(highest_increase_percent=30)["beyond_limit"].sum())
        0
        """
        self._fees_add_up()
        if self.statement.round.part_pledges:
            raise ReportError(
                "In this round members state the amounts themselves, and no scenario can raise "
                "them."
            )
        percent = optional_whole_number("highest_increase_percent", highest_increase_percent)
        rate = highest_per_inhabitant
        limits = IncreaseLimits(
            None if percent is None else Fraction(percent, 100),
            None if rate is None else parse_exact_rate(rate),
        )
        now, prices = self.statement, self.statement.prices
        raised = (prices.sharing_weights, limits, prices.raise_limits)
        shared = share_gap(now.round, now.answers, *raised)
        names = ("code", "name", "before", "after", "increase", "increase_share")
        rates = ("per_inhabitant_before", "per_inhabitant_after", "beyond_limit")
        return table_from_rows(
            attributes_of(s, *names, *rates) for s in (shared.sharers if shared else ())
        )

    @returns_table("What else could be done", value="{currency}; whole years in full: years")
    def alternatives(self) -> pd.DataFrame:
        """A smaller budget, fewer years or another source, in whole units and a number of years.

        >>> int(scenarios.alternatives().set_index("what")["value"]["whole years in full"])
        1
        """
        budget, years = self.statement.smaller_budget, self.statement.fewer_years
        reserve = self.statement.reserve
        result = {
            "a smaller budget, a year": budget.per_year,
            "a smaller budget, all years": budget.all_years,
            "whole years in full": years.years,
            "left over after them": years.left_over,
            "from another source, a year": reserve.per_year,
            "from another source, all years": reserve.all_years,
        }
        return table_from_rows({"what": what, "value": value} for what, value in result.items())

    @returns_table("Who has not answered and who declined", **_COMPARISON_UNITS)
    def profile(self) -> pd.DataFrame:
        """Members without an answer or with a no, by class, compared with all other members.

        >>> sorted(set(scenarios.profile()["measure"]))
        ['declined', 'silent']
        """
        return table_from_rows(
            {
                "dimension": member_class.dimension,
                "class": member_class.name or size_class_label(member_class),
                "members": member_class.members,
                "measure": compared.measure,
                "share": compared.inside.share,
                "rest": compared.rest.share,
                "difference": compared.difference,
                **attributes_of(compared.interval, "low", "high"),
                "clear": compared.clear,
            }
            for member_class in profile_statement(self.statement).classes
            for compared in member_class.comparisons
        )

    @returns_table("What it will come to, computed")
    def forecast(self) -> pd.DataFrame:
        """What will finally be funded, computed: the 80 % interval and its median.

        Raises ReportError if there are too few answers for the model, or it does not fit the round.

        >>> scenarios.forecast()["what"].tolist()
        ['low', 'median', 'high']
        """
        self._fees_are_known()
        result = forecast_statement(self.statement)
        if isinstance(result, NoForecast):
            raise ReportError(
                f"There is no forecast: {result.reason.replace('_', ' ')}, "
                f"{result.answered} answers so far. Ask for bounds() instead."
            )
        parts = [("low", result.low, result.low_share)]
        parts += [("median", result.median, result.median_share)]
        parts += [("high", result.high, result.high_share)]
        return table_from_rows(
            {"what": what, "funded": amount, "funded_share": part, "by": result.horizon}
            for what, amount, part in parts
        )
