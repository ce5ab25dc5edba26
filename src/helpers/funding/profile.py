"""Who is silent and who declined: by number of inhabitants, group and county, each with the rest.

What is described is this round, and nothing here says why a member is silent or declines.

Every member is observed, so each share is exact for the round. The intervals (see intervals) speak
of something else: the tendency behind, had members like these been asked anew, each for itself. No
correction for a finite population is made: it would shrink every interval to the exact share.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace
from fractions import Fraction
from itertools import pairwise

import pandas as pd

from helpers.funding.amounts import CONDITIONAL, NO, UNANSWERED, YES
from helpers.funding.intervals import Interval, Rate, newcombe, random_split
from helpers.funding.statement import Statement

SIZE_BOUNDS = (10_000, 20_000, 50_000, 100_000, 200_000)
LEAST_MEMBERS = 5  # of fewer, one or two members decide whether the interval excludes 0

SILENT, DECLINED = "silent", "declined"


@dataclass(frozen=True)
class Comparison:
    """A class against all other members; `measure` is silent or declined (see Class).

    `difference` is the class's share less that of the rest, exact for the round; times 100 it is in
    percentage points. `interval` is that of the tendency behind. `by_chance` is the probability of
    a clear difference if those counted were drawn by lot among all, whatever their class.
    """

    measure: str
    inside: Rate
    rest: Rate
    difference: Fraction
    interval: Interval
    by_chance: Fraction

    @property
    def clear(self) -> bool:
        """Whether the interval excludes 0, of at least five members on either side."""
        return _clear(self.inside, self.rest)


@dataclass(frozen=True)
class Class:
    """The members of one class; `dimension` is size, group or county.

    A class of size holds from `at_least` to, but not including, `below` inhabitants, and has no
    name; None is no bound. Conditional answers are answers, neither yes nor no.
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
    comparisons: tuple[Comparison, ...]

    @property
    def silent(self) -> Rate:
        """Those that have not answered, of the members."""
        return Rate(self.unanswered, self.members)

    @property
    def declined(self) -> Rate:
        """Those that said no, of those that have answered."""
        return Rate(self.no, self.members - self.unanswered)


@dataclass(frozen=True)
class Profile:
    """The members by class, in the order size, group, county; classes without members left out.

    Each comparison is between a class and the rest; one is left out where either has nobody to take
    a share of. They overlap (a municipality has a size, a group and a county), which does not
    change how many chance alone is expected to flag. Where it is not known who has declined
    (`declined_known` is false) only those without an answer are compared.
    """

    classes: tuple[Class, ...]
    declined_known: bool = True

    @property
    def of_silent(self) -> Profile:
        """The same without those that declined."""
        only = (
            replace(one, comparisons=tuple(c for c in one.comparisons if c.measure == SILENT))
            for one in self.classes
        )
        return Profile(tuple(only), declined_known=False)

    @property
    def comparisons(self) -> int:
        """How many comparisons were made."""
        return sum(len(one.comparisons) for one in self.classes)

    @property
    def clear(self) -> int:
        """How many of them are clear."""
        return sum(comparison.clear for one in self.classes for comparison in one.comparisons)

    @property
    def expected_by_chance(self) -> Fraction:
        """How many would be expected to be clear if lots decided who is silent and who declines."""
        made = (comparison for one in self.classes for comparison in one.comparisons)
        return sum((comparison.by_chance for comparison in made), Fraction(0))

    def of(self, dimension: str) -> tuple[Class, ...]:
        """The classes of one dimension: size, group or county."""
        return tuple(one for one in self.classes if one.dimension == dimension)


def profile(answers: pd.DataFrame, size_bounds: tuple[int, ...] = SIZE_BOUNDS) -> Profile:
    """Profile the silent and those that declined.

    `answers` has one row a member, as Statement.answers: population, group, county and decision.
    `size_bounds` are inhabitants, rising; a member on a bound belongs to the class above it.
    """
    edges = [None, *size_bounds, None]
    found = [
        _class(answers, _inside(answers["population"], low, high), "size", "", (low, high))
        for low, high in pairwise(edges)
    ]
    for column in ("group", "county"):
        names = sorted(set(answers[column]))
        found += [_class(answers, answers[column] == name, column, name) for name in names]
    return Profile(tuple(one for one in found if one.members))


def profile_of(statement: Statement) -> Profile:
    """The profile of a statement; by size only where the fee key is inhabitants.

    Bounds in inhabitants say nothing of a tax base or of a round's own weights: all members are
    then of one size, with nothing to compare.
    """
    key = statement.round.pricing.columns()[0]
    found = profile(statement.answers, SIZE_BOUNDS if key.startswith("population_") else ())
    return found if statement.round.answers.declined_known else found.of_silent


def _inside(population: pd.Series[int], low: int | None, high: int | None) -> pd.Series[bool]:
    inside = population.notna()
    if low is not None:
        inside &= population >= low
    if high is not None:
        inside &= population < high
    return inside


def _class(
    answers: pd.DataFrame,
    inside: pd.Series[bool],
    dimension: str,
    name: str,
    bounds: tuple[int | None, int | None] = (None, None),
) -> Class:
    within, rest = _counts(answers[inside]), _counts(answers[~inside])
    return Class(
        dimension=dimension,
        name=name,
        at_least=bounds[0],
        below=bounds[1],
        members=sum(within.values()),
        yes=within[YES],
        no=within[NO],
        conditional=within[CONDITIONAL],
        unanswered=within[UNANSWERED],
        comparisons=tuple(_comparisons(_rates(within), _rates(rest))),
    )


def _counts(answers: pd.DataFrame) -> dict[str, int]:
    names = (YES, NO, CONDITIONAL, UNANSWERED)
    return {name: int((answers["decision"] == name).sum()) for name in names}


def _rates(counts: dict[str, int]) -> dict[str, Rate]:
    members = sum(counts.values())
    return {
        SILENT: Rate(counts[UNANSWERED], members),
        DECLINED: Rate(counts[NO], members - counts[UNANSWERED]),
    }


def _comparisons(inside: dict[str, Rate], rest: dict[str, Rate]) -> Iterator[Comparison]:
    for measure in (SILENT, DECLINED):
        one, other = inside[measure], rest[measure]
        if one.share is not None and other.share is not None:
            chance = sum(
                (split.probability for split in random_split(one, other) if _clear(*split.rates)),
                Fraction(0),
            )
            difference = one.share - other.share
            yield Comparison(measure, one, other, difference, newcombe(one, other), chance)


def _clear(one: Rate, other: Rate) -> bool:
    return min(one.of, other.of) >= LEAST_MEMBERS and newcombe(one, other).excludes_zero
