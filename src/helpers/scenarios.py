"""What an analyst asks of a round by hand, one call each; each answer a DataFrame with units.

Amounts are whole units of the round's currency a year, shares fractions of the requested amount
unless their column says otherwise. The board report is made of the same figures.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable
from datetime import date
from fractions import Fraction
from typing import Any, Literal

import pandas as pd

from helpers.desk.questions import Asked
from helpers.desk.table import table_of, told_as
from helpers.errors import ReportError
from helpers.funding.amounts import YES
from helpers.funding.forecast import Declined
from helpers.funding.outlook import outlook
from helpers.funding.profile import Class, profile_of
from helpers.funding.scenarios.bounds import after_each, now
from helpers.funding.scenarios.joining import joining, leaving
from helpers.funding.scenarios.replies import Measure, replies, smallest_set
from helpers.funding.scenarios.sharing import Limits, share_gap
from helpers.funding.shared_cost import paid
from helpers.funding.statement import Statement
from helpers.funding.tally import share
from helpers.parameters import report_params
from helpers.terms import Joining

_NOT_ADDITIVE = (
    "In this round those that join share a cost, so fees do not add up. Ask for price() instead."
)

_COMPARED = {
    **dict.fromkeys(("share", "rest"), "share of the class, or of all others"),
    **dict.fromkeys(("difference", "low", "high"), "difference of the two shares"),
}


class Scenarios(Asked):
    """What may still come, and what else could be done, from the state of a round on a day.

    >>> from helpers import BoardReport
    >>> scenarios = BoardReport.load(round="skl-2016", as_of="2017-02-22").scenarios
    >>> int(scenarios.bounds()["high"].iloc[-1])
    2960293
    """

    def __init__(self, statement: Statement) -> None:
        self.statement = statement

    @told_as("What may still come", answers="answers that come after the day")
    def bounds(self, answers: Iterable[int] = (1, 5, 10, 20)) -> pd.DataFrame:
        """What is funded at least and at most now (0) and after so many more answers.

        The most is if the largest silent members say yes; the last row is all of them.
        """
        self._fees_add_up()
        rows = self.statement.answers
        silent = len(replies(rows))
        found = {0: now(rows)}
        found |= {a.answers: a.funded for a in after_each(rows, [*answers, silent])}
        return table_of(
            {"answers": count, **_shown(bounds, "low", "high", "low_share", "high_share")}
            for count, bounds in found.items()
        )

    @told_as("Whom to ask first", funded="{currency} a year, if it and all above say yes")
    def replies(self) -> pd.DataFrame:
        """The silent members, the largest fee first: whom to call, and what each would add."""
        self._fees_add_up()
        names = ("code", "name", "county", "fee", "population", "funded", "funded_share")
        return table_of(_shown(reply, *names) for reply in self.statement.replies)

    @told_as("The fewest more yes that reach a threshold")
    def smallest_set(self, measure: Measure, needed: int) -> pd.DataFrame:
        """The fewest silent members whose yes brings a measure up to `needed`.

        `measure` is amount, members or inhabitants. Raises ReportError where all of them together
        do not reach it, saying how much is missing then.
        """
        if measure == "amount":
            self._fees_add_up()
        found = smallest_set(self.statement.answers, measure, needed)
        if not found.attainable:
            raise ReportError(
                f"Even if all who are silent say yes, {measure} comes to {found.possible}, "
                f"{found.short} short of {needed}. Ask for at most {found.possible}."
            )
        return table_of(
            _shown(reply, "code", "name", "county", "fee", "population") for reply in found.replies
        )

    @told_as("The gap shared by those who said yes")
    def shared_gap(
        self,
        highest_increase_percent: int | None = None,
        highest_per_inhabitant: str | None = None,
    ) -> pd.DataFrame:
        """Each one's fee if those who said yes shared the gap, and who would cross a limit.

        `highest_per_inhabitant` is decimal text, as "0.50". No row where nobody shares.
        """
        self._fees_add_up()
        percent, rate = highest_increase_percent, highest_per_inhabitant
        limits = Limits(
            None if percent is None else Fraction(percent, 100),
            None if rate is None else _exact(rate),
        )
        given = self.statement
        shared = share_gap(given.round, given.answers, given.shares.exact, limits)
        names = ("code", "name", "before", "after", "increase", "increase_share")
        rates = ("per_inhabitant_before", "per_inhabitant_after", "beyond_limit")
        return table_of(_shown(s, *names, *rates) for s in (shared.sharers if shared else ()))

    @told_as("What else could be done", value="{currency}; whole years in full: years")
    def alternatives(self) -> pd.DataFrame:
        """A smaller budget, fewer years or another source: whole units, and a number of years."""
        budget, years = self.statement.smaller_budget, self.statement.fewer_years
        reserve = self.statement.reserve
        found = {
            "a smaller budget, a year": budget.per_year,
            "a smaller budget, all years": budget.all_years,
            "whole years in full": years.years,
            "left over after them": years.left,
            "from another source, a year": reserve.per_year,
            "from another source, all years": reserve.all_years,
        }
        return table_of({"what": what, "value": value} for what, value in found.items())

    @told_as("What it pays if it joins late", price="{currency}")
    def joins(
        self, code: str, on: date | str, part_of_year: Literal["whole", "months", "days"] = "whole"
    ) -> pd.DataFrame:
        """What a member pays in each year if it joins on a day, by the rule given."""
        day = report_params(round=self.statement.round.name, as_of=on).as_of
        fee = int(self._member(code)["fee"])
        price = joining(self.statement.round, fee, Joining(part_of_year=part_of_year), day)
        return table_of(_shown(year, "year", "part", "price") for year in price.years)

    @told_as("What if it leaves")
    def leaves(self, code: str) -> pd.DataFrame:
        """What is funded if a member's answer were no, beside what is funded now."""
        self._fees_add_up()
        self._member(code)
        given = self.statement
        left = leaving(given.round, given.answers, code, given.shares.exact)
        rows = [("now", given.total), (f"without {left.name}", left)]
        return table_of(
            {"what": what, **_shown(state, "funded", "gap", "funded_share")} for what, state in rows
        )

    @told_as("The price per inhabitant")
    def price(self, joining: Collection[str] = (), leaving: Collection[str] = ()) -> pd.DataFrame:
        """The price per inhabitant of a shared cost, now and if members join and leave.

        Raises ReportError for a rule whose price does not depend on who joins.
        """
        given, price = self.statement, self.statement.price
        if price is None:
            raise ReportError("The price of this round does not depend on who joins.")
        for code in (*joining, *leaving):
            self._member(code)
        inside = set(given.answers.loc[given.answers["decision"] == YES, "code"])
        after = (inside | set(joining)) - set(leaving)
        people = given.answers.set_index("code")["population"]
        return table_of(
            {
                "what": what,
                "members": len(codes),
                "inhabitants": (inhabitants := int(people[sorted(codes)].sum())),
                "inhabitants_share": share(inhabitants, price.population),
                "rate": given.given(codes).rate,
                "funded": paid(given.given, codes),
            }
            for what, codes in (("now", inside), ("then", after))
        )

    @told_as("Who is silent and who declined", **_COMPARED)
    def profile(self) -> pd.DataFrame:
        """The silent and the declined by size, group and county, each class beside the rest."""
        return table_of(
            {
                "dimension": one.dimension,
                "class": one.name or _size(one),
                "members": one.members,
                "measure": compared.measure,
                "share": compared.inside.share,
                "rest": compared.rest.share,
                "difference": compared.difference,
                **_shown(compared.interval, "low", "high"),
                "clear": compared.clear,
            }
            for one in profile_of(self.statement).classes
            for compared in one.comparisons
        )

    @told_as("What it will come to, computed")
    def forecast(self) -> pd.DataFrame:
        """What it will come to in the end, computed: the 80 % interval and its middle.

        Raises ReportError where the model has too little to go on, or does not fit the round.
        """
        found = outlook(self.statement)
        if isinstance(found, Declined):
            raise ReportError(
                f"There is no forecast: {found.reason.replace('_', ' ')}, {found.answered} answers "
                f"so far. Ask for bounds() instead."
            )
        parts = {
            "low": (found.low, found.low_share),
            "median": (found.median, found.median_share),
            "high": (found.high, found.high_share),
        }
        return table_of(
            {"what": what, "funded": amount, "funded_share": part, "by": found.horizon}
            for what, (amount, part) in parts.items()
        )

    def _member(self, code: str) -> pd.Series[Any]:
        rows = self.statement.answers[self.statement.answers["code"] == code]
        if rows.empty:
            raise ReportError(f"There is no member with the code {code!r}. Give a member's code.")
        return rows.iloc[0]

    def _fees_add_up(self) -> None:
        if self.statement.price:
            raise ReportError(_NOT_ADDITIVE)


def _exact(text: str) -> Fraction:
    try:
        return Fraction(text)
    except (ValueError, ZeroDivisionError):
        raise ReportError(f'{text!r} is no number. Write it as text, as "0.50".') from None


def _size(one: Class) -> str:
    """A class of size by its bounds: "from 10000 to 20000", the upper one not counted."""
    low = [] if one.at_least is None else [f"from {one.at_least}"]
    return " ".join(low + ([] if one.below is None else [f"to {one.below}"]))


def _shown(thing: object, *names: str) -> dict[str, Any]:
    return {name: getattr(thing, name) for name in names}
