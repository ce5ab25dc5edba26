"""The templates of the pages: HTML, its style sheet and typefaces, and Typst."""

from __future__ import annotations

import re
from functools import lru_cache
from pathlib import Path
from typing import TYPE_CHECKING

from markupsafe import Markup

if TYPE_CHECKING:
    from jinja2 import Environment

TEMPLATE_FOLDER = Path(__file__).parent / "templates"


@lru_cache
def template_environment() -> Environment:
    """Return the environment that fills in page templates; everything but markup is escaped."""
    # Imported here: Typst, which needs the folder, is started sooner than a page is written.
    from jinja2 import Environment, FileSystemLoader, StrictUndefined  # noqa: PLC0415

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
    """Return a file of templates/ as text."""
    return (TEMPLATE_FOLDER / name).read_text(encoding="utf-8")


def _css_string(text: str) -> Markup:
    """Return a text as a CSS string; all but letters, digits and spaces are escaped as codes."""
    escaped = re.sub(r"[^\w .,]", lambda character: f"\\{ord(character[0]):x} ", text)
    return Markup(f'"{escaped}"')  # noqa: S704 nothing is left in it that could end the string
