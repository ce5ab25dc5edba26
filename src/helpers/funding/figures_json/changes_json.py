"""The changes since an earlier day, as the key `changes` of figures.json."""

from __future__ import annotations

from typing import Any

import pandas as pd

from helpers.funding.figures_json.json_values import frame_records
from helpers.funding.statement.statement_changes import RECORD_COLUMNS, StatementChanges


def change_figures(changes: StatementChanges | None) -> dict[str, Any] | None:
    """Return the changes since an earlier day; None if no day was requested."""
    if changes is None:
        return None
    names = ("answered", "yes", "no", "funded")
    return {
        "since": changes.since.isoformat(),
        "known_on": changes.known_on.isoformat(),
        **{name: getattr(changes, name) for name in names},
        "members": frame_records(changes.members),
        "corrected": corrected_figures(changes.corrected),
    }


def corrected_figures(corrected: pd.DataFrame) -> list[dict[str, Any]]:
    """Return the corrected records, each with its row in the register and the reason."""
    return frame_records(corrected[RECORD_COLUMNS].reset_index(names="row"))
