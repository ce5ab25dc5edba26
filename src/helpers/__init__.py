"""How much of a jointly requested sum is funded, by whom, and what is missing."""

from helpers.parameters import ReportParams
from helpers.report import BoardReport

__all__ = ["BoardReport", "ReportParams"]
