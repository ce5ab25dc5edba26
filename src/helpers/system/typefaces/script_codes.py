"""The script of a character by Unicode, as a code of ISO 15924: Latn, Hani, Deva."""

from __future__ import annotations

# Punctuation and emoji, marks that take the script of their letter, and what is not assigned.
NO_SCRIPT = frozenset({"Zyyy", "Zinh", "Zzzz"})


def script_of(cluster: str) -> str | None:
    """The script of a character with its marks; None for a sign that belongs to no script."""
    from fontTools import unicodedata  # noqa: PLC0415 a page of Latin letters does without

    scripts = (unicodedata.script(letter) for letter in cluster)
    return next((str(script) for script in scripts if script not in NO_SCRIPT), None)
