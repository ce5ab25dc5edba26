"""A register read from a file and checked, as the inputs of a round are."""

from __future__ import annotations

from pathlib import Path

import pandas as pd

from helpers.data.readers.table_reader import read_table
from helpers.data.register.register_corrections import RegisterCorrection
from helpers.data.register.register_loader import examine_table, require_sound
from helpers.model.answer_register import Register
from helpers.model.funding_round import Round


def load_register(
    where: str | Path,
    members: pd.DataFrame,
    round_: Round,
    corrections: list[RegisterCorrection] | None = None,
    table: str = "decisions",
) -> Register:
    """Read a register from a file or a database, and examine it.

    Raises DataError with every error at once, or as `examine_table` does; ReportError if the file
    or table does not exist.
    """
    return require_sound(examine_table(read_table(str(where), table), members, round_, corrections))
