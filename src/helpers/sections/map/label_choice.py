"""Chooses the names on the map, for a broad drawing and a slim one."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass

import pandas as pd

from helpers.funding.answers.answer_states import NO, YES
from helpers.sections.map.dorling import LayoutFloats
from helpers.sections.map.labels import (
    MapLabel,
    free_label,
    label_inside,
    label_under,
    map_name,
    short_county,
)


@dataclass(frozen=True)
class MapFormat:
    """The differences between the wide and the slim drawing; lengths in units of the drawing."""

    width: float
    max_height_ratio: float  # height for each unit of width
    country_size: tuple[float, float]  # across and down, before circles push each other aside
    total_circle_area: float  # of all circles together
    sizes_inside: tuple[float, ...]  # sizes of a name within its circle: the first that fits
    text_size: float  # of the other members' names
    county_size: float  # of counties' names
    county_gap: float  # between circles of different counties


# Half an A4 page: 168 by 120 mm.
BROAD_MAP = MapFormat(432, 0.7, (190, 285), 24_000, (11, 10, 9), 9, 8, 5)
SLIM_MAP = MapFormat(260, 2.4, (170, 425), 30_500, (11, 10, 9.5), 9.5, 9.5, 6)


def choose_member_labels(
    members: pd.DataFrame, radius: LayoutFloats, sheet: MapFormat, named: Collection[str]
) -> list[MapLabel | None]:
    """Return the names of the members to name: within a filled circle if it fits."""
    labels: list[MapLabel | None] = [None] * len(members)
    for row, code in enumerate(members["code"]):
        if code in named:
            name, size = map_name(members["name"][row], code), float(radius[row])
            filled = members["decision"][row] in (YES, NO)
            inside = label_inside(name, size, sheet.sizes_inside) if filled else None
            labels[row] = inside or label_under(name, size, sheet.text_size)
    return labels


def choose_county_labels(
    members: pd.DataFrame, sheet: MapFormat, named: Collection[str]
) -> dict[str, MapLabel]:
    """Return each county's short name, or its full name if a member in it has the short one.

    There is none where that member is all of the county and is named itself.
    """
    found = {}
    for county, own in members.groupby("county", sort=True):
        short = short_county(str(county))
        same = own["name"].eq(short).any()
        if not county or (same and len(own) == 1 and own["code"].iloc[0] in named):
            continue
        shown = str(county) if same and len(own) > 1 else short
        found[str(county)] = free_label(shown, sheet.county_size)
    return found
