import pytest
import typst as typst_compiler

from helpers.sections.components.block import Block, stack, typst_call, typst_literal
from helpers.sections.components.figure import chart_block

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


def test_a_stack_keeps_the_order_in_all_three_forms() -> None:
    both = stack(Block("<p>1", "#1", "one"), Block("<p>2", "#2", "two"))
    assert (both.html, both.typst, both.plain) == ("<p>1\n<p>2", "#1\n#2", "one\n\ntwo")
    assert set(both._repr_mimebundle_()) == {"text/html", "text/x-typst", "text/plain"}


def test_a_drawing_too_high_for_a_page_is_narrowed() -> None:
    # 1.22 times the text's width is what a page has left: 432 × 1.22 / 600 is 87.8 %.
    svg = '<svg viewBox="0 0 {} {}"></svg>'
    high = chart_block(lambda _: svg.format(432, 600), "a", "b").typst
    assert "width: 87.8" in high
    assert "width: 100" in chart_block(lambda _: svg.format(432, 300), "a", "b").typst
