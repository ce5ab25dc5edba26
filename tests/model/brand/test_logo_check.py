"""A logo may come from anywhere: what does something, fetches something or is huge is refused."""

import struct
import zlib

import pytest

from helpers.errors import ReportError
from helpers.model.brand.brand_look import BrandLook
from helpers.model.brand.logo_check import LogoRefusedError, checked_logo

XMLNS = 'xmlns="http://www.w3.org/2000/svg"'
CIRCLE = '<circle cx="5" cy="5" r="4" fill="#004b23"/>'
XLINK = 'xmlns:xlink="http://www.w3.org/1999/xlink"'


def svg(content: str, more: str = "") -> bytes:
    return f'<svg {XMLNS} viewBox="0 0 10 10" {more}>{content}</svg>'.encode()


def png(width: int, height: int) -> bytes:
    def chunk(name: bytes, body: bytes) -> bytes:
        checksum = struct.pack(">I", zlib.crc32(name + body))
        return struct.pack(">I", len(body)) + name + body + checksum

    rows = zlib.compress(b"".join(b"\0" + b"\x00\x4b\x23" * width for _ in range(min(height, 9))))
    header = chunk(b"IHDR", struct.pack(">IIBBBBB", width, height, 8, 2, 0, 0, 0))
    return b"\x89PNG\r\n\x1a\n" + header + chunk(b"IDAT", rows) + chunk(b"IEND", b"")


@pytest.mark.parametrize(
    "content",
    [
        svg(CIRCLE),
        b'<?xml version="1.0" encoding="UTF-8"?>\n<!-- drawn -->\n'
        b'<!DOCTYPE svg PUBLIC "-//W3C//DTD SVG 1.1//EN" "http://www.w3.org/svg11.dtd">\n'
        + svg(CIRCLE),
        svg(f'<style>.a{{fill:url(#g)}}</style><defs><linearGradient id="g"/></defs>{CIRCLE}'),
        svg(
            '<i:grid i:type="xygrid"/>' + CIRCLE,
            'xmlns:i="http://www.inkscape.org/namespaces/inkscape" i:version="1.3"',
        ),
        svg(f"<title>info@skr.se</title><style>.a{{fill:none}}</style>{CIRCLE}"),
        svg(f'<clipPath id="c">{CIRCLE}</clipPath><path d="M0 0h9v9z" clip-path="url(#c)"/>'),
    ],
)
def test_a_drawing_as_programs_write_it_is_taken(content: bytes) -> None:
    assert checked_logo(content).media_type == "image/svg+xml"


