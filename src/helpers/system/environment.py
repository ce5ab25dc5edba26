"""Names of environment variables that several modules read."""

from __future__ import annotations

ENVIRONMENT_PREFIX = "env:"


CELL_SECONDS_VARIABLE = "FUNDING_REPORT_CELL_SECONDS"
