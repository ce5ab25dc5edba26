"""What an analyst may choose of a section by part: its order, how many parts, columns, title."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from difflib import get_close_matches
from fractions import Fraction

from helpers.errors import ReportError
from helpers.funding.totals.tally import Tally
from helpers.sections.components.pricing_wording import PartColumn


@dataclass(frozen=True)
class PartChoice:
    """The choices as they were passed; None where the section decides.

    `sort` is a figure of the table, the largest first; `columns` are figures of the table, in the
    order of the table; `top` is the number of parts; `title` replaces the finding.
    """

    sort: str | None = None
    top: int | None = None
    columns: Sequence[str] | None = None
    title: str | None = None


def chosen_columns(columns: Sequence[PartColumn], choice: PartChoice) -> list[PartColumn]:
    """The columns to show. Raises ReportError for a column that the table does not have."""
    if choice.columns is None:
        return list(columns)
    names = [choice.columns] if isinstance(choice.columns, str) else list(choice.columns)
    known = [column.figure for column in columns]
    for name in names:
        _check_name("columns", name, known)
    if not names:
        raise ReportError(f"columns is empty. There are: {', '.join(known)}.")
    return [column for column in columns if column.figure in names]


def chosen_parts(
    parts: Mapping[str, Tally], columns: Sequence[PartColumn], choice: PartChoice
) -> dict[str, Tally]:
    """The parts to show, in order; equal parts keep the order of the section.

    Raises ReportError for an order or a number that cannot be.
    """
    names = list(parts)
    if choice.sort is not None:
        _check_name("sort", choice.sort, [column.figure for column in columns])
        names.sort(key=lambda name: -_number(parts[name], str(choice.sort)))
    if not isinstance(choice.title, str | None):
        raise ReportError(f"title is {choice.title!r}. Give a text: the sentence above the chart.")
    top = choice.top
    if top is not None and (not isinstance(top, int) or isinstance(top, bool) or top < 1):
        raise ReportError(f"top is {top!r}. Give how many parts to show: 1, 2, 3 …")
    return {name: parts[name] for name in names[:top]}


def _number(tally: Tally, figure: str) -> Fraction:
    """A figure to sort by; a share of nothing comes last."""
    value = getattr(tally, figure)
    return Fraction(-1) if value is None else Fraction(value)


def _check_name(argument: str, name: object, known: Iterable[str]) -> None:
    names = list(known)
    if name not in names:
        [nearest] = get_close_matches(str(name), names, n=1, cutoff=0.5) or [""]
        hint = f"Did you mean {nearest!r}? " if nearest else ""
        raise ReportError(f"{argument} is {name!r}. {hint}There are: {', '.join(names)}.")
