"""Compare a published notebook with the notebook of a run from the release's archive.

They differ in three parameters alone: the source of the register, its table and the release that
was replaced, which are other folders then and now.
"""

from __future__ import annotations

import json
import re
from collections.abc import Mapping
from typing import Any

from papermill.translators import PythonTranslator

from helpers.notebooks.memory_io import notebook_bytes
from helpers.notebooks.private_parameters import REPLACES_VARIABLE
from helpers.system.environment import ENVIRONMENT_PREFIX
from helpers.system.json_text import strict_json

_INJECTED_TAG = "injected-parameters"
_STATED_VARIABLE = re.compile(rf"{ENVIRONMENT_PREFIX}[A-Za-z_][A-Za-z0-9_]*")


def is_same_notebook(rebuilt: bytes, published: bytes, run: Mapping[str, Any]) -> bool:
    """Return whether a published notebook has the bytes that `run`, its run.json, gives."""
    try:
        expected = json.loads(rebuilt)
        stated = strict_json(published)["metadata"]["papermill"]["parameters"]
        _set_parameters(expected, _source_parameters(stated, run))
    except (ValueError, LookupError, TypeError, AttributeError):
        return False
    return notebook_bytes(_notebook_text(expected)) == published


def _source_parameters(stated: Mapping[str, Any], run: Mapping[str, Any]) -> dict[str, Any]:
    """Return the parameters of the first run that differ from those of the second.

    Of the register only the name of an environment variable may be stated.
    """
    parameters, decisions = run["parameters"], stated["decisions"]
    is_variable = isinstance(decisions, str) and _STATED_VARIABLE.fullmatch(decisions)
    return {
        "decisions": decisions if parameters["decisions"] is not None and is_variable else None,
        "table": parameters["table"],
        "replaces": f"{ENVIRONMENT_PREFIX}{REPLACES_VARIABLE}" if run["correction"] else None,
    }


def _set_parameters(notebook: dict[str, Any], values: Mapping[str, Any]) -> None:
    """Put values where papermill put the parameters: its metadata, and the cell that it added."""
    recorded = notebook["metadata"]["papermill"]["parameters"]
    (cell,) = (c for c in notebook["cells"] if _INJECTED_TAG in c["metadata"].get("tags", []))
    for name in recorded.keys() & values.keys():
        recorded[name] = values[name]
        assignment = f"{name} = {PythonTranslator.translate(values[name])}\n"
        cell["source"] = [
            assignment if line.startswith(f"{name} = ") else line for line in cell["source"]
        ]


def _notebook_text(notebook: dict[str, Any]) -> str:
    """Return the text that nbformat writes."""
    options: dict[str, Any] = {"ensure_ascii": False, "indent": 1, "sort_keys": True}
    return f"{json.dumps(notebook, separators=(',', ': '), **options)}\n"
