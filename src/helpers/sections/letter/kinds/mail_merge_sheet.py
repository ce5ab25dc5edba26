"""The list by which an organiser sends the letters with its own system: one row a member."""

from __future__ import annotations

from collections.abc import Sequence

from helpers.model.letter_kind import LetterKind
from helpers.sections.components.invoice_sheet import InvoiceSheet, SheetColumn
from helpers.sections.components.section_context import SectionContext
from helpers.sections.letter.letter_opening import letter_subject, recipient_line


def mail_merge_sheet(
    context: SectionContext, kind: LetterKind, codes: Sequence[str], attachments: Sequence[str]
) -> InvoiceSheet:
    """Return code, office, address, kind, subject and the files of each letter.

    `attachments` are the files that go with every letter. An address that the members' file does
    not state is blank. With reconstructed answers, the first column states that nothing is sent.
    """
    loc, statement = context.loc, context.statement
    example = [loc("EXEMPEL – skickas inte")] if statement.reconstructed else []
    subject = letter_subject(context, kind)
    rows = []
    for code in codes:
        member = statement.rows_by_code[code]
        name, official_name = str(member["name"]), str(member.get("official_name", ""))
        recipient = recipient_line(context, name, official_name)
        files = [f"{code}.{loc.language}.html", f"{code}.{loc.language}.pdf"]
        address = str(member.get("address", ""))
        rows.append([*example, code, recipient, address, kind, subject, *files])
        rows[-1].extend(attachments)
    columns = [
        *([loc("Obs")] if example else []),
        loc("Kod"),
        loc("Mottagare"),
        loc("E-postadress"),
        loc("Brevtyp"),
        loc("Ämne"),
        "HTML",
        "PDF",
        *(loc("Bilaga") for _ in attachments),
    ]
    return InvoiceSheet(loc("Utskick"), [SheetColumn(heading) for heading in columns], rows)
