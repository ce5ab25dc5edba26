"""A section as an analyst wants it: its first table in another form, under another title."""

from __future__ import annotations

from dataclasses import replace

from helpers.errors import ReportError
from helpers.sections.components.block import Block
from helpers.sections.components.parts.live_chart import LiveChart, with_alternative
from helpers.sections.components.parts.section_parts import ChartPart, SectionPart
from helpers.sections.components.tables.section_choice import SectionChoice
from helpers.sections.components.tables.section_table import SectionTable


def chosen_section(section: Block, choice: SectionChoice) -> Block:
    """The section with the choices; the words around the table stay.

    Raises ReportError for a choice that the section cannot follow.
    """
    if choice.is_blank or not section.parts:
        return section
    if section.redraw is not None:
        return section.redraw(choice)
    if replace(choice, title=None).is_blank:
        return titled_section(section, choice.title)
    if not section.sources:
        raise ReportError(
            "This section shows no table, so that sort, top, columns and unit change nothing in "
            "it. Leave them out; .data is a DataFrame, which pandas sorts and cuts."
        )
    first, *others = section.sources
    table = _with_left_out(first.chosen(choice))
    parts = tuple(table.part if part is first.part else part for part in section.parts)
    return titled_section(replace(section, parts=parts, sources=(table, *others)), choice.title)


def titled_section(section: Block, title: str | None) -> Block:
    """The section with another sentence above its chart, or caption of its first table."""
    if title is None:
        return section
    chart = next((part for part in section.parts if isinstance(part, ChartPart)), None)
    if chart is not None:
        return _with_finding(section, chart, title)
    if not section.sources:
        raise ReportError("This section has neither chart nor table to give a title. Leave it out.")
    first, *others = section.sources
    table = replace(first, caption=title)
    parts = tuple(table.part if part is first.part else part for part in section.parts)
    return replace(section, parts=parts, sources=(table, *others))


def _with_finding(section: Block, chart: ChartPart, title: str) -> Block:
    alternative = chart.alternative.replace(chart.finding, title, 1)
    titled = with_alternative(chart, alternative).model_copy(update={"finding": title})
    parts: tuple[SectionPart, ...] = tuple(
        titled if part is chart else part for part in section.parts
    )
    charts = tuple(
        LiveChart(titled, live.draw) if live.part is chart else live for live in section.charts
    )
    return replace(section, parts=parts, charts=charts)


def _with_left_out(table: SectionTable) -> SectionTable:
    """The table, whose caption says how many of its rows are shown, where some are not."""
    shown, everything = len(table.shown_records), len(table.records)
    if shown == everything:
        return table
    loc = table.loc
    left_out = loc("Visar {n} av {all}.", n=loc.count(shown), all=loc.count(everything))
    return replace(table, caption=f"{table.caption.rstrip('.')}. {left_out}")
