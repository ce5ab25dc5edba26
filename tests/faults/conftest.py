"""A project whose board notebook is a stand-in, and runs of it that take the time of their work."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from helpers.model.parameters import ReportParams

PARAMETERS = ReportParams(round="few", as_of="2026-03-01").model_dump(mode="json")


@pytest.fixture
def board_project(small_project: Path) -> Path:
    """The small project with a board notebook of three calls; slow.txt and failing.txt as there.

    failing.txt fails it where it names the day.
    """
    path = small_project / "notebooks" / "municipality_letter.ipynb"
    notebook = json.loads(path.read_text(encoding="utf-8"))
    cells = [cell for cell in notebook["cells"] if cell["id"] != "code"]
    parameters, load, fails, question, *_, hand_over = cells
    question["source"] = "## Räcker det?"  # as in the shipped notebook
    hand_over["source"] = "report.hand_over()"
    parameters["source"] = "\n".join(f"{name} = {value!r}" for name, value in PARAMETERS.items())
    given = ", ".join(f"{name}={name}" for name in PARAMETERS)
    load["source"] = f"from helpers import BoardReport\nreport = BoardReport.load({given})"
    fails["metadata"]["tags"] = ["remove-cell"]  # otherwise `board` warns of a cell not its own
    fails["source"] = "".join(fails["source"]).replace("code not in", "as_of not in")
    board = small_project / "notebooks" / "board_report.ipynb"
    board.write_text(json.dumps({**notebook, "cells": cells}), encoding="utf-8")
    return small_project
