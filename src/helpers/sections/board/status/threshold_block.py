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
        paragraphs(_verdict(context, outcomes, of_groups)),
        _threshold_table(outcomes, context.loc) if outcomes else EMPTY_BLOCK,
        *(group_threshold_block(context, outcome) for outcome in of_groups),
    )


def threshold_texts(context: SectionContext) -> list[str]:
    """The verdict, each threshold, and each in every county with the counties below, in sentences.

    [] in a round without a threshold.
    """
    outcomes, of_groups = context.statement.thresholds, group_threshold_outcomes(context.statement)
    if not outcomes and not of_groups:
        return []
    return [
        _verdict(context, outcomes, of_groups),
        *(_threshold_text(outcome, context.loc) for outcome in outcomes),
        *(group_threshold_text(context, outcome) for outcome in of_groups),
    ]


def _threshold_text(outcome: ThresholdOutcome, loc: Localizer) -> str:
    """What is reached of what is needed, of an amount in the year furthest from it."""
    return loc(
        "{measure}: {reached} av de {needed} som krävs.",
        measure=measure_name(outcome.threshold.measure, loc, outcome.year),
        reached=loc.count(outcome.reached),
        needed=loc.count(outcome.needed),
    )


def _verdict(
    context: SectionContext,
    of_all: Sequence[ThresholdOutcome],
    of_groups: Sequence[GroupThresholdOutcome],
) -> str:
    """Whether everything that the round needs is reached, or can be."""
    loc = context.loc
    outcomes: list[ThresholdOutcome | GroupThresholdOutcome] = [*of_all, *of_groups]
    if all(outcome.met for outcome in outcomes):
        return loc("Det som omgången kräver är uppnått.")
    if all(outcome.attainable for outcome in outcomes):
        return loc("Det som omgången kräver är inte uppnått, men kan ännu nås.")
    if all(outcome.attainable_on_conditions for outcome in outcomes):
        return loc(
            "Det som omgången kräver är inte uppnått. Det kan ännu nås, men bara om villkor för "
            "ja-svar uppfylls."
        )
    others: list[ThresholdOutcome | GroupThresholdOutcome]
    others = [*(o for o in of_all if not _may_be_pledged_yet(context, o)), *of_groups]
    if all(outcome.attainable_on_conditions for outcome in others):
        return loc(
            "Det som omgången kräver är inte uppnått. Alla har svarat: det kan nås bara om någon "
            "höjer sitt belopp eller om fler bidragsgivare tillkommer."
        )
    return loc(
        "Det som omgången kräver är inte uppnått och kan inte nås utan att någon ändrar sitt svar."
    )


def _may_be_pledged_yet(context: SectionContext, outcome: ThresholdOutcome) -> bool:
    """Whether contributors that have not been asked could reach a threshold."""
    return context.statement.takes_pledges and outcome.threshold.is_of_money


def _threshold_table(outcomes: list[ThresholdOutcome], loc: Localizer) -> Block:
    return data_block(
        SectionTable.of(
            loc, loc("Omgångens krav"), _threshold_fields(loc), map(_threshold_record, outcomes)
        )
    )


def _threshold_fields(loc: Localizer) -> list[TableField]:
    make = FieldMaker(loc)
    numbers = {"needed": loc("Krävs"), "reached": loc("Läget")}

    def measure(record: Record) -> str:
        return measure_name(record["measure"], loc, record["year"])

    return [
        make.text("measure", loc("Mått")).shown_as(measure),
        make.text("year", loc("År")).not_shown(),
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
    return {"measure": outcome.threshold.measure, "year": outcome.year, **numbers}
