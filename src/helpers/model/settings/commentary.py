"""A comment on a section of the report, in the words of an office: an entry of commentary.toml."""

from __future__ import annotations

from datetime import date
from difflib import get_close_matches
from typing import Annotated

from pydantic import AfterValidator

from helpers.base_model import StrictModel
from helpers.model.localized_text import LocalizedText

# The calls of the report whose sections can be commented on.
COMMENTED_SECTIONS = (
    "answer", "decision", "changed", "price", "possible", "forecast", "sharing", "largest",
    "over_time", "missing", "on_map", "by_county", "by_group", "terms", "ways", "certainty",
    "profile", "members", "payments", "quality", "reconciliation", "method", "provenance",
)  # fmt: skip


def _known_section(name: str) -> str:
    if name not in COMMENTED_SECTIONS:
        near = get_close_matches(name, COMMENTED_SECTIONS, n=1, cutoff=0)[0]
        raise ValueError(
            f"{name!r} is not a section of the report; the nearest is {near!r}, and "
            f"docs/how-to/comment.md lists all"
        )
    return name


class Comment(StrictModel):
    """What an office says about a section.

    `section` is the section's call in the notebook. Reports show the comment from the day
    `known_from`. A language that `text` lacks says that it does.
    """

    section: Annotated[str, AfterValidator(_known_section)]
    known_from: date
    office: LocalizedText
    text: LocalizedText
