"""The section on the concentration of the money, and the effect if a large payer leaves."""

from __future__ import annotations

from helpers.funding.answers.answer_states import YES
from helpers.funding.totals.concentration import (
    Payer,
    secured_shares_of_largest,
    shares_of_largest,
    sum_of_fees,
)
from helpers.funding.totals.shares import share
from helpers.i18n.spelled_out import number_in_words
from helpers.sections.components.answer_names import answer_names
from helpers.sections.components.block import Block, does_not_apply, stack
from helpers.sections.components.data_table import data_block
from helpers.sections.components.section_context import SectionContext
from helpers.sections.components.tables.section_table import SectionTable
from helpers.sections.components.tables.table_fields import FieldMaker, Record, TableField
from helpers.sections.components.text import capitalize_first, paragraphs


def largest(context: SectionContext) -> Block:
    """The largest payers: their share, kronor per inhabitant, and the effect if one leaves."""
    statement, loc = context.statement, context.loc
    if context.reply_period_runs:
        return does_not_apply(loc("Svarstiden pågår."))
    own_section = context.wording.own_section("largest")
    if own_section is not None:
        return own_section
    fields = _payer_fields(context)
    records = [_payer_record(context, payer) for payer in statement.largest]
    caption = loc("De största avgifterna per år, med andelar av det önskade beloppet.")
    if sum_of_fees(statement.answers) > statement.round.requested:
        caption = loc(
            "De största avgifterna per år, med andelar av alla avgifter, som tillsammans är högre "
            "än det önskade beloppet."
        )
    note = loc("Kolumnen ”Hittills” summerar andelarna uppifrån.")
    return stack(
        paragraphs(_concentration_text(context), *_text_if_largest_leaves(context)),
        data_block(
            SectionTable.of(loc, f"{caption} {note}", fields, records, running_note=note),
        ),
    )


def _payer_fields(context: SectionContext) -> list[TableField]:
    loc, make = context.loc, FieldMaker(context.loc)
    price = make.price("per_inhabitant", loc("Kr per invånare"))
    return [
        make.text("name", loc("Kommun")),
        make.text("decision", loc("Svar"), answer_names(loc)),
        make.amount("fee", loc("Avgift, kr")),
        make.share("fee_share", loc("Andel"), "all fees", 1),
        make.share("cumulative_share", loc("Hittills"), "all fees", 1).counted_from_above(),
        *([price] if context.statement.round.pricing.has_units else []),
        make.amount("funded_without", loc("Säkrat om kommunen drar sig ur, kr")),
        make.share("funded_without_share", loc("Andel av önskat"), "the requested amount", 0, "–"),
        make.text("code", loc("Kod")).not_shown(),
        make.inhabitants("population", loc("Invånare")).not_shown(),
    ]


def _payer_record(context: SectionContext, payer: Payer) -> Record:
    """A payer with its shares; what is left without it where it has said yes."""
    requested, all_fees = context.statement.round.requested, sum_of_fees(context.statement.answers)
    leaves = payer.decision == YES
    return {
        "name": payer.name,
        "decision": payer.decision,
        "fee": payer.fee,
        "fee_share": share(payer.fee, all_fees),
        "cumulative_share": share(payer.cumulative, all_fees),
        "per_inhabitant": payer.per_inhabitant,
        "funded_without": payer.funded_without if leaves else None,
        "funded_without_share": share(payer.funded_without, requested) if leaves else None,
        "code": payer.code,
        "population": payer.population,
    }


def _concentration_text(context: SectionContext) -> str:
    """Return how much depends on the largest payers, and the amount per inhabitant."""
    statement, loc = context.statement, context.loc
    dependence = _secured_text(context) if statement.total.funded else _requested_text(context)
    if not statement.round.pricing.has_units:
        return f"{dependence}."
    return loc(
        "{shares}. Hela det önskade beloppet är {each} per invånare och år.",
        shares=dependence,
        each=loc.unit_price(statement.total.per_inhabitant),
    )


def _secured_text(context: SectionContext) -> str:
    """Return the share of the secured amount from the one, four and ten largest."""
    loc, answers = context.loc, context.statement.answers
    secured = answers[answers["secured"] > 0]
    top = secured.loc[secured["secured"] == secured["secured"].max(), "name"]
    shares = secured_shares_of_largest(answers)
    secured_text = loc("det säkrade beloppet")
    if context.statement.years_differ:
        year = str(context.statement.least_year)
        secured_text = loc("det säkrade beloppet för {year}", year=year)
    share_text = loc.percent(shares.pop(1), 1)
    values = {"n": number_in_words(len(top), loc), "share": share_text, "secured": secured_text}
    if len(top) == len(secured) > 1:
        text = loc("{n} kommuner säkrar lika mycket: {share} av {secured} var", **values)
        return capitalize_first(text)
    if len(secured) == 1:
        return loc("{name} står ensam för {secured}", name=str(top.iloc[0]), **values)
    if len(top) == 1:
        first = loc(
            "{name}, som säkrar mest, står för {share} av {secured}",
            name=str(top.iloc[0]),
            **values,
        )
    else:
        first = loc("Var och en av de {n} som säkrar mest står för {share} av {secured}", **values)
    others = [
        loc(
            "de {count} som säkrar mest för {share}",
            count=number_in_words(count, loc),
            share=loc.percent(part, 1),
        )
        for count, part in shares.items()
    ]
    return loc.join_list([first, *others])


def _requested_text(context: SectionContext) -> str:
    """Return the share of the requested amount in the largest fees, if nothing is secured."""
    loc, statement = context.loc, context.statement
    all_fees = sum_of_fees(statement.answers)
    shares = shares_of_largest(statement.largest, all_fees)
    nothing = loc("Inget är säkrat")
    if statement.years_differ:
        nothing = loc("Inget är säkrat för {year}", year=str(statement.least_year))
    values = {"nothing": nothing, "share": loc.percent(shares.pop(1), 1)}
    first = (
        loc("{nothing}. Den största avgiften är {share} av alla avgifter", **values)
        if all_fees > statement.round.requested
        else loc("{nothing}. Den största avgiften är {share} av det önskade beloppet", **values)
    )
    others = [
        loc(
            "de {count} största är {share}",
            count=number_in_words(count, loc),
            share=loc.percent(part, 1),
        )
        for count, part in shares.items()
    ]
    return loc.join_list([first, *others])


def _text_if_largest_leaves(context: SectionContext) -> list[str]:
    """Return the effect if the largest member that has said yes left."""
    loc = context.year_loc
    payer = next((p for p in context.statement.largest if p.decision == YES), None)
    if payer is None or not context.statement.total.funded:
        return []
    if not payer.funded_without:
        return [loc("Om {name} drar sig ur är inget säkrat.", name=payer.name)]
    return [
        loc(
            "Om {name} drar sig ur är {left} per år ändå säkrade, {share} av det önskade beloppet.",
            name=payer.name,
            left=loc.money(payer.funded_without),
            share=loc.percent(share(payer.funded_without, context.statement.round.requested)),
        )
    ]
