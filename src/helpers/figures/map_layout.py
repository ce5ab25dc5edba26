"""Where everything stands on the map: the members' circles, their names and their counties'."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from math import pi

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from helpers.figures.dorling import Floats, dorling
from helpers.figures.map_labels import ROOM, Label, inside, room, short_county, standing, under

MANY = 200  # members; fewer get less of the sheet, so that none fills it
SMALLEST = 0.9  # a radius that can still be seen
BY_RANK = 0.4  # how much of a place's height on the sheet is its rank, in place of its latitude

Box = tuple[float, float, float, float]
Line = tuple[float, ...]  # both ends' x, then their y


@dataclass(frozen=True)
class Sheet:
    """What the broad and the slim drawing do differently; lengths in units of the drawing."""

    width: float
    tallest: float  # height for each unit of width
    country: tuple[float, float]  # across and down, before circles push each other aside
    area: float  # of all circles together
    within: tuple[float, ...]  # sizes of a name within its circle: the first that fits
    size: float  # of all other texts on the map
    named: tuple[int, int]  # so many of the largest within their circle, if it fits; under it
    apart: float  # between circles of different counties


# On an A4 page, under a heading and over a note, there is room for 168 by 235 mm.
BROAD = Sheet(432, 1.395, (335, 519), 79_000, (14, 12, 11, 10, 9, 8.5), 8.5, (45, 24), 8)
SLIM = Sheet(260, 2.4, (170, 425), 30_500, (11, 10, 9.5), 9.5, (10, 4), 6)


@dataclass(frozen=True)
class Disc:
    """A member on the map, with its name where that is shown."""

    name: str
    county: str
    fee: int
    decision: str
    x: float
    y: float
    radius: float
    label: Label | None


@dataclass(frozen=True)
class Sign:
    """A county's name on the map; x and y are its middle."""

    x: float
    y: float
    label: Label


@dataclass(frozen=True)
class Scene:
    """All that stands on the map, x counted to the right and y downwards."""

    discs: list[Disc]
    signs: list[Sign]
    bridges: list[Line]  # between parts of a county that do not lie next to each other
    scale: float  # the area of a circle for each unit of fee
    halo: float  # how thick a line around circles joins those of one county and no others

    def texts(self) -> Iterator[Box]:
        """The left, right, upper and lower end of every text that is not within a circle."""
        outside = [(d.x, d.y, d.label) for d in self.discs if d.label and d.label.below]
        for x, y, label in [*outside, *((sign.x, sign.y, sign.label) for sign in self.signs)]:
            half, high, middle = label.width / 2 + 1, label.size * ROOM, y + label.below
            yield x - half, x + half, middle - high, middle + high

    def boxes(self) -> Iterator[Box]:
        """The same of every circle and every text."""
        for d in self.discs:
            yield d.x - d.radius, d.x + d.radius, d.y - d.radius, d.y + d.radius
        yield from self.texts()


def lay_out(members: pd.DataFrame, sheet: Sheet) -> Scene:
    """The map of members: code, name, county, fee, decision, and east_km, north_km, all finite."""
    fees = members["fee"].to_numpy(float)
    scale = sheet.area * min(1.0, len(fees) / MANY) / max(float(fees.sum()), 1.0)
    radius = np.maximum(np.sqrt(fees * (scale / pi)), SMALLEST)
    x, y = _on_sheet(members, sheet)
    labels, counties = _member_labels(members, radius, sheet), _county_labels(members, sheet)
    group = _together(members)
    # Below the members' circles come those that keep room for each text: place, size and body.
    crowd, kin = [np.column_stack([x, y, radius, np.arange(len(x))])], [group]
    for body, label in enumerate(labels):
        if label and label.below:
            crowd.append(_keep(label, x[body], y[body], body))
            kin.append(np.repeat(group[body], len(crowd[-1])))
    for body, (county, label) in enumerate(counties.items(), len(labels)):
        own = group == county
        middle = sum(x[own].tolist()) / int(own.sum())
        crowd.append(_keep(label, middle, y[own].min(), body))
        kin.append(np.repeat(county, len(crowd[-1])))
    _, _, size, bodies = rows = np.concatenate(crowd).T
    every = np.concatenate(kin)
    x, y = dorling(rows[0], rows[1], size, every, bodies, apart=sheet.apart)
    halo = sheet.apart - 1.6
    kins = [every == county for county in counties]
    return Scene(
        _discs(members, x, y, radius, labels),
        _signs(x, y, bodies, len(labels), list(counties.values())),
        [line for own in kins for line in _bridges(x[own], y[own], size[own], halo)],
        scale,
        halo,
    )


