"""The optional columns of a members' file, apart from the pricing rule's."""

from __future__ import annotations

# The first and the last day of a membership, and the day from which they are known.
VALIDITY_COLUMNS = ["valid_from", "valid_to"]
KNOWN_FROM_COLUMN = "known_from"
MEMBERSHIP_DAY_COLUMNS = [*VALIDITY_COLUMNS, KNOWN_FROM_COLUMN]


COORDINATE_COLUMNS = ["east_km", "north_km"]


# Columns that divide the members; the shipped groups are named after their classification.
GROUPING_COLUMNS = ["county", "group", "skl_group_2017"]


# What a letter prints: the official name, and the mail address of the member's office.
ADDRESS_COLUMNS = ["official_name", "address"]


# A code is used in the names of letters: no character that leads to another folder.
CODE_PATTERN = r"\w[\w .-]{0,39}"
# A mail address, or nothing.
MAIL_PATTERN = r"^([^\s@;,<>]+@[^\s@;,<>]+\.[^\s@;,<>]+)?$"


OPTIONAL_MEMBER_COLUMNS = (
    MEMBERSHIP_DAY_COLUMNS + COORDINATE_COLUMNS + GROUPING_COLUMNS + ADDRESS_COLUMNS
)
