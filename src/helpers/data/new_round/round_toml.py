"""The round.toml of a new round: what was chosen, and what everyone has to state, no more."""

from __future__ import annotations

import json
from collections.abc import Iterator
from typing import Literal

from helpers.base_model import StrictModel
from helpers.data.new_round.amount_options import amounts_toml
from helpers.data.new_round.member_words import OWN_MEMBER_WORDS, MemberWords
from helpers.data.new_round.round_options import DEFAULT_AMOUNT, RoundChoices
from helpers.data.new_round.rule_choice import RULE_CHOICES
from helpers.data.new_round.scaffold_texts import COMMENT_TEXTS, TEMPLATE_TEXTS
from helpers.model.localized_text import Language

OWN_MEMBERS_FILE = "members.csv"
_MUNICIPALITIES_PATH = "../../municipalities.csv"


def round_toml(choices: RoundChoices, population_year: int, comments: Language) -> str:
    """The text of the file; a value that was not chosen and has to be is marked to be changed."""
    blocks = [
        _top(choices, comments),
        _title(choices, comments),
        _organiser(choices, comments),
        _pricing(choices, population_year),
        *_yearly_increase(choices),
        *_reserve(choices),
        *_words(choices),
        _event(choices, "recommended"),
        *([_event(choices, "deadline")] if choices.deadline else []),
    ]
    text = "\n\n".join("\n".join(block) for block in blocks) + "\n"
    texts = COMMENT_TEXTS[comments]
    marked = f"  # {texts.change}" in text
    return f"# {texts.heading}{texts.marked if marked else ''}\n{text}"


def _top(choices: RoundChoices, comments: Language) -> list[str]:
    texts = COMMENT_TEXTS[comments]
    years = ", ".join(map(str, choices.years or [min(choices.begins_on.year + 1, 9999)]))
    members = OWN_MEMBERS_FILE if choices.own_members else _MUNICIPALITIES_PATH
    languages = ", ".join(map(quoted, choices.languages))
    lines = [f"name = {quoted(choices.name)}", f"currency = {quoted(choices.currency)}"]
    if RULE_CHOICES[choices.rule].amount_key == "requested":
        lines.append(f"requested = {_amount(choices)}{_mark(choices.amount, texts.amount)}")
    return [
        *lines,
        f"years = [{years}]{_mark(choices.years, texts.change)}",
        f"recommended_on = {choices.begins_on}",
        f"members = {quoted(members)}",
        f"languages = [{languages}]",
        "reconstructed = false",
    ]


def _amount(choices: RoundChoices) -> str:
    return amounts_toml(choices.amount or DEFAULT_AMOUNT)


def _mark(chosen: object, comment: str) -> str:
    """A comment that asks for a change, where nothing was chosen."""
    return "" if chosen else f"  # {comment}"


def _title(choices: RoundChoices, comments: Language) -> list[str]:
    titles = choices.title or {
        one: f"{TEMPLATE_TEXTS[one]['title']} {choices.name}" for one in choices.languages
    }
    heading = f"[title]{_mark(choices.title, COMMENT_TEXTS[comments].change)}"
    return [heading, *(f"{language} = {quoted(text)}" for language, text in titles.items())]


def _organiser(choices: RoundChoices, comments: Language) -> list[str]:
    name = quoted(choices.organiser or TEMPLATE_TEXTS[choices.languages[0]]["organiser"])
    heading = f"[organiser]{_mark(choices.organiser, COMMENT_TEXTS[comments].change)}"
    return [heading, f"short = {name}", f"name = {name}"]


def _pricing(choices: RoundChoices, population_year: int) -> list[str]:
    rule = RULE_CHOICES[choices.rule]
    lines = ["[pricing]", f"rule = {quoted(choices.rule)}"]
    if not rule.own_column and not rule.takes_pledges:
        lines.append(f"population_year = {population_year}")
    if rule.rate_key:
        lines.append(f"{rule.rate_key} = {quoted(choices.rate)}")
    if rule.amount_key in ("ceiling", "cost"):
        lines.append(f"{rule.amount_key} = {_amount(choices)}")
    if choices.secured:
        lines.append(f"secured = {quoted(choices.secured)}")
    return [*lines, *rule.settings, *_reference_rates(choices)]


def _reference_rates(choices: RoundChoices) -> Iterator[str]:
    for currency, one in choices.reference_rates.items():
        stated = f"rate = {quoted(one.rate)}, on = {one.on}, source = {quoted(one.source)}"
        yield f"rates.{currency} = {{ {stated} }}"


def _yearly_increase(choices: RoundChoices) -> Iterator[list[str]]:
    if choices.indexation:
        yield ["[indexation]", f"percent = {quoted(choices.indexation)}"]


def _reserve(choices: RoundChoices) -> Iterator[list[str]]:
    if choices.contingency:
        yield ["[contingency]", f"amount = {amounts_toml(choices.contingency)}"]


def _words(choices: RoundChoices) -> Iterator[list[str]]:
    """What the members are called, in both languages: `status` prints English, a draft may not."""
    usual = OWN_MEMBER_WORDS if choices.own_members else MemberWords()
    nouns: dict[str, StrictModel | None] = {
        "sv": choices.words.sv or usual.sv,
        "en": choices.words.en or usual.en,
    }
    for language, noun in nouns.items():
        if noun:
            forms = noun.model_dump().items()
            yield [f"[member.{language}]", *(f"{key} = {quoted(form)}" for key, form in forms)]


def _event(choices: RoundChoices, kind: Literal["recommended", "deadline"]) -> list[str]:
    texts = {one: TEMPLATE_TEXTS[one][kind] for one in choices.languages}
    return [
        "[[events]]",
        f"kind = {quoted(kind)}",
        f"on = {choices.deadline if kind == 'deadline' else choices.begins_on}",
        f"known_from = {choices.begins_on}",
        *(f"text.{language} = {quoted(text)}" for language, text in texts.items()),
    ]


def quoted(text: str) -> str:
    """A text in quotation marks, as TOML has it."""
    return json.dumps(text, ensure_ascii=False)
