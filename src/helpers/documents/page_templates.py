"""The templates of our pages: HTML, its style and typefaces, and Typst."""

from __future__ import annotations

import re
from functools import lru_cache
from pathlib import Path

from jinja2 import Environment, FileSystemLoader, StrictUndefined
from markupsafe import Markup

TEMPLATE_FOLDER = Path(__file__).parent / "templates"


@lru_cache
def template_environment() -> Environment:
    """How our page templates are filled in: all that is not markup already is escaped."""
    environment = Environment(
        loader=FileSystemLoader(TEMPLATE_FOLDER),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
    )
    environment.filters["css_string"] = _css_string
    return environment


@lru_cache
def read_template(name: str) -> str:
    """A file of templates/ as text."""
    return (TEMPLATE_FOLDER / name).read_text(encoding="utf-8")


def _css_string(text: str) -> Markup:
    """A text as a CSS string: what is not a letter, a figure or a blank is written as its code."""
    escaped = re.sub(r"[^\w .,]", lambda character: f"\\{ord(character[0]):x} ", text)
    return Markup(f'"{escaped}"')  # noqa: S704 nothing is left in it that could end the string
