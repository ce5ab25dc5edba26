"""Members that have joined and have not answered, in words: their money is their own."""

from __future__ import annotations

from helpers.funding.scenarios.joiners_to_ask import find_joiners_to_ask
from helpers.funding.statement.round_statement import Statement
from helpers.i18n.localizer import Localizer


def joiners_to_ask_text(statement: Statement, loc: Localizer) -> list[str]:
    """What members that joined later and have not answered would pay, if there are any."""
    found = find_joiners_to_ask(statement.round, statement.on_day)
    if not found.members:
        return []
    return [
        loc.plural(
            "En kommun som inte har svarat har tillkommit efter den {day}. Om den säger ja kommer "
            "{amount} för {years} till, utöver det önskade beloppet.",
            "{n} av de kommuner som inte har svarat har tillkommit efter den {day}. Säger alla "
            "dessa ja kommer {amount} för {years} till, utöver det önskade beloppet.",
            len(found.members),
            day=loc.date(statement.round.base_day),
            amount=loc.money(found.all_years),
            years=loc.join_years(found.years or found.by_year),
        )
    ]
