"""The optional columns of a members' file, apart from the pricing rule's."""

from __future__ import annotations

VALIDITY_COLUMNS = ["valid_from", "valid_to"]


COORDINATE_COLUMNS = ["east_km", "north_km"]


# Columns that divide the members; the shipped groups are named after their classification.
GROUPING_COLUMNS = ["county", "group", "skl_group_2017"]


OPTIONAL_MEMBER_COLUMNS = VALIDITY_COLUMNS + COORDINATE_COLUMNS + GROUPING_COLUMNS
