"""The map of a large round: the largest members, and one circle for the others of an area."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import pandas as pd

from helpers.i18n.localizer import Localizer

MOST_CIRCLES = 500  # members on a map; of more, the others than the largest share circles
LARGEST_CIRCLES = 400  # members that then keep their own
_MOST_MERGED = 100  # circles of areas; of more, there is one an answer


def are_merged(members: pd.DataFrame) -> bool:
    """Whether some of the members with a location share a circle, because of their number."""
    return len(members) > MOST_CIRCLES


def merge_small_members(
    members: pd.DataFrame, loc: Localizer, group_names: Mapping[str, str]
) -> pd.DataFrame:
    """Return the rows of the map: those of `draw_cartogram`, of which many become one.

    Of more than MOST_CIRCLES members the largest keep their rows. The others of a county, or of a
    group in a round without counties, share one row for each answer: their number as its name, the
    sum of their fees, and the mean of their locations.
    """
    if not are_merged(members):
        return members
    ranked = members.sort_values(["fee", "code"], ascending=[False, True])
    largest, others = ranked[:LARGEST_CIRCLES], ranked[LARGEST_CIRCLES:]
    column = _area_column(others)
    keys = [others["decision"], others[column]] if column else [others["decision"]]
    rows = []
    for key, part in others.groupby(keys, sort=True):
        answer, area = (*map(str, key), "")[:2]
        row = {"code": f"{area}/{answer}", "county": "", "decision": answer}
        rows.append(row | _merged_row(part, loc))
        if column == "county":
            rows[-1]["county"] = area
        elif area:
            rows[-1]["name"] += f", {group_names.get(area, area)}"
    kept = largest[["code", "name", "county", "decision", "fee", "east_km", "north_km"]]
    return pd.concat([kept, pd.DataFrame(rows)], ignore_index=True)


def _area_column(members: pd.DataFrame) -> str:
    """What members are put together by: county or group; "" where that gives too many circles."""
    column = "county" if (members["county"] != "").any() else "group"
    circles = len(members[[column, "decision"]].drop_duplicates())
    return column if circles <= _MOST_MERGED else ""


def _merged_row(members: pd.DataFrame, loc: Localizer) -> dict[str, Any]:
    count = len(members)
    east, north = (sum(members[axis].tolist()) / count for axis in ("east_km", "north_km"))
    name = loc.plural("{n} kommun", "{n} kommuner", count, n=loc.count(count))
    return {"name": name, "fee": int(members["fee"].sum()), "east_km": east, "north_km": north}
