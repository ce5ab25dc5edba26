"""Notes of the `check` command on columns of a round's own CSV files that are not used."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

from helpers.data.readers.project_csv import read_project_csv
from helpers.data.round.contributors_file import CONTRIBUTORS_COLUMNS, CONTRIBUTORS_FILE
from helpers.data.round.invoicing_file import INVOICING_COLUMNS, INVOICING_FILE
from helpers.data.round.members_file import required_member_columns
from helpers.data.round.payments_file import PAYMENTS_COLUMNS, PAYMENTS_FILE
from helpers.model.funding_round import Round
from helpers.model.member_columns import OPTIONAL_MEMBER_COLUMNS
from helpers.system.files import is_present


def unused_column_notes(folder: Path, round_: Round) -> Iterator[str]:
    """Yield a line for each file that has such columns; the register has its own notes.

    A members' file outside the folder serves other rounds too, and has columns for them.
    """
    columns_by_file = {
        round_.members: [*required_member_columns(round_), *OPTIONAL_MEMBER_COLUMNS],
        CONTRIBUTORS_FILE: CONTRIBUTORS_COLUMNS,
        INVOICING_FILE: INVOICING_COLUMNS,
        PAYMENTS_FILE: PAYMENTS_COLUMNS,
    }
    for name, used in columns_by_file.items():
        present, path = is_present(folder / name), (folder / name).resolve()
        if present and path.parent == folder.resolve():
            unused = [one for one in read_project_csv(path, []).columns if one not in used]
            if unused:
                yield f"{path.name}: columns not used: {', '.join(unused)}."
