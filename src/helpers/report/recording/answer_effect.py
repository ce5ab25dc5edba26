"""The effect of a change of the register: members' answers and the headline, before and after."""

from __future__ import annotations

from collections.abc import Collection

from helpers.funding.statement.round_statement import Statement
from helpers.i18n.localizer import Localizer
from helpers.model.localized_text import Language
from helpers.sections.components.answer_names import answer_names
from helpers.sections.pricing.wording_choice import section_context


def describe_effect(
    before: Statement | None, after: Statement, codes: Collection[str], language: Language
) -> list[str]:
    """Return a line for each member of `codes` or with a changed answer, then the headlines.

    `before` is None if the register had errors, so that no report could be made.
    """
    loc = section_context(after, language).loc
    if before is None:
        lines = [_answer_line(after, after, code, loc) for code in sorted(codes)]
        return [*lines, loc("Efter: {headline}", headline=_headline(after, language))]
    changed = {code for code in after.rows_by_code if _state(before, code) != _state(after, code)}
    return [
        *(_answer_line(before, after, code, loc) for code in sorted(changed | {*codes})),
        loc("Före: {headline}", headline=_headline(before, language)),
        loc("Efter: {headline}", headline=_headline(after, language)),
    ]


def _answer_line(before: Statement, after: Statement, code: str, loc: Localizer) -> str:
    member = f"{after.member_name(code)} ({code})"
    earlier, later = _answer_text(before, code, loc), _answer_text(after, code, loc)
    if earlier == later:
        return f"{member}: {later}"
    return f"{member}: {earlier} → {later}"


def _state(statement: Statement, code: str) -> tuple[str, str, str] | None:
    row = statement.rows_by_code.get(code)
    return None if row is None else (str(row["decision"]), str(row["years"]), str(row["condition"]))


def _answer_text(statement: Statement, code: str, loc: Localizer) -> str:
    state = _state(statement, code)
    if state is None:
        return loc("Inte medlem")
    decision, years, condition = state
    text = answer_names(loc)[decision]
    text += f" ({years.replace(',', ', ')})" if years else ""
    return f"{text} {loc.quote(condition)}" if condition else text


def _headline(statement: Statement, language: Language) -> str:
    return section_context(statement, language).wording.status_line()
