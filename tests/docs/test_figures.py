"""docs/reference/figures.md is true: every key of figures.json, at any depth, has its row."""

from __future__ import annotations

import json
import re
import runpy
from datetime import date
from pathlib import Path
from typing import Any

import pytest

from helpers import BoardReport, MemberPaper, MunicipalityLetter
from helpers.report.correspondence.request_annex import RequestAnnex
from support.appeal_round import write_answers, write_appeal
from support.documented_keys import TOP, read_reference
from support.new_rounds import create_round
from support.part_round import write_parts

DOCS = Path(__file__).resolve().parents[2] / "docs"
TOLD = read_reference("figures.md")

ROUND = """
[pricing.limits]
fixed_percent = { 0002 = "20" }

[joining]
part_of_year = "months"

[[thresholds]]
measure = "amount"
percent = 70
known_from = 2026-03-02
source = "the letter"

[[thresholds]]
measure = "members"
at_least = 1
in_every = "group"
known_from = 2026-03-02

[[events]]
kind = "deadline"
on = 2026-03-31
known_from = 2026-03-02
text.sv = "Sista svarsdag"
"""
ANSWERS = """\
code,decided_on,received_on,decision,years,condition
0001,2026-03-03,2026-03-04,no,,
0002,2026-03-04,2026-03-05,yes,,
"""
MOVING_MEMBERS = """\
code,name,weight,valid_from,valid_to,known_from
0001,Alm,1,,,
0002,Berg,2,,2026-03-15,
0003,Dal,3,,2026-06-30,2026-03-10
0004,Ek,4,2026-03-10,,
0005,Fors,5,2026-03-11,,
"""
MOVING_ANSWERS = """\
code,decided_on,received_on,decision
0002,2026-03-04,2026-03-05,yes
0004,2026-03-12,2026-03-12,yes
"""
MOVING_EVENT = """
[[events]]
kind = "deadline"
on = 2026-03-09
known_from = 2026-03-02
text.sv = "Sista svarsdag"
"""
CORRECTION = """
[[correction]]
recorded_on = 2026-03-12
why = "Misread"
match = { code = "0001" }
column = "decision"
expected = "no"
corrected = "yes"
"""
PAYMENTS = """\
code,year,invoiced_on,amount,paid_on,paid
0001,2027,2026-03-15,9000,2026-03-20,8000
"""


