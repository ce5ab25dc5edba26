"""The report in brief: the texts that a mail or a list of reports shows, by name."""

from __future__ import annotations

from helpers.funding.statement.round_statement import Statement
from helpers.i18n.localizer import Localizer
from helpers.sections.board.status.decision_section import bounds_text
from helpers.sections.board.status.headline import headline_text, lead_text
from helpers.sections.components.notices import reconstruction_notice


def brief_texts(statement: Statement, loc: Localizer) -> dict[str, str]:
    """Subject, headline, lead, bounds, notice, title, date and organiser; plain text, not escaped.

    `notice` is blank unless the answers are reconstructed; the subject then says so as well.
    """
    headline = headline_text(statement, loc)
    subject = (
        loc("Styrelserapport: {headline} (rekonstruerade svar)", headline=headline)
        if statement.reconstructed
        else loc("Styrelserapport: {headline}", headline=headline)
    )
    return {
        "subject": subject,
        "headline": headline,
        "lead": lead_text(statement, loc),
        "bounds": bounds_text(statement, loc),
        "notice": reconstruction_notice(statement, loc),
        "title": loc.text(statement.round.title),
        "dated": loc("Per den {day}", day=loc.date(statement.as_of)),
        "organiser": statement.round.organiser.name,
    }
