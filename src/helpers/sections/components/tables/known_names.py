"""Names that a caller may write, and the nearest one where none fits."""

from __future__ import annotations

from collections.abc import Iterable
from difflib import get_close_matches

from helpers.errors import ReportError


def nearest_hint(name: object, known: Iterable[str]) -> str:
    """Return "Did you mean 'x'? " for the nearest of the known names, '' if none is near."""
    names = {one.casefold(): one for one in known}
    nearest = get_close_matches(str(name).casefold(), names, n=1, cutoff=0.5)
    return f"Did you mean {names[nearest[0]]!r}? " if nearest else ""


def one_choice(argument: str, name: object, known: Iterable[str]) -> str:
    """Return one of the known names; raises ReportError, with the nearest one, for another."""
    names = list(known)
    if isinstance(name, str) and name in names:
        return name
    raise ReportError(
        f"{argument} is {name!r}. {nearest_hint(name, names)}There are: {', '.join(names)}."
    )
