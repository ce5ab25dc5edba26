"""Formulas in LaTeX: MathML in the page, and in the PDF a drawing with the LaTeX as its words."""

from __future__ import annotations

import html
import re
from functools import lru_cache
from xml.etree import ElementTree

from helpers.documents.typst.typst_source import typst_literal

_ENVIRONMENT = re.compile(
    r"^\\begin\{(equation|align|aligned|gather|gathered|split|multline|eqnarray)(\*?)\}"
    r"(.*)\\end\{\1\2\}$",
    re.DOTALL,
)
_KEPT = {
    "accent", "columnalign", "columnspacing", "display", "displaystyle", "fence", "form", "height",
    "linethickness", "lspace", "mathvariant", "maxsize", "minsize", "movablelimits", "rowspacing",
    "rspace", "scriptlevel", "separator", "stretchy", "symmetric", "width",
}  # fmt: skip
_MATHML = "{http://www.w3.org/1998/Math/MathML}"
# What matplotlib knows by another name.
_OTHER_NAMES = {
    r"\\[dt]?frac\s*(\d)\s*(\d)": r"\\frac{\1}{\2}", r"\\[dt]frac": r"\\frac",
    r"\\text\b": r"\\mathrm", r"\\displaystyle\b": "", r"\\textstyle\b": "",
    r"\\boldsymbol\b": r"\\mathbf", r"\\lvert\b": "|", r"\\rvert\b": "|",
    r"\\tag\{([^}]*)\}": r"\\quad(\1)", r"\\label\{[^}]*\}": "", r"\\nonumber\b": "",
    r"\\limits\b": "", r"\\operatorname\*": r"\\operatorname",
}  # fmt: skip


def formula_html(latex: str, *, is_block: bool) -> str:
    """Return a formula as MathML, or its LaTeX where it cannot be read."""
    mathml = _mathml(latex, is_block)
    if mathml is None:
        code = f"<code>{html.escape(latex)}</code>"
        return f"<p>{code}</p>\n" if is_block else code
    return f"{mathml}\n" if is_block else mathml


def formula_typst(latex: str, *, is_block: bool) -> str:
    """Return a formula as a drawing, or its LaTeX where it cannot be drawn."""
    lines = [drawn for line in _lines(latex) if (drawn := _drawing(line))]
    if len(lines) < len(_lines(latex)):
        return f"#raw({typst_literal(latex)}, block: {typst_literal(is_block)});"
    images = [
        f'#box(baseline: {depth:.2f}pt, image(bytes({typst_literal(svg)}), format: "svg", '
        f"alt: {typst_literal(latex)}, width: {width:.2f}pt))"
        for svg, width, depth in lines
    ]
    if not is_block:
        return " ".join(images) + ";"
    return "\n".join(f"#align(center)[{image};];" for image in images)


def problem_of(latex: str) -> tuple[bool, bool]:
    """Return whether the page, and whether the PDF, has to show the formula as its LaTeX."""
    drawn = all(_drawing(line) for line in _lines(latex))
    return _mathml(latex, False) is None, not drawn


def _mathml(latex: str, is_block: bool) -> str | None:
    """The formula as MathML whose attributes only say how it looks; None where it is not LaTeX."""
    from latex2mathml.converter import convert  # noqa: PLC0415 slow to import, and seldom used

    try:
        root = ElementTree.fromstring(  # noqa: S314 made by the library in this process
            convert(latex, display="block" if is_block else "inline")
        )
    except Exception:
        return None
    if re.search(r"\\[a-zA-Z]", "".join(root.itertext())):
        return None  # a command that the library does not know stays as text
    for element in root.iter():
        for name in list(element.attrib):
            if name not in _KEPT:
                del element.attrib[name]
        element.tag = element.tag.removeprefix(_MATHML)
    root.set("alttext", latex)
    return ElementTree.tostring(root, encoding="unicode")


def _lines(latex: str) -> list[str]:
    """The lines of a formula that is set in several, each as matplotlib reads it."""
    found = _ENVIRONMENT.match(latex.strip())
    while found:
        latex = found[3]
        found = _ENVIRONMENT.match(latex.strip())
    if r"\begin" in latex:
        return [latex]
    lines = re.split(r"\\\\(?:\[[^\]]*\])?", latex)
    return [" ".join(line.replace("&", " ").split()) for line in lines if line.strip()] or [latex]


@lru_cache(maxsize=256)
def _drawing(line: str) -> tuple[str, float, float] | None:
    """A line as SVG with its width and its depth below the line, in points; None if not drawn."""
    from helpers.documents.content.formula_drawing import draw_formula  # noqa: PLC0415 slow to import, and seldom used

    for known, name in _OTHER_NAMES.items():
        line = re.sub(known, name, line)
    return draw_formula(line)
