"""What a round calls its members, as nouns with gender and number: [member.sv], [member.en].

The texts of the code speak of municipalities. Each form of the round's noun, and each word that
agrees with it, takes the place of theirs: "ingen kommun" becomes "inget förbund".
"""

from __future__ import annotations

from typing import Annotated, Literal

from pydantic import StringConstraints

from helpers.base_model import StrictModel
from helpers.model.localized_text import Language

Noun = Annotated[str, StringConstraints(min_length=1, max_length=40, strip_whitespace=True)]

# What agrees with an ett-word in the texts: articles, pronouns, and the pronoun of a next sentence.
_ETT_BEFORE_THE_NOUN = {
    "en": "ett",
    "ingen": "inget",
    "den": "det",
    "den enda": "det enda",
    "en annan": "ett annat",
    "någon": "något",
    "någon annan": "något annat",
    "vilken": "vilket",
}
_ETT_ELSEWHERE = {
    "en annan är skyldig": "ett annat är skyldigt",
    "skulle den betala": "skulle det betala",
    "om den säger ja": "om det säger ja",
    "den har {people}": "det har {people}",
    "vad den skulle betala om den anslöt sig": "vad det skulle betala om det anslöt sig",
    "var och en skulle betala om den ensam anslöt sig": (
        "vart och ett skulle betala om det ensamt anslöt sig"
    ),
}


class SwedishNoun(StrictModel):
    """A Swedish noun: förbund, förbundet, förbund, förbunden, an ett-word."""

    one: Noun
    the_one: Noun
    many: Noun
    the_many: Noun
    gender: Literal["en", "ett"]

    def replacements(self) -> dict[str, str]:
        """The words for municipalities, and the words that agree with them, with this noun's."""
        forms = {
            "kommun": self.one,
            "kommunen": self.the_one,
            "kommuner": self.many,
            "kommunerna": self.the_many,
        }
        words = {**forms, **{f"{old}s": _genitive(new) for old, new in forms.items()}}
        others = {"kommunstyrelsen": "styrelsen", "kommungrupp": "grupp"}
        groups = {"kommungrupper": "grupper", "kommungrupperna": "grupperna"}
        return {**words, **others, **groups, **self._agreements()}

    def _agreements(self) -> dict[str, str]:
        if self.gender == "en":
            return {}
        before = {
            f"{old} {noun}": f"{new} {own}"
            for old, new in _ETT_BEFORE_THE_NOUN.items()
            for noun, own in {"kommun": self.one, "kommuns": _genitive(self.one)}.items()
        }
        return {**before, **_ETT_ELSEWHERE}


class EnglishNoun(StrictModel):
    """An English noun: association, associations."""

    one: Noun
    many: Noun

    def replacements(self) -> dict[str, str]:
        """The words for municipalities, and the article before one, with this noun's."""
        article = "an" if self.one[0].lower() in "aeio" else "a"
        return {
            "municipality": self.one,
            "municipalities": self.many,
            "a municipality": f"{article} {self.one}",
            "municipal executive board": "board",
            "municipality group": "group",
            "municipality groups": "groups",
        }


class MemberNouns(StrictModel):
    """The noun of each language; without one, the texts speak of municipalities."""

    sv: SwedishNoun | None = None
    en: EnglishNoun | None = None

    def replacements(self) -> dict[Language, dict[str, str]]:
        """The words of each language that has a noun."""
        found: dict[Language, dict[str, str]] = {}
        if self.sv:
            found["sv"] = self.sv.replacements()
        if self.en:
            found["en"] = self.en.replacements()
        return found


def _genitive(noun: str) -> str:
    """A Swedish noun's genitive: förbunds; after s, x and z the noun itself."""
    return noun if noun[-1] in "sxz" else f"{noun}s"
