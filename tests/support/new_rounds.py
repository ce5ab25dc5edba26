"""A new round in the working project, as `new-round` writes it, with the usual values."""

from __future__ import annotations

from datetime import date
from pathlib import Path

from helpers.data.new_round.round_options import RoundOptions
from helpers.data.new_round.round_scaffold import scaffold_round
from helpers.model.currency import SEK
from helpers.model.localized_text import Language


def create_round(
    name: str,
    begins_on: date,
    *,
    own_members: bool,
    currency: str = SEK,
    language: Language = "sv",
    comments: Language = "en",
) -> Path:
    """Create the folder of a new round and return its path."""
    options = RoundOptions(
        name, begins_on.isoformat(), own_members, currency=currency, languages=(language,)
    )
    return scaffold_round(options, comments)
