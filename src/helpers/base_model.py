"""The base of all models of configuration: frozen, and without unknown keys."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from pydantic import BaseModel, ConfigDict

_OWN_WORDS = {"missing": "is missing", "extra_forbidden": "is not a known key"}


class StrictModel(BaseModel):
    """A frozen model that refuses unknown keys: a misspelt key must not become a default."""

    model_config = ConfigDict(extra="forbid", frozen=True)


def validation_words(detail: Mapping[str, Any]) -> str:
    """Return what is wrong by one of pydantic's errors, without its own words where there are ours.

    The commonest two, and what this package's validators raise, are in our words.
    """
    return _OWN_WORDS.get(detail["type"], str(detail["msg"]).removeprefix("Value error, "))
