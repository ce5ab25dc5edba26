"""What the page and the PDF say to those who do not see them: languages, notes, short words."""

import re
from html import unescape

import pytest

from helpers.documents.content.abbreviations import abbreviations, mark_abbreviations
from helpers.model.localized_text import Language
from support.board_documents import LANGUAGES, Made
from support.pdf_tag_tree import read_tags

MAX_ALTERNATIVE = 250  # characters: form and finding; the numbers are in the table
TABLE = {"sv": r"tabell|bilaga", "en": r"\btable\b|\bappendix\b"}
BAR = re.compile(r"(Nej|No) \S*\s?439.707")
FORM = {"sv": r"[Ss]tapel|[Ss]taplar|diagram|[Kk]arta", "en": r"\b[Bb]ars?\b|[Ss]tep|[Mm]ap"}


@pytest.fixture(scope="module", params=LANGUAGES)
def document(request: pytest.FixtureRequest, made: dict[Language, Made]) -> Made:
    return made[request.param]


def alternatives(page: str) -> list[str]:
    found = re.findall(r'<svg class="(?:broad|slim)"[^>]*aria-label="([^"]*)"', page)
    return [unescape(one) for one in found]


def test_each_drawing_is_described_by_form_finding_and_where_its_numbers_are(
    document: Made,
) -> None:
    found = alternatives(document.page)
    assert len(found) == 12  # six charts, broad and slim
    assert [one for one in found if len(one) > MAX_ALTERNATIVE] == []
    assert [one for one in found if not re.search(FORM[document.language], one)] == []
    # The bar of three parts has all of its numbers in its words.
    others = [one for one in found if not BAR.search(one)]
    assert len(others) == 10
    assert [one for one in others if not re.search(TABLE[document.language], one, re.I)] == []


def test_every_note_is_one_and_has_its_own_colour(document: Made) -> None:
    notes = re.findall(r'<(\w+) class="callout"([^>]*)>', document.page)
    assert notes
    assert {rest for _, rest in notes} == {' role="note"'}
    [rule] = re.findall(r"^\.notice, \.callout {([^}]*)}", document.page, re.M)
    assert "background: var(--tint)" in rule
    assert "border-left: 4px solid var(--warning)" in rule
    for scheme in re.findall(r"--paper: [^}]*--tint: [^}]*}", document.page):
        named = dict(re.findall(r"--([a-z]+): (#\w+)", scheme))
        others = {colour for role, colour in named.items() if role not in ("tint", "warning")}
        assert not {named["tint"], named["warning"]} & others


def test_nothing_looks_like_a_heading_without_being_one(document: Made) -> None:
    assert not re.search(r"<p>(?:<strong>[^<]*</strong>|<b>[^<]*</b>)\s*</p>", document.page)
    contents = re.search(r'<nav aria-labelledby="_contents"><h2 id="_contents">', document.page)
    assert contents


def test_names_and_quotations_say_their_language(made: dict[Language, Made]) -> None:
    english, swedish = made["en"].page, made["sv"].page
    assert '<th scope="row" class="left" lang="sv">Upplands Väsby</th>' in english
    assert re.search(r'<td class="left" lang="sv">Västra Götalands län</td>', english)
    assert '<span lang="sv">“87 procent av kommunerna (253)”</span>' in english
    assert ' lang="sv"' not in swedish.replace('<html lang="sv">', "")


def test_the_pdf_says_the_language_of_names(made: dict[Language, Made]) -> None:
    tree = read_tags(made["en"].pdf)
    cell = next(tag for tag in tree.all("TH", "TD") if tag.text == "Västra Götalands län")
    around = [tag.language for tag in tree.walk() if cell in tag.walk() and tag.language]
    assert around[-1] == "sv"
    number = next(tag for tag in tree.all("TD") if tag.text == "46,967")
    around = [tag.language for tag in tree.walk() if number in tag.walk() and tag.language]
    assert around[-1:] in ([], ["en"])


def test_short_words_are_spelled_out_where_they_come_first(document: Made) -> None:
    found = dict(re.findall(r'<abbr title="([^"]*)">([^<]*)</abbr>', document.page))
    assert found["Sveriges Kommuner och Landsting"] == "SKL"
    assert document.page.count('<abbr title="Sveriges Kommuner och Landsting">') == 1
    if document.language == "sv":
        assert found["miljoner kronor"] == "mnkr"
    else:
        assert found["Swedish kronor"] == "SEK"


def test_only_whole_words_of_running_text_are_short_words() -> None:
    known = abbreviations("Ett <förbund> (EF)", "sv")
    page = "<title>EF</title><main><p title='EF'>EFT</p><svg>EF</svg><p>EF:s 2 mnkr, EF</p></main>"
    assert mark_abbreviations(page, known) == (
        "<title>EF</title><main><p title='EF'>EFT</p><svg>EF</svg>"
        '<p><abbr title="Ett &lt;förbund&gt;">EF</abbr>:s 2 '
        '<abbr title="miljoner kronor">mnkr</abbr>, EF</p></main>'
    )
