"""The table of corrected records of the register."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

import pandas as pd

from helpers.i18n.localizer import Localizer
from helpers.model.answer_register import row_place
from helpers.sections.components.block import Block
from helpers.sections.components.data_table import data_block
from helpers.sections.components.section_context import SectionContext
from helpers.sections.components.tables.section_table import SectionTable
from helpers.sections.components.tables.table_fields import FieldMaker


def corrections_table(context: SectionContext, caption: str, corrected: pd.DataFrame) -> Block:
    """Return corrections (see data_quality.DataQuality): day, member, old and new value, reason."""
    loc = context.loc
    members = context.statement.on_day.everyone
    names = dict(zip(members["code"], members["name"], strict=True))
    make = FieldMaker(loc)
    fields = [
        make.day("recorded_on", loc("Rättat den")).wide(3),
        replace(make.text("row", loc("Rad")), align="right").wide(1),
        make.text("name", loc("Kommun")).wide(3),
        make.text("before", loc("Från")).wide(3),
        make.text("after", loc("Till")).wide(3),
        make.text("why", loc("Varför")).wide(6),
    ]
    rows = [
        (
            entry["recorded_on"].date(),
            row_place(int(str(line)), context.statement.quality.sheets),
            names.get(entry["code"], entry["code"]),
            *_correction_change(entry, loc),
            entry["why"],
        )
        for line, entry in corrected.iterrows()
    ]
    records = [dict(zip([f.name for f in fields], row, strict=True)) for row in rows]
    return data_block(SectionTable.of(loc, caption, fields, records))


def _correction_change(entry: pd.Series[Any], loc: Localizer) -> tuple[str, str]:
    """Return the old and the new value of a correction, in the reader's words."""
    if entry["removed"]:
        return loc("hela raden"), loc("borttagen")
    words = {"yes": loc("ja"), "no": loc("nej"), "": loc("blankt")}
    before, after = entry["expected"], entry["corrected"]
    return words.get(before, before), words.get(after, after)
