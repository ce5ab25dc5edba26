"""Load what invoices need in addition to the register: organisation numbers and references."""

from __future__ import annotations

from pathlib import Path
from typing import Any, Literal, TypeAlias

import pandas as pd

from helpers.data.readers.project_csv import read_project_csv
from helpers.data.round.organisation_numbers import (
    any_organisation_number,
    explain_invalid_number_of_any_country,
    explain_invalid_organisation_number,
    organisation_number,
)
from helpers.errors import DataError, Problem
from helpers.system.files import is_present

OrganisationNumbers: TypeAlias = Literal["swedish", "any", "none"]
INVOICING_FILE = "invoicing.csv"
INVOICING_COLUMNS = ["code", "organisation_number", "buyer_reference"]


def load_invoicing(
    folder: Path, members: pd.DataFrame, numbers: OrganisationNumbers = "swedish"
) -> pd.DataFrame:
    """Read invoicing.csv, if the round has one: COLUMNS as str, '' for an unknown value.

    Swedish organisation numbers are in the form NNNNNN-NNNN; `numbers` as in InvoicingSettings.
    Without organisation numbers, their column may be left out. Only these columns are kept. Raises
    DataError, with every problem at once, for an unknown or repeated code, an invalid
    organisation number, and a reference that is an e-mail address.
    """
    path = folder / INVOICING_FILE
    if not is_present(path):
        return pd.DataFrame(columns=INVOICING_COLUMNS, dtype="str")
    needed = [c for c in INVOICING_COLUMNS if numbers != "none" or c != "organisation_number"]
    rows = read_project_csv(path, needed).reindex(columns=INVOICING_COLUMNS, fill_value="")
    problems = [
        *_code_problems(rows, members),
        *_organisation_number_problems(rows, numbers),
        *_reference_problems(rows),
    ]
    if problems:
        raise DataError(sorted(problems, key=lambda problem: problem.row or 0))
    if numbers == "swedish":
        known = [organisation_number(text) or "" for text in rows["organisation_number"]]
    else:
        known = [any_organisation_number(text) for text in rows["organisation_number"]]
    return rows.assign(organisation_number="" if numbers == "none" else known)


def _code_problems(rows: pd.DataFrame, members: pd.DataFrame) -> list[Problem]:
    known = rows["code"].isin(set(members["code"]))
    twice = rows["code"].duplicated() & known
    unknown = ("is not a member of this round.", "Write the code as members have it.")
    repeated = ("occurs twice.", "Keep one of the rows.")
    return [
        *(_cell_problem(rows, line, "code", *unknown) for line in rows.index[~known]),
        *(_cell_problem(rows, line, "code", *repeated) for line in rows.index[twice]),
    ]


def _organisation_number_problems(
    rows: pd.DataFrame, numbers: OrganisationNumbers
) -> list[Problem]:
    if numbers == "none":
        return []
    explain = (
        explain_invalid_organisation_number
        if numbers == "swedish"
        else explain_invalid_number_of_any_country
    )
    filled = rows.loc[rows["organisation_number"] != "", "organisation_number"]
    wrong = {line: explain(text) for line, text in filled.items()}
    return [
        _cell_problem(rows, line, "organisation_number", *why) for line, why in wrong.items() if why
    ]


def _reference_problems(rows: pd.DataFrame) -> list[Problem]:
    """Return an error for each e-mail address.

    An address is a person's, and invoices are sent to an office.
    """
    return [
        _cell_problem(
            rows,
            line,
            "buyer_reference",
            "is an e-mail address.",
            "Write the buyer's reference code.",
        )
        for line in rows.index[rows["buyer_reference"].str.contains("@", regex=False)]
    ]


def _cell_problem(rows: pd.DataFrame, line: Any, column: str, what: str, remedy: str) -> Problem:
    value = str(rows.loc[line, column])
    shown = f"{value!r} {what}" if value else f"A blank cell {what}"
    return Problem(INVOICING_FILE, shown, remedy, int(line), column, value)
