"""The section on what applies to members that say yes and to the others."""

from __future__ import annotations

from helpers.funding.totals.tally import Tally
from helpers.i18n.localizer import Localizer
from helpers.i18n.spelled_out import members_in_words
from helpers.sections.board.status.membership_section import membership_block
from helpers.sections.components.block import EMPTY_BLOCK, Block, stack
from helpers.sections.components.section_context import SectionContext
from helpers.sections.components.text import bullets, capitalize_first, paragraphs


def terms(context: SectionContext) -> Block:
    """The terms for the members that pay, and for the others."""
    known = context.statement.round.known_events("terms", context.statement.known_on)
    return stack(
        bullets([context.loc.text(event.text) for event in known]) if known else EMPTY_BLOCK,
        EMPTY_BLOCK if context.reply_period_runs else paragraphs(_not_taking_part_text(context)),
        membership_block(context),
    )


def _not_taking_part_text(context: SectionContext) -> str:
    loc, total = context.loc, context.statement.total
    outside = total.outside
    if not outside:
        return loc("Alla kommuner är med.")
    counts = {"n": outside, "members": total.members, "no": total.no}
    values = members_in_words(loc, others=outside - total.no, **counts)
    values["n"] = capitalize_first(values["n"])
    if not context.statement.round.answers.declined_known:
        return loc.plural(
            "{n} av {members} kommuner är inte med.",
            "{n} av {members} kommuner är inte med.",
            outside,
            **values,
        )
    return _answers_outside_text(loc, total, values)


def _answers_outside_text(loc: Localizer, total: Tally, values: dict[str, str]) -> str:
    """How many of those outside have said no, and how many have not answered."""
    outside = total.outside
    if total.unanswered == total.members:
        return loc("Ingen kommun har svarat.")
    if total.no == total.members:
        return loc("Alla kommuner har sagt nej.")
    if total.conditional:
        return _conditional_answers_text(loc, total, values)
    if outside == total.no:
        return loc.plural(
            "{n} av {members} kommuner har sagt nej. Övriga är med.",
            "{n} av {members} kommuner har sagt nej. Övriga är med.",
            outside,
            **values,
        )
    if not total.no:
        return loc.plural(
            "{n} av {members} kommuner har inte svarat. Övriga är med.",
            "{n} av {members} kommuner har inte svarat. Övriga är med.",
            outside,
            **values,
        )
    return loc.plural(
        "{n} av {members} kommuner är inte med: {no} har sagt nej och {others} har inte svarat.",
        "{n} av {members} kommuner är inte med: {no} har sagt nej och {others} har inte svarat.",
        outside,
        **values,
    )


def _conditional_answers_text(loc: Localizer, total: Tally, values: dict[str, str]) -> str:
    """The same where a yes has a condition that is not met."""
    if total.no and not total.unanswered:
        return loc.plural(
            "{n} av {members} kommuner är inte med: {no} har sagt nej och {others} har inte lämnat "
            "ett slutligt ja.",
            "{n} av {members} kommuner är inte med: {no} har sagt nej och {others} har inte lämnat "
            "ett slutligt ja.",
            total.outside,
            **values,
        )
    if not total.no:
        return loc.plural(
            "{n} av {members} kommuner är inte med: de har inte svarat eller inte lämnat ett "
            "slutligt ja.",
            "{n} av {members} kommuner är inte med: de har inte svarat eller inte lämnat ett "
            "slutligt ja.",
            total.outside,
            **values,
        )
    return loc.plural(
        "{n} av {members} kommuner är inte med: {no} har sagt nej och {others} har inte svarat "
        "eller inte lämnat ett slutligt ja.",
        "{n} av {members} kommuner är inte med: {no} har sagt nej och {others} har inte svarat "
        "eller inte lämnat ett slutligt ja.",
        total.outside,
        **values,
    )
