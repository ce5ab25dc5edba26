import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from helpers.sections.map.dorling import dorling_layout


def gaps(x: np.ndarray, y: np.ndarray, radius: np.ndarray) -> np.ndarray:
    """Between each pair of circles, the distance from edge to edge; its own is endless."""
    found: np.ndarray = np.hypot(x[:, None] - x, y[:, None] - y) - radius[:, None] - radius
    np.fill_diagonal(found, np.inf)
    return found


def test_a_circle_alone_stays() -> None:
    x, y = dorling_layout([3.0], [4.0], [5.0], ["a"])
    assert x.tolist() == [3]
    assert y.tolist() == [4]


def test_circles_with_room_stay_where_nothing_pulls_them() -> None:
    x, y = dorling_layout([0.0, 100.0], [0.0, 50.0], [5.0, 9.0], ["a", "b"])
    assert x.tolist() == [0, 100]
    assert y.tolist() == [0, 50]


@pytest.mark.parametrize(("other", "gap"), [("a", 1.0), ("b", 4.0)])
def test_two_alike_are_pushed_apart_by_as_much(other: str, gap: float) -> None:
    # Radius 5 each: their middles have to be 10 and the gap apart, around the same middle, 1.
    x, y = dorling_layout(
        [0.0, 2.0],
        [7.0, 7.0],
        [5.0, 5.0],
        ["a", other],
        gap_within_group=1.0,
        gap_between_groups=4.0,
    )
    assert x[0] + x[1] == pytest.approx(2)
    assert 10 + gap <= x[1] - x[0] < 10 + gap + 0.5
    assert y == pytest.approx([7, 7])


def test_the_lighter_makes_way() -> None:
    # Areas as 1 to 9: the small one goes nine times as far.
    x, _ = dorling_layout([0.0, 1.0], [0.0, 0.0], [3.0, 9.0], ["a", "b"], gap_between_groups=0.0)
    assert abs(x[0]) > 5 * abs(x[1] - 1)


def test_circles_in_the_very_same_place_find_a_way_out() -> None:
    radius = np.full(12, 3.0)
    x, y = dorling_layout(np.zeros(12), np.zeros(12), radius, ["a"] * 12)
    assert gaps(x, y, radius).min() >= 0.8


def test_the_circles_of_a_body_keep_their_places_to_each_other() -> None:
    # A row of three, 4 apart, in the way of a large circle.
    x, y = dorling_layout([0, 4, 8, 4], [0, 0, 0, 1], [3, 3, 3, 6], ["a"] * 4, [1, 1, 1, 2])
    assert np.diff(x[:3]) == pytest.approx([4, 4])
    assert np.ptp(y[:3]) == pytest.approx(0)
    assert np.hypot(x[:3] - x[3], y[:3] - y[3]).min() >= 9


def test_rows_that_lie_across_each_other_come_apart() -> None:
    east = [0.0, 4, 8, 12, 2, 6, 10, 14]
    x, y = dorling_layout(east, [0.0] * 8, [3.0] * 8, ["a"] * 8, [0] * 4 + [1] * 4)
    between = np.hypot(x[:4, None] - x[4:], y[:4, None] - y[4:])
    assert between.min() >= 6


def test_the_same_places_give_the_same_bytes() -> None:
    east = [(i * 37) % 101 for i in range(80)]
    north = [(i * 53) % 89 for i in range(80)]
    radius = [1 + (i * 7) % 11 for i in range(80)]
    group = [i % 5 for i in range(80)]
    once, again = (dorling_layout(east, north, radius, group) for _ in range(2))
    assert [part.tobytes() for part in once] == [part.tobytes() for part in again]


CIRCLE = st.tuples(
    st.floats(0, 300), st.floats(0, 400), st.floats(0, 40), st.sampled_from(["a", "b", "c"])
)


@settings(deadline=None, max_examples=60)
@given(st.lists(CIRCLE, min_size=1, max_size=40))
def test_no_circles_ever_overlap(circles: list[tuple[float, float, float, str]]) -> None:
    east, north, radius, group = (np.array(column) for column in zip(*circles, strict=True))
    x, y = dorling_layout(east, north, radius, group)
    assert np.isfinite(x).all()
    assert np.isfinite(y).all()
    assert gaps(x, y, radius).min() > -0.1
