"""Hands another register's place to a notebook without the notebook writing it down."""

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
    """What to give the notebook as `decisions`, for as long as the context lasts.

    So for `replaces`, by another environment variable.

    A path or a URL with a password would otherwise stand in the executed notebook's parameters: it
    goes through the environment.
    """
    if decisions is None or decisions.startswith(ENVIRONMENT_PREFIX):
        yield decisions
        return
    os.environ[variable] = decisions
    try:
        yield f"{ENVIRONMENT_PREFIX}{variable}"
    finally:
        del os.environ[variable]
