"""The messages in Swedish: every message has a translation, and a translation loses nothing."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from helpers.i18n.swedish_messages import MessageTemplate, message_templates
from support.message_texts import SourceText, normal_template, source_texts

# What `check`, `answer`, `new-round` and the form print comes from here.
ROOMS = [
    "checking",
    "data",
    "model",
    "pricing",
    "report/recording",
    "funding/answers",
    "errors.py",
    "system/control/file_lock.py",
    "system/files.py",
    "system/new_folder.py",
    "system/project_folder.py",
    "cli/answer_command.py",
    "cli/new_commands.py",
]
# Words of registers and texts of a new round, no messages.
OTHER_FILES = {
    "column_headings.py",
    "doubtful_headings.py",
    "conditions.py",
    "decisions.py",
    "scaffold_texts.py",
    "round_toml.py",
    "unit_words.py",
    "member_nouns.py",
    "english_comments.py",
    "swedish_comments.py",
}
# Texts that no reader of Swedish sees: how other libraries' errors are recognised, patterns, and
# the remains of names.
NOT_MESSAGES = {
    "enhet av skatteunderlaget",  # words of the pages, in both languages
    "enheter av skatteunderlaget",
    "enheterna av skatteunderlaget",
    "invånare i kommuner",
    "unit of tax base",
    "unit of weight",
    "units of tax base",
    "units of weight",
    "(For the full traceback, run: %tb Verbose)",
    "[a name that resembles no member's]",
    "http://www.w3.org/1999/xlink href",
    "access denied",
    "can't connect",
    "does not exist",
    "expected after",
    "in a separate process:\n{}",  # of a defect, which no message shows
    "field larger than",
    "Falu kommun",
    "no route",
    "not a database",
    "not known",
    "other workbook",
    "permission denied",
    "remove = true",
    "timed out",
    "translate host",
    "unexpected end of data",
    "unknown database",
    "Region Gotland",
    "Mac OS Roman",
    "Read as",  # a prefix that is removed
    "Read as UTF-16.",  # notes that are recognised, as they stand in the reader
    "Read as Windows-1252.",
    "Read as Mac OS Roman.",
    "Read as CP850 (MS-DOS).",
    "seems to hold",
    "Value error,",  # a prefix that is removed
}


@pytest.fixture(scope="module")
def texts(project: Path) -> list[SourceText]:
    helpers = project / "src/helpers"
    named = [helpers / room for room in ROOMS]
    paths = [
        file
        for path in named
        for file in ([path] if path.is_file() else sorted(path.rglob("*.py")))
    ]
    return list(source_texts([path for path in paths if path.name not in OTHER_FILES]))


@pytest.fixture(scope="module")
def translated() -> set[str]:
    return {normal_template(template.english) for template in message_templates()}


def test_every_message_has_a_translation(texts: list[SourceText], translated: set[str]) -> None:
    missing = {
        f"{text.file.name}:{text.line}: {text.template}"
        for text in texts
        if text.is_sentence
        and not text.template.startswith("(?:")  # a pattern
        and text.template not in translated | NOT_MESSAGES
    }
    assert not missing, (
        "Add these to src/helpers/i18n/locale/messages.sv.po, or to NOT_MESSAGES here:\n"
        + "\n".join(sorted(missing))
    )


def test_every_translation_is_of_a_message(texts: list[SourceText]) -> None:
    templates = {text.template for text in texts}
    patterns = [
        re.compile(".*".join(map(re.escape, re.split(r"\{(?:!r)?\}", template))), re.DOTALL)
        for template in templates
        if re.search(r"[a-z]{2}", template.replace("{!r}", ""))
    ]
    unused = [
        template.english
        for template in message_templates()
        if not template.comment
        and normal_template(template.english) not in templates
        and not any(
            pattern.fullmatch(normal_template(template.english).replace("!r", ""))
            for pattern in patterns
        )
    ]
    assert not unused, "No message is like these:\n" + "\n".join(unused)


@pytest.mark.parametrize("template", message_templates(), ids=lambda template: template.english)
def test_a_translation_repeats_every_field(template: MessageTemplate) -> None:
    field = re.compile(r"\{(\w+)(?:!r|:\w+)?\}")
    english, swedish = field.findall(template.english), field.findall(template.swedish)
    # "plural" is the ending of an English plural, "detail" what a library adds in its own words.
    assert sorted(swedish) == sorted({*english} - {"plural", "detail"})
    assert len(english) == len({*english})
    kinds = re.findall(r":(\w+)\}", template.swedish)
    assert {*kinds} <= {"text", "list", "messages", "foreign", "column"}
