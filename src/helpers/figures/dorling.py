"""Dorling's layout: circles near their true places that do not overlap, groups kept apart.

D. Dorling, "Area Cartograms: Their Use and Creation" (1996). Only sums, products, quotients and
square roots are used, in a fixed order, so that every machine lays out the same bytes.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

Numbers = NDArray[np.float64]
_HOMEWARD = 120  # rounds in which circles are also drawn towards their own place
_AT_MOST = 3000  # rounds in all
_RENEWED = 8  # rounds between two looks for neighbours
_SLACK = 0.02  # of an overlap that is too small to see, in the unit of the radii


@dataclass(frozen=True)
class Gaps:
    """The least distance between the edges of two circles of one group, and of two groups."""

    near: float
    apart: float


def dorling(
    x: Numbers, y: Numbers, radius: Numbers, group: NDArray[np.int64], gaps: Gaps
) -> tuple[Numbers, Numbers]:
    """Places for circles, moved no more than it takes; all arrays of one length, in one unit.

    Of two that overlap the smaller moves more. Raises ValueError if no layout is found.
    """
    place = np.stack([x, y]).astype(np.float64)
    home = _spread(place)
    place = home.copy()
    first, second, need = _neighbours(place, radius, group, gaps)
    for turn in range(_AT_MOST):
        if turn % _RENEWED == 0:
            first, second, need = _neighbours(place, radius, group, gaps)
        overlap = _separate(place, radius, first, second, need)
        if turn < _HOMEWARD:
            place += (home - place) * (0.06 * (1 - turn / _HOMEWARD))
        elif overlap < _SLACK:
            if turn % _RENEWED == 0:
                return place[0], place[1]
            first, second, need = _neighbours(place, radius, group, gaps)
    raise ValueError("the circles do not fit; make them smaller")


def _spread(place: Numbers) -> Numbers:
    """Circles on exactly the same place are set a hair apart, or nothing could part them."""
    order = np.arange(place.shape[1], dtype=np.float64)
    return place + np.stack([order, order % 7]) * 1e-6


def _neighbours(
    place: Numbers, radius: Numbers, group: NDArray[np.int64], gaps: Gaps
) -> tuple[NDArray[np.int64], NDArray[np.int64], Numbers]:
    """The pairs that may meet before the next look, and the distance that each pair needs."""
    first, second = np.triu_indices(place.shape[1], 1)
    need = radius[first] + radius[second]
    need = need + np.where(group[first] == group[second], gaps.near, gaps.apart)
    apart = place[:, first] - place[:, second]
    reach = need * 1.25 + gaps.apart
    close = apart[0] * apart[0] + apart[1] * apart[1] < reach * reach
    return first[close], second[close], need[close]


def _separate(
    place: Numbers,
    radius: Numbers,
    first: NDArray[np.int64],
    second: NDArray[np.int64],
    need: Numbers,
) -> float:
    """Move overlapping pairs apart, in place; returns the largest overlap there was."""
    apart = place[:, first] - place[:, second]
    distance = np.sqrt(apart[0] * apart[0] + apart[1] * apart[1])
    overlap = need - distance
    meet = overlap > 0
    if not meet.any():
        return 0.0
    one, other = first[meet], second[meet]
    push = apart[:, meet] / distance[meet] * overlap[meet] * 0.55
    areas = radius * radius
    weight = areas[other] / (areas[one] + areas[other])  # the smaller moves more
    count = place.shape[1]
    for axis in (0, 1):
        place[axis] += np.bincount(one, push[axis] * weight, count)
        place[axis] -= np.bincount(other, push[axis] * (1 - weight), count)
    return float(overlap.max())
