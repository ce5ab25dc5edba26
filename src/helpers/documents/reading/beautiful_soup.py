"""Beautiful Soup without what it searches by CSS and guesses encodings with: nobody asks for it."""

from __future__ import annotations

from helpers.system.control.import_stubs import import_without

import_without(module="bs4", until_used=["soupsieve", "charset_normalizer"])

from bs4 import BeautifulSoup, MarkupResemblesLocatorWarning  # noqa: E402 see above
from bs4.element import (  # noqa: E402
    NavigableString,
    PageElement,
    PreformattedString,
    Tag,
)

__all__ = [
    "BeautifulSoup",
    "MarkupResemblesLocatorWarning",
    "NavigableString",
    "PageElement",
    "PreformattedString",
    "Tag",
]
