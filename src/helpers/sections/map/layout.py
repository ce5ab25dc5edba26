"""The positions on the map: members' circles, their names and their counties' names."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Sequence
from dataclasses import dataclass
from inspect import getsource
from math import pi

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from helpers.funding.answers.answer_states import YES
from helpers.sections.map import dorling
from helpers.sections.map.dorling import LayoutFloats, dorling_layout
from helpers.sections.map.label_choice import MapFormat, choose_county_labels, choose_member_labels
from helpers.sections.map.labels import HALF_LINE_HEIGHT, MapLabel, circles_for_text
from helpers.system.kept.kept_arrays import kept_array

FULL_SHEET_MEMBERS = 200  # members; fewer get less of the sheet, so that none fills it
MIN_RADIUS = 0.9  # a radius that can still be seen
RANK_WEIGHT = 0.4  # how much of a place's height on the sheet is its rank, in place of its latitude

BoundingBox = tuple[float, float, float, float]
BridgeLine = tuple[float, ...]  # both ends' x, then their y


@dataclass(frozen=True)
class MemberCircle:
    """A member on the map, with its name if it is shown."""

    name: str
    county: str
    fee: int
    decision: str
    x: float
    y: float
    radius: float
    label: MapLabel | None


@dataclass(frozen=True)
class CountyLabel:
    """A county's name on the map; x and y are its centre."""

    x: float
    y: float
    label: MapLabel


@dataclass(frozen=True)
class MapLayout:
    """Everything on the map; x increases to the right, y downwards."""

    circles: list[MemberCircle]
    county_labels: list[CountyLabel]
    bridges: list[BridgeLine]  # between parts of a county that do not lie next to each other
    area_per_fee: float  # the area of a circle for each unit of fee
    halo_width: float  # how thick a line around circles joins those of one county and no others

    @property
    def yes_opacity(self) -> float:
        """How strong the colour of a yes is: muted where others are what the map is about.

        A yes that is itself named, as shared circles are, has its name on the colour: ink must
        contrast with it by 4.5:1, in the page's light and in its dark colours.
        """
        named = {circle.decision for circle in self.circles if circle.label}
        return 0.3 if YES in named else 0.5 if named else 1.0

    def text_boxes(self) -> Iterator[BoundingBox]:
        """Yield the left, right, upper and lower edge of every text outside circles."""
        outside = [(d.x, d.y, d.label) for d in self.circles if d.label and d.label.offset_below]
        for x, y, label in [
            *outside,
            *((sign.x, sign.y, sign.label) for sign in self.county_labels),
        ]:
            half, high = label.width / 2 + 1, label.size * HALF_LINE_HEIGHT
            middle = y + label.offset_below
            yield x - half, x + half, middle - high, middle + high

    def bounding_boxes(self) -> Iterator[BoundingBox]:
        """Yield the same edges of every circle and every text."""
        for d in self.circles:
            yield d.x - d.radius, d.x + d.radius, d.y - d.radius, d.y + d.radius
        yield from self.text_boxes()


def lay_out_map(members: pd.DataFrame, sheet: MapFormat, named: Collection[str] = ()) -> MapLayout:
    """Lay out members with code, name, county, fee, decision, and finite east_km and north_km."""
    fees = members["fee"].to_numpy(float)
    scale = (
        sheet.total_circle_area
        * min(1.0, len(fees) / FULL_SHEET_MEMBERS)
        / max(float(fees.sum()), 1.0)
    )
    radius = np.maximum(np.sqrt(fees * (scale / pi)), MIN_RADIUS)
    x, y = _initial_positions(members, sheet)
    labels = choose_member_labels(members, radius, sheet, named)
    counties = choose_county_labels(members, sheet, named)
    group = _group_keys(members)
    # After the members' circles: circles that keep room for each text: position, size, body.
    circle_rows, circle_groups = [np.column_stack([x, y, radius, np.arange(len(x))])], [group]
    for body, label in enumerate(labels):
        if label and label.offset_below:
            circle_rows.append(_text_circles(label, x[body], y[body], body))
            circle_groups.append(np.repeat(group[body], len(circle_rows[-1])))
    for body, (county, label) in enumerate(counties.items(), len(labels)):
        own = group == county
        middle = sum(x[own].tolist()) / int(own.sum())
        circle_rows.append(_text_circles(label, middle, y[own].min(), body))
        circle_groups.append(np.repeat(county, len(circle_rows[-1])))
    _, _, size, bodies = rows = np.concatenate(circle_rows).T
    groups = np.concatenate(circle_groups)
    x, y = _kept_layout(rows, groups, sheet.county_gap)
    halo = sheet.county_gap - 1.6
    in_county = [groups == county for county in counties]
    return MapLayout(
        _member_circles(members, x, y, radius, labels),
        _place_county_labels(x, y, bodies, len(labels), list(counties.values())),
        [line for own in in_county for line in _bridge_lines(x[own], y[own], size[own], halo)],
        scale,
        halo,
    )


