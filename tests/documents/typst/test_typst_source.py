import pytest
import typst as typst_compiler

from helpers.documents.typst.section_typst import page_width_percent
from helpers.documents.typst.typst_source import typst_call, typst_literal

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


def test_a_drawing_too_high_for_a_page_is_narrowed() -> None:
    # 1.22 times the text's width is what a page has left: 432 × 1.22 / 600 is 87.8 %.
    svg = '<svg viewBox="0 0 {} {}"></svg>'
    assert page_width_percent(svg.format(432, 600)) == 87.8
    assert page_width_percent(svg.format(432, 300)) == 100
