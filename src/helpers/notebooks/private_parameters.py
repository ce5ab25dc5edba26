"""Pass the address of a register to a notebook without writing it into the notebook."""

from __future__ import annotations

import os
from collections.abc import Iterator
from contextlib import contextmanager

from helpers.system.environment import ENVIRONMENT_PREFIX

_DECISIONS_VARIABLE = "FUNDING_REPORT_DECISIONS"
REPLACES_VARIABLE = "FUNDING_REPORT_REPLACES"


@contextmanager
def via_environment(
    decisions: str | None, variable: str = _DECISIONS_VARIABLE
) -> Iterator[str | None]:
    """Yield the value to pass to the notebook as `decisions`, valid within the context.

    A path, or a URL with a password, would be stored in the executed notebook's parameters. It is
    put into an environment variable instead, and the value is env:NAME. `replaces` is passed in the
    same way with another `variable`.
    """
    if decisions is None or decisions.startswith(ENVIRONMENT_PREFIX):
        yield decisions
        return
    os.environ[variable] = decisions
    try:
        yield f"{ENVIRONMENT_PREFIX}{variable}"
    finally:
        del os.environ[variable]
