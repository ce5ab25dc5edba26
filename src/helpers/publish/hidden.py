"""Hands another register's place to a notebook without the notebook writing it down."""

from __future__ import annotations

import os
from collections.abc import Iterator
from contextlib import contextmanager

from helpers.data.tables import ENVIRONMENT

_VARIABLE = "FUNDING_REPORT_DECISIONS"


@contextmanager
def out_of_sight(decisions: str | None) -> Iterator[str | None]:
    """What to give the notebook as `decisions`, for as long as the context lasts.

    A path or a URL with a password would otherwise stand in the executed notebook's parameters: it
    goes through the environment.
    """
    if decisions is None or decisions.startswith(ENVIRONMENT):
        yield decisions
        return
    os.environ[_VARIABLE] = decisions
    try:
        yield f"{ENVIRONMENT}{_VARIABLE}"
    finally:
        del os.environ[_VARIABLE]
