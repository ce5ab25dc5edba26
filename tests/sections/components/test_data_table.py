import xml.etree.ElementTree as ET

import pytest

from helpers.documents.typst.section_typst import section_as_typst
from helpers.sections.components.block import Block
from helpers.sections.components.parts.section_parts import Column, NamesPart, TablePart

COLUMNS = [Column("Län", "left"), Column("Kronor")]


def table_block(
    caption: str, columns: list[Column], *rows: tuple[str, str], total: bool = False
) -> Block:
    part = TablePart(caption=caption, columns=tuple(columns), rows=rows, total=total)
    return Block((part,))


def parse(html: str) -> ET.Element:
    return ET.fromstring(html)


def test_every_heading_is_a_heading_of_its_column_or_row() -> None:
    table = parse(
        table_block("Bild", COLUMNS, ("Å", "1"), ("Ö", "2"), ("Alla", "3"), total=True).html
    )
    assert [th.text for th in table.findall(".//th[@scope='col']")] == ["Län", "Kronor"]
    assert [th.text for th in table.findall(".//th[@scope='row']")] == ["Å", "Ö", "Alla"]
    assert [td.text for td in table.findall(".//td")] == ["1", "2", "3"]
    assert table.findtext(".//caption/span") == "Bild"


def test_figures_align_right_and_the_total_is_set_off() -> None:
    table = parse(table_block("", COLUMNS, ("Å", "1"), ("Alla", "1"), total=True).html)
    assert {td.attrib["class"] for td in table.findall(".//td")} == {"right"}
    assert [row.attrib["class"] for row in table.findall(".//tbody/tr")] == ["", "total"]


def test_hostile_cells_are_text_on_the_page_and_in_typst() -> None:
    block = table_block("<c>", COLUMNS, ("<script>alert(1)</script>", '#read("x")'))
    assert "<script>" not in block.html
    assert parse(block.html).findtext(".//tbody/tr/th") == "<script>alert(1)</script>"
    assert '"#read(\\"x\\")"' in section_as_typst(block)


def test_plain_text_says_the_same() -> None:
    block = table_block("Bild", COLUMNS, ("Å", "1"))
    assert block.plain.splitlines() == ["Bild", "Län | Kronor", "Å | 1"]


@pytest.mark.parametrize(
    ("heading", "kept"),
    [
        ("Säkrat, kr per år", "Säkrat, kr~per~år"),  # the unit in one piece
        ("Om de delar, kr", "Om de delar, kr"),
        ("Till slut högst, om de säger nej", "Till slut högst, om de säger nej"),  # no unit
        ("Kronor", "Kronor"),
    ],
)
def test_no_end_of_a_line_cuts_the_unit_of_a_heading(heading: str, kept: str) -> None:
    block = table_block("", [Column("Län", "left"), Column(heading)], ("Å", "1"))
    shown = kept.replace("~", "\u00a0")
    assert parse(block.html).findall(".//th[@scope='col']")[1].text == shown
    assert f'"{shown}"' in section_as_typst(block)
    assert heading in block.plain


def test_a_list_of_names_has_one_entry_each() -> None:
    block = Block((NamesPart(label="Nej", items=(("Åre", "1 kr"), ("<b>", "2 kr"))),))
    entries = parse(block.html).findall("ul/li")
    assert [[span.text for span in li.findall("span")] for li in entries] == [
        ["Åre", "1 kr"],
        ["<b>", "2 kr"],
    ]
