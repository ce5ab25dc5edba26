"""The pseudo-language on what surrounds a report: its page, the list of releases, the mail."""

from __future__ import annotations

import json
import re
from datetime import UTC, date, datetime
from email import message_from_bytes
from email.policy import default
from pathlib import Path

import pytest

from helpers.delivery.mail_message import Envelope, compose_mail
from helpers.documents.document import Document, Front
from helpers.documents.exporters import BoardHTMLExporter
from helpers.releases.listing.index_page import update_index
from support.delivery_servers import BRIEFS
from support.pseudo_language import outside_a_catalogue, texts_of_page

HASH = "0" * 64


def words_outside(texts: list[str], *data: str) -> list[str]:
    known = re.compile("|".join(map(re.escape, sorted(data, key=len, reverse=True))))
    return [f"{word} ← {text}" for text in texts for word in outside_a_catalogue(text, known)]


@pytest.mark.parametrize("kind", ["report", "letter"])
def test_every_text_around_a_document_is_in_a_catalogue(pseudo_language: None, kind: str) -> None:
    headings = [f"Rubrik{number}" for number in range(8)]
    document = Document(
        title="Titel",
        headline="Svaret",
        notice="Märkning",
        dated="Läget",
        organiser="Förbundet",
        front=Front("Avsändare", (("Etikett", "Uppgift"),)),
        as_of=date(2017, 2, 22),
        language="sv",
        parts=[],
        kind=kind,
    )
    page = BoardHTMLExporter().write(document)
    data = ("Titel", "Svaret", "Märkning", "Läget", "Förbundet", "Avsändare", "Etikett", "Uppgift")
    found = list(texts_of_page(page))
    assert any("«Hoppa till innehållet»" in text for text in found)
    assert words_outside(found, *data, *headings) == []


def release_in(reports: Path, name: str, round_: str = "omg", **values: object) -> None:
    folder = reports / round_ / name
    folder.mkdir(parents=True)
    letters = "-letters" in name
    run = {
        "kind": "letters" if letters else "board-report",
        "parameters": {"round": round_, "as_of": name[:10], "future": True},
        "outputs": {
            f"board-report.{language}.{kind}": "0"
            for language in ("sv", "en")
            for kind in ("html", "pdf")
        }
        | {"invoices.xlsx": "0", "invoices.csv": "0"},
        "reconstructed": True,
        "headlines": {"sv": "Rubrik"},
        "summary": {"title": {"sv": "Omgång"}, "share": 0.7, "share_of": "amount"},
        **values,
    }
    (folder / "run.json").write_text(json.dumps(run), encoding="utf-8")


def test_every_text_of_the_list_of_releases_is_in_a_catalogue(
    pseudo_language: None, tmp_path: Path
) -> None:
    for day in ("2016-10-31", "2016-11-30", "2017-02-22"):
        release_in(tmp_path, day)
    release_in(tmp_path, "2017-02-22.2", correction={"replaces": "2017-02-22", "reason": "Skäl"})
    release_in(tmp_path, "2017-02-22-letters", letters=290)
    for round_ in ("aa", "bb"):  # with three rounds the page has contents
        release_in(tmp_path, "2017-02-22", round_)
    update_index(tmp_path)
    (tmp_path / "omg" / "2016-11-30" / "run.json").unlink()
    changed = tmp_path / "omg" / "2016-10-31" / "run.json"
    changed.write_text(changed.read_text(encoding="utf-8") + " ", encoding="utf-8")
    update_index(tmp_path)
    page = (tmp_path / "index.html").read_text(encoding="utf-8")
    found = list(texts_of_page(page))
    for said in (
        "har ändrats sedan",
        "Ersatt av",
        "Saknas eller är skadade",
        "Alla brev",
        "brev»",
        "Innehåll",
    ):
        assert any(said in text for text in found), said
    data = ("Rubrik", "Omgång", "Skäl", "omg/", "aa/", "bb/", "-letters")
    # The names of languages are Babel's, in each language.
    assert words_outside(found, *data, "svenska", "engelska") == []


def test_every_text_of_the_mail_is_in_a_catalogue(pseudo_language: None, release: Path) -> None:
    sent = datetime(2017, 2, 23, tzinfo=UTC)
    envelope = Envelope("a@b.example", "c@d.example", sent, "sv", "https://e.example/")
    message = message_from_bytes(compose_mail(release, envelope), policy=default)
    plain, page = (message.get_body((kind,)).get_content() for kind in ("plain", "html"))  # type: ignore[union-attr]
    data = [part for text in BRIEFS["sv"].values() for part in (text, *text.split())]
    found = [*texts_of_page(page), *plain.split("\n\n")]
    assert any("«Läs rapporten på webben»" in text for text in found)
    assert words_outside(found, *data, "https://e.example/") == []
