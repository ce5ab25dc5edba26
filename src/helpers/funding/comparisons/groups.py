"""Compare the members that have not answered or have declined by size, group and county.

This describes the round. It does not explain why a member declines or has not answered.

Every member is observed, so each share is exact for the round. The intervals (see proportions)
concern the tendency behind it: the share if similar members were asked again, independently. There
is no correction for a finite population, because it would reduce every interval to the exact share.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, replace
from fractions import Fraction
from itertools import pairwise

import pandas as pd

from helpers.funding.answers.answer_states import CONDITIONAL, NO, UNANSWERED, YES
from helpers.funding.comparisons.proportions import (
    ConfidenceInterval,
    Proportion,
    chance_that_excludes_zero,
    newcombe_interval,
)
from helpers.funding.statement.round_statement import Statement
from helpers.funding.totals.members.member_count import is_contributor

SIZE_BOUNDS = (10_000, 20_000, 50_000, 100_000, 200_000)
MIN_MEMBERS = 5  # with fewer, one or two members decide whether the interval excludes 0

UNANSWERED_MEASURE, DECLINED_MEASURE = "silent", "declined"


@dataclass(frozen=True)
class ClassComparison:
    """A class compared with all other members; `measure` is silent or declined (see MemberClass).

    `difference` is the class's share less that of the rest, exact for the round, as a fraction;
    times 100 it is in percentage points. `interval` is the 95 % interval of the tendency.
    `chance_of_clear` is the probability of a clear difference if the counted members were drawn by
    chance, independently of class.
    """

    measure: str
    inside: Proportion
    rest: Proportion
    difference: Fraction
    interval: ConfidenceInterval
    chance_of_clear: Fraction

    @property
    def clear(self) -> bool:
        """Whether the interval excludes 0 and both sides have at least MIN_MEMBERS members."""
        return _is_clear(self.inside, self.rest)


@dataclass(frozen=True)
class MemberClass:
    """The members of one class; `dimension` is size, group or county.

    A class of size has members from `at_least` to, but not including, `below` inhabitants, and no
    name; None means no bound. Conditional answers count neither as yes nor as no.
    """

    dimension: str
    name: str
    at_least: int | None
    below: int | None
    members: int
    yes: int
    no: int
    conditional: int
    unanswered: int
    comparisons: tuple[ClassComparison, ...]

    @property
    def unanswered_proportion(self) -> Proportion:
        """The members of the class that have not answered, of all its members."""
        return Proportion(self.unanswered, self.members)

    @property
    def declined_proportion(self) -> Proportion:
        """The members of the class that said no, of its members that have answered."""
        return Proportion(self.no, self.members - self.unanswered)


@dataclass(frozen=True)
class GroupProfile:
    """The members by class, in the order size, group, county; empty classes are left out.

    Each comparison is between a class and the rest, and is left out if either has no members to
    take a share of. Classes overlap (a municipality has a size, a group and a county), which does
    not change the number of clear differences to expect by chance. If `declined_known` is false,
    only the members without an answer are compared.
    """

    classes: tuple[MemberClass, ...]
    declined_known: bool = True

    @property
    def unanswered_only(self) -> GroupProfile:
        """The same profile without the comparisons of members that declined."""
        only = (
            replace(
                first,
                comparisons=tuple(c for c in first.comparisons if c.measure == UNANSWERED_MEASURE),
            )
            for first in self.classes
        )
        return GroupProfile(tuple(only), declined_known=False)

    @property
    def comparisons(self) -> int:
        """The number of comparisons."""
        return sum(len(first.comparisons) for first in self.classes)

    @property
    def clear(self) -> int:
        """The number of clear comparisons."""
        return sum(comparison.clear for first in self.classes for comparison in first.comparisons)

    @property
    def expected_by_chance(self) -> Fraction:
        """The number expected to be clear if answers did not depend on the class."""
        made = (comparison for first in self.classes for comparison in first.comparisons)
        return sum((comparison.chance_of_clear for comparison in made), Fraction(0))

    def classes_of(self, dimension: str) -> tuple[MemberClass, ...]:
        """Return the classes of one dimension: size, group or county."""
        return tuple(first for first in self.classes if first.dimension == dimension)


def profile_members(
    answers: pd.DataFrame, size_bounds: tuple[int, ...] = SIZE_BOUNDS
) -> GroupProfile:
    """Compare by class the members that have not answered or have declined.

    `answers` has one row per member, as Statement.answers: population (int), group, county and
    decision (str). `size_bounds` are inhabitants, increasing; a member on a bound belongs to the
    class above it.
    """
    edges, decisions = [None, *size_bounds, None], answers["decision"]
    classes = [
        _member_class(
            decisions, _is_in_size_class(answers["population"], low, high), "size", "", (low, high)
        )
        for low, high in pairwise(edges)
    ]
    for column in ("group", "county"):
        names = sorted(set(answers[column]))
        classes += [
            _member_class(decisions, answers[column] == name, column, name) for name in names
        ]
    return GroupProfile(tuple(first for first in classes if first.members))


def profile_statement(statement: Statement) -> GroupProfile:
    """Return the profile of a statement; classes of size only if the fee key is inhabitants.

    Bounds in inhabitants do not fit a tax base or a round's own weights: all members are then in
    one class of size, and nothing is compared.
    """
    key = next(iter(statement.round.pricing.columns()), "")
    members = statement.on_day.present
    asked = members[~is_contributor(members)]
    classes = profile_members(asked, SIZE_BOUNDS if key.startswith("population_") else ())
    return classes if statement.round.answers.declined_known else classes.unanswered_only


def _is_in_size_class(
    population: pd.Series[int], low: int | None, high: int | None
) -> pd.Series[bool]:
    inside = population.notna()
    if low is not None:
        inside &= population >= low
    if high is not None:
        inside &= population < high
    return inside


def _member_class(
    decisions: pd.Series[str],
    inside: pd.Series[bool],
    dimension: str,
    name: str,
    bounds: tuple[int | None, int | None] = (None, None),
) -> MemberClass:
    within, rest = (_count_decisions(decisions[part]) for part in (inside, ~inside))
    return MemberClass(
        dimension=dimension,
        name=name,
        at_least=bounds[0],
        below=bounds[1],
        members=sum(within.values()),
        yes=within[YES],
        no=within[NO],
        conditional=within[CONDITIONAL],
        unanswered=within[UNANSWERED],
        comparisons=tuple(
            _compare_with_rest(_proportions_by_measure(within), _proportions_by_measure(rest))
        ),
    )


def _count_decisions(decisions: pd.Series[str]) -> dict[str, int]:
    counted = Counter(decisions)
    return {name: counted[name] for name in (YES, NO, CONDITIONAL, UNANSWERED)}


def _proportions_by_measure(counts: dict[str, int]) -> dict[str, Proportion]:
    members = sum(counts.values())
    return {
        UNANSWERED_MEASURE: Proportion(counts[UNANSWERED], members),
        DECLINED_MEASURE: Proportion(counts[NO], members - counts[UNANSWERED]),
    }


def _compare_with_rest(
    inside: dict[str, Proportion], rest: dict[str, Proportion]
) -> Iterator[ClassComparison]:
    for measure in (UNANSWERED_MEASURE, DECLINED_MEASURE):
        first, second = inside[measure], rest[measure]
        if first.share is not None and second.share is not None:
            enough = _are_enough(first, second)
            chance = chance_that_excludes_zero(first, second) if enough else Fraction(0)
            difference = first.share - second.share
            yield ClassComparison(
                measure, first, second, difference, newcombe_interval(first, second), chance
            )


def _is_clear(first: Proportion, second: Proportion) -> bool:
    return _are_enough(first, second) and newcombe_interval(first, second).excludes_zero


def _are_enough(first: Proportion, second: Proportion) -> bool:
    return min(first.of, second.of) >= MIN_MEMBERS
