"""A round of more members than a report lists: its files, its pages, and what verify says."""

from __future__ import annotations

import csv
import json
import re
import shutil
from pathlib import Path

import pytest
from pypdf import PdfReader

from support.command_server import funding_report

ROOT = Path(__file__).resolve().parents[2]
# The fee of member 7 is 7: the requested amount is 1 + 2 + … + 502.
MEMBERS = 502
REQUESTED = 126_253
FORMULA = "=1+1 Gård"  # the name of the first member, as no spreadsheet may read it


@pytest.fixture(scope="module")
def project(tmp_path_factory: pytest.TempPathFactory) -> Path:
    root = tmp_path_factory.mktemp("large")
    (root / "data" / "rounds").mkdir(parents=True)
    shutil.copy(ROOT / "data" / "municipalities.csv", root / "data")
    shutil.copytree(ROOT / "notebooks", root / "notebooks")
    _run(root, "new-round", "large", "--own-members", "--begins-on", "2026-09-01")
    folder = root / "data" / "rounds" / "large"
    text = (folder / "round.toml").read_text(encoding="utf-8")
    text = text.replace("requested = 100_000 ", f"requested = {REQUESTED} ")
    (folder / "round.toml").write_text(text, encoding="utf-8")
    names = [FORMULA, *(f"Gård {number:04}" for number in range(2, MEMBERS + 1))]
    rows = [f"{number:04},{name},Alla,{number}" for number, name in enumerate(names, 1)]
    (folder / "members.csv").write_text("\n".join(["code,name,group,weight", *rows]) + "\n")
    with (folder / "decisions.csv").open("a", encoding="utf-8") as register:
        for number in range(1, 301):  # 200 yes, 100 no, and 202 have not answered
            answer = "yes" if number <= 200 else "no"
            register.write(f"{number:04},2026-09-10,2026-09-12,,{answer},,,\n")
    return root


@pytest.fixture(scope="module")
def release(project: Path) -> Path:
    _run(project, "board", "large", "--as-of", "2026-10-15")
    return project / "reports" / "large" / "2026-10-15"


def _run(project: Path, *arguments: str) -> str:
    done = funding_report(*arguments, cwd=project)
    assert done.returncode == 0, done.stderr
    return done.stdout.replace("\u00a0", " ")


def test_every_member_is_in_the_csv(release: Path) -> None:
    with (release / "members.sv.csv").open(encoding="utf-8-sig", newline="") as file:
        heading, *rows = csv.reader(file, delimiter=";")
    assert heading[:4] == ["Medlem", "Svar", "Avgift, kr", "Inkom den"]
    assert len(rows) == MEMBERS
    assert ["Gård 0150", "Ja", "150", "2026-09-12"] in [row[:4] for row in rows]
    assert ["Gård 0250", "Nej", "250", "2026-09-12"] in [row[:4] for row in rows]
    assert ["Gård 0502", "Ej svarat", "502", ""] in [row[:4] for row in rows]
    assert [f"'{FORMULA}", "Ja", "1"] in [row[:3] for row in rows]


def test_the_lists_are_in_one_file_alone(release: Path) -> None:
    short = json.loads((release / "figures.json").read_text(encoding="utf-8"))
    lists = json.loads((release / "figures-members.json").read_text(encoding="utf-8"))
    assert short["lists_in"] == "figures-members.json"
    assert short["funded"] == 20_100  # 1 + 2 + … + 200
    assert "member_list" not in short
    assert [one["fee"] for one in lists["member_list"]] == list(range(1, MEMBERS + 1))
    notebook = (release / "board-report.sv.ipynb").read_text(encoding="utf-8")
    assert "lists_in" in notebook
    assert "member_list" not in notebook


def test_the_pages_name_the_largest_and_count_the_others(release: Path) -> None:
    """The others are 402, with fees of 1 + 2 + … + 402 = 81 003."""
    page = (release / "board-report.sv.html").read_text(encoding="utf-8")
    pdf = " ".join(p.extract_text() for p in PdfReader(release / "board-report.sv.pdf").pages)
    for shown in (page, pdf):
        text = re.sub(r"\s+", " ", re.sub(r"&nbsp;|&#160;|\u00a0", " ", shown))
        assert "De övriga 402 har tillsammans avgifter på 81 003 kr. Deras svar: " in text
        assert "200 ja, 100 nej och 102 ej svarat" in text
        assert "members.sv.csv" in text
        assert "Gård 0403" in text  # the smallest fee of the hundred largest
        assert "Gård 0250" not in text


def test_verify_makes_every_file_again(project: Path, release: Path) -> None:
    done = funding_report("verify", str(release), cwd=project)
    assert done.returncode == 0, done.stdout + done.stderr


def test_verify_finds_a_changed_member(project: Path, release: Path, tmp_path: Path) -> None:
    changed = tmp_path / "large" / release.name
    shutil.copytree(release, changed)
    path = changed / "figures-members.json"
    text = path.read_text(encoding="utf-8")
    path.write_text(text.replace('"fee": 150', '"fee": 151', 1), encoding="utf-8")
    done = funding_report("verify", "--no-documents", str(changed), cwd=project)
    assert done.returncode == 4
    assert "figures-members.json has been changed since it was published" in done.stdout
    assert "fee is 151, computed 150" in done.stdout


def test_its_answers_are_those_that_a_later_release_is_compared_with(
    project: Path, release: Path
) -> None:
    with (project / "data/rounds/large/decisions.csv").open("a", encoding="utf-8") as register:
        register.write("0250,2026-10-17,2026-10-18,,yes,,,\n")
    _run(project, "board", "large", "--as-of", "2026-10-20", "--language", "sv")
    draft = project / "reports" / "large" / "2026-10-20-draft-sv"
    said = _run(project, "diff", str(release), str(draft))
    # Its no is found among the earlier answers, and nobody else's answer differs.
    assert re.findall(r"Gård \d+", said) == ["Gård 0250"]
    assert re.search(r"Gård 0250 \| .*No.* \| .*Yes", said)
