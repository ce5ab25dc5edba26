"""The colours of charts by role, as drawings are stored; documents put a brand's in their place."""

from __future__ import annotations

import re

from helpers.model.brand.brand_colours import LIGHT_COLOURS
from helpers.system.typefaces.report_typeface import FONT_FAMILY

INK_COLOUR = LIGHT_COLOURS["ink"]
MUTED_COLOUR = LIGHT_COLOURS["muted"]
RULE_COLOUR = LIGHT_COLOURS["rule"]
FUNDED_COLOUR = LIGHT_COLOURS["funded"]
DECLINED_COLOUR = LIGHT_COLOURS["declined"]
POSSIBLE_COLOUR = LIGHT_COLOURS["possible"]
FORECAST_COLOUR = LIGHT_COLOURS["forecast"]
PAPER_COLOUR = LIGHT_COLOURS["paper"]

HATCH_PATTERN = "////"

# What the page calls each colour, so that its style sheet can give it another value in the dark.
_DRAWN_ROLES = ("ink", "muted", "rule", "funded", "declined", "possible", "forecast", "paper")
_CSS_VARIABLES = {LIGHT_COLOURS[role]: role for role in _DRAWN_ROLES}


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
