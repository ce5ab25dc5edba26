from helpers.sections.components.block import EMPTY_BLOCK, stack
from helpers.sections.components.parts.section_parts import MarkedText
from helpers.sections.components.text import bullets, callout, headline_block, paragraphs


def test_a_stack_keeps_the_order_in_all_forms() -> None:
    both = stack(paragraphs("one"), EMPTY_BLOCK, callout("two"))
    assert both.html == '<p>one</p>\n<p class="callout" role="note">two</p>'
    assert both.plain == "one\n\n! two"
    assert [part["text"] for part in both.as_json()["parts"]] == ["one", "two"]


def test_a_notebook_gets_data_html_and_text() -> None:
    assert paragraphs("ett")._repr_mimebundle_() == {
        "application/vnd.funding-report.section.v1+json": {
            "version": 1,
            "applies": True,
            "parts": [{"kind": "paragraph", "text": "ett"}],
        },
        "text/html": "<p>ett</p>",
        "text/plain": "ett",
    }


def test_a_section_that_does_not_apply_says_so_as_data() -> None:
    assert EMPTY_BLOCK.as_json() == {"version": 1, "applies": False, "parts": []}
    assert stack(EMPTY_BLOCK, EMPTY_BLOCK) == EMPTY_BLOCK


def test_running_text_may_have_marks() -> None:
    text = (
        "Kör ",
        MarkedText(text="<make>", mark="code"),
        ", ",
        MarkedText(text="nu", mark="strong"),
    )
    assert paragraphs(text).html == "<p>Kör <code>&lt;make&gt;</code>, <strong>nu</strong></p>"
    assert bullets([text]).plain == "- Kör <make>, nu"


def test_a_range_of_years_is_not_broken_over_lines() -> None:
    whole = '<span class="whole">2018–2020</span>'
    assert headline_block("63 procent för 2018–2020").html == f"<h1>63 procent för {whole}</h1>"
    assert paragraphs("<2018–2020>").html == f"<p>&lt;{whole}&gt;</p>"
    assert paragraphs("10\u00a0000–19\u00a0999").html == "<p>10\u00a0000–19\u00a0999</p>"
