"""A project with a brand: page, PDF, charts, mail and letters carry it, and `verify` knows it."""

from __future__ import annotations

import json
import re
import shutil
import struct
from datetime import UTC, datetime
from email import message_from_bytes
from email.policy import default
from io import BytesIO
from pathlib import Path

import pikepdf
import pytest
from pypdf import PdfReader

from helpers.delivery.mail_message import Envelope, compose_mail
from helpers.errors import DeliveryError
from helpers.releases.listing.index_page import update_index
from support.command_server import funding_report
from support.pdf_tag_tree import read_tags

ROOT = Path(__file__).resolve().parents[2]
LOGO = '<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 20 10"><path d="M0 0h20v10z"/></svg>'
WITHOUT_SIZE = ('viewBox="0 0 20 10"', 'width="0" height="0"')
BRAND = """\
logo = "marks/logo.svg"
logo_text = { sv = "Nordförbundet", en = "The Northern Association" }
typeface = "DejaVu Sans"

[colours]
accent = "#5a0000"
funded = "#004b23"
"""
DEFAULT_BLUE, OWN_GREEN = "#0b4f7d", "#004b23"


@pytest.fixture(scope="module")
def project(tmp_path_factory: pytest.TempPathFactory) -> Path:
    root = tmp_path_factory.mktemp("branded")
    (root / "data" / "rounds").mkdir(parents=True)
    shutil.copytree(ROOT / "notebooks", root / "notebooks")
    (root / "data" / "marks").mkdir()
    (root / "data" / "marks" / "logo.svg").write_text(LOGO, encoding="utf-8")
    (root / "data" / "brand.toml").write_text(BRAND, encoding="utf-8")
    run(root, "new-round", "few", "--own-members", "--begins-on", "2026-09-01")
    with (root / "data/rounds/few/decisions.csv").open("a", encoding="utf-8") as register:
        register.write("0001,2026-09-10,2026-09-12,,yes,,,\n")
    run(root, "board", "few", "--as-of", "2026-10-15")
    return root


def run(project: Path, *arguments: str) -> str:
    done = funding_report(*arguments, cwd=project)
    assert done.returncode == 0, done.stderr
    return done.stdout


@pytest.fixture
def release(project: Path) -> Path:
    return project / "reports" / "few" / "2026-10-15"


def test_the_page_has_the_colours_the_logo_and_the_typeface(release: Path) -> None:
    page = (release / "board-report.sv.html").read_text(encoding="utf-8")
    assert "--accent: #5a0000;" in page
    assert "--funded: #004b23;" in page
    assert '<img src="data:image/svg+xml;base64,' in page
    assert 'alt="Nordförbundet"' in page
    assert '@font-face{font-family:"brand";font-weight:700' in page
    assert '.chart svg text { font-family: "brand"' in page
    assert "<path d=" not in page.split("<main", 1)[0]  # an SVG that stands in the page could act


def test_the_pdf_has_the_colours_the_logo_and_the_typeface(release: Path) -> None:
    content = (release / "board-report.sv.pdf").read_bytes()
    tags = json.dumps([str(tag) for tag in [read_tags(content)]], ensure_ascii=False)
    assert "Nordförbundet" in tags
    with pikepdf.open(BytesIO(content)) as pdf:
        dictionaries = [one for one in pdf.objects if isinstance(one, pikepdf.Dictionary)]
        assert any("+Brand" in str(one.get("/BaseFont")) for one in dictionaries)
        drawn = b"".join(
            stream.read_bytes()
            for stream in pdf.objects
            if isinstance(stream, pikepdf.Stream) and stream.get("/Subtype") != "/Image"
        )
    assert fill(OWN_GREEN) in drawn
    assert fill(DEFAULT_BLUE) not in drawn


def fill(colour: str) -> bytes:
    """The red part of a colour, then the green, as a PDF that sets it begins."""
    red, green = (int(colour[i : i + 2], 16) / 255 for i in (1, 3))
    return " ".join(f"{part:.4f}".rstrip("0").rstrip(".") for part in (red, green)).encode()


SENT = datetime(2026, 10, 16, tzinfo=UTC)


def test_the_mail_has_the_colours_the_typeface_and_the_logo(release: Path) -> None:
    envelope = Envelope("a@b.example", "c@d.example", SENT, "sv", "https://e")
    mail = compose_mail(release, envelope)
    assert compose_mail(release, envelope) == mail
    message = message_from_bytes(mail, policy=default)
    html = message.get_body(("html",)).get_content()  # type: ignore[union-attr]
    [(source, text)] = re.findall(r'<img src="cid:([^"]*)" alt="([^"]*)"', html)
    assert text == "Nordförbundet"
    [picture] = [part for part in message.walk() if part.get("Content-ID") == f"<{source}>"]
    assert picture.get_content_type() == "image/png"  # mail programs show no SVG
    # The logo is twice as wide as it is high: 36 points at 288 pixels an inch are 144.
    assert struct.unpack(">II", picture.get_content()[16:24]) == (288, 144)
    kinds = [part.get_content_type() for part in message.walk()]
    assert kinds == [
        "multipart/mixed",
        "multipart/alternative",
        "text/plain",
        "multipart/related",
        "text/html",
        "image/png",
        "application/pdf",
    ]
    assert re.search(r'href="https://e" style="color:#5a0000', html)
    assert "'DejaVu Sans'" in html
    assert DEFAULT_BLUE not in html


