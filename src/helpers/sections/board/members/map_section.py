"""The section with the map of the answers."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from functools import partial

import pandas as pd

from helpers.errors import ReportError
from helpers.funding.totals.concentration import largest_outside
from helpers.i18n.localizer import Localizer
from helpers.i18n.spelled_out import percent_in_words
from helpers.model.long_lists import member_list_file
from helpers.sections.charts.style import ChartDrawing
from helpers.sections.components.block import Block, does_not_apply
from helpers.sections.components.figure import chart_block, skip_link
from helpers.sections.components.notices import picture_foot
from helpers.sections.components.parts.live_chart import LiveChart
from helpers.sections.components.parts.section_parts import ChartPart
from helpers.sections.components.section_context import SectionContext
from helpers.sections.components.tables.frame_choice import chosen_rows, refuse_choices
from helpers.sections.components.tables.section_choice import DEFAULT_CHOICE, SectionChoice
from helpers.sections.components.text import capitalize_first, join_first
from helpers.sections.map.cartogram import draw_cartogram, members_without_place, placed_members
from helpers.sections.map.map_figure import draw_map_figure
from helpers.sections.map.merged_circles import LARGEST_CIRCLES, are_merged, merge_small_members


def on_map(
    context: SectionContext,
    data: pd.DataFrame | None = None,
    choice: SectionChoice = DEFAULT_CHOICE,
) -> Block:
    """Each member as a circle near its location, with the fee as its area.

    The largest members that have not said yes are named, which is what the finding is about.
    Blank if no member has a location. `data` has a row for each member; an analyst may choose how
    many of them are drawn, the first in the order of a column.
    """
    answers = context.statement.on_day.present
    section = context.wording.own_section("on_map")
    if len(members_without_place(answers)) == len(answers):
        section = does_not_apply(context.loc("Ingen kommun har en plats på kartan."))
    if section is None:
        return _map_block(context, data, choice)
    return section if data is None else section.with_drawn(data)


def _map_block(context: SectionContext, data: pd.DataFrame | None, choice: SectionChoice) -> Block:
    """The map of the members that are chosen; the finding is about all of them."""
    refuse_choices(choice, "The map", "columns", "unit")
    loc, answers = context.loc, context.statement.on_day.present
    rows = None if data is None else _chosen_members(data, choice)
    shown = answers
    if rows is not None and choice.top is not None:
        shown = answers[answers["code"].isin(rows["code"])]
    placed = placed_members(shown)
    if placed.empty:
        raise ReportError(f"None of these {len(shown)} members has a location. Choose more: top.")
    merged = are_merged(placed)
    finding = choice.title or percent_in_words(capitalize_first(_map_finding(context)))
    alternative = _map_alternative(loc, finding, merged, len(shown), len(answers))
    notes = [_map_note(context), _merged_note(loc, merged), context.wording.amount_note()]
    notes += [_unplaced_note(loc, shown), _left_out_note(loc, len(shown), len(answers))]
    foot = picture_foot(context)
    named = largest_outside(answers, "fee" if context.statement.fees_are_additive else "population")
    drawn = merge_small_members(placed, loc, _group_names(context))
    if merged:
        named = [*named, *drawn["code"][LARGEST_CIRCLES:]]
    draw = partial(draw_cartogram, drawn, loc, "map", alternative, named=named, foot=foot)
    note = " ".join(filter(None, notes))
    drawing = chart_block(draw, finding, alternative, note, skip_link("map", loc))
    figure = partial(draw_map_figure, drawn, loc, "map", alternative, named=named)
    section = _with_figure(drawing, figure, foot)
    if data is None:
        return section
    return replace(section, drawn=rows, redraw=partial(_map_block, context, data))


def _chosen_members(data: pd.DataFrame, choice: SectionChoice) -> pd.DataFrame:
    """The members that are drawn: of fewer than all, those with the largest fees by default."""
    return chosen_rows(data, choice.sort or ("fee" if choice.top else None), choice.top)


def _unplaced_note(loc: Localizer, shown: pd.DataFrame) -> str:
    unplaced = members_without_place(shown)
    return (
        loc("Utan plats på kartan: {names}.", names=join_first(loc, unplaced)) if unplaced else ""
    )


def _left_out_note(loc: Localizer, shown: int, everything: int) -> str:
    if shown == everything:
        return ""
    return loc("Kartan visar {n} av {all} kommuner.", n=loc.count(shown), all=loc.count(everything))


def _with_figure(drawing: Block, draw: Callable[[], ChartDrawing], foot: str) -> Block:
    """The map with a matplotlib figure of it, which takes its place once it has been changed."""
    [part] = (part for part in drawing.parts if isinstance(part, ChartPart))

    def draw_with_foot() -> ChartDrawing:
        drawn = draw()
        drawn.add_foot(foot)
        return drawn

    return replace(drawing, charts=(LiveChart(part, draw_with_foot),))


def _group_names(context: SectionContext) -> dict[str, str]:
    groups = context.statement.round.groups
    return {name: context.loc.text(texts) for name, texts in groups.items()}


def _map_alternative(
    loc: Localizer, finding: str, merged: bool, shown: int, everything: int
) -> str:
    if merged:
        return loc(
            "{finding}. Karta med en cirkel för var och en av de {n} kommuner som har högst "
            "avgift, och för de övriga en cirkel för varje svar och område: ytan är avgiften och "
            "färgen svaret. Varje kommuns svar och avgift finns i filen {file}.",
            finding=finding,
            n=loc.count(LARGEST_CIRCLES),
            file=member_list_file(loc.language),
        )
    if shown < everything:
        return loc(
            "{finding}. Karta med en cirkel för var och en av {n} av {all} kommuner: ytan är "
            "avgiften och färgen svaret. Varje kommuns svar och avgift står i tabellen över alla "
            "svar.",
            finding=finding,
            n=loc.count(shown),
            all=loc.count(everything),
        )
    return loc(
        "{finding}. Karta med en cirkel för varje kommun: ytan är avgiften och färgen svaret. "
        "Varje kommuns svar och avgift står i tabellen över alla svar.",
        finding=finding,
    )


def _map_note(context: SectionContext) -> str:
    if not context.statement.has_counties:
        return context.loc(
            "Varje cirkel är en kommun nära sin plats, och cirkelns yta är avgiften."
        )
    return context.loc(
        "Varje cirkel är en kommun nära sin plats, och cirkelns yta är avgiften. Kommuner i samma "
        "län ligger ihop. En kommun med stor yta på en vanlig karta har sällan en stor avgift."
    )


def _merged_note(loc: Localizer, merged: bool) -> str:
    """Which members share circles; '' where each has its own."""
    if not merged:
        return ""
    return loc(
        "Bara de {n} kommuner som har högst avgift har en egen cirkel; de övriga delar en cirkel "
        "för varje svar och område.",
        n=loc.count(LARGEST_CIRCLES),
    )


def _map_finding(context: SectionContext) -> str:
    """Return the finding of the map: how few members without a yes have how much of the amount."""
    if not context.statement.total.outside:
        return context.loc("Alla kommuner har sagt ja")
    return context.wording.answers.outside_finding()
