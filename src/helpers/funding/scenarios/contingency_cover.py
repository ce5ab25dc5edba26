"""What is secured of the planned costs, and of the reserve for unforeseen costs after them."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from helpers.model.funding_round import Round


@dataclass(frozen=True)
class ContingencyCover:
    """What is secured covers the planned costs first and the reserve last; in whole units.

    `planned` and `reserve` are the two parts of the requested amount.
    """

    planned: int
    reserve: int
    planned_covered: int
    reserve_covered: int

    @property
    def planned_missing(self) -> int:
        """What the planned costs lack; 0 if they are covered."""
        return self.planned - self.planned_covered

    @classmethod
    def of(cls, requested: int, reserve: int, secured: int) -> ContingencyCover:
        """The cover of a year by what is secured in it, of which a part may be above requested."""
        planned = requested - reserve
        covered = min(secured, planned)
        return cls(planned, reserve, covered, min(secured - covered, reserve))


def cover_by_year(round_: Round, secured: Mapping[int, int]) -> dict[int, ContingencyCover]:
    """The cover of each year; {} in a round without a reserve. `secured` is by year."""
    reserves = round_.contingency_by_year
    return {
        year: ContingencyCover.of(round_.requested_in(year), reserve, secured[year])
        for year, reserve in reserves.items()
    }


def cover_of_all(by_year: Mapping[int, ContingencyCover]) -> ContingencyCover:
    """The sums over all years; what one year has above its costs covers none of another's."""
    return ContingencyCover(
        sum(cover.planned for cover in by_year.values()),
        sum(cover.reserve for cover in by_year.values()),
        sum(cover.planned_covered for cover in by_year.values()),
        sum(cover.reserve_covered for cover in by_year.values()),
    )
