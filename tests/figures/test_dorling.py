import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from helpers.figures.dorling import Gaps, dorling

GAPS = Gaps(near=1.0, apart=4.0)


def lay(*circles: tuple[float, float, float, int]) -> list[tuple[float, float]]:
    """Circles as x, y, radius and group; their places, to a tenth."""
    x, y, radius, group = (np.array(column) for column in zip(*circles, strict=True))
    found = dorling(x.astype(float), y.astype(float), radius.astype(float), group, GAPS)
    return [(round(float(a), 1), round(float(b), 1)) for a, b in zip(*found, strict=True)]


def test_one_circle_stays_where_it_is() -> None:
    assert lay((5, 7, 3, 0)) == [(5, 7)]


def test_circles_that_do_not_meet_stay_where_they_are() -> None:
    assert lay((0, 0, 3, 0), (20, 0, 3, 0)) == [(0, 0), (20, 0)]


def test_two_equal_ones_move_equally_far() -> None:
    # Radii 3 and 3 and a gap of 1: their centres end 7 apart around the middle, 2.
    assert lay((0, 0, 3, 0), (4, 0, 3, 0)) == [(-1.5, 0), (5.5, 0)]


def test_another_group_keeps_a_wider_gap() -> None:
    # 3 + 3 + 4.
    assert lay((0, 0, 3, 0), (4, 0, 3, 1)) == [(-3, 0), (7, 0)]


def test_the_smaller_one_moves_more() -> None:
    (big, _), (small, _) = lay((0, 0, 9, 0), (8, 0, 3, 0))
    # Areas 9 : 1, so of the 5 that are missing to 13 the small one takes nine tenths.
    assert (big, small) == (-0.5, 12.5)


def test_two_on_the_same_place_are_parted() -> None:
    (ax, ay), (bx, by) = lay((0, 0, 3, 0), (0, 0, 3, 0))
    assert (ax - bx) ** 2 + (ay - by) ** 2 == pytest.approx(49, abs=1.5)


circles = st.lists(
    st.tuples(
        st.integers(0, 60), st.integers(0, 60), st.integers(1, 8), st.integers(0, 2)
    ),
    min_size=1, max_size=25,
)  # fmt: skip


@settings(max_examples=60, deadline=None)
@given(circles)
def test_nothing_overlaps_and_the_same_comes_out_twice(
    given_circles: list[tuple[int, int, int, int]],
) -> None:
    x, y, radius, group = (np.array(c, dtype=float) for c in zip(*given_circles, strict=True))
    groups = group.astype(int)
    ax, ay = dorling(x, y, radius, groups, GAPS)
    assert np.isfinite([ax, ay]).all()
    for i in range(len(x)):
        for j in range(i):
            gap = 1.0 if groups[i] == groups[j] else 4.0
            apart = np.sqrt((ax[i] - ax[j]) ** 2 + (ay[i] - ay[j]) ** 2)
            assert apart >= radius[i] + radius[j] + gap - 0.1
    again = dorling(x, y, radius, groups, GAPS)
    assert (ax.tobytes(), ay.tobytes()) == (again[0].tobytes(), again[1].tobytes())
