"""A Dorling layout: circles that do not overlap, close to their locations, in separate groups."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import ArrayLike, NDArray

LayoutFloats = NDArray[np.float64]
LayoutInts = NDArray[np.int64]
LayoutFlags = NDArray[np.bool_]
CirclePairs = tuple[LayoutInts, LayoutInts, LayoutFloats]

GROWING_STEPS, SETTLING_STEPS, MAX_SEPARATING_STEPS = (
    150,
    60,
    4000,
)  # rounds; of the last, only as many as are needed
START_SIZE = 0.2  # the size from which circles grow: as points, they find their order among others
HOME_PULL, GROUP_PULL = 0.02, 0.04  # of the way home, and to the middle of the group, in a round
SEPARATION_MARGIN = 0.2  # what circles at last move apart beyond what they have to: so that it ends
MOMENTUM = 0.7  # of the last move, in the next
OVER_RELAXATION = 1.2  # over-relaxation: a crowd comes apart in fewer rounds
# Pairs that may touch soon are looked up among pairs that may touch later: rounds, distance.
WIDE_SEARCH, NARROW_SEARCH = (20, 50.0), (8, 8.0)
# Directions for circles at exactly the same position; their components are short fractions.
_TIE_DIRECTIONS = np.array(
    [(1, 0), (-0.6, 0.8), (0.28, -0.96), (-0.8, -0.6), (0.6, 0.8), (0.8, -0.6)]
)


@dataclass(frozen=True)
class _CircleSystem:
    """What does not change while the circles move."""

    body_of_circle: LayoutInts  # of each circle
    offset_in_body: LayoutFloats  # of each circle from the middle of its body
    start: LayoutFloats  # of each body, as all that follows
    group: LayoutInts
    mass: LayoutFloats
    is_compound: LayoutFlags  # of more than one circle
    all_pairs: (
        CirclePairs  # all pairs of circles of different bodies, and how far apart they have to be
    )


def dorling_layout(
    east: ArrayLike,
    north: ArrayLike,
    radius: ArrayLike,
    group: ArrayLike,
    body: ArrayLike | None = None,
    gap_within_group: float = 0.8,
    gap_between_groups: float = 4.0,
) -> tuple[LayoutFloats, LayoutFloats]:
    """Return the positions of circles whose locations are `east`, `north`, without overlaps.

    All lengths are in units of the drawing (a few hundred across). Circles of one group are at
    least `gap_within_group` apart, circles of different groups `gap_between_groups`. Circles with
    the same number in `body` (all of one group) keep their positions relative to each other, as
    circles that reserve the space of a text do.

    The result is the same on every machine: it uses only sums, products, quotients and square
    roots, which IEEE 754 defines to the last bit, always in the same order.
    """
    home = np.column_stack([np.asarray(east, float), np.asarray(north, float)])
    gaps = (gap_within_group, gap_between_groups)
    crowd = _build_system(home, np.asarray(radius, float), np.asarray(group), body, gaps)
    centres = crowd.start
    for step_number in range(GROWING_STEPS + SETTLING_STEPS):
        # The pulls fade out, so that at the end they no longer cause overlaps.
        fading = min(1.0, (GROWING_STEPS + SETTLING_STEPS - step_number) / GROWING_STEPS)
        centres = centres + _pull(crowd, centres) * fading
        size = min(1.0, START_SIZE + (1 - START_SIZE) * step_number / GROWING_STEPS)
        positions = _circle_positions(crowd, centres, size)
        if step_number % WIDE_SEARCH[0] == 0:
            wide = _pairs_within(crowd.all_pairs, positions, WIDE_SEARCH[1])
        if step_number % NARROW_SEARCH[0] == 0:
            pairs = _pairs_within(wide, positions, NARROW_SEARCH[1])
        centres = centres + _push(crowd, pairs, positions, centres, size)[0]
    positions = _circle_positions(crowd, _separate(crowd, centres), 1.0)
    return positions[:, 0], positions[:, 1]


def _build_system(
    home: LayoutFloats,
    radius: LayoutFloats,
    group: NDArray[np.generic],
    body: ArrayLike | None,
    gaps: tuple[float, float],
) -> _CircleSystem:
    group_of_circle = np.unique(group, return_inverse=True)[1]
    body_of_circle = (
        np.arange(len(radius)) if body is None else np.unique(body, return_inverse=True)[1]
    )
    weight = radius * radius + 1e-9
    mass = np.asarray(np.bincount(body_of_circle, weight), float)
    centres = _weighted_means(body_of_circle, weight, home)
    first, second = np.triu_indices(len(radius), 1)
    free = np.flatnonzero(body_of_circle[first] != body_of_circle[second])
    first, second = first[free], second[free]
    reach = (
        radius[first]
        + radius[second]
        + np.where(group_of_circle[first] == group_of_circle[second], *gaps)
    )
    group_of_body = np.zeros(len(mass), dtype=np.int64)
    group_of_body[body_of_circle] = group_of_circle
    many = np.asarray(np.bincount(body_of_circle) > 1)
    every = first, second, reach
    return _CircleSystem(
        body_of_circle, home - centres[body_of_circle], centres, group_of_body, mass, many, every
    )


def _weighted_means(label: LayoutInts, weight: LayoutFloats, values: LayoutFloats) -> LayoutFloats:
    """Return the weighted mean of the values of each label."""
    total = np.bincount(label, weight)
    sums = [np.bincount(label, weight * values[:, axis]) / total for axis in (0, 1)]
    return np.column_stack(sums)


def _circle_positions(crowd: _CircleSystem, centres: LayoutFloats, size: float) -> LayoutFloats:
    return centres[crowd.body_of_circle] + crowd.offset_in_body * size


def _pull(crowd: _CircleSystem, centres: LayoutFloats) -> LayoutFloats:
    """Return the move towards each circle's location and its group's centre."""
    centre = _weighted_means(crowd.group, crowd.mass, centres)[crowd.group]
    return (crowd.start - centres) * HOME_PULL + (centre - centres) * GROUP_PULL


def _pairs_within(pairs: CirclePairs, positions: LayoutFloats, close: float) -> CirclePairs:
    """Return the pairs whose circles are less than `close` from touching."""
    first, second, reach = pairs
    # By column, which is much faster than with rows of two.
    east, north = positions[:, 0].copy(), positions[:, 1].copy()
    along, across, far = east[first] - east[second], north[first] - north[second], reach + close
    chosen = np.flatnonzero(along * along + across * across < far * far)
    return first[chosen], second[chosen], reach[chosen]


def _push(
    crowd: _CircleSystem,
    pairs: CirclePairs,
    positions: LayoutFloats,
    centres: LayoutFloats,
    size: float,
) -> tuple[LayoutFloats, float]:
    """Return each body's move that removes its overlaps, and the largest overlap now."""
    first, second, reach = pairs
    offsets = positions[first] - positions[second]
    distance = np.sqrt(offsets[:, 0] * offsets[:, 0] + offsets[:, 1] * offsets[:, 1])
    overlap = reach * size - distance
    touching = np.flatnonzero(overlap > 0)
    if not len(touching):
        return np.zeros_like(crowd.start), 0.0
    offsets, distance, overlap = offsets[touching], distance[touching], overlap[touching]
    one, other = crowd.body_of_circle[first[touching]], crowd.body_of_circle[second[touching]]
    # Two interlocked rows would never separate if each circle moved in its own direction.
    both = np.flatnonzero(crowd.is_compound[one] & crowd.is_compound[other])
    offsets[both] = centres[one[both]] - centres[other[both]]
    distance[both] = np.sqrt(
        offsets[both, 0] * offsets[both, 0] + offsets[both, 1] * offsets[both, 1]
    )
    same = np.flatnonzero(distance == 0)
    offsets[same], distance[same] = _TIE_DIRECTIONS[(one + other)[same] % len(_TIE_DIRECTIONS)], 1.0
    moves = offsets * (overlap / distance)[:, None]
    # The lighter of the two moves further.
    share = (crowd.mass[other] / (crowd.mass[one] + crowd.mass[other]))[:, None]
    movers, steps = (
        np.concatenate([one, other]),
        np.concatenate([moves * share, moves * (share - 1)]),
    )
    count = len(crowd.mass)
    times = np.maximum(np.bincount(movers, minlength=count) / OVER_RELAXATION, 1)
    moved = [np.bincount(movers, steps[:, axis], count) / times for axis in (0, 1)]
    return np.column_stack(moved), float(overlap.max())


def _separate(crowd: _CircleSystem, centres: LayoutFloats) -> LayoutFloats:
    """Return the centres, moved until no circles overlap."""
    speed = np.zeros_like(centres)
    for step_number in range(MAX_SEPARATING_STEPS):
        positions = _circle_positions(crowd, centres, 1.0)
        if step_number % WIDE_SEARCH[0] == 0:
            first, second, reach = _pairs_within(crowd.all_pairs, positions, NARROW_SEARCH[1])
            pairs = first, second, reach + SEPARATION_MARGIN
        push, worst = _push(crowd, pairs, positions, centres, 1.0)
        # Stop only after a check of all pairs: the list of close pairs may be out of date.
        if worst < SEPARATION_MARGIN and step_number % WIDE_SEARCH[0] == 0:
            break
        # In dense areas a push spreads slowly from circle to circle; momentum spreads it faster.
        speed = speed * MOMENTUM + push
        centres = centres + speed
    return centres
