"""How much of a jointly requested sum is funded, by whom, and what is missing."""

from helpers.desk.compare import compare
from helpers.desk.described import described
from helpers.desk.export import Export
from helpers.desk.rounds import rounds
from helpers.desk.slider import explore_day
from helpers.desk.table import Table
from helpers.letter import MunicipalityLetter
from helpers.parameters import LetterParams, ReportParams
from helpers.report import BoardReport

__all__ = [
    "BoardReport",
    "Export",
    "LetterParams",
    "MunicipalityLetter",
    "ReportParams",
    "Table",
    "compare",
    "described",
    "explore_day",
    "rounds",
]
