"""95 % intervals of shares and of differences between two, for small counts.

The interval of a share is Wilson's (Probable inference, the law of succession, and statistical
inference, JASA 22 (1927) 209–212). The interval of a difference is Newcombe's, which combines two
of them (Interval estimation for the difference between independent proportions, Statistics in
Medicine 17 (1998) 873–890, method 10). Both stay within the possible values and keep close to 95 %
for few members and for shares of 0 and 1, where the usual ± 1.96 standard errors fails (Brown, Cai
and DasGupta, Interval estimation for a binomial proportion, Statistical Science 16 (2001) 101–133).
The values are floats, since no money is computed here.
"""

from __future__ import annotations

from bisect import bisect_left
from dataclasses import dataclass
from fractions import Fraction
from math import comb, sqrt

from helpers.funding.totals.shares import share

CONFIDENCE_LEVEL = Fraction(95, 100)
_NORMAL_QUANTILE = 1.959963984540054  # the normal distribution's 97.5 % point


@dataclass(frozen=True)
class ConfidenceInterval:
    """A 95 % interval of a share, or of a difference of two shares (fractions, not percent)."""

    low: float
    high: float

    @property
    def excludes_zero(self) -> bool:
        """Whether 0 is outside the interval."""
        return self.low > 0 or self.high < 0


@dataclass(frozen=True)
class Proportion:
    """A share with its interval: `count` of `of` members; both are None if `of` is 0."""

    count: int
    of: int

    @property
    def share(self) -> Fraction | None:
        """The share, exact for the round."""
        return share(self.count, self.of)

    @property
    def interval(self) -> ConfidenceInterval | None:
        """The 95 % interval of the tendency behind the share."""
        return wilson_interval(self.count, self.of) if self.of else None


def wilson_interval(count: int, of: int) -> ConfidenceInterval:
    """Wilson's 95 % score interval of a share, without continuity correction (1927).

    Raises ValueError unless 0 ≤ count ≤ of and of is at least 1.
    """
    if not 0 <= count <= of or of < 1:
        raise ValueError(f"{count} of {of} is not a share")
    middle, square = 2 * count + _NORMAL_QUANTILE**2, _NORMAL_QUANTILE**2
    half = _NORMAL_QUANTILE * sqrt(square + 4 * count * (of - count) / of)
    low, high = (middle - half) / (2 * (of + square)), (middle + half) / (2 * (of + square))
    # At shares of 0 and 1 an end is exactly 0 or 1; floating-point rounding must not exceed it.
    return ConfidenceInterval(low if count else 0.0, high if count < of else 1.0)


def newcombe_interval(first: Proportion, second: Proportion) -> ConfidenceInterval:
    """Newcombe's 95 % interval of the first share less the second (1998, method 10).

    Raises ValueError if either is a share of 0 members.
    """
    a, b = wilson_interval(first.count, first.of), wilson_interval(second.count, second.of)
    p, q = first.count / first.of, second.count / second.of
    below = sqrt((p - a.low) ** 2 + (b.high - q) ** 2)
    above = sqrt((a.high - p) ** 2 + (q - b.low) ** 2)
    return ConfidenceInterval(p - q - below, p - q + above)


def chance_that_excludes_zero(first: Proportion, second: Proportion) -> Fraction:
    """Return the probability that the interval excludes 0 if members are counted by chance.

    The sizes of both groups and the total count are fixed: the hypergeometric distribution,
    computed exactly. The interval excludes 0 if few or many of the counted members are in the first
    group. The result is 1 less the probability of the counts between, which are about √members.
    """
    counted, everyone = first.count + second.count, first.of + second.of
    fewest, most = max(0, counted - second.of), min(first.of, counted)
    counts = range(fewest, most + 1)

    def interval(count: int) -> ConfidenceInterval:
        return newcombe_interval(
            Proportion(count, first.of), Proportion(counted - count, second.of)
        )

    start = bisect_left(counts, x=True, key=lambda count: interval(count).high >= 0)
    end = bisect_left(counts, x=True, key=lambda count: interval(count).low > 0)
    between, ways = 0, 0
    for count in counts[start:end]:
        if ways:  # the number of ways of this count, by that of the one before
            ways = ways * (counted - count + 1) * (first.of - count + 1)
            ways //= count * (everyone - counted - first.of + count)
        else:
            ways = comb(counted, count) * comb(everyone - counted, first.of - count)
        between += ways
    return 1 - Fraction(between, comb(everyone, first.of))
