"""Import matplotlib with docstrings that lack the lists of properties; importing this does so.

Matplotlib asks each of its classes for its properties as it is imported, which takes a fifth of
that time. Nobody reads docstrings in a notebook that is run unattended; in JupyterLab they are
whole.
"""

from __future__ import annotations

from importlib import import_module

from matplotlib import artist


def _no_list(artist: object) -> str:
    del artist
    return ""


def _import_charts() -> None:
    listed = artist.kwdoc
    artist.kwdoc = _no_list
    try:
        import_module("matplotlib.axes")
    finally:
        artist.kwdoc = listed


_import_charts()
