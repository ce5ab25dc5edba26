"""List the rounds of the project."""

from __future__ import annotations

import pandas as pd

from helpers.data.round.round_config import round_names
from helpers.data.round.round_inputs import load_inputs
from helpers.i18n.localizer import Localizer
from helpers.report.analysis.analysis_table import Table


def list_rounds() -> Table:
    """Return the rounds: the names for `BoardReport.load(round=…)`, and their first and last days.

    Raises ReportError or DataError for a round with mistakes in its files.

    >>> from helpers import list_rounds
    >>> "skl-2016" in set(list_rounds()["round"])
    True
    """
    rows = []
    for name in round_names():
        inputs = load_inputs(name)
        first, texts = inputs.round.recommended_on, inputs.round.title
        rows.append(
            {
                "round": name,
                "title": Localizer("en").text(texts),
                "members": len(inputs.members),
                "first_day": first,
                "last_day": inputs.register.latest or first,
                "reconstructed": inputs.round.reconstructed,
            }
        )
    units = {
        "round": "text", "title": "text", "members": "members",
        "first_day": "date (YYYY-MM-DD)", "last_day": "date (YYYY-MM-DD)",
        "reconstructed": "true or false",
    }  # fmt: skip
    return Table(pd.DataFrame(rows)).with_description("The rounds there are", units)
