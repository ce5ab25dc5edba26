"""What documents take from a brand: its own colours, its typeface, and its logo with a text.

A notebook hands it over. Its file may come from anywhere, so what is read of it is checked again.
"""

from __future__ import annotations

import re
from base64 import b64decode, b64encode
from collections.abc import Mapping
from typing import Any, Literal

from pydantic import ValidationError

from helpers.base_model import StrictModel, validation_words
from helpers.errors import ReportError
from helpers.model.brand.brand_colours import LIGHT_COLOURS, dark_colours, light_colours
from helpers.model.brand.brand_settings import BrandColours, FamilyName
from helpers.model.brand.logo_check import Logo, LogoRefusedError, checked_logo


class BrandLook(StrictModel):
    """The look of one document; without values it is the project's own."""

    colours: BrandColours = BrandColours()
    typeface: FamilyName | None = None
    logo: str = ""  # base64
    logo_type: Literal["", "image/svg+xml", "image/png"] = ""
    logo_text: str = ""

    @classmethod
    def read(cls, handed_over: Mapping[str, Any] | None) -> BrandLook:
        """The look that a notebook handed over; raises ReportError if it is not a brand's."""
        try:
            look = cls.model_validate(handed_over or {})
            if look.logo and look.logo_type != checked_logo(look.logo_content).media_type:
                raise ValueError("the logo is of another type")
        except (ValidationError, ValueError, LogoRefusedError) as error:
            why = _words(error) if isinstance(error, ValidationError) else error
            raise ReportError(
                f"The brand in the notebook is not used: {why}. Run the notebook again."
            ) from None
        return look

    def as_stored(self) -> dict[str, Any]:
        """The look as plain data, without what is left out; {} for the project's own."""
        stored = self.model_dump(mode="json", exclude_none=True, exclude_defaults=True)
        return {name: value for name, value in stored.items() if value}

    def with_logo(self, logo: Logo, text: str) -> BrandLook:
        """The look with a logo, and what it says."""
        content = b64encode(logo.content).decode()
        values = {"logo": content, "logo_type": logo.media_type, "logo_text": text}
        return self.model_copy(update=values)

    @property
    def logo_content(self) -> bytes:
        """The logo's file."""
        return b64decode(self.logo, validate=True)

    @property
    def light(self) -> dict[str, str]:
        """The colours by role, on white."""
        return light_colours(self.colours.own)

    @property
    def dark(self) -> dict[str, str]:
        """The colours by role, on a dark screen."""
        return dark_colours(self.colours.own)

    def recoloured(self, svg: str) -> str:
        """A drawing, made in the project's colours, in those of the brand."""
        # Drawings have no accent, whose colour is the project's colour of secured amounts.
        roles = {role: colour for role, colour in self.colours.own.items() if role != "accent"}
        own = {LIGHT_COLOURS[role]: colour for role, colour in roles.items()}
        if not own:
            return svg
        return re.sub(rf"({'|'.join(own)})\b", lambda found: own[found[0]], svg)


def _words(error: ValidationError) -> str:
    """What is wrong with each key."""
    return "; ".join(
        f"{'.'.join(map(str, detail['loc']))} {validation_words(detail)}"
        for detail in error.errors()
    )
