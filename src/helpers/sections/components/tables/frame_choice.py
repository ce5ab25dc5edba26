"""The rows that a drawing without a table shows, as an analyst chooses them."""

from __future__ import annotations

import pandas as pd

from helpers.errors import ReportError
from helpers.i18n.alphabetical_order import alphabetical_key
from helpers.sections.components.tables.known_names import one_choice
from helpers.sections.components.tables.section_choice import SectionChoice


def chosen_rows(frame: pd.DataFrame, sort: str | None, top: int | None = None) -> pd.DataFrame:
    """The first rows in the order of a column, as tables are sorted (see SectionTable.chosen).

    Raises ReportError, with the nearest name, for a column that there is not.
    """
    if sort is not None:
        values = frame[one_choice("sort", sort, map(str, frame.columns))].tolist()
        known = [row for row, value in enumerate(values) if not pd.isna(value)]
        is_text = any(isinstance(values[row], str) for row in known)
        known.sort(
            key=lambda row: alphabetical_key(values[row]) if is_text else values[row],
            reverse=not is_text,
        )
        frame = frame.iloc[known + [row for row, value in enumerate(values) if pd.isna(value)]]
    return frame if top is None else frame.head(top)


def refuse_choices(choice: SectionChoice, drawing: str, *names: str) -> None:
    """Raise ReportError for a stated choice that the drawing cannot follow."""
    made = [name for name in names if getattr(choice, name) is not None]
    if made:
        raise ReportError(
            f"{drawing} shows no table, so that {' and '.join(made)} would change nothing. "
            f"Leave {made[0] if len(made) == 1 else 'them'} out; .data is a DataFrame, which "
            "pandas cuts and computes with."
        )
