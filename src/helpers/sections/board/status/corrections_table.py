"""The table of corrected records of the register."""

from __future__ import annotations

from typing import Any

import pandas as pd

from helpers.i18n.localizer import Localizer
from helpers.model.answer_register import row_place
from helpers.sections.components.block import Block
from helpers.sections.components.data_table import Column, table_block
from helpers.sections.components.section_context import SectionContext


def corrections_table(context: SectionContext, caption: str, corrected: pd.DataFrame) -> Block:
    """Return corrections (see data_quality.DataQuality): day, member, old and new value, reason."""
    loc = context.loc
    members = context.statement.on_day.everyone
    names = dict(zip(members["code"], members["name"], strict=True))
    columns = [
        Column(loc("Rättat den"), "left", 3),
        Column(loc("Rad"), width=1),
        Column(loc("Kommun"), "left", 3),
        Column(loc("Från"), "left", 3),
        Column(loc("Till"), "left", 3),
        Column(loc("Varför"), "left", 6),
    ]
    rows = [
        [
            loc.date(entry["recorded_on"].date()),
            row_place(int(str(line)), context.statement.quality.sheets),
            names.get(entry["code"], entry["code"]),
            *_correction_change(entry, loc),
            entry["why"],
        ]
        for line, entry in corrected.iterrows()
    ]
    return table_block(caption, columns, rows)


def _correction_change(entry: pd.Series[Any], loc: Localizer) -> tuple[str, str]:
    """Return the old and the new value of a correction, in the reader's words."""
    if entry["removed"]:
        return loc("hela raden"), loc("borttagen")
    words = {"yes": loc("ja"), "no": loc("nej"), "": loc("blankt")}
    before, after = entry["expected"], entry["corrected"]
    return words.get(before, before), words.get(after, after)
