"""Notes of `check --letters`: facts of address that nothing states, so that letters lack them."""

from __future__ import annotations

import pandas as pd

from helpers.data.round.contributors_file import CONTRIBUTORS_FILE
from helpers.funding.totals.members.member_count import is_contributor
from helpers.model.funding_round import Round


def letter_notes(round_: Round, members: pd.DataFrame) -> list[str]:
    """Return a line for each fact that round.toml or the members' file does not state."""
    return [*_round_notes(round_), *_member_notes(round_, members)]


def _round_notes(round_: Round) -> list[str]:
    letters, invoicing = round_.letters, round_.invoicing
    notes = {
        "round.toml: board.case_number is not stated: the letters have no case number of the "
        "organiser.": round_.board.case_number,
        _recipient_note(round_): letters.recipient,
        "round.toml: letters.reply_to is not stated: answers go to “us”.": letters.reply_to,
        "round.toml: letters.reply_address is not stated: the letters name no mail address to "
        "reply to.": letters.reply_address,
        "round.toml: no event of the kind deadline: the letters name no day to reply by.": any(
            event.kind == "deadline" for event in round_.events
        ),
        "round.toml: no event of the kind terms: the request has the terms of its rules only.": any(
            event.kind == "terms" for event in round_.events
        ),
        "round.toml: invoicing.vat is not stated: the request does not say whether value added "
        "tax is charged.": invoicing.vat != "not-stated",
        "round.toml: invoicing.due is not stated: the request has no terms of payment.": (
            invoicing.due
        ),
    }
    return [note for note, stated in notes.items() if not stated]


def _recipient_note(round_: Round) -> str:
    """What the letters are addressed to unless letters.recipient is stated."""
    if round_.contact:
        return (
            "round.toml: letters.recipient is not stated: the letters go to the office of contact."
        )
    if round_.member:
        return "round.toml: letters.recipient is not stated: the letters name no office."
    return (
        "round.toml: letters.recipient is not stated: the letters go to the municipal executive "
        "board."
    )


def _member_notes(round_: Round, members: pd.DataFrame) -> list[str]:
    """Count the members, and the contributors outside them, without official name or address."""
    outside = is_contributor(members)
    files = {round_.members: members[~outside], CONTRIBUTORS_FILE: members[outside]}
    return [
        note
        for file, rows in files.items()
        if len(rows)
        for note in _notes_of_file(round_, file, rows)
    ]


def _notes_of_file(round_: Round, file: str, members: pd.DataFrame) -> list[str]:
    named, addressed = (
        members[name] != "" if name in members else pd.Series(False, index=members.index)
        for name in ("official_name", "address")
    )
    notes = []
    if unnamed := int((~named).sum()):
        notes.append(
            f"{file}: {unnamed} of {len(members)} rows have no official_name: the letters have the "
            "name alone."
            if round_.member
            else f"{file}: {unnamed} of {len(members)} rows have no official_name: the letters "
            "have the name, and the kind of member after it."
        )
    if unaddressed := int((~addressed).sum()):
        notes.append(
            f"{file}: {unaddressed} of {len(members)} rows have no address: it is blank in "
            "mail-merge.csv."
        )
    if named.any() and not round_.letters.official_names_source:
        notes.append(
            f"{file}: official_name has no source. State it in letters.official_names_source."
        )
    return notes
