"""The colours, by role, of charts and pages."""

from __future__ import annotations

import re

from helpers.system.typefaces.report_typeface import FONT_FAMILY

INK_COLOUR = "#1d2429"


MUTED_COLOUR = "#5c666e"


RULE_COLOUR = "#c9d0d5"


# Each answer has its own colour, distinct in grey by lightness and by hatching, and at
# least 3:1 against white.
FUNDED_COLOUR = "#0b4f7d"


DECLINED_COLOUR = "#c4571b"


POSSIBLE_COLOUR = "#707b84"


PAPER_COLOUR = "#ffffff"


HATCH_PATTERN = "////"


# What the page calls each colour, so that its style sheet can give it another value in the dark.
_CSS_VARIABLES = {
    INK_COLOUR: "ink",
    MUTED_COLOUR: "muted",
    RULE_COLOUR: "rule",
    FUNDED_COLOUR: "funded",
    DECLINED_COLOUR: "declined",
    POSSIBLE_COLOUR: "possible",
    PAPER_COLOUR: "paper",
}


def use_page_colours(svg: str) -> str:
    """Replace a drawing's colours by the page's, with the project's colours as fallback.

    A notebook does not have the project's typeface; another sans-serif one is used there.
    """
    svg = svg.replace(f"'{FONT_FAMILY}'", f"'{FONT_FAMILY}', sans-serif")
    return re.sub(
        "|".join(_CSS_VARIABLES),
        lambda colour: f"var(--{_CSS_VARIABLES[colour[0]]}, {colour[0]})",
        svg,
    )
