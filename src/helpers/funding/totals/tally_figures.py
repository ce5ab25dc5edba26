"""The key figures that a class declares, as one table: name, unit and definition of each.

figures.json, its documentation and the units of the analysts' tables are generated from it.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import Field, dataclass, field
from fractions import Fraction
from typing import Any, ClassVar, TypeVar

from helpers.funding.totals.shares import Share
from helpers.pricing.decimals import ExactNumber

MEMBERS, INHABITANTS = "members", "inhabitants"
AMOUNT, AMOUNT_PER_INHABITANT = "{currency} a year", "{currency} per inhabitant a year"
_WHOLES = {
    "members": "all members",
    "answered": "the members that have answered",
    "population": "all inhabitants",
    "requested": "the requested amount",
}
_Number = TypeVar("_Number", int, ExactNumber, Fraction | None)


@dataclass(frozen=True)
class TallyFigure:
    """One key figure: a count, an amount, or the share of one (`part`) in another (`whole`).

    `of_fees` marks amounts and their shares, which a part of the members of a shared cost does not
    have. `if_nonzero` figures are written only if they are not 0, so that the files of other rounds
    keep their bytes.
    """

    name: str
    unit: str
    definition: str
    part: str = ""
    whole: str = ""
    of_fees: bool = False
    if_nonzero: bool = False


class FigureTable:
    """Base of classes whose `figures` are their fields, properties and shares, in source order.

    Those of a base class come last.
    """

    figures: ClassVar[tuple[TallyFigure, ...]] = ()

    # Runs before @dataclass, which deletes fields without a default from the class.
    def __init_subclass__(cls) -> None:
        inherited = {figure.name: figure for figure in cls.figures}
        found: dict[str, TallyFigure] = {}
        for name, value in vars(cls).items():
            if isinstance(value, Share):
                found[name] = _share_figure(name, value, found[value.part], found[value.whole])
            elif declared := _declared_figure(name, value):
                found[name] = declared
        cls.figures = (*found.values(), *inherited.values())


def figure(unit: str, definition: str, *, if_nonzero: bool = False) -> dict[str, Any]:
    """Return the metadata of a dataclass field that is a key figure."""
    return {"unit": unit, "definition": definition, "if_nonzero": if_nonzero}


def figure_if_any(unit: str, definition: str) -> Any:
    """Return a dataclass field, 0 by default, that is a key figure where it is not 0."""
    return field(default=0, metadata=figure(unit, definition, if_nonzero=True))


def measured_in(unit: str) -> Callable[[Callable[[Any], _Number]], Callable[[Any], _Number]]:
    """Declare the function below @property a key figure; its docstring is the definition."""

    def declare(compute: Callable[[Any], _Number]) -> Callable[[Any], _Number]:
        compute.figure = figure(unit, (compute.__doc__ or "").removesuffix("."))  # type: ignore[attr-defined]
        return compute

    return declare


def _declared_figure(name: str, value: object) -> TallyFigure | None:
    if isinstance(value, Field):
        declared: dict[str, Any] | None = dict(value.metadata)
    else:
        declared = getattr(getattr(value, "fget", None), "figure", None)
    if not declared:
        return None
    of_fees = declared["unit"] in (AMOUNT, AMOUNT_PER_INHABITANT)
    return TallyFigure(name, of_fees=of_fees, **declared)


def _share_figure(name: str, value: Share, part: TallyFigure, whole: TallyFigure) -> TallyFigure:
    return TallyFigure(
        name,
        f"share of {_WHOLES[whole.name]}",
        f"{value.definition}, of {_WHOLES[whole.name]}",
        part.name,
        whole.name,
        of_fees=whole.of_fees,
        if_nonzero=part.if_nonzero,
    )
