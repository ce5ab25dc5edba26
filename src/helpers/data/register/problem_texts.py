"""The messages and remedies for cells that break a rule of the register."""

from __future__ import annotations

import re
from collections.abc import Callable

import pandas as pd

from helpers.data.cells.days import explain_invalid_day
from helpers.data.register.columns.member_names import MemberNameIndex
from helpers.data.register.columns.name_columns import HIDDEN_NAME
from helpers.data.register.rules.amount_rules import amount_explanations
from helpers.data.register.rules.part_pledge_rules import part_pledge_explanations
from helpers.model.answer_register import DATE_COLUMNS
from helpers.model.funding_round import Round

ExplainCell = Callable[[str], tuple[str, str]]  # the text of a cell -> (what is wrong, what to do)


def explanations_by_rule(members: pd.DataFrame, round_: Round) -> dict[str, ExplainCell]:
    """Return, for each rule, the function that explains a cell that breaks it."""
    names = MemberNameIndex(dict(zip(members["code"], members["name"], strict=True)))
    early = f"is before the round began on {round_.recommended_on}."
    days: dict[str, ExplainCell] = {f"{name}:day": explain_invalid_day for name in DATE_COLUMNS}
    return days | {
        "code:unknown": _fixed_explanation(
            "is not a member of this round.", "Write the code as members have it."
        ),
        "name:unknown": lambda cell: _explain_unknown_name(cell, names),
        "name:other": _fixed_explanation(
            "is, or is nearest to, the name of another member than the code's.", "Correct one."
        ),
        **_explanations_of_decisions(round_.years),
        **(part_pledge_explanations if round_.part_pledges else amount_explanations)(round_),
        "decided_on:early": _fixed_explanation(early, "Check the date."),
        "received_on:early": _fixed_explanation(early, "Check the date."),
        "decided_on:late": _fixed_explanation(
            "is after the answer was received.", "Check both dates."
        ),
        "registered_on:early": _fixed_explanation(
            "is before the answer was received.", "Check both dates."
        ),
        "code:not_asked": lambda cell: (
            f"{repr(cell) if cell else 'The member'} had left before {round_.base_day}, the day "
            "whose members share the amount, and is not asked.",
            "Correct the code, valid_to in the members' file, or members_on in round.toml.",
        ),
        "code:outside": lambda cell: (
            f"{repr(cell) if cell else 'The member'} was not a member on that day.",
            "Check the code and the date.",
        ),
    }


def _explanations_of_decisions(years: list[int]) -> dict[str, ExplainCell]:
    """Return the explanations for decisions and the years that they cover."""
    return {
        "decision:unknown": _explain_unknown_answer,
        "years:unknown": lambda cell: _explain_years(cell, years),
        "years:no": _fixed_explanation(
            "limits a no to some of the years.", "Write yes and the years that it covers."
        ),
        "years:alike": _fixed_explanation(
            "limits a yes to some of the years, but the price depends on who joins and is one for "
            "all years.",
            "Leave it blank.",
        ),
        "decision:unknown_no": _fixed_explanation(
            "is a no, but round.toml states that it is not known who has declined "
            "(answers.declined_known = false).",
            "Set it to true, or leave the row out.",
        ),
    }


def _explain_years(cell: str, years: list[int]) -> tuple[str, str]:
    named = {int(year) for year in re.findall(r"(?<![0-9])[0-9]{4}(?![0-9])", cell)}
    remedy = f"Write one or more of {', '.join(map(str, years))}, or leave it blank for all."
    if named - set(years):
        return f"{cell!r} names a year outside the round.", remedy
    return f"{cell!r} is not understood as years.", remedy


def _explain_unknown_answer(cell: str) -> tuple[str, str]:
    if not cell:
        return (
            "A blank cell is neither yes nor no.",
            "Write yes or no (ja, nej); leave its days blank too where there is no answer yet.",
        )
    return (
        f"{cell!r} is neither yes nor no.",
        "Write yes or no (ja, nej), or say what it means in round.toml, under [register.answers]: "
        f'"{cell}" = "yes", "no" or "unanswered".',
    )


def _fixed_explanation(what: str, remedy: str) -> ExplainCell:
    return lambda cell: (f"{cell!r} {what}" if cell else f"A blank cell {what}", remedy)


def _explain_unknown_name(cell: str, names: MemberNameIndex) -> tuple[str, str]:
    if not cell:
        return "There is neither a code nor a name.", "Write the member's code."
    if cell == HIDDEN_NAME:
        what = "The name resembles no member's; it is not shown, as it may be a person's."
        return what, "Write the member's code."
    near = " or ".join(names.suggest(cell))
    remedy = f"Did you mean {near}? Write the name or the code." if near else "Write the code."
    return f"{cell!r} is not the name of a member.", remedy
