from typing import Any

from nbformat import NotebookNode
from nbformat.v4 import new_code_cell, new_markdown_cell, new_notebook, new_output

from helpers.documents.content.content_tree import Element, text_of
from helpers.documents.document import read_document
from helpers.documents.outputs.cell_outputs import DocumentPart
from helpers.sections.components.block import EMPTY_BLOCK, Block
from helpers.sections.components.text import paragraphs


def shows(*blocks: Block) -> NotebookNode:
    outputs = [new_output("display_data", data=block._repr_mimebundle_()) for block in blocks]
    cell: NotebookNode = new_code_cell("report.something()", outputs=outputs)
    return cell


def parts(*cells: NotebookNode) -> list[Any]:
    """The texts of the parts, or their outputs' plain text."""
    found = read_document(new_notebook(cells=list(cells)), "n").parts
    return [text_of(p.content) if p.content else p.section.plain for p in found]


SOMETHING = paragraphs("något")
NOTHING = new_output("display_data", data={"text/html": "", "text/plain": ""})


def test_a_section_with_nothing_to_tell_is_left_out_with_its_heading() -> None:
    found = parts(
        new_markdown_cell("## Ett"),
        shows(SOMETHING),
        new_markdown_cell("## Två"),
        shows(EMPTY_BLOCK),
        new_markdown_cell("## Tre"),
        shows(SOMETHING),
    )
    assert found == ["Ett", "något", "Tre", "något"]


def test_a_section_of_which_a_part_is_blank_stays() -> None:
    found = parts(new_markdown_cell("## Ett"), shows(EMPTY_BLOCK), shows(SOMETHING))
    assert found == ["Ett", "något"]


def test_a_blank_output_of_another_program_leaves_its_heading() -> None:
    blank = new_code_cell("f()", outputs=[NOTHING])
    assert parts(new_markdown_cell("## Ett"), blank) == ["Ett"]
    assert parts(new_markdown_cell("## Ett"), shows(EMPTY_BLOCK), blank) == ["Ett"]


def test_a_text_without_any_output_stays() -> None:
    found = parts(
        new_markdown_cell("Inledning"),
        new_markdown_cell("## Ett"),
        new_code_cell("x=1", execution_count=1),
    )
    assert found == ["Inledning", "Ett"]


def test_outputs_before_the_first_text_are_shown() -> None:
    assert parts(shows(SOMETHING), new_markdown_cell("Efteråt")) == ["något", "Efteråt"]


def test_a_part_is_a_text_or_an_output() -> None:
    document = read_document(new_notebook(cells=[new_markdown_cell("Text")]), "n")
    assert document.parts == [DocumentPart([Element("p", ["Text"])])]
