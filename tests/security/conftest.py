"""A round whose every text is hostile, in a project with the real notebooks."""

from __future__ import annotations

import csv
import json
from functools import partial
from pathlib import Path

import pytest

from support.command_server import funding_report
from support.hostile_texts import CANARY, CORPUS, FORMULA, REGISTER, SCRIPT, TYPST, Run
from support.new_rounds import project_with_few
from support.small_project import AS_OF


@pytest.fixture(scope="session")
def hostile(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The project; four members said yes, one yes on a condition, one no, and one is silent."""
    project = tmp_path_factory.mktemp("hostile")
    folder = project_with_few(project, AS_OF.replace(month=1))
    for place in (project, project / "data/rounds"):
        (place / "canary.txt").write_text(CANARY, encoding="utf-8")
    _members(folder / "members.csv")
    _round(folder / "round.toml")
    _register(project / REGISTER)
    return project


def _members(path: Path) -> None:
    with path.open("w", encoding="utf-8", newline="") as file:
        writer = csv.writer(file)
        writer.writerow(["code", "name", "group", "county", "weight"])
        for number, text in enumerate(CORPUS, start=1):
            group = SCRIPT if number % 2 else TYPST
            writer.writerow([f"{number:04}", text, group, FORMULA, 1000 * number])


def _round(path: Path) -> None:
    text = path.read_text(encoding="utf-8")
    quoted = json.dumps(SCRIPT + TYPST)
    for plain in ('"Omgången few"', '"Förbundet"', '"Medlemmarna ombeds finansiera tillsammans"'):
        assert plain in text
        text = text.replace(plain, quoted)
    letters = f"[letters]\nrecipient.sv = {quoted}\nreply_to.sv = {quoted}\n"
    text = text.replace("# [letters]\n", letters)
    path.write_text(text.replace("[words.sv]", f'[words.sv]\n"svar" = {quoted}'), encoding="utf-8")


def _register(path: Path) -> None:
    heading = [
        "code",
        "decided_on",
        "received_on",
        "decision",
        "condition",
        "case_number",
        "note",
        "source",
    ]
    with path.open("w", encoding="utf-8", newline="") as file:
        writer = csv.writer(file)
        writer.writerow(heading)
        for number, text in enumerate(CORPUS, start=1):
            answer = {5: "no", 7: None}.get(number, "yes")
            day = f"2026-01-{10 + number}"
            condition = text if number == 6 else ""
            if answer:
                writer.writerow([f"{number:04}", day, day, answer, condition, text, text, text])


@pytest.fixture(scope="session")
def run(hostile: Path) -> Run:
    return partial(funding_report, cwd=hostile)
