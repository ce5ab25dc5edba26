"""The colours of charts, page, PDF and mail, by role: the only place that has them.

A round's brand replaces some of them (see brand_settings); the others stay as they are here.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from functools import lru_cache, partial

from helpers.model.brand.colour_contrast import contrast_ratio, likeness, nearest_colour

# Each answer has its own colour, distinct in grey by lightness and by hatching, and at least 3:1
# against white. A colour means one thing: what is only forecast and what the reader is warned of
# have hues that no answer has.
LIGHT_COLOURS: dict[str, str] = {
    "ink": "#1d2429",
    "muted": "#5c666e",
    "rule": "#c9d0d5",
    "paper": "#ffffff",
    "funded": "#0b4f7d",
    "declined": "#c4571b",
    "possible": "#707b84",
    "accent": "#0b4f7d",
    "forecast": "#6a3d9a",
    "warning": "#6b4e00",
    "tint": "#fbf4dc",
}
_DARK_COLOURS: dict[str, str] = {
    "ink": "#e8ecef",
    "muted": "#a9b4bc",
    "rule": "#414b53",
    "paper": "#14191d",
    "funded": "#6db6ea",
    "declined": "#e2752f",
    "possible": "#98a4ad",
    "accent": "#8cc6ef",
    "forecast": "#b79be0",
    "warning": "#e6c565",
    "tint": "#272214",
}

AREAS = ("funded", "declined", "possible")  # of charts and of the map

TEXT_CONTRAST, GRAPHIC_CONTRAST = 4.5, 3.0  # WCAG 2.2, success criteria 1.4.3 and 1.4.11
# What a round may choose, in the order in which they are checked. The colour of secured amounts
# is that of a text as well: charts print the amounts in it.
LEAST_CONTRAST: dict[str, float] = {
    "ink": TEXT_CONTRAST,
    "muted": TEXT_CONTRAST,
    "accent": TEXT_CONTRAST,
    "funded": TEXT_CONTRAST,
    "declined": GRAPHIC_CONTRAST,
    "possible": GRAPHIC_CONTRAST,
}


def light_colours(own: Mapping[str, str]) -> dict[str, str]:
    """The colours on white, with a brand's own in place of the project's."""
    return {**LIGHT_COLOURS, **own}


def dark_colours(own: Mapping[str, str]) -> dict[str, str]:
    """The colours on a dark screen; a brand's own as light as they must be there.

    Areas also look different to every reader; if no shades do, areas have the project's colours.
    """
    return {**_DARK_COLOURS, **_on_dark(tuple(own.items()))}


@lru_cache
def _on_dark(own: tuple[tuple[str, str], ...]) -> dict[str, str]:
    project = {role: _DARK_COLOURS[role] for role in AREAS}
    stated = dict(own)
    found = {role: colour for role, colour in project.items() if role not in stated}
    for role, colour in own:
        others = [found[area] for area in AREAS if area in found and role in AREAS]
        shade = nearest_colour(colour, partial(_is_seen_on_dark, LEAST_CONTRAST[role], others))
        if shade is None:
            others_than_areas = tuple(pair for pair in own if pair[0] not in AREAS)
            return {**project, **_on_dark(others_than_areas)}
        found[role] = shade
    return found


def _is_seen_on_dark(least: float, others: Sequence[str], colour: str) -> bool:
    seen = contrast_ratio(colour, _DARK_COLOURS["paper"]) >= least
    return seen and not any(likeness(colour, other) for other in others)