def test_no_mail_has_a_logo_that_was_changed_after_publication(
    release: Path, tmp_path: Path
) -> None:
    changed = tmp_path / "few" / "2026-10-15"
    shutil.copytree(release, changed)
    (changed / "inputs" / "logo.svg").write_text(LOGO.replace("h20", "h10"), encoding="utf-8")
    with pytest.raises(DeliveryError, match="is not the file that was published"):
        compose_mail(changed, Envelope("a@b.example", "c@d.example", SENT, "sv"))


def test_the_list_of_releases_has_the_look_that_its_rounds_share(
    project: Path, release: Path, tmp_path: Path
) -> None:
    page = (project / "reports" / "index.html").read_text(encoding="utf-8")
    assert "--accent: #5a0000;" in page
    assert 'alt="Nordförbundet"' in page
    assert "img-src data:;" in page  # or the browser would not show it
    assert '@font-face{font-family:"brand";font-weight:700' in page
    assert '.chart svg text { font-family: "brand"' in page
    # Of two rounds with different looks none is the page's.
    shutil.copytree(release, tmp_path / "few" / "2026-10-15")
    shutil.copytree(release, tmp_path / "other" / "2026-10-15")
    run_json = tmp_path / "other" / "2026-10-15" / "run.json"
    other = json.loads(run_json.read_bytes())
    other["parameters"]["round"] = "other"
    del other["brand"], other["inputs"]["logo"]
    run_json.write_text(json.dumps(other), encoding="utf-8")
    update_index(tmp_path)
    page = (tmp_path / "index.html").read_text(encoding="utf-8")
    assert "--accent: #0b4f7d;" in page
    assert "<img" not in page


def test_verify_makes_the_same_from_the_archive_and_sees_a_changed_logo(
    project: Path, release: Path
) -> None:
    assert (release / "inputs" / "logo.svg").read_text(encoding="utf-8") == LOGO
    assert (release / "inputs" / "brand.toml").read_text(encoding="utf-8") == BRAND
    assert "no difference" in run(project, "verify", str(release))
    run_json = json.loads((release / "run.json").read_bytes())
    assert {"brand", "logo"} <= set(run_json["inputs"])
    changed = project / "copy" / "few" / "2026-10-15"
    shutil.copytree(release, changed)
    (changed / "inputs" / "logo.svg").write_text(LOGO.replace("20", "30"), encoding="utf-8")
    verified = funding_report("verify", str(changed), cwd=project)
    assert verified.returncode == 4
    assert "inputs/logo.svg is not the file that the release was made from" in verified.stdout


def test_a_letter_has_the_logo_and_is_one_page(project: Path) -> None:
    run(project, "letters", "few", "--as-of", "2026-10-15", "--only", "0001")
    page = next((project / "reports").rglob("0001.sv.html"))
    assert 'alt="Nordförbundet"' in page.read_text(encoding="utf-8")
    assert len(PdfReader(page.with_suffix(".pdf")).pages) == 1


def test_the_page_on_brands_shows_what_check_prints(project: Path) -> None:
    text = (ROOT / "docs/how-to/brand.md").read_text(encoding="utf-8")
    [shown] = re.findall(r"check few\n(.*?)```", text, re.DOTALL)
    brand = project / "data" / "brand.toml"
    brand.write_text(BRAND.replace("#5a0000", "#ffcc00"), encoding="utf-8")
    checked = funding_report("check", "few", cwd=project)
    brand.write_text(BRAND, encoding="utf-8")
    assert (checked.returncode, checked.stderr) == (1, shown)


def test_a_brand_that_cannot_be_used_is_refused_where_it_stands(project: Path) -> None:
    brand = project / "data" / "brand.toml"
    logo = project / "data" / "marks" / "logo.svg"
    for path, old, new, said in (
        (brand, "#5a0000", "#ffcc00", 'the nearest colour that passes is "#9'),
        (brand, "DejaVu Sans", "Dejavu", "The nearest name is 'DejaVu Sans'"),
        (brand, "logo.svg", "mark.svg", "The logo mark.svg is not used: it cannot be read"),
        (logo, "<path", "<script/><path", "The logo logo.svg is not used: it contains <script>"),
        (logo, *WITHOUT_SIZE, "The logo logo.svg is not used: it cannot be drawn"),
    ):
        kept = path.read_text(encoding="utf-8")
        path.write_text(kept.replace(old, new), encoding="utf-8")
        checked = funding_report("check", "few", cwd=project)
        path.write_text(kept, encoding="utf-8")
        assert checked.returncode == 1
        assert said in checked.stdout + checked.stderr
        assert "brand.toml" in checked.stdout + checked.stderr


def test_a_report_whose_logo_cannot_be_drawn_names_the_logo(project: Path) -> None:
    logo = project / "data" / "marks" / "logo.svg"
    logo.write_text(LOGO.replace(*WITHOUT_SIZE), encoding="utf-8")
    made = funding_report("board", "few", "--as-of", "2026-10-16", cwd=project)
    logo.write_text(LOGO, encoding="utf-8")
    assert made.returncode == 3
    assert not (project / "reports/few/2026-10-16").exists()
    assert "cannot be made, because of the logo: it cannot be drawn" in made.stderr
    assert "the cell" not in made.stderr