def _kept_layout(
    rows: LayoutFloats, groups: NDArray[np.str_], gap: float
) -> tuple[LayoutFloats, LayoutFloats]:
    """Return the positions of circles: laid out once for all languages, and for later runs.

    The layout is the same on every machine, so that a kept one is what would be computed.
    """
    east, north, radius, bodies = rows
    group = np.unique(groups, return_inverse=True)[1]

    def lay_out() -> LayoutFloats:
        places = dorling_layout(east, north, radius, group, bodies, gap_between_groups=gap)
        return np.array(places)

    numbers = (*rows, group, np.array([gap]))
    inputs = [getsource(dorling).encode(), *(np.asarray(one, float).tobytes() for one in numbers)]
    x, y = kept_array("map", inputs, lay_out)
    return x, y


def _group_keys(members: pd.DataFrame) -> NDArray[np.str_]:
    """Return the county of each member, or its own code if it has none: its group of circles."""
    county, code = (members[column].to_numpy(str) for column in ("county", "code"))
    return np.where(county == "", np.char.add("\n", code), county)


def _text_circles(label: MapLabel, x: float, y: float, body: int) -> LayoutFloats:
    along, radius = circles_for_text(label)
    return np.array([(x + shift, y + label.offset_below, radius, body) for shift in along])


def _member_circles(
    members: pd.DataFrame,
    x: LayoutFloats,
    y: LayoutFloats,
    radius: LayoutFloats,
    labels: Sequence[MapLabel | None],
) -> list[MemberCircle]:
    rows = zip(
        *(members[column].to_list() for column in ("name", "county", "fee", "decision")),
        *(values.tolist()[: len(members)] for values in (x, y, radius)),
        labels,
        strict=True,
    )
    return [MemberCircle(*row) for row in rows]


def _place_county_labels(
    x: LayoutFloats, y: LayoutFloats, bodies: LayoutFloats, first: int, labels: Sequence[MapLabel]
) -> list[CountyLabel]:
    rows = [np.flatnonzero(bodies == first + number) for number in range(len(labels))]
    return [
        CountyLabel(float(x[row[0]] + x[row[-1]]) / 2, float(y[row[0]]), label)
        for row, label in zip(rows, labels, strict=True)
    ]


def _bridge_lines(
    x: LayoutFloats, y: LayoutFloats, radius: LayoutFloats, halo: float
) -> list[BridgeLine]:
    """Return lines that join a county's circles if their halo does not (Prim's algorithm)."""
    nearest, gap = np.zeros(len(x), int), np.full(len(x), np.inf)
    outside = np.ones(len(x), bool)
    lines, last = [], 0
    for _ in range(len(x) - 1):
        outside[last] = False
        away = np.sqrt((x - x[last]) * (x - x[last]) + (y - y[last]) * (y - y[last]))
        between = away - radius - radius[last]
        nearest, gap = np.where(between < gap, last, nearest), np.minimum(between, gap)
        last = int(np.where(outside, gap, np.inf).argmin())
        if gap[last] > halo - 1:
            ends = [last, nearest[last]]
            lines.append((*x[ends].tolist(), *y[ends].tolist()))
    return lines


def _initial_positions(
    members: pd.DataFrame, sheet: MapFormat
) -> tuple[LayoutFloats, LayoutFloats]:
    """Return the positions of the members before circles push each other apart.

    Half of Sweden's municipalities are in its southern quarter. A position between a member's
    latitude and its rank from south to north gives the sparse north less of the drawing.
    """
    east, north = (members[axis].to_numpy(float) for axis in ("east_km", "north_km"))
    rank = np.empty(len(north))
    rank[np.argsort(north, kind="stable")] = np.arange(len(north)) / max(len(north) - 1, 1)
    up = _normalize(north) * (1 - RANK_WEIGHT) + rank * RANK_WEIGHT
    across, down = sheet.country_size
    return _normalize(east) * across, (1 - up) * down


def _normalize(values: LayoutFloats) -> LayoutFloats:
    return np.asarray((values - values.min()) / max(values.max() - values.min(), 1e-9))
