"""How much of a jointly requested sum is funded, by whom, and what is missing."""

from helpers.report import BoardReport
from helpers.rounds import ReportParams

__all__ = ["BoardReport", "ReportParams"]
