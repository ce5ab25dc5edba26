"""The summary of a report: the texts that a mail or a list of reports shows, by name."""

from __future__ import annotations

from helpers.funding.billing.receivables_ledger import ReceivablesLedger
from helpers.i18n.spelled_out import percent_in_words
from helpers.sections.components.notices import page_notice
from helpers.sections.components.payment_texts import money_texts
from helpers.sections.components.section_context import SectionContext


def brief_texts(context: SectionContext, ledger: ReceivablesLedger | None = None) -> dict[str, str]:
    """Return subject, headline, lead, bounds, notice, title, date and organiser as plain text.

    With payments.csv the lead also states what has been invoiced and paid. The texts are not
    escaped. `notice` is '' unless the answers are reconstructed, which the subject then states as
    well, or the day has not come.
    """
    statement, loc = context.statement, context.loc
    headline = context.wording.headline()
    status = context.wording.status_line()
    money = [] if ledger is None else money_texts(ledger, loc)
    subject = (
        loc("Styrelserapport: {headline} (rekonstruerade svar)", headline=status)
        if statement.reconstructed
        else loc("Styrelserapport: {headline}", headline=status)
    )
    return {
        "subject": subject,
        "headline": headline,
        "lead": percent_in_words(" ".join([context.wording.lead(), *money])),
        "bounds": percent_in_words(context.wording.bounds()),
        "notice": page_notice(context),
        "title": loc.text(statement.round.title),
        "dated": loc("Per den {day}", day=loc.date(statement.as_of)),
        "organiser": statement.round.organiser.name,
    }
