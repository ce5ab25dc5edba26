"""What `check --letters` names: the facts of address that a round and its members do not state."""

from __future__ import annotations

import pandas as pd
import pytest

from helpers.checking.letter_notes import letter_notes
from helpers.model.funding_round import Round
from helpers.model.settings.member_nouns import MemberNouns
from helpers.model.settings.round_settings import (
    BoardSettings,
    Event,
    InvoicingSettings,
    LetterSettings,
)


def stated_round(five_round: Round, **letters: object) -> Round:
    """A round that states all but the source of the official names."""
    day = five_round.recommended_on
    texts = {"sv": "x"}
    return five_round.model_copy(
        update={
            "board": BoardSettings(case_number="16/1"),
            "letters": LetterSettings(
                recipient=texts, reply_to=texts, reply_address="svar@example.org", **letters
            ),
            "events": [
                Event(kind="deadline", known_from=day, on=day, text=texts),
                Event(kind="terms", known_from=day, text=texts),
            ],
            "invoicing": InvoicingSettings(vat="exempt", due=texts),
        }
    )


def test_each_fact_that_is_not_stated_has_a_line(
    five_round: Round, five_members: pd.DataFrame
) -> None:
    notes = letter_notes(five_round, five_members)
    keys = [note.split(": ")[1].split()[0] for note in notes[:4]]
    assert keys == [
        "board.case_number", "letters.recipient", "letters.reply_to", "letters.reply_address",
    ]  # fmt: skip
    assert len(notes) == 10
    assert notes[8].startswith("members.csv: 5 of 5 rows have no official_name")
    assert notes[9].startswith("members.csv: 5 of 5 rows have no address")


def test_a_round_that_states_all_has_no_line(five_round: Round, five_members: pd.DataFrame) -> None:
    addressed = five_members.assign(official_name="Dals stad", address="kommun@example.org")
    [note] = letter_notes(stated_round(five_round), addressed)
    assert note == (
        "members.csv: official_name has no source. State it in letters.official_names_source."
    )
    assert letter_notes(stated_round(five_round, official_names_source="x"), addressed) == []


@pytest.mark.parametrize(
    ("own_noun", "contact", "addressed_to"),
    [
        (False, None, "go to the municipal executive board"),
        (False, {"sv": "kassören"}, "go to the office of contact"),
        (True, {"sv": "kassören"}, "go to the office of contact"),
        (True, None, "name no office"),
    ],
)
def test_what_stands_in_place_of_an_office_and_an_official_name(
    five_round: Round,
    five_members: pd.DataFrame,
    own_noun: bool,
    contact: dict[str, str] | None,
    addressed_to: str,
) -> None:
    """As `recipient_line` and `addressee_name` write it; only a municipality's kind is added."""
    forms = {"one": "fastighet", "the_one": "fastigheten", "many": "fastigheter"}
    swedish = {**forms, "the_many": "fastigheterna", "gender": "en"}
    noun = MemberNouns.model_validate({"sv": swedish})
    update = {"contact": contact, "member": noun if own_noun else None}
    round_ = five_round.model_copy(update=update)
    notes = "\n".join(letter_notes(round_, five_members))
    assert f"letters.recipient is not stated: the letters {addressed_to}." in notes
    alone, with_kind = "have the name alone.", "have the name, and the kind of member after it."
    assert (alone if own_noun else with_kind) in notes
    assert (with_kind if own_noun else alone) not in notes


def test_members_with_blank_cells_are_counted(
    five_round: Round, five_members: pd.DataFrame
) -> None:
    some = five_members.assign(official_name="Dals stad", address=["a@example.org", "", "", "", ""])
    [note] = letter_notes(stated_round(five_round, official_names_source="x"), some)
    assert note.startswith("members.csv: 4 of 5 rows have no address")
