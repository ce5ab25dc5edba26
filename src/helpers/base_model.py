"""The base of all models of configuration: frozen, and without unknown keys."""

from __future__ import annotations

from pydantic import BaseModel, ConfigDict


class StrictModel(BaseModel):
    """A frozen model that refuses unknown keys: a misspelt key must not become a default."""

    model_config = ConfigDict(extra="forbid", frozen=True)
