"""The section on where the money is missing: by county, the county that lacks most first."""

from __future__ import annotations

from collections.abc import Mapping, Sized
from dataclasses import replace
from functools import partial

import pandas as pd

from helpers.errors import ReportError
from helpers.funding.totals.tally import Tally
from helpers.funding.totals.tally_figures import INHABITANTS
from helpers.i18n.localizer import Localizer
from helpers.sections.charts.missing_bars import draw_missing_bars
from helpers.sections.components.bar_unit import BarUnit
from helpers.sections.components.block import Block, does_not_apply
from helpers.sections.components.figure import chart_block
from helpers.sections.components.notices import picture_foot
from helpers.sections.components.section_context import SectionContext
from helpers.sections.components.tables.frame_choice import chosen_rows, refuse_choices
from helpers.sections.components.tables.known_names import one_choice
from helpers.sections.components.tables.section_choice import DEFAULT_CHOICE, SectionChoice

MAX_COUNTIES = 25  # bars that leave room on a page


def missing(
    context: SectionContext,
    data: pd.DataFrame | None = None,
    choice: SectionChoice = DEFAULT_CHOICE,
) -> Block:
    """What each county lacks, declined and unanswered; blank without counties or a gap.

    `data` has a row for each county. An analyst may choose their order, how many there are, and as
    `columns` the parts of the bars.
    """
    section = context.wording.own_section("missing")
    if section is None and data is not None:
        data = _with_parts(data, context.statement.by_county, context.wording.bars.unit())
    if section is None and not context.statement.has_counties:
        section = does_not_apply(context.loc("Omgångens kommuner har inga län."))
    if section is None:
        return _missing_block(context, data, choice)
    return section if data is None else section.with_drawn(data)


def _missing_block(
    context: SectionContext, data: pd.DataFrame | None, choice: SectionChoice
) -> Block:
    """The bars that are chosen; the finding is about all counties and all that they lack."""
    refuse_choices(choice, "The chart of what is missing", "unit")
    all_parts = context.wording.bars.unit()
    unit = _chosen_unit(all_parts, choice)
    lacking = _lacking(context, unit)
    reason = _nothing_missing_text(context, lacking)
    if reason:
        section = does_not_apply(reason)
    else:
        shown = _chosen_counties(lacking, data, choice)
        finding = choice.title or _finding(context, _lacking(context, all_parts), all_parts)
        alternative = _alternative(finding, unit, choice, context)
        draw = partial(draw_missing_bars, shown, unit, context.loc, alternative)
        note = _left_out_note(context.loc, len(shown), len(lacking), choice)
        section = chart_block(draw, finding, alternative, note, foot=picture_foot(context))
        if data is not None and not choice.is_blank:
            return section.with_drawn(_drawn_data(data, list(shown), choice))
    if data is None:
        return section
    return replace(section, drawn=data, redraw=partial(_missing_block, context, data))


def _with_parts(data: pd.DataFrame, counties: Mapping[str, Tally], unit: BarUnit) -> pd.DataFrame:
    """The rows of the counties with a column for each part of the bars, in the unit of the gap."""
    parts = [part for part in unit.part_names if part != "funded"]
    units = data.attrs.get("units", {})
    measured = {name: unit.measure(counties[name]) for name in data["county"]}
    found = data.assign(
        **{part: [getattr(one, part) for one in measured.values()] for part in parts}
    )
    found.attrs["units"] = {**units, **dict.fromkeys(parts, units.get("gap", INHABITANTS))}
    return found


def _lacking(context: SectionContext, unit: BarUnit) -> dict[str, Tally]:
    """The counties that lack something in the parts of a unit, in order of what they lack."""
    counties = {name: unit.measure(one) for name, one in context.statement.by_county.items()}
    lacking = [(name, one) for name, one in counties.items() if missing_amount(one, unit)]
    return dict(sorted(lacking, key=lambda part: -missing_amount(part[1], unit)))


