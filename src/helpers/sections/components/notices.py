"""Notices of several sections: on the answers and their day, and the office to contact."""

from __future__ import annotations

from helpers.i18n.catalogues.catalogue_state import catalogue_state
from helpers.i18n.localizer import Localizer
from helpers.i18n.script_names import language_name
from helpers.model.what_if import Member, WhatIf
from helpers.sections.components.block import EMPTY_BLOCK, Block
from helpers.sections.components.section_context import SectionContext
from helpers.sections.components.text import callout, paragraphs

_MAX_NAMES = 6  # that a notice lists; of more it states the number


def page_notice(context: SectionContext) -> str:
    """Return the notices that every page needs on its answers and its day; '' if none."""
    return " ".join(
        filter(
            None,
            [
                what_if_notice(context),
                _future_notice(context),
                _reconstruction_notice(context),
                _translation_notice(context.loc),
            ],
        )
    )


def sheet_opening(context: SectionContext, name: str) -> list[str]:
    """Return the lines above the table of a sheet: its title, its day, and the notice if any."""
    loc, statement = context.loc, context.statement
    title, day = loc.text(statement.round.title), loc.date(statement.as_of)
    lines = [f"{name}: {title}", loc("Per den {day}", day=day), page_notice(context)]
    return [line for line in lines if line]


def what_if_notice(context: SectionContext) -> str:
    """Return the notice of a report that supposes something, and what; otherwise ''."""
    what_if, loc = context.statement.what_if, context.loc
    if what_if is None:
        return ""
    settings = loc.join_list([f"{name} = {value}" for name, value in what_if.pricing])
    supposed = [
        loc("prissättningen har {settings}", settings=settings) if settings else "",
        *_answer_suppositions(what_if, loc),
        *_name_suppositions(what_if, loc),
    ]
    return loc(
        "Tänkt fall, inte omgångens läge. Antaget: {supposed}.",
        supposed=loc.join_list([one for one in supposed if one]),
    )


def _answer_suppositions(what_if: WhatIf, loc: Localizer) -> list[str]:
    """The supposed answers, one by one or, if they are many, their number."""
    number = len(what_if.answers)
    if number > _MAX_NAMES:
        return [loc("{number} svar är ändrade", number=loc.count(number))]
    words = {"yes": loc("ja"), "no": loc("nej"), "unanswered": loc("obesvarat")}
    return [
        loc("svaret från {name} är {answer}", name=name, answer=words[answer])
        for (_, name), answer in what_if.answers
    ]


def _name_suppositions(what_if: WhatIf, loc: Localizer) -> list[str]:
    withdrawn, not_asked = len(what_if.withdrawn), len(what_if.not_asked)
    supposed = []
    if withdrawn:
        names = _names_or_number(what_if.withdrawn, loc)
        supposed.append(
            loc.plural("{names} drar sig ur", "{names} drar sig ur", withdrawn, names=names)
        )
    if not_asked:
        names = _names_or_number(what_if.not_asked, loc)
        supposed.append(
            loc.plural("{names} tillfrågas inte", "{names} tillfrågas inte", not_asked, names=names)
        )
    return supposed


def _names_or_number(members: tuple[Member, ...], loc: Localizer) -> str:
    if len(members) > _MAX_NAMES:
        return loc("{number} kommuner", number=loc.count(len(members)))
    return loc.join_list([name for _, name in members])


def _future_notice(context: SectionContext) -> str:
    """Return the notice of a report of a day that has not come, otherwise ''."""
    if not context.statement.future:
        return ""
    return context.loc(
        "Uppgifterna gäller en dag som inte har kommit, den {day}. Svaren kan ändras till dess.",
        day=context.loc.date(context.statement.as_of),
    )


def _reconstruction_notice(context: SectionContext) -> str:
    """Return the notice of answers that are not the members' own, otherwise ''."""
    if not context.statement.reconstructed:
        return ""
    return context.loc(
        "Rekonstruerade svar: bara summorna är publicerade. Vem som svarat vad är slumpmässigt "
        "fördelat så att summorna stämmer."
    )


def _translation_notice(loc: Localizer) -> str:
    """Return the notice of a language whose catalogue lacks texts, otherwise ''."""
    state = catalogue_state(loc.language)
    if not state.left:
        return ""
    return loc(
        "{left} av {all} texter är inte översatta till {language} och står på svenska.",
        left=loc.count(state.left),
        all=loc.count(state.texts),
        language=language_name(loc.language, loc.language),
    )


def answers_are_examples(context: SectionContext) -> bool:
    """Whether who answered what is reconstructed: charts, maps and lists of members say so."""
    return context.statement.reconstructed and bool(context.statement.total.answered)


def example_box(context: SectionContext) -> Block:
    """The document's one box on reconstructed answers; blank where they are the members' own."""
    if not answers_are_examples(context):
        return EMPTY_BLOCK
    return callout(
        context.loc(
            "Exempel: summorna är publicerade, men vilka kommuner som svarat vad är rekonstruerat. "
            "Tabeller, diagram och kartor över kommuner, län och grupper visar hur uppgifterna "
            "skulle se ut, inte hur kommunerna svarade."
        )
    )


def example_mark(context: SectionContext) -> str:
    """Return the mark after a caption of a list of members with reconstructed answers."""
    supposed = context.loc(" (TÄNKT FALL)") if context.statement.what_if else ""
    return supposed + (context.loc(" (EXEMPEL)") if answers_are_examples(context) else "")


def picture_foot(context: SectionContext) -> str:
    """Return the line in a chart: source and day, and that its answers are an example if so."""
    loc, statement = context.loc, context.statement
    source = loc(
        "Källa: {organiser}, läget den {day}.",
        organiser=statement.round.organiser.short,
        day=loc.date(statement.as_of),
    )
    mark = loc("EXEMPEL: rekonstruerade svar.") if answers_are_examples(context) else ""
    supposed = loc("TÄNKT FALL.") if context.statement.what_if else ""
    return " ".join(filter(None, [supposed, mark, source]))


def contact_block(context: SectionContext) -> Block:
    """Return the office at a member to ask for its answer; blank if the round states none."""
    contact = context.statement.round.contact
    if not contact:
        return EMPTY_BLOCK
    return paragraphs(
        context.loc("I varje kommun går frågan till {role}.", role=context.loc.text(contact))
    )
