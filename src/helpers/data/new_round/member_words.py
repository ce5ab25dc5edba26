"""Read what a new round calls its members, as it is typed."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TypeVar

from helpers.data.new_round.option_error import OptionError
from helpers.model.settings.member_nouns import EnglishNoun, SwedishNoun

Noun = TypeVar("Noun", SwedishNoun, EnglishNoun)


@dataclass(frozen=True)
class MemberWords:
    """The noun for members in each language; None for a language without one."""

    sv: SwedishNoun | None = None
    en: EnglishNoun | None = None


OWN_MEMBER_WORDS = MemberWords(
    SwedishNoun(
        one="medlem", the_one="medlemmen", many="medlemmar", the_many="medlemmarna", gender="en"
    ),
    EnglishNoun(one="member", many="members"),
)


def read_member_words(texts: tuple[str, ...]) -> MemberWords:
    """The nouns of "sv=förbund, förbundet, förbund, förbunden, ett" and "en=property, properties".

    Raises OptionError for other text.
    """
    swedish: SwedishNoun | None = None
    english: EnglishNoun | None = None
    for text in texts:
        language, _, forms = text.partition("=")
        parts = [part.strip() for part in forms.split(",")]
        try:
            if language == "sv" and swedish is None:
                swedish = _noun(SwedishNoun, parts)
            elif language == "en" and english is None:
                english = _noun(EnglishNoun, parts)
            else:
                raise ValueError
        except ValueError:
            raise OptionError(
                f"{text!r} is not a word for members.",
                'Write its forms once a language, as in "en=property, properties" and '
                '"sv=förbund, förbundet, förbund, förbunden, ett".',
            ) from None
    return MemberWords(swedish, english)


def _noun(kind: type[Noun], parts: list[str]) -> Noun:
    if not all(part.isprintable() for part in parts):
        raise ValueError
    return kind.model_validate(dict(zip(kind.model_fields, parts, strict=True)))
