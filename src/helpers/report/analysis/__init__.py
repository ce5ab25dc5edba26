"""For analysts: tables that keep their units, scenarios, exports, and a slider for the day."""

# Registers `export` on every DataFrame, whichever module of this package is imported first.
from helpers.report.analysis.export import table_export as table_export