@pytest.fixture
def own_round(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> str:
    """A round with a threshold, a reply date, a correction and payments; `was` is as before it."""
    monkeypatch.chdir(tmp_path)
    (tmp_path / "data/rounds").mkdir(parents=True)
    (tmp_path / "notebooks").mkdir()
    create_round("own", date(2026, 3, 2), own_members=True)
    create_round("capped", date(2026, 3, 2), own_members=True)
    _price_by_rate(tmp_path / "data/rounds/capped")
    create_round("yearly", date(2026, 3, 2), own_members=True)
    _request_more_each_year(tmp_path / "data/rounds/yearly")
    create_round("moving", date(2026, 3, 2), own_members=True)
    _let_members_move(tmp_path / "data/rounds/moving")
    write_appeal(tmp_path, monkeypatch)
    write_parts(tmp_path, monkeypatch)
    folder = tmp_path / "data/rounds/own"
    with (folder / "round.toml").open("a", encoding="utf-8") as file:
        file.write(ROUND)
    _place_in_counties(folder / "members.csv")
    (folder / "decisions.csv").write_text(ANSWERS, encoding="utf-8")
    was = BoardReport.load(round="own", as_of="2026-03-21").figures
    (tmp_path / "was").mkdir()
    (tmp_path / "was/figures.json").write_text(json.dumps(was), encoding="utf-8")
    (folder / "corrections.toml").write_text(CORRECTION, encoding="utf-8")
    (folder / "payments.csv").write_text(PAYMENTS, encoding="utf-8")
    return "own"


def _place_in_counties(path: Path) -> None:
    heading, *rows = path.read_text(encoding="utf-8").splitlines()
    rows = [f"{heading},county", *(f"{row},Norra" for row in rows)]
    path.write_text("\n".join(rows) + "\n", encoding="utf-8")


def _request_more_each_year(folder: Path) -> None:
    settings = (folder / "round.toml").read_text(encoding="utf-8")
    settings = re.sub(r"(?m)^years = .*$", "years = [2026, 2027]", settings)
    amounts = "requested = { 2026 = 9_000, 2027 = 9_500 }"
    settings = re.sub(r"(?m)^requested = .*$", amounts, settings)
    settings += "\n[contingency]\namount = 500\n"
    (folder / "round.toml").write_text(settings, encoding="utf-8")


def _price_by_rate(folder: Path) -> None:
    """A rate with a ceiling: 10 000 inhabitants at 1.00 are more than 9 000, and no one answers."""
    settings = (folder / "round.toml").read_text(encoding="utf-8")
    settings = re.sub(r"(?m)^requested = .*\n", "", settings)
    rate = 'rule = "rate-with-ceiling"\npopulation_year = 2025\nrate = "1.00"\nceiling = 9_000\n'
    settings = re.sub(r'(?m)^rule = "by-weight".*\n', rate, settings)
    (folder / "round.toml").write_text(settings, encoding="utf-8")
    members = (folder / "members.csv").read_text(encoding="utf-8")
    (folder / "members.csv").write_text(
        members.replace("weight", "population_2025"), encoding="utf-8"
    )


def _let_members_move(folder: Path) -> None:
    """One that leaves with a yes, one known to leave, two that join, of which one says yes."""
    path = folder / "round.toml"
    settings = re.sub(r"(?m)^years = .*$", "years = [2026]", path.read_text(encoding="utf-8"))
    path.write_text('part_of_year = "months"\n' + settings + MOVING_EVENT, encoding="utf-8")
    (folder / "members.csv").write_text(MOVING_MEMBERS, encoding="utf-8")
    (folder / "decisions.csv").write_text(MOVING_ANSWERS, encoding="utf-8")


def _pledge_too_much(folder: Path) -> None:
    """More than is requested, a part of it not confirmed, and a member known to leave."""
    members = "code,name,valid_to,known_from\nA,Alm,,\nB,Berg,2026-06-30,2026-03-10\n"
    (folder / "members.csv").write_text(members, encoding="utf-8")
    pledges = ["A,2026-03-03,2026-03-04,yes,2000000,,1000000,", "B,2026-03-03,2026-03-04,no,,,,"]
    write_answers(folder, *pledges, "F,2026-03-03,2026-03-04,yes,100,,yes,")


def all_of(project: Path, monkeypatch: pytest.MonkeyPatch) -> dict[str, set[str]]:
    """The keys at each place, of the shipped rounds, the working folder's round, and letters."""
    own: dict[str, Any] = {"round": "own", "as_of": "2026-03-21"}
    filled = BoardReport.load(**own, since="2026-03-10", replaces="was", forecast=True, future=True)
    letters = [MunicipalityLetter.of(filled, code).figures for code in ("0001", "0003")]
    capped = BoardReport.load(round="capped", as_of="2026-03-21")
    yearly = BoardReport.load(round="yearly", as_of="2026-03-21")
    moving = BoardReport.load(round="moving", as_of="2026-03-21")
    appeal = BoardReport.load(round="appeal", as_of="2026-03-31", future=True)
    _pledge_too_much(Path("data/rounds/appeal"))
    full = BoardReport.load(round="appeal", as_of="2026-03-31", future=True)
    letters.append(MunicipalityLetter.of(appeal, "B").figures)
    parts = BoardReport.load(round="parts", as_of="2026-03-31", future=True)
    letters.append(MunicipalityLetter.of(parts, "B").figures)
    monkeypatch.chdir(project)
    late = BoardReport.load(round="skl-2016", as_of="2016-11-30", forecast=True)
    joined = BoardReport.load(round="yrkesresan", as_of="2021-04-13")
    ended = BoardReport.load(round="skl-2016", as_of="2017-02-22")
    letters += [MunicipalityLetter.of(one, "0180").figures for one in (ended, joined)]
    found: dict[str, set[str]] = {}
    for report in (filled, capped, yearly, moving, appeal, full, parts, late, joined, ended):
        TOLD.found_in(report.figures, TOP, found)
    letters.append(MemberPaper.of(ended, "0114").figures)
    TOLD.found_in(RequestAnnex(ended).figures, "annex", found)
    for letter in letters:
        TOLD.found_in(letter, "letters.*", found)
    return found


def test_every_key_of_figures_json_has_its_row_and_every_row_its_key(
    own_round: str, project: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    found = all_of(project, monkeypatch)
    assert {place: set(keys) for place, keys in TOLD.keys.items()} == found


def test_no_key_has_two_rows() -> None:
    assert all(len(keys) == len(set(keys)) for keys in TOLD.keys.values())


def test_the_table_of_a_count_is_written_from_its_figures() -> None:
    module = runpy.run_path(str(DOCS / "write_figures.py"))
    assert module["PAGE"].read_text(encoding="utf-8") == module["page"](), (
        "run python docs/write_figures.py"
    )
