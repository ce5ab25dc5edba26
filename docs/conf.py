"""How the site is built: from the pages here and the package's docstrings, with no network."""

import re
import sys
from pathlib import Path
from typing import Any

from sphinx.application import Sphinx

sys.path.insert(0, str(Path(__file__).parent))  # for notebook_pages

project = "funding-report"
extensions = ["myst_parser", "sphinx.ext.autodoc", "notebook_pages"]
html_theme = "furo"
html_title = "funding-report"
html_static_path = ["_static"]
html_css_files = ["wrap.css"]
exclude_patterns = ["_build"]
# An anchor for each heading, so that pages can point at sections of one another.
myst_heading_anchors = 3
# Quotation marks and dots as in print; but two hyphens begin an option and are no dash.
smartquotes_action = "qe"
autodoc_member_order = "bysource"
autodoc_typehints = "signature"
# The same pages give the same bytes, and no page says when it was built.
html_copy_source = False
html_show_copyright = False
html_last_updated_fmt = None


def setup(app: Sphinx) -> None:
    """Show types as one reads them: a date, not how pydantic checks that it is one."""
    app.connect("autodoc-process-signature", _without_checks)


def _without_checks(*given: Any) -> tuple[str | None, str | None]:
    *_, signature, result = given
    plain = signature and re.sub(r"~\w+\.Annotated\[([\w~.]+), [^]]*\]", r"\1", signature)
    return plain, result
