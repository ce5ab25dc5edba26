"""A row is added in the form that the register's file has; the bytes are written by hand."""

from __future__ import annotations

import codecs

import pytest

from helpers.data.register.columns.register_vocabulary import RegisterVocabulary
from helpers.data.register.register_writer import NewAnswer, append_answer
from helpers.errors import DataError, ReportError
from helpers.model.settings.register_settings import RegisterSettings

WORDS = RegisterVocabulary({"0001": "Alm", "0002": "Ängö"}, [2017])
YES = NewAnswer("0002", "yes", "2016-06-15", "2016-06-20")
NO = NewAnswer("0002", "no", "2016-06-15", "2016-06-20")
ROW = "code,decided_on,received_on,decision\n0001,2016-06-13,2016-06-15,yes\n"


def added(before: str, answer: NewAnswer = YES, encoding: str = "utf-8") -> str:
    """What is added to a file; what was there has to stand as it was."""
    data = before.encode(encoding)
    after = append_answer(data, "decisions.csv", answer, WORDS)
    assert after.startswith(data)
    return after.removeprefix(data).decode(encoding)


@pytest.mark.parametrize(
    ("before", "expected"),
    [
        (ROW, "0002,2016-06-15,2016-06-20,yes\n"),
        (ROW.rstrip("\n"), "\n0002,2016-06-15,2016-06-20,yes\n"),
        (ROW.replace("\n", "\r\n"), "0002,2016-06-15,2016-06-20,yes\r\n"),
        (ROW.replace(",", ";"), "0002;2016-06-15;2016-06-20;yes\n"),
        (ROW.replace(",", "\t"), "0002\t2016-06-15\t2016-06-20\tyes\n"),
        ("sep=;\n" + ROW.replace(",", ";"), "0002;2016-06-15;2016-06-20;yes\n"),
        ("Svar om stödet,,,\n\n" + ROW, "0002,2016-06-15,2016-06-20,yes\n"),
        # Another order, Swedish headings, a column that is not known, one for names.
        (
            "Inkom;Svar;Handläggare;Kommun;Kommunkod;Beslutsdatum\n15/6 2016;Ja;X;Alm;0001;13/6\n",
            "2016-06-20;Ja;;Ängö;0002;2016-06-15\n",
        ),
        # A name alone.
        ("kommun,decided_on,received_on,svar\n", "Ängö,2016-06-15,2016-06-20,yes\n"),
        # The file's other answers are Swedish, and the usual word is taken.
        (ROW.replace("yes", "NEJ"), "0002,2016-06-15,2016-06-20,ja\n"),
        (ROW.replace("yes", "J"), "0002,2016-06-15,2016-06-20,J\n"),
        (
            ROW.replace("yes", '"Ja, under förutsättning att alla är med"'),
            "0002,2016-06-15,2016-06-20,yes\n",
        ),
        # A row that ends early, as Excel writes it.
        (ROW + "0001,2016-06-13\n", "0002,2016-06-15,2016-06-20,yes\n"),
        # A column of marks each for yes and no.
        ("code,decided_on,received_on,Ja,Nej\n", "0002,2016-06-15,2016-06-20,x,\n"),
        (
            "code,decided_on,received_on,Ja,Nej\n0001,2016-06-13,2016-06-15,X\n",
            "0002,2016-06-15,2016-06-20,X,\n",
        ),
    ],
)
def test_a_row_has_the_form_of_the_file(before: str, expected: str) -> None:
    assert added(before) == expected


def test_a_no_is_marked_in_its_own_column() -> None:
    before = "code,decided_on,received_on,Ja,Nej\n0001,2016-06-13,2016-06-15,X,\n"
    assert added(before, NO) == "0002,2016-06-15,2016-06-20,,x\n"


def test_text_with_a_separator_or_a_line_end_stays_in_its_cell() -> None:
    answer = NewAnswer(
        "0001", "yes", "2016-06-15", "2016-06-20", condition='om "alla", och\nBerg', years="2017"
    )
    before = ROW.replace("decision", "decision,condition,years").replace("yes", "yes,,")
    assert added(before, answer) == (
        '0001,2016-06-15,2016-06-20,yes,"om ""alla"", och Berg",2017\n'
    )


NAMED = "kommun;decided_on;received_on;svar\nÄngö;2016-06-13;2016-06-15;ja\n"


@pytest.mark.parametrize("encoding", ["utf-8", "cp1252"])
def test_the_encoding_is_kept(encoding: str) -> None:
    assert added(NAMED, encoding=encoding) == "Ängö;2016-06-15;2016-06-20;ja\n"


@pytest.mark.parametrize(
    ("mark", "encoding"),
    [
        (codecs.BOM_UTF8, "utf-8"),
        (codecs.BOM_UTF16_LE, "utf-16-le"),
        (codecs.BOM_UTF16_BE, "utf-16-be"),
    ],
)
def test_a_byte_order_mark_is_kept_and_not_repeated(mark: bytes, encoding: str) -> None:
    data = mark + NAMED.encode(encoding)
    row = "Ängö;2016-06-15;2016-06-20;ja\n".encode(encoding)
    assert append_answer(data, "decisions.csv", YES, WORDS) == data + row


def test_a_character_that_the_encoding_lacks_is_refused() -> None:
    answer = NewAnswer("0001", "yes", "2016-06-15", "2016-06-20", case_number="Ł 7")
    data = NAMED.replace("svar", "svar;dnr").encode("cp1252")
    with pytest.raises(ReportError, match=r"Windows-1252, which has no 'Ł'\. Save the file as"):
        append_answer(data, "decisions.csv", answer, WORDS)


@pytest.mark.parametrize(
    ("column", "title"),
    [
        ("condition", "the condition"),
        ("years", "the years"),
        ("case_number", "the case number"),
        ("registered_on", "the day of registration"),
    ],
)
def test_a_value_without_a_column_is_refused(column: str, title: str) -> None:
    answer = NewAnswer("0001", "yes", "2016-06-15", "2016-06-20", **{column: "2017"})
    with pytest.raises(ReportError) as refused:
        append_answer(ROW.encode(), "decisions.csv", answer, WORDS)
    assert str(refused.value) == (
        f"decisions.csv has no column for {title}. Add a column with the heading {column} to it."
    )


def test_headings_and_heading_row_are_the_rounds() -> None:
    settings = RegisterSettings(columns={"Besked": "decision", "Nr": "code"}, heading_row=2)
    words = RegisterVocabulary(WORDS.names, [2017], settings)
    text = "Kommunkod,Svar\nNr,Besked,decided_on,received_on\n0001,nej,2016-06-13,2016-06-15\n"
    after = append_answer(text.encode(), "decisions.csv", YES, words).decode()
    assert after == text + "0002,ja,2016-06-15,2016-06-20\n"


def test_unmarked_cells_of_a_pair_are_not_taken_for_its_mark() -> None:
    heading = "code,decided_on,received_on,Ja,Nej\n"
    rows = "0001,2016-06-13,2016-06-15,x,-\n" * 3
    assert added(heading + rows, NO) == "0002,2016-06-15,2016-06-20,,x\n"


def test_a_file_without_a_heading_is_refused() -> None:
    with pytest.raises(ReportError, match=r"decisions.csv has no heading row"):
        append_answer(b"0001,yes\n", "decisions.csv", YES, WORDS)


def test_a_file_that_is_not_csv_is_refused() -> None:
    with pytest.raises(DataError, match="cannot be read as CSV"):
        append_answer(ROW.encode() + b'0001,"\n', "decisions.csv", YES, WORDS)
