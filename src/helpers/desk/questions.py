"""What can be asked of an object, as a list for a notebook: each method and what it answers."""

from __future__ import annotations

import inspect

from markupsafe import Markup


def questions_html(asked: type) -> str:
    """The public methods of a class in their order, each with the first line of its docstring."""
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
