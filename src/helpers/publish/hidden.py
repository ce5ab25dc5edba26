"""Hands another register's place to a notebook without the notebook writing it down."""

from __future__ import annotations

import os
from collections.abc import Iterator
from contextlib import contextmanager

from helpers.data.tables import ENVIRONMENT

_VARIABLE = "FUNDING_REPORT_DECISIONS"
REPLACES = "FUNDING_REPORT_REPLACES"


@contextmanager
def out_of_sight(decisions: str | None, variable: str = _VARIABLE) -> Iterator[str | None]:
    """What to give the notebook as `decisions`, for as long as the context lasts.

    So for `replaces`, by another environment variable.

    A path or a URL with a password would otherwise stand in the executed notebook's parameters: it
    goes through the environment.
    """
    if decisions is None or decisions.startswith(ENVIRONMENT):
        yield decisions
        return
    os.environ[variable] = decisions
    try:
        yield f"{ENVIRONMENT}{variable}"
    finally:
        del os.environ[variable]