def _together(members: pd.DataFrame) -> NDArray[np.str_]:
    """What keeps circles together: the county, or the member's own code where it has none."""
    county, code = (members[column].to_numpy(str) for column in ("county", "code"))
    return np.where(county == "", np.char.add("\n", code), county)


def _keep(label: Label, x: float, y: float, body: int) -> Floats:
    along, radius = room(label)
    return np.array([(x + shift, y + label.below, radius, body) for shift in along])


def _discs(
    members: pd.DataFrame, x: Floats, y: Floats, radius: Floats, labels: Sequence[Label | None]
) -> list[Disc]:
    rows = zip(
        *(members[column].to_list() for column in ("name", "county", "fee", "decision")),
        *(values.tolist()[: len(members)] for values in (x, y, radius)),
        labels,
        strict=True,
    )
    return [Disc(*row) for row in rows]


def _signs(x: Floats, y: Floats, bodies: Floats, first: int, labels: Sequence[Label]) -> list[Sign]:
    rows = [np.flatnonzero(bodies == first + number) for number in range(len(labels))]
    return [
        Sign(float(x[row[0]] + x[row[-1]]) / 2, float(y[row[0]]), label)
        for row, label in zip(rows, labels, strict=True)
    ]


def _bridges(x: Floats, y: Floats, radius: Floats, halo: float) -> list[Line]:
    """Lines that join a county's circles where the halo around them does not (Prim's algorithm)."""
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


def _on_sheet(members: pd.DataFrame, sheet: Sheet) -> tuple[Floats, Floats]:
    """Where the members would stand if circles took no room.

    Half of Sweden's municipalities lie in its southern quarter: between its latitude and its rank
    from south to north, each stands where the sparse north takes less of the sheet.
    """
    east, north = (members[axis].to_numpy(float) for axis in ("east_km", "north_km"))
    rank = np.empty(len(north))
    rank[np.argsort(north, kind="stable")] = np.arange(len(north)) / max(len(north) - 1, 1)
    up = _share(north) * (1 - BY_RANK) + rank * BY_RANK
    across, down = sheet.country
    return _share(east) * across, (1 - up) * down


def _share(values: Floats) -> Floats:
    return np.asarray((values - values.min()) / max(values.max() - values.min(), 1e-9))


def _member_labels(members: pd.DataFrame, radius: Floats, sheet: Sheet) -> list[Label | None]:
    """The names of the largest; not where the county's is the same and stands for both."""
    alone = members.groupby("county")["name"].transform("size").eq(1)
    said = alone & members["name"].eq(members["county"].map(short_county))
    ranks = members.sort_values(["fee", "code"], ascending=[False, True]).index
    labels: list[Label | None] = [None] * len(members)
    for rank, row in enumerate(ranks[: max(sheet.named)]):
        name, size = str(members["name"][row]), float(radius[row])
        if said[row]:
            continue
        if rank < sheet.named[0]:
            labels[row] = inside(name, size, sheet.within)
        if labels[row] is None and rank < sheet.named[1]:
            labels[row] = under(name, size, sheet.size)
    return labels


def _county_labels(members: pd.DataFrame, sheet: Sheet) -> dict[str, Label]:
    """Each county's short name, but its full one where a municipality within it has the same."""
    found = {}
    for county, own in members.groupby("county", sort=True)["name"]:
        if not county:
            continue
        short = short_county(str(county))
        same = len(own) > 1 and own.eq(short).any()
        found[str(county)] = standing(str(county) if same else short, sheet.size)
    return found
