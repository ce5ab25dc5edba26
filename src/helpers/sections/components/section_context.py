"""What every section is written from: the statement, and how it is put into words."""

from __future__ import annotations

from dataclasses import dataclass

from helpers.funding.statement.round_statement import Statement
from helpers.i18n.localizer import Localizer
from helpers.model.localized_text import Language


@dataclass(frozen=True)
class SectionContext:
    """A round on a day and the language, words and currency in which it is described."""

    statement: Statement
    loc: Localizer

    @classmethod
    def of(cls, statement: Statement, language: Language) -> SectionContext:
        """The context of a statement in a language, with the round's own words and currency."""
        return cls(statement, Localizer.of(statement.round, language))