def _nothing_missing_text(context: SectionContext, lacking: Sized) -> str:
    """Why there is nothing to draw; '' where there is."""
    statement, loc = context.statement, context.loc
    if not lacking:
        return loc("Inget län saknar pengar.")
    if statement.fees_are_additive and statement.total.gap <= 0:  # up to a ceiling
        return loc("Hela det önskade beloppet är säkrat.")
    return ""


def _chosen_unit(unit: BarUnit, choice: SectionChoice) -> BarUnit:
    """The unit with the parts of what is missing that are chosen; all of them if none are."""
    names = choice.chosen_columns
    if names is None:
        return unit
    parts = [part for part in unit.part_names if part != "funded"]
    chosen = {one_choice("columns", name, parts) for name in names}
    if not chosen:
        raise ReportError(f"columns is empty. There are: {', '.join(parts)}.")
    kept = {part: name for part, name in unit.part_names.items() if part in chosen}
    return replace(unit, part_names=kept)


def _chosen_counties(
    ordered: Mapping[str, Tally], data: pd.DataFrame | None, choice: SectionChoice
) -> dict[str, Tally]:
    """The counties that are drawn, first to last."""
    names = list(ordered)
    if choice.sort is not None and data is not None:
        names = [name for name in chosen_rows(data, choice.sort)["county"] if name in ordered]
    return {name: ordered[name] for name in names[: choice.top or MAX_COUNTIES]}


def _drawn_data(data: pd.DataFrame, names: list[str], choice: SectionChoice) -> pd.DataFrame:
    """The rows of the counties that are drawn, with the columns that are chosen."""
    rows = {name: row for row, name in enumerate(data["county"])}
    chosen = data.iloc[[rows[name] for name in names]]
    columns = choice.chosen_columns
    return chosen if columns is None else chosen[["county", *dict.fromkeys(columns)]]


def _alternative(
    finding: str, unit: BarUnit, choice: SectionChoice, context: SectionContext
) -> str:
    loc = context.loc
    if not context.wording.answers.counts_in_money:
        return loc(
            "{finding}. Liggande staplar, en för varje län. Länens siffror står i bilagan om "
            "länen.",
            finding=finding,
        )
    if choice.columns is None:
        return loc(
            "{finding}. Liggande staplar, en för varje län, med nej och obesvarat. Länens siffror "
            "står i bilagan om länen.",
            finding=finding,
        )
    return loc(
        "{finding}. Liggande staplar, en för varje län: {parts}. Länens siffror står i bilagan om "
        "länen.",
        finding=finding,
        parts=loc.join_list(list(unit.part_names.values())).lower(),
    )


def missing_amount(tally: Tally, unit: BarUnit) -> int:
    """What the bars of a part show: everything but what is secured."""
    return sum(getattr(tally, part) for part in unit.part_names if part != "funded")


def _finding(context: SectionContext, counties: Mapping[str, Tally], unit: BarUnit) -> str:
    """The county that lacks most, and of that the member that lacks most."""
    county, tally = next(iter(counties.items()))
    statement = context.statement
    column = "fee" if statement.fees_are_additive else "population"
    answers = statement.answers
    outside = answers[(answers["county"] == county) & (answers["decision"] != "yes")]
    amount = missing_amount(tally, unit)
    values = {"county": county, "amount": unit.format_amount(amount)}
    bars = context.wording.bars
    if len(outside) < 2:
        return bars.missing_finding(**values)
    largest = outside.sort_values([column, "code"], ascending=[False, True]).iloc[0]
    return bars.missing_finding(
        **values, member=str(largest["name"]), part=unit.format_amount(int(largest[column]))
    )


def _left_out_note(loc: Localizer, shown: int, everything: int, choice: SectionChoice) -> str:
    """How many counties are not drawn: those with least lacking, or not chosen."""
    if shown == everything:
        return ""
    if choice.sort is not None or choice.top is not None:
        return loc("Visar {n} av {all}.", n=loc.count(shown), all=loc.count(everything))
    left_out = everything - shown
    return loc.plural(
        "{n} län som saknar mindre visas inte.", "{n} län som saknar mindre visas inte.", left_out
    )
