"""Whether what the round needs to go ahead is reached: of all members, and in every county."""

from __future__ import annotations

from collections.abc import Sequence

from helpers.funding.statement.group_thresholds import (
    GroupThresholdOutcome,
    group_threshold_outcomes,
)
from helpers.funding.totals.thresholds import ThresholdOutcome
from helpers.i18n.localizer import Localizer
from helpers.sections.board.status.group_threshold_block import (
    UNIT_OF_MEASURE,
    group_threshold_block,
    group_threshold_text,
    measure_name,
)
from helpers.sections.components.block import EMPTY_BLOCK, Block, stack
from helpers.sections.components.data_table import data_block
from helpers.sections.components.section_context import SectionContext
from helpers.sections.components.tables.section_table import SectionTable
from helpers.sections.components.tables.table_fields import FieldMaker, Record, TableField
from helpers.sections.components.text import paragraphs


def thresholds_block(context: SectionContext) -> Block:
    """The verdict, what all members have reached, and the counties below; blank without any."""
    outcomes, of_groups = context.statement.thresholds, group_threshold_outcomes(context.statement)
    if not outcomes and not of_groups:
        return EMPTY_BLOCK
    return stack(
        paragraphs(_verdict([*outcomes, *of_groups], context.loc)),
        _threshold_table(outcomes, context.year_loc) if outcomes else EMPTY_BLOCK,
        *(group_threshold_block(context, outcome) for outcome in of_groups),
    )


def threshold_texts(context: SectionContext) -> list[str]:
    """The verdict, and each threshold in every county with the counties below, in sentences.

    [] in a round without such a threshold.
    """
    of_groups = group_threshold_outcomes(context.statement)
    if not of_groups:
        return []
    verdict = _verdict([*context.statement.thresholds, *of_groups], context.loc)
    return [verdict, *(group_threshold_text(context, outcome) for outcome in of_groups)]


def _verdict(outcomes: Sequence[ThresholdOutcome | GroupThresholdOutcome], loc: Localizer) -> str:
    """Whether everything that the round needs is reached, or can be."""
    if all(outcome.met for outcome in outcomes):
        return loc("Det som omgången kräver är uppnått.")
    if all(outcome.attainable for outcome in outcomes):
        return loc("Det som omgången kräver är inte uppnått, men kan ännu nås.")
    if all(outcome.attainable_on_conditions for outcome in outcomes):
        return loc(
            "Det som omgången kräver är inte uppnått. Det kan ännu nås, men bara om villkor för "
            "ja-svar uppfylls."
        )
    return loc(
        "Det som omgången kräver är inte uppnått och kan inte nås utan att någon ändrar sitt svar."
    )


def _threshold_table(outcomes: list[ThresholdOutcome], loc: Localizer) -> Block:
    return data_block(
        SectionTable.of(
            loc, loc("Omgångens krav"), _threshold_fields(loc), map(_threshold_record, outcomes)
        )
    )


def _threshold_fields(loc: Localizer) -> list[TableField]:
    make = FieldMaker(loc)
    numbers = {"needed": loc("Krävs"), "reached": loc("Läget")}
    measures = {name: measure_name(name, loc) for name in ("amount", "members", "inhabitants")}
    return [
        make.text("measure", loc("Mått"), measures),
        *(
            make.count_with_share(name, heading, UNIT_OF_MEASURE)
            for name, heading in numbers.items()
        ),
        make.count("shortfall", loc("Saknas"), UNIT_OF_MEASURE),
        make.text("met", loc("Uppnått"), {True: loc("Ja"), False: loc("Nej")}),
        *(make.share(f"{name}_share", numbers[name], "all").not_shown() for name in numbers),
    ]


def _threshold_record(outcome: ThresholdOutcome) -> Record:
    names = ("needed", "needed_share", "reached", "reached_share", "shortfall", "met")
    numbers = {name: getattr(outcome, name) for name in names}
    return {"measure": outcome.threshold.measure, **numbers}
