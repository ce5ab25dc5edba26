"""Write the table of a count's keys into docs/reference/figures.md; a test compares them.

The table is between two comments of the page; the rest is written by hand.
"""

import re
from pathlib import Path

from helpers.funding.totals.tally import Tally
from helpers.funding.totals.tally_figures import TallyFigure

PAGE = Path(__file__).with_name("reference") / "figures.md"
_TABLE = re.compile(r"(<!-- tally -->\n\n).*?(<!-- end of tally -->\n)", re.DOTALL)


def page() -> str:
    """The page with the table that it should have."""
    lines = ["| key | unit | definition |", "|---|---|---|", *map(_row, Tally.figures)]
    table = "\n".join(lines) + "\n\n"
    text, times = _TABLE.subn(rf"\g<1>{table}\g<2>", PAGE.read_text(encoding="utf-8"))
    if times != 1:
        raise SystemExit(f"{PAGE} has {times} tables between the comments 'tally', not one.")
    return text


def _row(figure: TallyFigure) -> str:
    unit = "share" if figure.whole else figure.unit.format(currency="currency")
    only = "; only where it is not 0" if figure.if_nonzero else ""
    return f"| `{figure.name}` | {unit} | {figure.definition}{only} |"


if __name__ == "__main__":
    PAGE.write_text(page(), encoding="utf-8", newline="\n")
