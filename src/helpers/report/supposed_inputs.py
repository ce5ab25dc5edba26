"""The inputs of a round with something supposed: another price, other answers, fewer members."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from datetime import date
from typing import Any, Protocol

import pandas as pd
from pydantic import ValidationError

from helpers.base_model import validation_words
from helpers.data.round.members_file import load_members, required_member_columns
from helpers.data.round.round_inputs import RoundInputs
from helpers.errors import ReportError
from helpers.funding.answers.answer_states import NO, UNANSWERED, YES
from helpers.model.answer_register import Register, columns_of_register
from helpers.model.parameters import ReportParams
from helpers.model.what_if import Member, WhatIf

SUPPOSED_SOURCE = "what-if"  # of the row of a supposed answer
SUPPOSED_ANSWERS = (YES, NO, UNANSWERED)


class Supposition(Protocol):
    """A change of the inputs for a what-if."""

    @property
    def reads_members(self) -> bool:
        """Whether it may read the members again, so that it comes before a change of them."""

    def apply(self, inputs: RoundInputs, params: ReportParams) -> RoundInputs:
        """Return the inputs with the change, which their `what_if` states."""


@dataclass(frozen=True)
class SupposedPricing:
    """The round's pricing rule with other settings. Raises ReportError where they do not fit."""

    settings: Mapping[str, Any]
    reads_members: bool = True

    def apply(self, inputs: RoundInputs, params: ReportParams) -> RoundInputs:
        """Return the inputs with the rule; the members, if it needs other columns of them."""
        pricing = inputs.round.pricing
        try:
            supposed = type(pricing).model_validate({**pricing.model_dump(), **self.settings})
        except ValidationError as error:
            raise ReportError(_setting_problem(error, pricing.rule)) from None
        round_, members = inputs.round.model_copy(update={"pricing": supposed}), inputs.members
        if required_member_columns(round_) != required_member_columns(inputs.round):
            members = load_members(inputs.files["round"].parent, round_)
        stated = WhatIf(pricing=tuple((name, str(v)) for name, v in self.settings.items()))
        return replace(inputs, round=round_, members=members, what_if=_joined(inputs, stated))


@dataclass(frozen=True)
class SupposedAnswers:
    """Other answers of members on the report's day, by code; `withdrawn` if they are all no."""

    answers: Mapping[str, str]
    withdrawn: bool = False
    reads_members: bool = False

    def apply(self, inputs: RoundInputs, params: ReportParams) -> RoundInputs:
        """Return the inputs whose register has the answers as last rows."""
        register = _register_with(inputs.register, self.answers, params)
        members = _members(inputs, self.answers)
        stated = (
            WhatIf(withdrawn=members)
            if self.withdrawn
            else WhatIf(answers=tuple(zip(members, self.answers.values(), strict=True)))
        )
        return replace(inputs, register=register, what_if=_joined(inputs, stated))


@dataclass(frozen=True)
class SupposedMembers:
    """A round that does not ask some members: the others share the whole amount."""

    not_asked: tuple[str, ...]
    reads_members: bool = False

    def apply(self, inputs: RoundInputs, params: ReportParams) -> RoundInputs:
        """Return the inputs without these members, their answers, invoices and payments."""
        codes = set(self.not_asked)
        stated = WhatIf(not_asked=_members(inputs, self.not_asked))
        pricing = inputs.round.pricing.without_members(codes)
        return replace(
            inputs,
            round=inputs.round.model_copy(update={"pricing": pricing}),
            members=_without(inputs.members, codes),
            register=_register_without(inputs.register, inputs.register.rows["code"].isin(codes)),
            invoicing=_without(inputs.invoicing, codes),
            payments=None if inputs.payments is None else _without(inputs.payments, codes),
            what_if=_joined(inputs, stated),
        )


def _joined(inputs: RoundInputs, stated: WhatIf) -> WhatIf:
    return (inputs.what_if or WhatIf()).joined(stated)


def _members(inputs: RoundInputs, codes: Iterable[str]) -> tuple[Member, ...]:
    """The codes with the members' names, in their order."""
    names = dict(zip(inputs.members["code"], inputs.members["name"], strict=True))
    return tuple((code, str(names[code])) for code in codes)


def _without(rows: pd.DataFrame, codes: set[str]) -> pd.DataFrame:
    return rows[~rows["code"].isin(codes)].reset_index(drop=True)


def _register_with(
    register: Register, answers: Mapping[str, str], params: ReportParams
) -> Register:
    """Return the register in which the answers are the members' last on the report's day.

    A row of theirs that would count in their place is removed; for "unanswered", all rows.
    """
    day, rows = pd.Timestamp(params.as_of), register.rows
    versions = register.versions
    corrected_late = versions.index[versions["decided_on"] >= day]
    late = (rows["decided_on"] >= day) | rows.index.isin(corrected_late)
    forgotten = rows["code"].map(answers) == UNANSWERED
    kept = _register_without(register, (rows["code"].isin(list(answers)) & late) | forgotten)
    given = {code: answer for code, answer in answers.items() if answer != UNANSWERED}
    return _register_with_rows(kept, given, params.as_of, params.knowledge_day)


def _register_without(register: Register, dropped: pd.Series[bool]) -> Register:
    left = register.rows.index[~dropped]
    versions = register.versions
    return replace(
        register,
        rows=register.rows.loc[left],
        sound=register.sound.loc[left],
        versions=versions[versions.index.isin(left)],
    )


def _register_with_rows(
    register: Register, answers: Mapping[str, str], received: date, registered: date
) -> Register:
    """Return the register with a last row for each answer, decided and received on a day."""
    if not answers:
        return register
    first = max([*register.rows.index, 0]) + 1
    texts = dict.fromkeys(columns_of_register(register.rows), "") | {"source": SUPPOSED_SOURCE}
    days = {"decided_on": received, "received_on": received, "registered_on": registered}
    new = [{**texts, **days, "code": c, "decision": a} for c, a in answers.items()]
    index = range(first, first + len(new))
    columns = register.rows.columns
    added = pd.DataFrame(new, index=index, columns=columns)
    rows = pd.concat([register.rows, added.astype(register.rows.dtypes.to_dict())])
    sound = pd.concat([register.sound, pd.Series(True, index=index)])
    return replace(register, rows=rows, sound=sound.astype(bool))


def _setting_problem(error: ValidationError, rule: str) -> str:
    detail = error.errors()[0]
    name = ".".join(map(str, detail["loc"]))
    return (
        f"{name} cannot be {detail['input']!r} in the pricing rule {rule!r}: "
        f"{validation_words(detail)}. docs/reference/pricing.md lists the settings of each rule."
    )
