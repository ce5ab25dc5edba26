"""What a member pays or would pay: the part of its letter with the fee and how it is computed."""

from __future__ import annotations

from collections.abc import Mapping

from helpers.funding.answers.answer_states import NO, YES
from helpers.i18n.localizer import Localizer
from helpers.sections.components.block import Block, stack
from helpers.sections.components.text import paragraphs
from helpers.sections.letter.fee_steps import fee_steps_block
from helpers.sections.letter.letter_context import LetterContext
from helpers.sections.letter.payment_parts import has_paid_without_yes, payments_block


def fee(context: LetterContext) -> Block:
    """What the member pays, or would pay, and the receipt."""
    if own := context.wording.letter.own_amount(context.facts):
        return stack(paragraphs(own), payments_block(context))
    text = _fee_text(context)
    if part := _part_pledge_text(context):
        text = part
    elif _pays_part_of_a_year(context):
        text = _part_of_year_text(context)
    elif context.statement.round.requested_of_years or _price_differs_by_year(context):
        text = _differing_years_text(context)
    texts = [*_membership_texts(context), *_outside_texts(context), text]
    steps = fee_steps_block(context, context.facts.fee_breakdown)
    return stack(paragraphs(" ".join(texts)), payments_block(context), steps)


def calculation(context: LetterContext) -> Block:
    """How the fee is computed, without what the member pays."""
    return fee_steps_block(context, context.facts.fee_breakdown)


def _outside_texts(context: LetterContext) -> list[str]:
    """That a member that has said no pays nothing, before what it would pay."""
    if context.facts.answer != NO:
        return []
    if has_paid_without_yes(context):
        return [context.loc("Ni står utanför.")]
    return [context.loc("Ni står utanför och betalar ingenting.")]


def _fee_text(context: LetterContext) -> str:
    """The fee of a year and of all years that the member pays for."""
    facts, loc = context.facts, context.loc
    amount = loc.money(facts.fee) + context.wording.amount_mark()
    total, years = loc.money(facts.fee_all_years), loc.join_years(facts.fee_by_year)
    values = {"fee": amount, "total": total, "years": years}
    if facts.answer == YES and context.statement.ceiling_lowers_fees:
        return loc(
            "Full avgift är {fee} per år. Taket för alla tillsammans är nått, och ni betalar "
            "sammanlagt {total} för {years}.",
            **values,
        )
    if facts.answer != YES and facts.fee_all_years < facts.fee * len(facts.fee_by_year):
        return loc(
            "Full avgift är {fee} per år. Om ni går med når avgifterna taket för alla tillsammans, "
            "och ni betalar sammanlagt {total} för {years}.",
            **values,
        )
    if facts.answer == YES and len(facts.fee_by_year) > 1:
        return loc("Er avgift är {fee} per år, sammanlagt {total} för {years}.", **values)
    if facts.answer == YES:
        return loc("Er avgift är {fee} för {years}.", **values)
    if len(facts.fee_by_year) > 1:
        return loc(
            "Om ni går med är er avgift {fee} per år, sammanlagt {total} för {years}.", **values
        )
    return loc("Om ni går med är er avgift {fee} för {years}.", **values)


def _part_pledge_text(context: LetterContext) -> str:
    """The whole fee and the amount that the yes is of; blank where the yes is of the fee."""
    facts, loc = context.facts, context.loc
    due = {year: context.statement.on_day.due[year][facts.code] for year in facts.fee_by_year}
    if not facts.offered or due == facts.fee_by_year:
        return ""
    values = {
        "fees": _amounts_by_year(due, loc),
        "offered": loc.money(facts.offered),
        "amounts": _list_amounts(context),
    }
    if facts.answer == YES:
        text = loc(
            "Full avgift är {fees}, och ni har angett {offered} per år. Ni betalar {amounts}.",
            **values,
        )
    else:
        text = loc(
            "Full avgift är {fees}, och ni har angett {offered} per år. När villkoret är uppfyllt "
            "betalar ni {amounts}.",
            **values,
        )
    if any(facts.fee_by_year[year] > amount for year, amount in due.items()):
        text = f"{text} " + loc("Det som är över avgiften är en gåva.")
    return text


def _pays_part_of_a_year(context: LetterContext) -> bool:
    """Whether the membership begins or ends within the round's years, so that amounts differ."""
    facts = context.facts
    changes = facts.member_from is not None or facts.member_until is not None
    return changes and set(facts.fee_by_year.values()) != {facts.fee}


def _price_differs_by_year(context: LetterContext) -> bool:
    """Whether a shared cost has another price in a year with other members."""
    amounts = set(context.facts.fee_by_year.values())
    return not context.statement.fees_are_additive and bool(amounts - {context.facts.fee})


def _part_of_year_text(context: LetterContext) -> str:
    """The amount of each year, where the membership covers a part of one."""
    facts, loc = context.facts, context.loc
    if not facts.fee_by_year:
        return loc("Ert medlemskap omfattar inget av omgångens år, och ni betalar ingenting.")
    values = {
        "fee": loc.money(facts.fee),
        "amounts": _list_amounts(context),
        "total": loc.money(facts.fee_all_years),
    }
    if facts.answer == YES:
        text = loc(
            "Avgiften för ett helt år är {fee}. Ni betalar {amounts}, sammanlagt {total}.", **values
        )
    else:
        text = loc(
            "Avgiften för ett helt år är {fee}. Om ni går med betalar ni {amounts}, sammanlagt "
            "{total}.",
            **values,
        )
    rules = {
        "whole": loc("Det år då medlemskapet börjar eller slutar betalas helt."),
        "months": loc(
            "Det år då medlemskapet börjar eller slutar betalas en tolftedel för varje påbörjad "
            "månad."
        ),
        "days": loc("Det år då medlemskapet börjar eller slutar betalas för varje dag."),
    }
    return f"{text} {rules[context.statement.round.part_of_year]}"


def _list_amounts(context: LetterContext) -> str:
    """What the member pays for each year."""
    return _amounts_by_year(context.facts.fee_by_year, context.loc)


def _amounts_by_year(by_year: Mapping[int, int], loc: Localizer) -> str:
    amounts = [
        loc("{amount} för {years}", amount=loc.money(amount), years=str(year))
        for year, amount in by_year.items()
    ]
    return loc.join_list(amounts)


def _differing_years_text(context: LetterContext) -> str:
    """The fee of each year, where more is requested in one year than in another."""
    loc, facts = context.loc, context.facts
    values = {"amounts": _list_amounts(context), "total": loc.money(facts.fee_all_years)}
    if len(facts.fee_by_year) == 1 and facts.answer == YES:
        return loc("Er avgift är {amounts}.", **values)
    if facts.answer == YES:
        return loc("Er avgift är {amounts}, sammanlagt {total}.", **values)
    return loc("Om ni går med är er avgift {amounts}, sammanlagt {total}.", **values)


def _membership_texts(context: LetterContext) -> list[str]:
    """Since when the member is one, and until when, where that is within the round."""
    facts, loc = context.facts, context.loc
    texts = []
    if facts.member_from is not None and context.statement.fees_are_additive:
        texts.append(
            loc(
                "Ni är medlem från den {day} och betalar samma pris som de andra, utöver det "
                "önskade beloppet.",
                day=loc.date(facts.member_from),
            )
        )
    if facts.member_until is not None:
        texts.append(loc("Ert medlemskap gäller till den {day}.", day=loc.date(facts.member_until)))
    return texts
