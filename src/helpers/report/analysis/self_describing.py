"""List an object's methods for a notebook, each with a line on what it returns."""

from __future__ import annotations

import inspect

from markupsafe import Markup

from helpers.funding.statement.round_statement import Statement
from helpers.model.localized_text import Language
from helpers.report.analysis.arguments.call_arguments import CheckedCalls


def methods_html(asked: type) -> str:
    """Return a class's public methods in their order, each with the first line of its docstring."""
    found = [
        (name, (inspect.getdoc(member) or "").partition("\n")[0].replace("`", ""))
        for kind in reversed(asked.__mro__)
        for name, member in vars(kind).items()
        if not name.startswith("_") and inspect.isfunction(member)
    ]
    items = Markup("").join(
        Markup("<li><code>{}()</code>: {}</li>").format(name, line) for name, line in found
    )
    return Markup("<ul>{}</ul>").format(items)


class SelfDescribing(CheckedCalls):
    """An object that lists its methods in a notebook; subclasses have the attribute `statement`.

    A call with an argument that a method does not have is an error with the nearest one. Its `repr`
    is one line, and the tab key completes the same methods.
    """

    statement: Statement
    language: Language  # of the headings that JupyterLab shows

    def _repr_html_(self) -> str:
        return Markup("<p>{}</p>{}").format(repr(self), methods_html(type(self)))

    def __repr__(self) -> str:
        about = f"{self.statement.round.name} as of {self.statement.as_of}"
        return f"{type(self).__name__} of {about}"
