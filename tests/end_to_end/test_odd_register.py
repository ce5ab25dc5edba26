"""A register as a form and an officer make it: read, published, verified, and nobody named."""

from __future__ import annotations

import json
from pathlib import Path

from support.command_server import funding_report

# Both names, the office and the telephone numbers are made up.
REGISTER = """Svar på rekommendationen;;;;;;
Kommunkod;Kommun;Beslutsdatum;Inkom;Svar;Namn;Telefon
0180;Stockholms stad, stadsledningskontoret;2016-09-01;2016-09-05;Ja;Ada Påhittad;08
1480;Göteborg;2016-09-01;2016-09-05;Ja;Bo Example;09
;Umeå kommun, kommunstyrelsen;2016-09-01;2016-09-05;Nej;Ada Påhittad;
0114;;;;;;
Summa;;;;2 ja;;
"""
ARCHIVED = [
    "0180,2016-09-01,2016-09-05,,Ja,,,,,,Stockholm",
    "1480,2016-09-01,2016-09-05,,Ja,,,,,,Göteborg",
    ",2016-09-01,2016-09-05,,Nej,,,,,,Umeå",
]


def test_what_is_left_out_is_said_and_a_respondent_s_name_is_kept_nowhere(
    tmp_path: Path,
) -> None:
    source, reports = tmp_path / "svar.csv", tmp_path / "reports"
    source.write_text(REGISTER, encoding="utf-8")
    made = funding_report(
        "board", "skl-2016", "--as-of", "2017-02-22", "--decisions", str(source),
        "--output", str(reports),
    )  # fmt: skip
    assert made.returncode == 0, made.stderr
    release = reports / "skl-2016" / "2017-02-22"
    verified = funding_report("verify", str(release))
    assert (verified.returncode, "no difference" in verified.stdout) == (0, True)
    lines = (release / "inputs" / "decisions.csv").read_text(encoding="utf-8").splitlines()
    assert lines[1:] == ARCHIVED
    run = json.loads((release / "run.json").read_text(encoding="utf-8"))
    assert run["register_unread"] == ["Namn", "Telefon"]
    assert [one["row"] for one in run["register_remarks"]] == [7, None, 5]
    page = (release / "board-report.sv.html").read_text(encoding="utf-8")
    assert "Kolumner i registret som inte läses: Namn, Telefon." in page
    files = [path.read_bytes() for path in release.rglob("*") if path.is_file()]
    for secret in ("Ada Påhittad", "Bo Example", "stadsledningskontoret"):
        assert not any(secret.encode() in content for content in files)
