"""Finds LaTeX in markdown as Jupyter does: between dollars or brackets, and in environments."""

from __future__ import annotations

import html
from re import Match
from typing import Any

from mistune import InlineState, Markdown

FORMULA_FENCES = ("math", "latex-math")
# As pandoc has it: a digit after the closing mark means money ("$5 and $10"), not a formula.
_PATTERNS = {
    "formula_display": r"\$\$(?P<display_latex>[^$]+?)\$\$",
    "formula_bracket": r"\\\\\[(?P<bracket_latex>(?:.|\n)+?)\\\\\]",
    "formula_environment": (
        r"(?P<environment_latex>\\begin\{(?P<environment>[a-z]+\*?)\}(?:.|\n)+?"
        r"\\end\{(?P=environment)\})"
    ),
    "formula_inline": r"\$(?![\s$])(?P<inline_latex>(?:\\.|[^\\$])+?)(?<![\s\\])\$(?!\d)",
    "formula_paren": r"\\\\\((?P<paren_latex>(?:.|\n)+?)\\\\\)",
}
_BLOCK_PATTERN = r"^ {0,3}\$\$(?P<block_latex>[^$]+?)\$\$[ \t]*$"
_BLOCK_ENVIRONMENT = (
    r"^ {0,3}(?P<own_latex>\\begin\{(?P<own_environment>[a-z]+\*?)\}(?:.|\n)+?"
    r"\\end\{(?P=own_environment)\})[ \t]*$"
)


def latex_plugin(markdown: Markdown) -> None:
    """Register the formulas with mistune."""
    for name, pattern in _PATTERNS.items():
        kind = "inline_formula" if name in ("formula_inline", "formula_paren") else "block_formula"
        markdown.inline.register(name, pattern, _inline_parser(kind), before="escape")
    for name, pattern in (("dollar_block", _BLOCK_PATTERN), ("tex_block", _BLOCK_ENVIRONMENT)):
        markdown.block.register(name, pattern, _parse_block, before="list")
    if markdown.renderer is not None and markdown.renderer.NAME == "html":
        renderer: Any = markdown.renderer
        renderer.register("inline_formula", lambda _, text: _tagged(text, "inline"))
        renderer.register("block_formula", lambda _, text: _tagged(text, "block"))


def _tagged(latex: str, display: str) -> str:
    return f'<x-formula display="{display}">{html.escape(latex.strip())}</x-formula>'


def _inline_parser(kind: str) -> Any:
    def parse(_: Any, match: Match[str], state: InlineState) -> int:
        state.append_token({"type": kind, "raw": _latex(match)})
        return match.end()

    return parse


def _parse_block(_: Any, match: Match[str], state: Any) -> int:
    state.append_token({"type": "block_formula", "raw": _latex(match)})
    return match.end()


def _latex(match: Match[str]) -> str:
    found = match.groupdict()
    return next(text for name, text in found.items() if name.endswith("latex") and text)
