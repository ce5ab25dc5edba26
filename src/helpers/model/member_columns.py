"""The columns of a members file beside code, name and what the rule of pricing needs."""

from __future__ import annotations

VALIDITY_COLUMNS = ["valid_from", "valid_to"]


COORDINATE_COLUMNS = ["east_km", "north_km"]


# What may divide the members; the shipped groups are named after their classification.
GROUPING_COLUMNS = ["county", "group", "skl_group_2017"]


OPTIONAL_MEMBER_COLUMNS = VALIDITY_COLUMNS + COORDINATE_COLUMNS + GROUPING_COLUMNS
