"""The environment variables of SMTP, a password among them: what we start does not inherit them."""

from __future__ import annotations

from collections.abc import Mapping, MutableMapping

SMTP_PREFIX = "FUNDING_REPORT_SMTP_"


def take_smtp_variables(environment: MutableMapping[str, str]) -> dict[str, str]:
    """The variables of SMTP, removed from the environment: no notebook or program inherits them."""
    return {
        name: environment.pop(name) for name in list(environment) if name.startswith(SMTP_PREFIX)
    }


def without_smtp_variables(environment: Mapping[str, str]) -> dict[str, str]:
    """All other variables."""
    return {name: value for name, value in environment.items() if not name.startswith(SMTP_PREFIX)}
