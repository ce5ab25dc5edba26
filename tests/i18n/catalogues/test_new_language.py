"""A further language: its catalogue is started, used as far as it is translated, and marked."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from datetime import date
from fractions import Fraction
from pathlib import Path

import pytest
from babel.messages.catalog import Catalog
from babel.messages.pofile import read_po, write_po
from click.testing import CliRunner

from helpers import BoardReport
from helpers.checking.language_review import find_untranslated, language_notes
from helpers.cli.commands import cli
from helpers.documents.content.content_tree import Element
from helpers.documents.document import Document, Front
from helpers.documents.exporters import BoardHTMLExporter
from helpers.documents.outputs.cell_outputs import DocumentPart
from helpers.errors import ReportError
from helpers.i18n.catalogues.catalogue_state import catalogue_state, wanted_texts
from helpers.i18n.catalogues.message_catalogs import load_catalog
from helpers.i18n.catalogues.new_catalogue import start_catalogue
from helpers.i18n.localizer import Localizer
from helpers.i18n.script_names import language_name
from helpers.i18n.spelled_out import number_in_words, percent_in_words
from helpers.model import languages
from helpers.model.parameters import report_params
from helpers.sections.components.notices import page_notice
from helpers.sections.components.tables.table_fields import FieldMaker
from helpers.sections.pricing.pledges.pledge_sentences import money_in

Translate = Callable[..., None]
NBSP = "\u00a0"


@pytest.fixture
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Path]:
    """A folder of catalogues that has the English one only."""
    english = languages.catalogue_path("en").read_bytes()
    (tmp_path / "en.po").write_bytes(english)
    monkeypatch.setattr(languages, "CATALOGUE_FOLDER", tmp_path)
    _forget()
    yield tmp_path
    _forget()


def _forget() -> None:
    load_catalog.cache_clear()
    catalogue_state.cache_clear()


@pytest.fixture
def translate(folder: Path) -> Translate:
    """Write translations into the started catalogue; with `rest`, of all other texts too."""

    def write(translations: dict[str, str], *, rest: bool = False) -> None:
        start_catalogue("nb")
        catalogue = read(folder / "nb.po")
        for message in catalogue:
            if isinstance(message.id, tuple) and rest:
                message.string = tuple(f"N {text}" for text in message.id)
            elif isinstance(message.id, str) and message.id:
                message.string = translations.get(message.id, f"N {message.id}" if rest else "")
        with (folder / "nb.po").open("wb") as file:
            write_po(file, catalogue)
        _forget()

    return write


def read(path: Path) -> Catalog:
    with path.open("rb") as file:
        return read_po(file, locale="nb", abort_invalid=True)


def test_a_started_catalogue_has_every_text_and_how_it_reads_in_english(folder: Path) -> None:
    assert start_catalogue("nb") == folder / "nb.po"
    started = read(folder / "nb.po")
    texts = {m.id if isinstance(m.id, str) else m.id[0] for m in started if m.id}
    assert texts == set(wanted_texts())
    assert {"ej tillämpligt", "## Räcker det?", "mnkr", "per år"} <= texts
    [heading] = [m for m in started if m.id == "## Räcker det?"]
    assert heading.auto_comments == ["English: ## Is it enough?"]
    assert not heading.string
    assert '"Plural-Forms: nplurals=2; plural=(n != 1);\\n"' in (folder / "nb.po").read_text()


def test_started_again_it_keeps_translations_and_drops_texts_that_are_gone(
    folder: Path, translate: Translate
) -> None:
    translate({"mnkr": "mill. kr"})
    path = folder / "nb.po"
    path.write_text(path.read_text() + '\nmsgid "en text som inte finns"\nmsgstr "borte"\n')
    before = path.read_text()
    start_catalogue("nb")
    assert [m.string for m in read(path) if m.id == "mnkr"] == ["mill. kr"]
    assert "borte" in before
    assert "borte" not in path.read_text()


def test_started_again_it_keeps_what_a_translator_has_written_on_a_text(folder: Path) -> None:
    path = start_catalogue("nb")
    mine = "# Norwegian by the office of translations.\n#\n# Checked in March.\n" + path.read_text()
    assert mine.count('msgid "mnkr"') == 1
    before, after = mine.split('msgid "mnkr"\nmsgstr ""')
    flagged = '# Kroner, not penger.\n#, fuzzy\nmsgid "mnkr"\nmsgstr "mill. kr"'
    path.write_text(before + flagged + after)
    start_catalogue("nb")
    text = path.read_text()
    assert text.startswith("# Norwegian by the office of translations.\n#\n# Checked in March.\n")
    [kept] = [message for message in read(path) if message.id == "mnkr"]
    assert (kept.string, kept.user_comments, kept.fuzzy) == (
        "mill. kr", ["Kroner, not penger."], True,
    )  # fmt: skip
    assert text.count("Kroner, not penger.") == 1
    _forget()
    assert catalogue_state("nb").unusable == ("mnkr",)
    start_catalogue("nb")
    assert path.read_text() == text


def test_started_again_a_text_that_has_got_a_plural_keeps_its_translation(folder: Path) -> None:
    path = start_catalogue("nb")
    plural = 'msgid "{n} kommun"\nmsgid_plural "{n} kommuner"\nmsgstr[0] ""\nmsgstr[1] ""\n'
    assert plural in path.read_text()
    single = 'msgid "{n} kommun"\nmsgstr "{n} kommune"\n'
    path.write_text(path.read_text().replace(plural, single))
    start_catalogue("nb")
    assert [m.string for m in read(path) if m.id == ("{n} kommun", "{n} kommuner")] == [
        ("{n} kommune", "")
    ]
    path.write_text(
        path.read_text().replace(
            'msgid "mnkr"\nmsgstr ""',
            'msgid "mnkr"\nmsgid_plural "flera mnkr"\nmsgstr[0] "mill. kr"\nmsgstr[1] "mill. kr"',
        )
    )
    start_catalogue("nb")
    assert [m.string for m in read(path) if m.id == "mnkr"] == ["mill. kr"]


@pytest.mark.parametrize(
    ("code", "said"),
    [
        ("sv", "sv is shipped, as sv and en are."),
        ("ar", "Arabic is written from right to left"),
        ("klingon", "'klingon' is not the code of a language"),
        ("../nb", "'../nb' is not the code of a language"),
        ("NB", "'NB' is not the code of a language"),
    ],
)
def test_other_languages_are_refused(folder: Path, code: str, said: str) -> None:
    with pytest.raises(ReportError) as refused:
        start_catalogue(code)
    assert str(refused.value).startswith(said)
    assert [path.name for path in folder.iterdir()] == ["en.po"]


def test_the_command_prints_the_path_and_how_much_is_translated(folder: Path) -> None:
    done = CliRunner().invoke(cli, ["new-language", "nb"])
    assert done.exit_code == 0
    assert done.stdout == f"{folder / 'nb.po'}\n"
    assert done.stderr == f"0 of {len(wanted_texts())} texts are translated.\n"


def test_a_language_without_a_catalogue_is_refused_with_the_command_that_starts_one(
    folder: Path,
) -> None:
    with pytest.raises(ReportError, match="`funding-report new-language nb` starts one"):
        report_params(round="skl-2016", as_of="2017-02-22", language="nb")
    start_catalogue("nb")
    assert report_params(round="skl-2016", as_of="2017-02-22", language="nb").language == "nb"


def test_numbers_and_days_follow_the_language_and_units_the_catalogue(translate: Translate) -> None:
    # Norwegian usage: a full stop after the day, a comma, and a space before the percent sign, at
    # which no line breaks.
    translate({"mnkr": "mill. kr", "miljoner": "millioner", "”{words}”": "«{words}»"})
    loc, euro = Localizer("nb"), Localizer("nb", currency="EUR")
    day = date(2017, 2, 22)
    assert loc.date(day) == f"22.{NBSP}februar{NBSP}2017"
    assert loc.short_date(day) == f"22.{NBSP}feb.{NBSP}2017"
    assert loc.percent(Fraction(1, 3)) == "33\u202f%"
    assert not can_break(loc.percent(Fraction(1, 3)))
    # The word "procent" is Swedish, and is put in place of the Swedish sign only.
    assert percent_in_words(f"{loc.percent(Fraction(1, 3))} ja") == "33\u202f% ja"
    assert number_in_words(3, loc) == "3"
    assert loc.millions(2_618_626) == f"2,6{NBSP}mill.{NBSP}kr"
    assert euro.millions(2_618_626) == f"2,6{NBSP}millioner{NBSP}EUR"
    assert euro.money(1_000) == f"1{NBSP}000{NBSP}EUR"
    assert loc.quote("slik") == "«slik»"
    assert loc.join_list(["a", "b"]) == "a og b"


def can_break(text: str) -> bool:
    """Whether a line may break at a space of the text (Unicode Standard Annex 14, class GL)."""
    return any(letter.isspace() and letter not in "\u00a0\u202f" for letter in text)


def test_each_amount_is_written_with_the_words_of_the_catalogue(translate: Translate) -> None:
    translate(
        {"kr": "kr.", "mnkr": "mill. kr", "tusen": "tusen", "Avgift, kr per år": "Gebyr, kr."}
    )
    loc = Localizer("nb")
    assert money_in(Fraction(1_500), "SEK", loc) == f"1{NBSP}500{NBSP}kr."
    assert money_in(Fraction(21, 2), "EUR", loc) == f"10,50{NBSP}EUR"
    field = FieldMaker(loc).amount("fee", loc("Avgift, kr per år"))
    assert field.unit == "kr."
    millions = field.in_unit(1_000_000, 1, loc)
    assert (millions.heading, millions.unit) == (f"Gebyr, mill.{NBSP}kr", f"mill.{NBSP}kr")
    assert millions.cell({"fee": 2_618_626}) == "2,6"


def test_a_sign_stands_where_the_language_has_it(folder: Path) -> None:
    (folder / "tr.po").write_text("")
    assert Localizer("tr").percent(Fraction(1, 3)) == "%33"


def test_a_page_in_a_further_language_spells_out_its_sender(translate: Translate) -> None:
    translate({"Hoppa till innehållet": "Hopp til innholdet"})
    document = Document(
        title="Tittel",
        headline="Svaret",
        notice="",
        dated="",
        organiser="Kommunesektorens organisasjon",
        front=Front("Kommunesektorens organisasjon (KS)", ()),
        as_of=date(2017, 2, 22),
        language="nb",
        parts=[DocumentPart([Element("p", ["KS spør kommunene."])])],
    )
    page = BoardHTMLExporter().write(document)
    assert '<html lang="nb">' in page
    assert "Hopp til innholdet" in page
    assert '<abbr title="Kommunesektorens organisasjon">KS</abbr> spør' in page


def test_phrases_on_years_come_from_the_catalogue(translate: Translate) -> None:
    texts = {"{amount} per år": "{amount} i året", "per år": "i året", "för {year}": "for {year}"}
    translate(texts)
    said = {
        "usual": Localizer("nb"),
        "one year": Localizer("nb", one_year=True),
        "counted": Localizer("nb", counted_year=2027),
    }
    assert {name: loc("{amount} per år", amount="5 kr") for name, loc in said.items()} == {
        "usual": "5 kr i året",
        "one year": "5 kr",
        "counted": "5 kr for 2027",
    }


def test_a_text_that_is_not_translated_is_in_swedish_and_marked(
    translate: Translate, folder: Path
) -> None:
    translate({"Nej": "Nei"})
    report = BoardReport.load(round="skl-2016", as_of="2017-02-22", language="nb")
    left = len(wanted_texts()) - 1
    count = report.context.loc.count
    mark = f"{count(left)} av {count(left + 1)} texter är inte översatta till norsk bokmål"
    assert f"{mark} och står på svenska." in page_notice(report.context)
    assert report.context.loc("Nej") == "Nei"
    assert report.context.loc("Har svarat") == "Har svarat"
    [problem] = find_untranslated(["sv", "en", "nb"])
    assert str(problem).startswith(f"nb.po: 1 of {left + 1} texts are translated.")
    assert str(problem).endswith(f"Translate the texts in {folder / 'nb.po'}.")
    assert list(language_notes(["sv", "nb"])) == []


def test_a_complete_catalogue_is_not_marked(translate: Translate) -> None:
    translate({}, rest=True)
    report = BoardReport.load(round="skl-2016", as_of="2017-02-22", language="nb")
    assert "översatta" not in page_notice(report.context)
    assert "N " in report.answer().plain
    assert list(find_untranslated(["nb"])) == []
    assert list(language_notes(["nb"])) == [
        f"nb.po: all {len(wanted_texts())} texts are translated."
    ]


@pytest.mark.parametrize("wrong", ["{antall} ja", "{count ja", "{count} {mer} ja"])
def test_a_translation_with_other_values_is_named_and_not_used(
    translate: Translate, wrong: str
) -> None:
    translate({"{count} ja": wrong})
    assert Localizer("nb")("{count} ja", count="3") == "3 ja"
    first, _ = find_untranslated(["nb"])
    assert "the translation of '{count} ja' is not used" in str(first)


@pytest.mark.parametrize("line", ["msgstr Nei", 'msgstr "Nei', "Nei", 'Nei "Nei"'])
def test_a_line_that_is_not_one_of_a_catalogue_is_named(folder: Path, line: str) -> None:
    (folder / "nb.po").write_text(f'msgid "Nej"\n{line}\n')
    with pytest.raises(ReportError, match=r"^nb\.po, line 2: .* is not a line of a catalogue"):
        catalogue_state("nb")


def test_a_language_without_a_word_for_another_calls_it_by_its_english_name() -> None:
    assert language_name("sv", "nb") == "svensk"
    assert language_name("sv", "smj") == "Swedish"  # CLDR has few words of Lule Sami
