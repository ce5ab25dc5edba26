"""What a drawing in a notebook file may contain: shapes and text, nothing that acts."""

import pytest

from helpers.documents.outputs.drawing_check import DrawingRefusedError, check_drawing

NAMES = 'xmlns="http://www.w3.org/2000/svg" xmlns:xlink="http://www.w3.org/1999/xlink"'
VIEW = 'viewBox="0 0 10 10"'


def drawing(inside: str, attributes: str = VIEW) -> str:
    return f"<svg {NAMES} {attributes}>{inside}</svg>"


@pytest.mark.parametrize(
    "inside",
    [
        '<g fill="#0b4f7d"><circle cx="1" cy="2" r="3"><title>Åre &lt;b&gt;</title></circle></g>',
        '<defs><clipPath id="c"><rect width="1" height="1"/></clipPath></defs>'
        '<path clip-path="url(#c)" d="M0 0L1 1z" style="fill: none; stroke: #000000"/>',
        '<use xlink:href="#c" x="1"/>',
        '<image xlink:href="data:image/png;base64,AAAA" width="1" height="1"/>',
        "<text style=\"font-family: 'Source Sans Pro', 'DejaVu Sans'\">javascript: url</text>",
    ],
)
def test_shapes_texts_and_embedded_pictures_pass(inside: str) -> None:
    check_drawing(drawing(inside))


@pytest.mark.parametrize(
    ("inside", "named"),
    [
        ("<script>alert(1)</script>", "<script>"),
        ("<SCRIPT>alert(1)</SCRIPT>", "<SCRIPT>"),
        ("<foreignObject><p>x</p></foreignObject>", "<foreignObject>"),
        ("<style>*{color:red}</style>", "<style>"),
        ("<svg></svg>", "<svg>"),
        ("<p>x</p>", "<p>"),
        ('<animate attributeName="href" to="javascript:alert(1)"/>', "<animate>"),
        ('<set attributeName="onclick" to="alert(1)"/>', "<set>"),
        ('<g onclick="alert(1)"/>', "the attribute onclick"),
        ('<g xmlns:h="http://www.w3.org/1999/xhtml"/>', "the attribute xmlns:h"),
        ('<g xmlns="http://www.w3.org/1999/xhtml"/>', "another xmlns"),
        ('<a xlink:href="javascript:alert(1)"/>', "the address javascript"),
        ('<a xlink:href=" javascript:alert(1)"/>', "the address"),
        ('<use href="data:image/svg+xml;base64,AAAA#x"/>', "the address data"),
        ('<use xlink:href="https://example.org/x.svg#x"/>', "the address https"),
        ('<image href="/etc/passwd"/>', "the address /etc"),
        ('<image href="https://example.org/x.png"/>', "the address https"),
        ('<image href="data:image/svg+xml;base64,AAAA"/>', "the address data"),
        ('<rect fill="url(https://example.org/x#y)"/>', "the value"),
        ('<rect style="fill: url(https://example.org/x)"/>', "the value"),
        ('<rect style="fill: u\\72l(//example.org/x)"/>', "the value"),
        ('<rect style="position: fixed; top: 0"/>', "the style position"),
        ('<rect style="background: red"/>', "the style background"),
        ("<title><g/></title>", "an element is within a <title>"),
        ("<!--> <script>alert(1)</script> -->", "a comment"),
        ("<!-- harmless -->", "a comment"),
        ("<title><![CDATA[</title><script>alert(1)</script>]]></title>", "a CDATA section"),
        ("<?xml-stylesheet href='x.css'?>", "a processing instruction"),
        ("<g>", "not well-formed"),
        ("&lol;", "not well-formed"),
        ("\ud800", "not well-formed"),
    ],
)
def test_all_else_is_refused_and_named(inside: str, named: str) -> None:
    with pytest.raises(DrawingRefusedError) as refused:
        check_drawing(drawing(inside))
    assert named in str(refused.value)


@pytest.mark.parametrize(
    "svg",
    [
        "",
        "<p>no drawing</p>",
        f"<!DOCTYPE svg>{drawing('')}",
        f"<?xml version='1.0'?>{drawing('')}",
        f"<svg {NAMES} {VIEW}/><script>alert(1)</script>",
        f"{drawing('')}{drawing('')}",
        drawing("", ""),
        drawing("", 'viewBox="0 0 10 0"'),
        drawing("", 'viewBox="0 0 a b"'),
        drawing("", f'{VIEW} onload="alert(1)"'),
    ],
)
def test_what_is_not_one_drawing_with_a_size_is_refused(svg: str) -> None:
    with pytest.raises(DrawingRefusedError):
        check_drawing(svg)
