"""Rounds of other members than municipalities, from new-round to the documents on disk."""

from __future__ import annotations

import json
import re
import shutil
from html import unescape
from pathlib import Path

import pytest
from pypdf import PdfReader

from support.command_server import funding_report

ROOT = Path(__file__).resolve().parents[2]
# Members that divide 10 000 by weight into easy parts.
MEMBERS = """\
code,name,group,weight
NO,Northland,Large,5000
WE,Westshire,Large,3000
IS,Isles,Small,2000
"""
ANSWERS = "NO,2026-09-10,2026-09-12,,yes,,,\nIS,2026-09-10,2026-09-12,,no,,,\n"
OURS = (
    r"(?i)kommun|municipal|invånare|inhabitant|folkmängd|\blän\b|\bcount(?:y|ies)\b|\bSCB\b|\bnan\b"
)


@pytest.fixture(scope="module")
def project(tmp_path_factory: pytest.TempPathFactory) -> Path:
    root = tmp_path_factory.mktemp("own")
    (root / "data" / "rounds").mkdir(parents=True)
    shutil.copy(ROOT / "data" / "municipalities.csv", root / "data")
    shutil.copytree(ROOT / "notebooks", root / "notebooks")
    return root


def run(project: Path, *arguments: str) -> str:
    done = funding_report(*arguments, cwd=project)
    assert done.returncode == 0, done.stderr
    return done.stdout.replace("\u00a0", " ")


def made(project: Path, name: str, requested: int, *options: str) -> tuple[str, Path]:
    """What `status` says of a round by new-round that this test has filled in, and its release."""
    run(project, "new-round", name, "--own-members", "--begins-on", "2026-09-01", *options)
    folder = project / "data" / "rounds" / name
    text = (folder / "round.toml").read_text(encoding="utf-8")
    text = text.replace("requested = 100_000 ", f"requested = {requested} ")
    (folder / "round.toml").write_text(text, encoding="utf-8")
    (folder / "members.csv").write_text(MEMBERS, encoding="utf-8")
    with (folder / "decisions.csv").open("a", encoding="utf-8") as register:
        register.write(ANSWERS)
    assert run(project, "check", name) == "decisions.csv: no problems in 2 rows.\n"
    status = run(project, "status", name)
    run(project, "board", name, "--as-of", "2026-10-15")
    return status, project / "reports" / name / "2026-10-15"


def words(release: Path, language: str) -> tuple[str, str]:
    """All that the page (its alternatives too) and the PDF say."""
    page = (release / f"board-report.{language}.html").read_text(encoding="utf-8")
    body = re.sub(r"(?s)<style.*?</style>", "", page)
    spoken = " ".join(re.findall(r'(?:aria-label|alt|title)="([^"]*)"', body))
    seen = unescape(re.sub(r"<[^>]*>", " ", body) + " " + spoken).replace("\u00a0", " ")
    pages = PdfReader(release / f"board-report.{language}.pdf").pages
    pdf = " ".join(page.extract_text() for page in pages).replace("\u00a0", " ")
    return re.sub(r"\s+", " ", seen), re.sub(r"\s+", " ", pdf)


def test_members_of_their_own_in_euros_and_english(project: Path) -> None:
    # Northland's 5 000 of 10 000 is half of two million, the Isles' a fifth.
    options = ("--currency", "EUR", "--language", "en")
    status, release = made(project, "eu-2027", 2_000_000, *options)
    assert status.startswith("EUR 1.0 of 2.0 million is secured as of 12 September 2026\n")
    figures = json.loads((release / "figures.json").read_text(encoding="utf-8"))
    assert (figures["currency"], figures["funded"]) == ("EUR", 1_000_000)
    assert not list(release.glob("*.sv.*"))
    for text in (*words(release, "en"), status):
        assert "EUR 1.0 of 2.0 million" in text
        assert re.findall(OURS + r"|kron|\bkr\b|\bSEK\b", text) == []
    for text in words(release, "en"):
        assert "EUR million" in text
        assert re.search(r"Westshire \S* ?600,000|Westshire.{0,40}600,000", text)
        assert re.search(r"Appendix \d+\. Groups", text)
        assert not re.search(r"Appendix \d+\. Map", text)  # nobody has a place


def test_a_small_sum_in_kronor_and_swedish(project: Path) -> None:
    # Half of 85 000, and the Isles' fifth.
    status, release = made(project, "liten-2027", 85_000)
    assert status.startswith("SEK 42,500 of 85,000 is secured")
    for text in words(release, "sv"):
        # Half of 85 000.
        assert "50 procent är säkrat: 42 500 av 85 000 kronor" in text
        assert re.search(r"Isles\b.{0,40}17 000", text)
        assert "tkr" in text
        assert re.findall(OURS + "|mnkr|EUR", text) == []
