"""A slider over days or scenarios that redraws a section below it."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import TYPE_CHECKING, Any, TypeVar

from helpers.sections.components.block import HTML_MIME, Block

if TYPE_CHECKING:
    from ipywidgets import VBox

_Choice = TypeVar("_Choice")


def slider_over(
    options: Sequence[tuple[str, _Choice]],
    value: _Choice,
    description: str,
    show: Callable[[_Choice], Block],
) -> VBox:
    """The slider with its output below; the arrow keys move it by one step."""
    # A report does not need it, and it takes a quarter of a second to import.
    from ipywidgets import HTML, Layout, SelectionSlider, VBox  # noqa: PLC0415

    slider = SelectionSlider(
        options=options,
        value=value,
        description=description,
        continuous_update=False,
        layout=Layout(width="100%", max_width="46rem"),
    )
    shown = HTML(_shown_html(show(value)), layout=Layout(max_width="46rem"))

    def redraw(change: dict[str, Any]) -> None:
        shown.value = _shown_html(show(change["new"]))

    slider.observe(redraw, names="value")
    return VBox([slider, shown])


def with_slider(widget: Callable[[], VBox], picture: Block) -> dict[str, Any]:
    """Both forms: a front end with widgets shows the slider, a document the picture.

    Without ipywidgets, which only JupyterLab needs, it is the picture alone.
    """
    try:
        slider = widget()._repr_mimebundle_() or {}
    except ImportError:
        slider = {}
    return {**slider, **picture._repr_mimebundle_()}


def _shown_html(section: Block) -> str:
    """A section as JupyterLab shows it, with its typeface."""
    return str(section._repr_mimebundle_()[HTML_MIME])
