"""Small pictures of every kind, for the gallery."""

from __future__ import annotations

from base64 import b64encode
from io import BytesIO

from PIL import Image


def raster(kind: str) -> bytes:
    """A picture of four pixels in a format of Pillow's."""
    made = BytesIO()
    Image.new("RGB", (40, 20), (11, 79, 125)).save(made, kind)
    return made.getvalue()


def base64_of(kind: str) -> str:
    """The same in base64."""
    return b64encode(raster(kind)).decode()


def png() -> str:
    """A PNG in base64."""
    return base64_of("png")


def svg(title: str = "") -> str:
    """A drawing with a title and a text, its names in both cases."""
    named = f"<title>{title}</title>" if title else ""
    return (
        '<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 60 20" width="60" height="20">'
        f'{named}<defs><linearGradient id="g"><stop offset="1"/></linearGradient></defs>'
        '<rect width="60" height="20" fill="#c4571b"/><text x="4" y="14" font-size="9">ritad</text>'
        "</svg>"
    )


def labelled_svg() -> str:
    """A drawing whose labels are HTML, as Mermaid and draw.io write them."""
    return (
        '<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 200 60" width="200" height="60">'
        '<rect x="10" y="10" width="80" height="40" fill="none" stroke="black"/>'
        '<foreignObject x="10" y="10" width="80" height="40">'
        '<div xmlns="http://www.w3.org/1999/xhtml"><p>Första steget</p></div></foreignObject>'
        '<switch><foreignObject x="110" y="10" width="80" height="40">'
        '<div xmlns="http://www.w3.org/1999/xhtml">Andra<br/>steget</div></foreignObject>'
        '<text x="110" y="30">Andra...</text></switch></svg>'
    )
