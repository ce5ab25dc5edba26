"""The colours and the typeface of a brand in the drawings that JupyterLab shows."""

from __future__ import annotations

import re
from base64 import b64encode

from helpers.model.brand.brand_look import BrandLook
from helpers.system.typefaces.typeface_chain import typeface_named

_SVG = re.compile(r"<svg\b.*?</svg>", re.DOTALL)


def brand_rules(html: str, look: BrandLook, name: str) -> str:
    """The rules for the drawings of a section, whose class is `name`; '' where nothing differs.

    The typeface has the characters of the drawings only, under a name that is unique in a notebook.
    """
    drawings = "".join(_SVG.findall(html))
    if not drawings:
        return ""
    own = "".join(f"--{role}:{colour};" for role, colour in look.colours.own.items())
    colours = f".{name} svg{{{own}}}\n" if own else ""
    typeface = typeface_named(look.typeface)
    if typeface is None:
        return colours
    family = f"{name}-brand"
    faces = "".join(
        f'@font-face{{font-family:"{family}";font-weight:{weight};'
        f"src:url(data:font/ttf;base64,{b64encode(font).decode()})}}\n"
        for weight, font in typeface.cut(frozenset(map(ord, drawings)), family).items()
        if weight == 400 or re.search(rf'font-weight(: |="){weight}', drawings)
    )
    families = f"'{family}','Source Sans Pro',sans-serif"
    return f"{colours}{faces}.{name} svg text{{font-family:{families}!important}}\n"
