"""A letter as its notebook would hand it over, made without a kernel, for the tests of letters."""

from __future__ import annotations

import re
from datetime import date
from pathlib import Path

import nbformat
import pandas as pd
from nbformat import NotebookNode
from nbformat.v4 import new_output

from helpers.data.round.invoicing_file import INVOICING_COLUMNS
from helpers.data.round.round_inputs import RoundInputs
from helpers.letters.job import LETTER_NOTEBOOKS
from helpers.model.answer_register import Register
from helpers.model.funding_round import Round
from helpers.model.parameters import report_params
from helpers.report.board_report import BoardReport
from helpers.report.correspondence.member_letter import MemberLetter

NOTEBOOKS = Path(__file__).resolve().parents[2] / "notebooks"
_CALL = re.compile(r"(?:letter|paper)\.(\w+)\(\)")


def notebook_of(letter: MemberLetter) -> NotebookNode:
    """The source notebook of a letter of this kind."""
    path = NOTEBOOKS / LETTER_NOTEBOOKS[letter.kind]
    notebook: NotebookNode = nbformat.read(path, as_version=4)
    return notebook


def executed(letter: MemberLetter) -> NotebookNode:
    """The notebook with the output of each of its calls; the parameters are the letter's own."""
    notebook = notebook_of(letter)
    for cell in notebook.cells:
        call = _CALL.fullmatch(cell.source)
        if call:
            data = getattr(letter, call[1])()._repr_mimebundle_()
            cell.outputs = [new_output("execute_result", data=data, execution_count=1)]
    return notebook


def text_of(letter: MemberLetter) -> str:
    """All that the letter says, every blank a plain one."""
    calls = _CALL.findall("\n".join(c.source for c in notebook_of(letter).cells))
    parts = [getattr(letter, name)() for name in calls if name != "hand_over"]
    return "\n".join(part.plain for part in parts).replace("\u00a0", " ")


def report_on(
    round_: Round,
    members: pd.DataFrame,
    register: Register,
    day: date,
    language: str = "sv",
    payments: pd.DataFrame | None = None,
) -> BoardReport:
    """A board report on a round made up by hand, which has no files."""
    params = report_params(round=round_.name, as_of=day.isoformat(), language=language)
    invoicing = pd.DataFrame(columns=INVOICING_COLUMNS, dtype=str)
    return BoardReport(params, RoundInputs(round_, [], members, register, invoicing, payments, {}))


def priced_by(round_: Round, rule: str, requested: int = 0, **terms: object) -> Round:
    """The same round by another pricing rule."""
    values = round_.model_dump(exclude={"pricing", "requested"})
    return Round.model_validate(
        {**values, "requested": requested, "pricing": {"rule": rule, **terms}}
    )
