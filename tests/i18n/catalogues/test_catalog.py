"""The English catalog says all that the code and the notebooks say, and nothing else."""

from __future__ import annotations

import ast
import re
import shlex
import subprocess
import sys
from pathlib import Path
from string import Formatter
from tomllib import loads

import nbformat
import pytest
from babel.messages.catalog import Catalog, Message
from babel.messages.pofile import read_po
from nbformat import NotebookNode

from helpers.data.new_round.round_options import RoundOptions, read_options
from helpers.data.new_round.round_toml import round_toml
from helpers.documents.translation import translate_notebook
from helpers.i18n.localizer import Localizer
from helpers.model.funding_round import Round

Ids = dict[str | tuple[str, ...], Message]


@pytest.fixture(scope="module")
def wanted(project: Path, tmp_path_factory: pytest.TempPathFactory) -> Catalog:
    """What `make messages` finds: its own command, writing to another place."""
    recipe = re.search(r"pybabel (.*\bextract\b.*)", (project / "Makefile").read_text())
    assert recipe, "the Makefile no longer runs `pybabel extract`"
    found = tmp_path_factory.mktemp("messages") / "messages.pot"
    arguments = [found if part == "$(POT)" else part for part in shlex.split(recipe[1])]
    pybabel = [sys.executable, "-m", "babel.messages.frontend"]
    subprocess.run([*pybabel, *arguments], cwd=project, check=True)
    with found.open("rb") as file:
        return read_po(file)


@pytest.fixture(scope="module")
def english(project: Path) -> Catalog:
    with (project / "src/helpers/i18n/locale/en.po").open("rb") as file:
        return read_po(file, locale="en", abort_invalid=True)


def notebooks(project: Path) -> list[NotebookNode]:
    found = [
        path
        for path in sorted((project / "notebooks").glob("*.ipynb"))
        if f"[notebook: notebooks/{path.name}]" in (project / "babel.cfg").read_text()
    ]
    assert found
    return [nbformat.read(path, as_version=4) for path in found]


def shown_texts(notebook: NotebookNode) -> list[str]:
    return [
        cell.source
        for cell in notebook.cells
        if cell.cell_type == "markdown" and "remove-cell" not in cell.metadata.get("tags", [])
    ]


def message_id(message: Message) -> str | tuple[str, ...]:
    return message.id if isinstance(message.id, str) else tuple(message.id)


def by_id(catalog: Catalog) -> Ids:
    return {message_id(message): message for message in catalog if message.id}


def forms(texts: str | tuple[str, ...] | list[str] | None) -> list[str]:
    """A message's forms: one, or with plurals one for each."""
    return [texts] if isinstance(texts, str) else list(texts or ())


def places(text: str) -> set[str]:
    return {name for _, name, _, _ in Formatter().parse(text) if name is not None}


def test_the_extraction_finds_texts_plurals_and_headings(wanted: Catalog) -> None:
    ids = by_id(wanted)
    assert "ej tillämpligt" in ids  # said by formats.py itself
    assert "## Räcker det?" in ids  # a notebook's
    assert any(isinstance(id_, tuple) for id_ in ids)


def test_no_text_is_said_where_the_extraction_does_not_see_it(project: Path) -> None:
    unseen = [
        f"{path.relative_to(project)}:{call.lineno}"
        for path in sorted((project / "src").rglob("*.py"))
        for call in ast.walk(ast.parse(path.read_text(encoding="utf-8")))
        # Localizer(language)("…") bears no name that `make messages` looks for.
        if isinstance(call, ast.Call)
        and isinstance(call.func, ast.Call)
        and getattr(call.func.func, "id", "") == "Localizer"
    ]
    assert unseen == []


def test_no_message_is_missing_from_the_english_catalog(wanted: Catalog, english: Catalog) -> None:
    assert [id_ for id_ in by_id(wanted) if id_ not in by_id(english)] == []


def test_no_message_of_the_english_catalog_is_unused(wanted: Catalog, english: Catalog) -> None:
    assert [id_ for id_ in by_id(english) if id_ not in by_id(wanted)] == []
    assert list(english.obsolete) == []


def test_every_message_is_translated_in_all_its_forms(english: Catalog) -> None:
    for message in by_id(english).values():
        wanted_forms = english.num_plurals if message.pluralizable else 1
        translated = [text for text in forms(message.string) if text.strip()]
        assert len(translated) == wanted_forms, message.id
        assert not message.fuzzy, message.id


def test_english_has_two_forms_and_one_is_the_first(english: Catalog) -> None:
    assert english.num_plurals == 2
    assert english.plural_expr in ("(n != 1)", "n != 1")


def test_every_translation_has_the_places_of_its_message(english: Catalog) -> None:
    for message in by_id(english).values():
        expected = places(forms(message.id)[0])
        for text in [*forms(message.id), *forms(message.string)]:
            # One need not be said in figures.
            assert places(text) | {"n"} == expected | {"n"}, text


def test_no_translation_is_left_in_swedish(english: Catalog) -> None:
    for message in by_id(english).values():
        for text in forms(message.string):
            assert not re.search(r"[åäöÅÄÖ]", text), text
            assert text not in forms(message.id), text


def test_english_quotes_as_english_does(english: Catalog) -> None:
    for message in by_id(english).values():
        for text in forms(message.string):
            assert text.count("“") == text.count("”"), text
            assert '"' not in text
            assert "'" not in text


def test_a_translation_ends_as_its_message_does(english: Catalog) -> None:
    for message in by_id(english).values():
        for swedish, text in zip(forms(message.id), forms(message.string), strict=True):
            assert ending(text) == ending(swedish), text


def ending(text: str) -> str:
    return text[-1] if text[-1] in ".:?!" else ""


def test_every_shown_markdown_cell_has_a_translation(project: Path, english: Catalog) -> None:
    texts = [text for notebook in notebooks(project) for text in shown_texts(notebook)]
    assert texts
    translated = {message.id for message in english if message.string}
    assert [text for text in texts if text not in translated] == []


def test_a_translated_heading_is_a_heading_of_the_same_level(english: Catalog) -> None:
    for message in by_id(english).values():
        for text in forms(message.string):
            assert marks(text) == marks(forms(message.id)[0]), text


def marks(text: str) -> str:
    """What makes a line of markdown a heading: its #s and the space after them."""
    found = re.match(r"(#+ +)?", text)
    return found[0] if found else ""


def test_translating_a_notebook_leaves_no_shown_cell_as_it_was(project: Path) -> None:
    for notebook in notebooks(project):
        before = shown_texts(notebook)
        translate_notebook(notebook, "en")
        assert not set(before) & set(shown_texts(notebook))


def test_a_new_rounds_texts_have_no_municipality_and_no_krona(
    english: Catalog,
) -> None:
    """In what any report may say to members of another kind."""
    options = RoundOptions("own", "2026-01-10", own_members=True)
    stated = loads(round_toml(read_options(options), 2025, "en"))
    words = Round.model_validate(stated).with_member_words().with_unit_words().words
    left = re.compile(r"(?i)kommun|invånar|\bm?n?kr\b|\btkr\b|kron|municip|inhabit|\bSEK\b")
    says = {language: Localizer(language, words, "EUR") for language in ("sv", "en")}
    for message in by_id(english).values():
        for language, texts in (("sv", forms(message.id)), ("en", forms(message.string))):
            for text in texts:
                said = says[language]._replace_words(text)
                assert not left.search(re.sub(r"{\w*}", "", said)), said
