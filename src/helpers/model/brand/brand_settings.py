"""How an organiser's documents look: the keys of [brand] in round.toml and of data/brand.toml."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from typing import Annotated

from pydantic import AfterValidator, Field, model_validator

from helpers.base_model import StrictModel
from helpers.model.brand.brand_colours import AREAS, LEAST_CONTRAST, LIGHT_COLOURS
from helpers.model.brand.colour_contrast import contrast_ratio, lightness, likeness, nearest_colour
from helpers.model.localized_text import LocalizedText


def _six_digits(colour: str) -> str:
    if not re.fullmatch(r"#[0-9A-Fa-f]{6}", colour):
        raise ValueError('write a colour with six digits, as "#004b23"')
    return colour.lower()


def _plain_name(family: str) -> str:
    """The name itself, which is written into style sheets and must not end one."""
    if not re.fullmatch(r"[A-Za-z0-9][A-Za-z0-9 .-]{0,60}", family):
        raise ValueError("write the name of the family, in letters, digits and spaces")
    return family


HexColour = Annotated[str, AfterValidator(_six_digits)]
FamilyName = Annotated[str, AfterValidator(_plain_name)]

# In grey, the solid areas differ by lightness; the hatched one ("possible") is hatched.
_SOLID_AREAS = ("funded", "declined")
_LEAST_IN_GREY = 15


class BrandColours(StrictModel):
    """The organiser's own colours by role, as #rrggbb; a role that is left out keeps its colour.

    A colour that not every reader can see is refused, with the nearest accepted colour.
    """

    ink: HexColour | None = None
    muted: HexColour | None = None
    accent: HexColour | None = None
    funded: HexColour | None = None
    declined: HexColour | None = None
    possible: HexColour | None = None

    @property
    def own(self) -> dict[str, str]:
        """The colours that are stated, by role."""
        stated = {role: getattr(self, role) for role in LEAST_CONTRAST}
        return {role: colour for role, colour in stated.items() if colour}

    @model_validator(mode="after")
    def _seen_by_everyone(self) -> BrandColours:
        refused = list(_refusals(self.own))
        if refused:
            raise ValueError("; ".join(refused))
        return self


class BrandSettings(StrictModel):
    """The organiser's look: logo with its text alternative, colours by role, and typeface.

    `logo` is the path of an SVG or PNG file from the folder of the file that names it; `typeface`
    a family in the project's folder fonts/.
    """

    logo: str | None = None
    logo_text: LocalizedText | None = None
    typeface: FamilyName | None = None
    colours: BrandColours = Field(default_factory=BrandColours)

    @model_validator(mode="after")
    def _logo_with_text(self) -> BrandSettings:
        if (self.logo is None) != (self.logo_text is None):
            raise ValueError(
                "logo and logo_text belong together: "
                "write in logo_text what the logo says, for readers who do not see it"
            )
        return self


def _refusals(own: Mapping[str, str]) -> Iterator[str]:
    """Each colour that is refused, with the reason and the nearest that is accepted."""
    accepted = {role: colour for role, colour in LIGHT_COLOURS.items() if role not in own}
    for role, colour in own.items():
        reason = _weakness(role, colour, accepted)
        nearest = _nearest(role, colour, accepted) if reason else None
        accepted[role] = nearest or colour
        if reason:
            yield f'{role} = "{colour}" {reason}: {_offer(nearest)}'


def _offer(nearest: str | None) -> str:
    if nearest is None:
        return "no colour near it passes"
    return f'the nearest colour that passes is "{nearest}"'


def _nearest(role: str, colour: str, others: Mapping[str, str]) -> str | None:
    others = dict(others)
    return nearest_colour(colour, lambda one: not _weakness(role, one, others))


def _weakness(role: str, colour: str, others: Mapping[str, str]) -> str:
    """Why not every reader can see a colour next to the others; blank if every reader can."""
    contrast, least = contrast_ratio(colour, LIGHT_COLOURS["paper"]), LEAST_CONTRAST[role]
    if contrast < least:
        # Cut off, not rounded: 4.48 must not be printed as the 4.5 that it lacks.
        return f"has a contrast of {int(contrast * 100) / 100} on white and needs {least}"
    for other in AREAS if role in AREAS else ():
        if other != role and other in others and (like := likeness(colour, others[other])):
            return f"cannot be told from the colour of {other} {like}"
    solid = {*_SOLID_AREAS} - {role} if role in _SOLID_AREAS else ()
    for other in solid:
        if other in others and _lightness_difference(colour, others[other]) < _LEAST_IN_GREY:
            return f"cannot be told from the colour of {other} in grey"
    return ""


def _lightness_difference(one: str, other: str) -> float:
    return abs(lightness(one) - lightness(other))
