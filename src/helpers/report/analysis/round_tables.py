"""The state of a round as tables to filter: members, counties, groups, sizes, days, key figures."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from itertools import pairwise
from typing import Any

import pandas as pd

from helpers.errors import ReportError
from helpers.funding.comparisons.groups import SIZE_BOUNDS
from helpers.funding.figures_json.tally_json import figures_of_part, figures_of_total
from helpers.funding.statement.round_statement import Statement
from helpers.funding.totals.members.member_count import count_members
from helpers.funding.totals.tally import Tally
from helpers.model.localized_text import Language
from helpers.model.member_columns import COORDINATE_COLUMNS
from helpers.report.analysis.analysis_table import Table, returns_table
from helpers.report.analysis.arguments.member_filter import (
    MemberFilter,
    OneOrMoreNames,
    increasing_bounds,
    within_size,
)
from helpers.report.analysis.column_units import TALLY_UNITS
from helpers.report.analysis.self_describing import SelfDescribing

# The unit of each key figure, in the order of the table.
KEY_FIGURES = {
    name: TALLY_UNITS[name]
    for name in (
        "requested", "funded", "gap", "funded_if_all_unanswered_yes", "funded_share",
        "members", "answered", "yes", "no", "unanswered", "answered_share", "yes_share",
        "yes_population_share",
    )
}  # fmt: skip
_TALLY_COLUMNS = (
    "members", "yes", "no", "unanswered", "yes_share", "population", "yes_population_share",
    "requested", "funded", "gap", "funded_share",
)  # fmt: skip
PART_UNITS = {
    "requested": "{currency} a year: the fees of these members",
    "yes_share": "share of these members",
    "yes_population_share": "share of the inhabitants of these members",
    "funded_share": "share of the fees of these members",
}


class Tables(SelfDescribing):
    """The tables of a round on a day, as DataFrames that keep their units.

    The members that a table counts are narrowed by `county`, `group` and `decision`, each one name
    or a list, and by `at_least` and `below` inhabitants (or the round's other fee key); a member on
    a bound belongs to the class above it. Raises ReportError for a name that no member has, and for
    a value of the wrong type.

    >>> from helpers import BoardReport
    >>> tables = BoardReport.load(round="skl-2016", as_of="2017-02-22").tables
    >>> tables
    Tables of skl-2016 as of 2017-02-22
    """

    def __init__(self, statement: Statement, language: Language = "en") -> None:
        self.statement, self.language = statement, language

    @returns_table("Members")
    def members(
        self,
        *,
        county: OneOrMoreNames | None = None,
        group: OneOrMoreNames | None = None,
        decision: OneOrMoreNames | None = None,
        at_least: int | None = None,
        below: int | None = None,
    ) -> pd.DataFrame:
        """One row per member: its fee, its answer and the day of the answer.

        >>> tables.members(county="Gotlands län", at_least=50_000)["name"].tolist()
        ['Gotland']
        """
        chosen = MemberFilter(self.statement, county, group, decision, at_least, below)
        rows = chosen.rows()
        return rows.drop(columns=[*COORDINATE_COLUMNS, "case_number"], errors="ignore").reset_index(
            drop=True
        )

    @returns_table("By county", **PART_UNITS)
    def by_county(
        self,
        *,
        county: OneOrMoreNames | None = None,
        group: OneOrMoreNames | None = None,
        decision: OneOrMoreNames | None = None,
        at_least: int | None = None,
        below: int | None = None,
    ) -> pd.DataFrame:
        """The count of each county.

        >>> tables.by_county().nlargest(1, "members")["county"].tolist()
        ['Västra Götalands län']
        """
        chosen = MemberFilter(self.statement, county, group, decision, at_least, below)
        return self._count_by("county", chosen)

    @returns_table("By group", **PART_UNITS)
    def by_group(
        self,
        *,
        county: OneOrMoreNames | None = None,
        group: OneOrMoreNames | None = None,
        decision: OneOrMoreNames | None = None,
        at_least: int | None = None,
        below: int | None = None,
    ) -> pd.DataFrame:
        """The count of each group of members.

        >>> tables.by_group(group=["A1", "A2"])["members"].tolist()
        [3, 43]
        """
        chosen = MemberFilter(self.statement, county, group, decision, at_least, below)
        return self._count_by("group", chosen)

    @returns_table("By size", **PART_UNITS)
    def by_size(
        self,
        bounds: Iterable[int] = SIZE_BOUNDS,
        *,
        county: OneOrMoreNames | None = None,
        group: OneOrMoreNames | None = None,
        decision: OneOrMoreNames | None = None,
        at_least: int | None = None,
        below: int | None = None,
    ) -> pd.DataFrame:
        """The count of each class of size; `bounds` are inhabitants, increasing.

        >>> tables.by_size([200_000])[["size", "members"]].values.tolist()
        [['from 0 to 200000', 286], ['from 200000', 4]]
        """
        chosen = MemberFilter(self.statement, county, group, decision, at_least, below)
        rows, edges = chosen.rows(), [0, *increasing_bounds(bounds), None]
        classes = {
            f"from {low}" + (f" to {high}" if high else ""): within_size(rows, low, high)
            for low, high in pairwise(edges)
        }
        return self._count_parts("size", classes)

    @returns_table("Day by day")
    def over_time(self) -> pd.DataFrame:
        """The count over time: one row for each day on which an answer changed it.

        >>> int(tables.over_time()["funded"].iloc[-1])
        2618626
        """
        return self.statement.over_time

    @returns_table("Key figures", value="as the column unit says")
    def key_figures(self) -> pd.DataFrame:
        """The key figures of the round, with the unit of each.

        >>> tables.key_figures().set_index("figure").loc["yes", "value"]
        209
        """
        values = key_figure_values(self.statement)
        currency = self.statement.round.currency
        units = [KEY_FIGURES[name].format(currency=currency) for name in values]
        columns = {"figure": list(values), "value": list(values.values()), "unit": units}
        return pd.DataFrame(columns, dtype=object)

    def _count_by(self, column: str, chosen: MemberFilter) -> pd.DataFrame:
        if column not in self.statement.on_day.everyone:
            raise ReportError(f"The members of this round have no {column}. Ask for by_size().")
        parts = chosen.rows().groupby(column, sort=True)
        return self._count_parts(column, {str(name): part for name, part in parts})

    def _count_parts(self, column: str, parts: Mapping[str, pd.DataFrame]) -> pd.DataFrame:
        counts = {name: count_members(part) for name, part in parts.items() if len(part)}
        return Table(
            [{column: name, **self._tally_columns(count)} for name, count in counts.items()]
        )

    def _tally_columns(self, count: Tally) -> dict[str, Any]:
        """Return the columns of a count; without fees if members share a cost.

        What a member then pays depends on which others join, so there is no sum of fees.
        """
        figures = figures_of_part(self.statement.round.pricing, count)
        return {name: figures[name] for name in _TALLY_COLUMNS if name in figures}


def key_figure_values(statement: Statement) -> dict[str, Any]:
    """Return the key figures by name, as in figures.json; None for `no` if it is not known."""
    known = statement.round.answers.declined_known
    figures = figures_of_total(statement.round.pricing, statement.total)
    return {name: figures.get(name) if known or name != "no" else None for name in KEY_FIGURES}
