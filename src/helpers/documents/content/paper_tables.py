"""Divides a table that is too broad for paper, where nothing scrolls, into several."""

from __future__ import annotations

from dataclasses import replace

from helpers.documents.content.content_tree import Grid
from helpers.i18n.localizer import Localizer

_MAX_COLUMNS_ON_PAPER = 7  # columns after the first that fit on a page


def tables_for_paper(grid: Grid, loc: Localizer) -> list[Grid]:
    """Return the table, or several that each begin with its first column and say which they are."""
    others = len(grid.columns) - 1
    tables = -(-others // _MAX_COLUMNS_ON_PAPER)
    if tables < 2:
        return [grid]
    each = -(-others // tables)
    parts = []
    for number, first in enumerate(range(1, others + 1, each), start=1):
        chosen = [0, *range(first, min(first + each, others + 1))]
        part = loc("del {n} av {all}", n=loc.count(number), all=loc.count(tables))
        parts.append(
            Grid(
                [grid.columns[at] for at in chosen],
                [[row[at] for at in chosen if at < len(row)] for row in grid.rows],
                f"{grid.caption} ({part})" if grid.caption else part,
            )
        )
    parts[-1] = replace(parts[-1], notes=grid.notes)
    return parts
