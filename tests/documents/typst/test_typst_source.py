import pytest
import typst as typst_compiler

from helpers.documents.typst.section_typst import DrawingSize, drawing_size
from helpers.documents.typst.typst_source import (
    TypstCode,
    typst_call,
    typst_expression,
    typst_literal,
)

HOSTILE = 'a"b\\c#read("/etc/passwd")$x$ *b* [c] <script>\n\r // end'


@pytest.mark.parametrize(
    ("value", "literal"),
    [
        (None, "none"),
        (True, "true"),
        (12, "12"),
        ("", '""'),
        ('say "hi"', '"say \\"hi\\""'),
        ("back\\slash", '"back\\\\slash"'),
        ("two\nlines", '"two\\nlines"'),
        (["a"], '("a", )'),
        ([], "()"),
        ({"b": 1}, '("b": 1)'),
        ({}, "(:)"),
    ],
)
def test_values_become_typst_literals(value: object, literal: str) -> None:
    assert typst_literal(value) == literal


def test_a_value_without_a_literal_is_refused() -> None:
    with pytest.raises(TypeError, match="object"):
        typst_literal(object())


def test_hostile_text_arrives_as_it_was_written() -> None:
    # Typst's own evaluator reads the literal back.
    read = typst_compiler.Compiler(input=b"").eval(
        f"{typst_literal(HOSTILE)} == {typst_literal(HOSTILE)}"
    )
    assert read == "true"
    length = typst_compiler.Compiler(input=b"").eval(f"{typst_literal(HOSTILE)}.len()")
    assert length == str(len(HOSTILE.encode()))


def test_a_call_names_its_arguments_in_typst_style() -> None:
    assert typst_call("f", page_of="1", text='"') == '#f(page-of: "1", text: "\\"")'


def test_code_of_ours_is_an_argument_as_it_stands() -> None:
    picture = typst_call("picture", kind="png", data=TypstCode.bytes_of(b"\x89P"))
    assert picture == '#picture(kind: "png", data: bytes((137, 80,)))'
    # One number alone is a list to Typst only with its comma.
    assert str(TypstCode.bytes_of(b"\x00")) == "bytes((0,))"
    assert typst_expression("chart", width=TypstCode("79.41%")) == "chart(width: 79.41%)"


def test_a_drawing_too_high_for_a_page_is_narrowed() -> None:
    # 1.22 times the text's width is what a page has left: 432 × 1.22 / 600 is 87.84 %.
    svg = '<svg viewBox="0 0 {} {}"></svg>'
    assert drawing_size(svg.format(432, 600)).width == 87.84
    assert drawing_size(svg.format(432, 300)).width == 100


def test_a_drawing_becomes_so_small_that_its_letters_have_seven_points() -> None:
    # As broad as the text, 476 points, a letter of 8 in 432 has 8.815: 7 are 79.41 % of it.
    svg = '<svg viewBox="0 0 432 216"><text style="font-size: 8px">a</text><text font-size="10">b'
    assert drawing_size(svg) == DrawingSize(width=100, least=79.41, ratio=0.5)
    without = '<svg viewBox="0 0 432 216"><path d="M0 0"/></svg>'
    assert drawing_size(without).least == 100
    too_small = svg.replace("8px", "5px")
    assert drawing_size(too_small).least == 100
