"""The unit of bars, and the names of their parts."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass

from helpers.funding.statement.round_statement import Statement
from helpers.funding.totals.tally import Tally
from helpers.i18n.localizer import Localizer


@dataclass(frozen=True)
class BarUnit:
    """The unit of a bar: its name, the names of the parts, and an amount in words.

    A part that is not in `part_names` is not known, and not drawn. `measure` returns a tally with
    its amounts in this unit.
    """

    name: str
    part_names: Mapping[str, str]
    format_amount: Callable[[int], str]
    measure: Callable[[Tally], Tally]


def bar_part_names(
    statement: Statement, loc: Localizer, funded: str, possible: str
) -> dict[str, str]:
    """The parts of a bar, `funded` and `possible` as they are called.

    There is none for a no where that is not known. What is lost with members that leave is a part
    where there is any.
    """
    names = {
        "funded": funded,
        "possible": possible,
        "declined": loc("Nej"),
    }
    if not statement.round.answers.declined_known:
        del names["declined"]
    if statement.total.lost:
        names["lost"] = loc("Utträden")
    return names
