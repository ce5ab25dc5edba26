"""The colours, the typeface and the logo of a document, as CSS and as Typst."""

from __future__ import annotations

import re
from base64 import b64encode
from string import Template

from markupsafe import Markup

from helpers.documents.page_templates import read_template
from helpers.documents.typst.pdf_compiler import BRAND_FAMILY
from helpers.documents.typst.typst_source import TypstCode, typst_literal
from helpers.model.brand.brand_look import BrandLook
from helpers.sections.components.parts.table_width import fit_rules
from helpers.system.typefaces.report_typeface import FONT_FAMILY
from helpers.system.typefaces.typeface_chain import Typeface, typeface_named

_PAGE_FAMILY = "brand"  # a licence may reserve a typeface's own name for the whole of it
_WIDEST_LOGO = "12cm"
_TYPST_COLOURS = ("ink", "muted", "rule", "accent", "warning", "tint")


def page_style(look: BrandLook) -> str:
    """The style sheet of pages in the colours of a look; without a brand it is the project's."""
    dark = {f"dark_{role}": colour for role, colour in look.dark.items()}
    style = Template(read_template("report.css")).substitute(look.light, **dark) + fit_rules()
    if look.logo:
        style += read_template("logo.css")
    if look.typeface:
        families = f'font-family: "{_PAGE_FAMILY}", "Source Sans Pro", sans-serif'
        style += f"html {{ {families}; }}\n.chart svg text {{ {families} !important; }}\n"
    return style


def logo_html(look: BrandLook) -> Markup:
    """The logo as a picture, in which nothing of an SVG can run; blank without one."""
    if not look.logo:
        return Markup("")
    return Markup('<p class="logo"><img src="data:{};base64,{}" alt="{}"></p>').format(
        look.logo_type, look.logo, look.logo_text
    )


def page_font_faces(look: BrandLook, page: str) -> str:
    """CSS with the characters of a page in the brand's typeface; blank without one."""
    typeface = brand_typeface(look)
    if typeface is None:
        return ""
    cuts = typeface.cut(frozenset(map(ord, page)), _PAGE_FAMILY)
    return "".join(
        f'@font-face{{font-family:"{_PAGE_FAMILY}";font-weight:{weight};font-display:swap;'
        f"src:url(data:font/ttf;base64,{b64encode(font).decode()})}}\n"
        for weight, font in cuts.items()
    )


def brand_typeface(look: BrandLook) -> Typeface | None:
    """The brand's typeface, where this machine has it."""
    return typeface_named(look.typeface)


def branded_drawing(look: BrandLook, svg: str) -> str:
    """A drawing for a PDF in the colours and the typeface of a look.

    Where the machine has no such typeface, the next family of the list sets its texts.
    """
    svg = look.recoloured(svg)
    if not look.typeface:
        return svg
    return re.sub(
        rf"(['\"])({FONT_FAMILY}\b)",
        lambda found: (
            f"'{BRAND_FAMILY}', '{found[2]}" if found[1] == "'" else f'"{BRAND_FAMILY}, {found[2]}'
        ),
        svg,
    )


def typst_style(look: BrandLook) -> str:
    """What report.typ takes as given: colours, and the logo with its text."""
    colours = [f"#let {role} = rgb({typst_literal(look.light[role])})" for role in _TYPST_COLOURS]
    return "\n".join([*colours, f"#let logo = {logo_as_typst(look, '1.1cm')}"])


def logo_as_typst(look: BrandLook, height: str) -> str:
    """The logo as a picture of Typst, of this height unless it is very wide; none without one.

    An SVG may state that it is a million times as wide as it is high.
    """
    if not look.logo:
        return "none"
    kind = "svg" if look.logo_type == "image/svg+xml" else "png"
    content = TypstCode.bytes_of(look.logo_content)
    text = typst_literal(look.logo_text)
    return (
        "context { "
        f'let drawn = image.with({content}, format: "{kind}", alt: {text}); '
        f"let logo = drawn(height: {height}); "
        f"if measure(logo).width > {_WIDEST_LOGO} {{ drawn(width: {_WIDEST_LOGO}) }} "
        "else { logo } }"
    )
