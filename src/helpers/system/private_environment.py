"""Removes the SMTP variables, with the password, from what child processes inherit."""

from __future__ import annotations

from collections.abc import Mapping, MutableMapping

SMTP_PREFIX = "FUNDING_REPORT_SMTP_"


def take_smtp_variables(environment: MutableMapping[str, str]) -> dict[str, str]:
    """Remove the SMTP variables from the environment and return them."""
    return {
        name: environment.pop(name) for name in list(environment) if name.startswith(SMTP_PREFIX)
    }


def without_smtp_variables(environment: Mapping[str, str]) -> dict[str, str]:
    """A copy of the environment without the SMTP variables."""
    return {name: value for name, value in environment.items() if not name.startswith(SMTP_PREFIX)}
