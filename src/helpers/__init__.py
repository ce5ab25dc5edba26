"""How much of a jointly requested sum is funded, by whom, and what is missing."""

from helpers.letter import MunicipalityLetter
from helpers.parameters import LetterParams, ReportParams
from helpers.report import BoardReport

__all__ = ["BoardReport", "LetterParams", "MunicipalityLetter", "ReportParams"]