@pytest.mark.parametrize(
    ("content", "reason"),
    [
        (svg("<script>alert(1)</script>"), "<script>"),
        (svg("<h:script>alert(1)</h:script>", 'xmlns:h="http://www.w3.org/1999/xhtml"'), "script"),
        (svg("<s:script/>", 'xmlns:s="http://www.w3.org/2000/svg"'), "<script>"),
        (svg("<foreignObject><p/></foreignObject>"), "<foreignObject>"),
        (svg(CIRCLE, 'onload="alert(1)"'), "the attribute onload"),
        (svg('<image href="https://example.org/x.png"/>'), "<image>"),
        (svg('<use href="#a"/>'), "<use>"),
        (svg("<text>Namn</text>"), "<text>"),
        (svg('<a href="https://example.org">x</a>'), "<a>"),
        (svg('<linearGradient href="https://example.org/x.svg#a"/>'), "https://example.org"),
        (svg('<linearGradient xlink:href="file:///etc/x#a"/>', XLINK), "file:///etc/x"),
        (svg('<rect fill="url(https://example.org/x)"/>'), "url(https"),
        (svg('<rect style="fill:URL( //example.org/x)"/>'), "URL("),
        (svg("<style>@import 'https://example.org/x.css';</style>"), "@import"),
        (svg("<style>.a{fill:u<!-- -->rl(//example.org)}</style>"), "url(//"),
        (svg(r"<style>.a{fill:\75 rl(//example.org)}</style>"), "fill"),
        (svg('<animate attributeName="href"/>'), "<animate>"),
        (svg('<set attributeName="onclick"/>'), "<set>"),
        (svg('<filter id="f"/>'), "<filter>"),
        (svg('<clipPath><path clip-path="url(#d)"/></clipPath>'), "a clip path in a clip path"),
        (svg("<style>path{clip-path:url(#c)}</style>"), "a clip path in its style sheet"),
        (b'<!DOCTYPE svg [<!ENTITY a "aa">]>' + svg("&a;"), "declarations"),
        (b'<?xml-stylesheet href="https://example.org/x.css"?>' + svg(""), "<?xml-stylesheet>"),
        (svg("<g/>" * 5_000), "more than 5000 parts"),
        (svg(" " * 200_000), "larger than 200 kB"),
        (f"<svg {XMLNS}/>".encode(), "neither a viewBox nor a width"),
        (b'<svg viewBox="0 0 1 1"/>', "neither a PNG nor"),
        (b"<html><body>", "neither a PNG nor"),
        (b"\xff\xd8\xff\xe0JFIF", "neither a PNG nor"),
        (b"", "neither a PNG nor"),
        (b'<?xml version="1.0" encoding="foo"?>' + svg(CIRCLE), "neither a PNG nor"),
        (b'<?xml version="1.0" encoding="shift_jis"?>' + svg(CIRCLE), "neither a PNG nor"),
        (svg("<style>.a{fill:u<g/>rl(//example.org)}</style>"), "<g> in its style sheet"),
        (png(2001, 1), "more than 2000 pixels"),
        (png(1, 2_000_000_000), "more than 2000 pixels"),
        (png(9, 9)[:-1], "damaged"),
        (png(9, 9).replace(b"IDAT", b"IDAX"), "damaged"),
        (b"\x89PNG\r\n\x1a\n", "damaged"),
    ],
)
def test_what_could_do_harm_is_refused(content: bytes, reason: str) -> None:
    with pytest.raises(LogoRefusedError) as refused:
        checked_logo(content)
    assert reason in str(refused.value)


def test_a_small_png_is_taken() -> None:
    assert checked_logo(png(9, 9)).media_type == "image/png"


def test_a_logo_in_a_notebook_is_checked_again() -> None:
    look = BrandLook().with_logo(checked_logo(svg(CIRCLE)), "Förbundet")
    assert BrandLook.read(look.as_stored()) == look
    hostile = look.as_stored() | {"logo": "PHN2Zz48c2NyaXB0Lz48L3N2Zz4="}
    for changed in (hostile, look.as_stored() | {"logo_type": "image/png"}, {"css": "}"}):
        with pytest.raises(ReportError, match="brand in the notebook"):
            BrandLook.read(changed)


def test_an_unknown_key_of_a_handed_over_brand_is_named_in_plain_words() -> None:
    with pytest.raises(ReportError) as refused:
        BrandLook.read({"css": "}", "colours": {"ink": "#ffffff"}})
    assert str(refused.value) == (
        'The brand in the notebook is not used: colours ink = "#ffffff" has a contrast of 1.0 on '
        'white and needs 4.5: the nearest colour that passes is "#767676"; css is not a known key. '
        "Run the notebook again."
    )


def test_a_drawing_takes_the_colours_of_the_brand_and_no_others() -> None:
    look = BrandLook.read({"colours": {"accent": "#5a0000", "funded": "#004b23"}})
    drawn = '<path style="fill: #0b4f7d" stroke="#c4571b"/>'
    assert look.recoloured(drawn) == '<path style="fill: #004b23" stroke="#c4571b"/>'
    accent_only = BrandLook.read({"colours": {"accent": "#5a0000"}})
    assert accent_only.recoloured(drawn) == drawn
