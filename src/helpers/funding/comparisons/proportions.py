"""95 % intervals of shares and of differences between two, for small counts.

Wilson's of a share (Probable inference, the law of succession, and statistical inference, JASA 22
(1927) 209–212) and Newcombe's of a difference, made of two of them (Interval estimation for the
difference between independent proportions, Statistics in Medicine 17 (1998) 873–890, method 10).
Both stay inside what is possible and keep close to 95 % for few members and for shares of 0 and 1,
where the usual ± 1.96 standard errors breaks down (Brown, Cai and DasGupta, Interval estimation for
a binomial proportion, Statistical Science 16 (2001) 101–133). Floats: nothing here is money.
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
    """A 95 % interval of a share, or of a difference between two (fractions, not percent)."""

    low: float
    high: float

    @property
    def excludes_zero(self) -> bool:
        """Whether a share, or a difference, of 0 lies outside."""
        return self.low > 0 or self.high < 0


@dataclass(frozen=True)
class Proportion:
    """A share with its interval: `count` of `of` members. Both are None of no members."""

    count: int
    of: int

    @property
    def share(self) -> Fraction | None:
        """The share, exact for the round."""
        return share(self.count, self.of)

    @property
    def interval(self) -> ConfidenceInterval | None:
        """The 95 % interval of the tendency behind."""
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
    # Rounding must not take the ends past what they are by algebra at 0 and 1.
    return ConfidenceInterval(low if count else 0.0, high if count < of else 1.0)


def newcombe_interval(first: Proportion, second: Proportion) -> ConfidenceInterval:
    """Newcombe's 95 % interval of the first share less the second (1998, method 10).

    Raises ValueError if either is a share of no members.
    """
    a, b = wilson_interval(first.count, first.of), wilson_interval(second.count, second.of)
    p, q = first.count / first.of, second.count / second.of
    below = sqrt((p - a.low) ** 2 + (b.high - q) ** 2)
    above = sqrt((a.high - p) ** 2 + (q - b.low) ** 2)
    return ConfidenceInterval(p - q - below, p - q + above)


def chance_that_excludes_zero(first: Proportion, second: Proportion) -> Fraction:
    """The probability that Newcombe's interval excludes 0 if the counted members fell by chance.

    The sizes stand, and how many are counted in all: the hypergeometric distribution, exactly. The
    interval excludes 0 where few or many of the counted are in the first, so the chance is 1 less
    that of the counts between, some √members of them.
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
