"""Units in words, for a heading: 77 procent, 2,6 av 3,4 miljoner kronor."""

from __future__ import annotations

from helpers.i18n.localizer import Localizer
from helpers.i18n.money_units import NBSP

_SPELLED_OUT = {
    "%": "procent",
    "kr": "kronor",
    "mnkr": f"miljoner{NBSP}kronor",
    "mdkr": f"miljarder{NBSP}kronor",
}


def spell_out(number: str, loc: Localizer) -> str:
    """Return a number of ours with its Swedish unit in words; in English it stays as it is."""
    before, _, unit = number.rpartition(NBSP)
    if loc.language != "sv" or unit not in _SPELLED_OUT:
        return number
    return f"{before}{NBSP}{_SPELLED_OUT[unit]}"
