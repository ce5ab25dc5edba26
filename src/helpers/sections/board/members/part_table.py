"""The table of answers by part: county, group or period."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from helpers.funding.totals.tally import Tally
from helpers.sections.components.section_context import SectionContext
from helpers.sections.components.tables.section_table import SectionTable
from helpers.sections.components.tables.table_fields import FieldMaker, Record, TableField

_ABOUT_DECLINED = ("no", "declined")  # not known in every round


def part_table(
    context: SectionContext,
    parts: Mapping[str, Tally],
    column: str,
    label: str,
    names: Mapping[str, str] | None = None,
) -> SectionTable:
    """The facts of a chart of parts: members by answer, and what the bars are measured in.

    `column` is the parts' name in the data, `label` that of the reader, and `names` are the parts
    as the reader knows them.
    """
    loc = context.loc
    figures = _part_fields(context)
    fields = [FieldMaker(loc).text(column, label, names), *figures]
    records = [{column: part, **_figures_of(tally, figures)} for part, tally in parts.items()]
    everything = {column: loc("Alla"), **_figures_of(context.statement.total, figures)}
    caption = context.wording.bars.table_caption(label.lower())
    return SectionTable.of(loc, caption, fields, records, total=everything)


def _figures_of(tally: Tally, fields: Sequence[TableField]) -> Record:
    return {field.name: getattr(tally, field.name) for field in fields}


def _part_fields(context: SectionContext) -> list[TableField]:
    """The columns of a table of parts; none about a no where that is not known."""
    known = context.statement.round.answers.declined_known
    return [field for field in _all_fields(context) if known or field.name not in _ABOUT_DECLINED]


def _all_fields(context: SectionContext) -> list[TableField]:
    loc, make = context.loc, FieldMaker(context.loc)
    counts = [
        make.members("members", loc("Kommuner")),
        make.members("yes", loc("Ja")),
        make.members("no", loc("Nej")),
        make.members("unanswered", loc("Ej svarat")),
    ]
    if context.statement.total.conditional:
        counts.append(make.members("conditional", loc("Ja, med villkor")))
    amounts = context.wording.bars.amount_fields()
    shares = [field for field in amounts if field.unit == "%"]
    shares.append(make.share("yes_share", loc("Andel ja"), "these members"))
    # The shares come first: a phone shows the first columns of a table.
    return [*shares, *counts, *(field for field in amounts if field not in shares)]
