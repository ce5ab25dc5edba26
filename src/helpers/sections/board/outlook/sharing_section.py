"""The section on an unfunded gap: members with a yes share it, or the plan is reduced."""

from __future__ import annotations

from helpers.funding.scenarios.gap_sharing import GapSharing
from helpers.funding.totals.shares import share
from helpers.i18n.localizer import Localizer
from helpers.sections.components.block import Block, does_not_apply, stack
from helpers.sections.components.data_table import data_block
from helpers.sections.components.section_context import SectionContext
from helpers.sections.components.tables.section_table import SectionTable
from helpers.sections.components.tables.table_fields import FieldMaker
from helpers.sections.components.text import paragraphs

MAX_SHARERS = 10


def sharing(context: SectionContext) -> Block:
    """The fees if the members that said yes shared the gap, and the alternatives."""
    statement, loc = context.statement, context.year_loc
    if context.reply_period_runs:
        return does_not_apply(loc("Svarstiden pågår."))
    own_section = context.wording.own_section("sharing")
    if own_section is not None:
        return own_section
    if statement.total.gap <= 0:
        return does_not_apply(loc("Inget saknas: det finns inget att dela på."))
    if statement.round.part_pledges:
        return does_not_apply(loc("Kommunerna anger själva vad de betalar."))
    shared = statement.gap_sharing
    if shared is None:
        return does_not_apply(loc("Ingen kommun har sagt ja."))
    return stack(
        paragraphs(_increase_text(context, shared)),
        _sharers_table(shared, loc, has_units=context.statement.round.pricing.has_units),
    )


def _increase_text(context: SectionContext, shared: GapSharing) -> str:
    """Return the sum that is shared, and its effect on the fees."""
    loc = context.year_loc
    if shared.remaining and not shared.shared:
        return _nobody_may_pay_more_text(shared, loc)
    text = _mean_increase_text(context, shared)
    if shared.beyond_limit:
        text = f"{text} " + loc.plural(
            "En kommun skulle betala mer än omgångens gräns.",
            "{n} kommuner skulle betala mer än omgångens gräns.",
            len(shared.beyond_limit),
        )
    return " ".join([text, *_stopped_texts(shared, loc)])


def _mean_increase_text(context: SectionContext, shared: GapSharing) -> str:
    loc = context.year_loc
    before = sum(sharer.before for sharer in shared.sharers)
    inhabitants = sum(sharer.population for sharer in shared.sharers)
    all_years = loc(" för alla år") if len(shared.sharers) < context.statement.total.yes else ""
    if shared.remaining:
        return loc.plural(
            "Om den enda kommun som har sagt ja{all_years} betalade så mycket som omgångens regler "
            "medger skulle den betala {shared} mer per år, en höjning med {increase}. Det "
            "räcker inte: {remaining} per år saknas ändå.",
            "Om de {n} kommuner som har sagt ja{all_years} betalade så mycket som omgångens "
            "regler medger skulle de tillsammans betala {shared} mer per år, i genomsnitt "
            "{increase}. Det räcker inte: {remaining} per år saknas ändå.",
            len(shared.sharers),
            all_years=all_years,
            shared=loc.money(shared.shared),
            increase=loc.percent(share(shared.shared, before)),
            remaining=loc.money(shared.remaining),
        )
    if not context.statement.round.pricing.has_units:
        return _mean_of_listed_fees_text(shared, all_years, loc)
    return loc.plural(
        "Om den enda kommun som har sagt ja{all_years} bar hela beloppet skulle den betala "
        "{shared} mer per år, en höjning med {increase}: {after} per invånare i stället för "
        "{before}.",
        "Om de {n} kommuner som har sagt ja{all_years} bar hela beloppet skulle de tillsammans "
        "betala {shared} mer per år: i genomsnitt {increase} mer, {after} per invånare i stället "
        "för {before}.",
        len(shared.sharers),
        all_years=all_years,
        shared=loc.money(shared.shared),
        increase=loc.percent(share(shared.shared, before)),
        after=loc.unit_price(share(shared.requested, inhabitants)),
        before=loc.unit_price(share(before, inhabitants)),
    )


def _mean_of_listed_fees_text(shared: GapSharing, all_years: str, loc: Localizer) -> str:
    """The same for fees that are listed, and have no price per inhabitant."""
    before = sum(sharer.before for sharer in shared.sharers)
    return loc.plural(
        "Om den enda kommun som har sagt ja{all_years} bar hela beloppet skulle den betala "
        "{shared} mer per år, en höjning med {increase}.",
        "Om de {n} kommuner som har sagt ja{all_years} bar hela beloppet skulle de tillsammans "
        "betala {shared} mer per år: i genomsnitt {increase} mer.",
        len(shared.sharers),
        all_years=all_years,
        shared=loc.money(shared.shared),
        increase=loc.percent(share(shared.shared, before)),
    )


def _nobody_may_pay_more_text(shared: GapSharing, loc: Localizer) -> str:
    return loc(
        "Enligt omgångens regler kan ingen kommun som har sagt ja betala mer än sin avgift. De "
        "{remaining} per år som saknas går därför inte att dela på.",
        remaining=loc.money(shared.remaining),
    )


def _stopped_texts(shared: GapSharing, loc: Localizer) -> list[str]:
    """Return how many of the members stay at a fixed share, a cap or the stated rate."""
    if not shared.stopped:
        return []
    return [
        loc.plural(
            "För en kommun går avgiften inte över dess fasta andel, högsta avgift eller angivna "
            "pris.",
            "För {n} kommuner går avgiften inte över deras fasta andel, högsta avgift eller "
            "angivna pris.",
            len(shared.stopped),
        )
    ]


def _sharers_table(shared: GapSharing, loc: Localizer, *, has_units: bool) -> Block:
    """Return the largest members that would share, with their fees before and after."""
    make = FieldMaker(loc)
    prices = [
        make.price("per_inhabitant_before", loc("Kr per invånare nu")),
        make.price("per_inhabitant_after", loc("Kr per invånare om de delar")),
    ]
    fields = [
        make.text("name", loc("Kommun")),
        make.amount("before", loc("Avgift nu, kr")),
        make.amount("after", loc("Om de delar, kr")),
        make.amount("increase", loc("Ökning, kr")),
        make.share("increase_share", loc("Ökning"), "the fee before"),
        *(prices if has_units else []),
        make.text("code", loc("Kod")).not_shown(),
        make.inhabitants("population", loc("Invånare")).not_shown(),
    ]
    largest = sorted(shared.sharers, key=lambda s: (-s.before, s.code))
    caption = loc(
        "Så höjs de största avgifterna per år om de kommuner som har sagt ja delar på det som "
        "saknas"
    )
    return data_block(SectionTable.of(loc, caption, fields, largest, limit=MAX_SHARERS))
