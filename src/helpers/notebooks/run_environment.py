"""The environment in which a notebook runs, and the outputs that show it."""

from __future__ import annotations

import json
import logging
import os
import tomllib
from collections.abc import Iterator, Mapping
from contextlib import contextmanager, suppress
from functools import lru_cache
from typing import Any

from nbformat import NotebookNode

from helpers.data.round.round_config import round_folder
from helpers.errors import ReportError
from helpers.system.environment import ENVIRONMENT_PREFIX
from helpers.system.private_environment import notebook_environment
from helpers.system.redaction import find_secrets, hide_secrets, holds_secret

_logger = logging.getLogger(__name__)

# A value this short is in many outputs, and so are one or two names with their values.
_SHORTEST_VALUE, _FEWEST_VARIABLES = 4, 3


@contextmanager
def only_needed_variables(parameters: Mapping[str, Any]) -> Iterator[None]:
    """Remove from the environment, within the context, what the notebook does not need."""
    kept = needed_variables(parameters)
    removed = {name: value for name, value in os.environ.items() if name not in kept}
    for name in removed:
        del os.environ[name]
    try:
        yield
    finally:
        os.environ.update(removed)


def needed_variables(parameters: Mapping[str, Any]) -> dict[str, str]:
    """The part of this process's environment that a notebook with these parameters needs.

    It has the register's address and what its driver reads, if the notebook reads it from there.
    """
    sources = [source for source in _sources(parameters) if source]
    names = [
        source.removeprefix(ENVIRONMENT_PREFIX)
        for source in sources
        if source.startswith(ENVIRONMENT_PREFIX)
    ]
    addresses = [*sources, *(os.environ.get(name, "") for name in names)]
    return notebook_environment(os.environ, addresses, names)


def register_secrets(parameters: Mapping[str, Any]) -> list[str]:
    """The passwords and keys in the addresses that a notebook reads inputs from."""
    return [secret for source in _sources(parameters) for secret in find_secrets(source)]


def redact_outputs(content: bytes | None, secrets: list[str]) -> bytes | None:
    """Hide secrets in the outputs of a partly executed notebook, such as a driver's error."""
    if content is None or not secrets:
        return content

    def redacted(value: Any) -> Any:
        if isinstance(value, dict):
            return {key: redacted(part) for key, part in value.items()}
        if isinstance(value, list):
            return [redacted(part) for part in value]
        return hide_secrets(value, secrets) if isinstance(value, str) else value

    notebook = json.loads(content)
    for cell in notebook["cells"]:
        for output in cell.get("outputs", []):
            shown = ("text", "data", "ename", "evalue", "traceback")
            output |= {key: redacted(output[key]) for key in shown if key in output}
    return json.dumps(notebook, indent=1).encode()


def _sources(parameters: Mapping[str, Any]) -> Iterator[str | None]:
    """The paths, addresses or env:NAME that the notebook reads inputs from."""
    decisions, replaces = parameters.get("decisions"), parameters.get("replaces")
    yield from (decisions, replaces)
    if not decisions and parameters.get("round"):
        with suppress(ReportError, OSError, ValueError, TypeError, AttributeError):
            text = (round_folder(parameters["round"]) / "round.toml").read_text(encoding="utf-8")
            yield _source_stated_in(text)


@lru_cache(maxsize=4)  # each letter asks for it, three times
def _source_stated_in(text: str) -> str | None:
    """The register's source in the text of a round.toml."""
    source: str | None = tomllib.loads(text).get("register", {}).get("source")
    return source


def warn_of_shown_environment(executed: NotebookNode, name: str) -> None:
    """Log a warning for each cell whose output shows the environment, or an address's password."""
    values = {
        variable: json.dumps(value, ensure_ascii=False)[1:-1]
        for variable, value in os.environ.items()
        if len(value) >= _SHORTEST_VALUE
    }
    secret = {variable for variable in values if holds_secret(os.environ[variable])}
    injected = "injected-parameters"  # papermill's cell, which the author's notebook has not
    own_cells = (c for c in executed.cells if injected not in c.metadata.get("tags", []))
    for number, cell in enumerate(own_cells, 1):
        text = json.dumps(cell.get("outputs", []), ensure_ascii=False)
        shown = [var for var, value in values.items() if var in text and value in text]
        leaked = sorted(var for var in secret if values[var] in text)
        if leaked or len(shown) >= _FEWEST_VARIABLES:
            named = [*leaked, *sorted({*shown} - {*leaked})]
            first_line = cell.source.strip().partition("\n")[0]
            _logger.warning(
                "%s, cell %s (%s): its output shows the environment, with %s. Remove the output "
                "before you publish it.",
                name, number, first_line, ", ".join(named[: max(len(leaked), _FEWEST_VARIABLES)]),
            )  # fmt: skip
