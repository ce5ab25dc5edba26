"""What a widget shows, by the state of widgets that a notebook stores: texts, values, outputs."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from html import unescape
from typing import Any

from helpers.documents.content.content_tree import Node, preformatted

_REFERENCE = "IPY_MODEL_"
_MAX_WIDGET_DEPTH = 20  # of widgets within widgets; a state may refer to itself
_COUNT = re.compile(r"\S+/\S+")
_ANY_TAG = re.compile(r"<[^>]*>")
ReadOutput = Callable[[Any], list[Node]]


def widget_content(view: Any, widgets: Mapping[str, Any], read_output: ReadOutput) -> list[Node]:
    """Return what the widget of a view shows, as far as text and outputs can; [] if not stored."""
    name = view.get("model_id", "") if isinstance(view, Mapping) else ""
    found = _content(str(name), widgets, read_output, 0)
    lines = [node for node in found if isinstance(node, str)]
    counts = [line for line in lines if _COUNT.fullmatch(line)]
    words = [line for line in lines if line.strip() and line not in counts]
    text = " ".join(" ".join(words or counts).split())  # words next to a bar repeat its count
    shown: list[Node] = [preformatted(text)] if text else []
    return shown + [node for node in found if not isinstance(node, str)]


def _content(
    name: str, widgets: Mapping[str, Any], read_output: ReadOutput, depth: int
) -> list[Node]:
    model = widgets.get(name)
    if not isinstance(model, Mapping) or depth > _MAX_WIDGET_DEPTH:
        return []
    state = model.get("state", {})
    found: list[Node] = [_words(state)]
    for child in state.get("children", []):
        inner = str(child).removeprefix(_REFERENCE)
        found += _content(inner, widgets, read_output, depth + 1)
    for output in state.get("outputs", []):
        found += read_output(output)
    return found


def _words(state: Mapping[str, Any]) -> str:
    """The description, and the value: of a bar that ran to its end, how much of how much."""
    if "bar_style" in state and "max" in state:
        # A state does not store what is as the widget's class has it.
        count = f"{_number(state.get('value', 0))}/{_number(state['max'])}"
        if state.get("description"):
            return f"{_plain(state['description'])} {count}"
        return count
    options, index = state.get("_options_labels"), state.get("index")
    value = state.get("value", "")
    if isinstance(options, list) and isinstance(index, int) and 0 <= index < len(options):
        value = options[index]
    words = [state.get("description", ""), value if isinstance(value, str | int | float) else ""]
    return " ".join(_plain(word) for word in words if word not in ("", None))


def _plain(value: Any) -> str:
    return unescape(_ANY_TAG.sub(" ", str(value)))


def _number(value: Any) -> str:
    return f"{value:g}" if isinstance(value, int | float) else "–"
