"""What analysts work with: tables that keep their units, scenarios, exports, a slider."""

# Registers `export` on every DataFrame, whichever module of this package is imported first.
from helpers.report.analysis import table_export as table_export
