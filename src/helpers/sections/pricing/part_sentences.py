"""Yes answers of another amount than the fee, in words; for rounds that allow them."""

from __future__ import annotations

import pandas as pd

from helpers.funding.answers.answer_states import CONDITIONAL, YES
from helpers.funding.answers.part_pledges import OFFERED
from helpers.funding.statement.round_statement import Statement
from helpers.i18n.localizer import Localizer
from helpers.sections.components.section_context import SectionContext
from helpers.sections.components.text import join_first


def uncovered_heading(statement: Statement, loc: Localizer) -> str:
    """The heading of the part of the fees that a yes does not cover."""
    if statement.round.part_pledges:
        return loc("Ja till en del")
    return loc("Ja, men inte alla år")


def part_rule_sentences(statement: Statement, loc: Localizer) -> list[str]:
    """That a yes may be of another amount than the fee, and how it then counts."""
    if not statement.round.part_pledges:
        return []
    return [
        loc(
            "Ett ja får gälla ett annat belopp än avgiften. Är beloppet lägre räknas det belopp "
            "som kommunen har angett. Det som är över avgiften är en gåva, som kommer utöver det "
            "önskade beloppet."
        )
    ]


def extension_text(statement: Statement, loc: Localizer) -> str:
    """What is added if the yes answers of a part become of the whole fee and of all years."""
    amount = loc.money(statement.total.uncovered)
    if len(statement.round.years) == 1:
        return loc(
            "Utvidgas de ja-svar som gäller en del av avgiften kommer {amount} till.", amount=amount
        )
    return loc(
        "Beloppen gäller {year}, det år som har minst säkrat. Utvidgas de ja-svar som gäller en "
        "del av avgiften, eller inte gäller det året, kommer {amount} till.",
        year=str(statement.least_year),
        amount=amount,
    )


def gifts_text(context: SectionContext) -> str:
    """How much is given above the fees, outside the requested amount; blank for nothing."""
    total, loc = context.statement.total, context.year_loc
    if not total.gifts:
        return ""
    givers = int((context.statement.on_day.everyone["gift"] > 0).sum())
    return loc.plural(
        "En kommun ger mer än sin avgift. Det som är över avgiften, {amount} per år, är en gåva "
        "och kommer utöver det önskade beloppet.",
        "{n} kommuner ger mer än sin avgift. Det som är över avgifterna, {amount} per år, är gåvor "
        "och kommer utöver det önskade beloppet.",
        givers,
        amount=loc.money(total.gifts),
    )


def part_answer_texts(context: SectionContext) -> list[str]:
    """Whose yes is of a part of the fee, and who gives more than the fee."""
    answers, loc = context.statement.on_day.everyone, context.loc
    if OFFERED not in answers:
        return []
    said = answers[answers["decision"].isin([YES, CONDITIONAL]) & (answers[OFFERED] > 0)]
    parts, gifts = said[said[OFFERED] < said["fee"]], said[said[OFFERED] > said["fee"]]
    texts = []
    if len(parts):
        listed = [
            loc("{name} {amount} av {fee}", name=name, amount=loc.money(own), fee=loc.money(fee))
            for name, own, fee in _rows(parts)
        ]
        texts.append(loc("Ja till en del av avgiften: {listed}.", listed=join_first(loc, listed)))
    if len(gifts):
        listed = [
            loc("{name} {amount} utöver avgiften", name=name, amount=loc.money(own - fee))
            for name, own, fee in _rows(gifts)
        ]
        texts.append(loc("Gåvor: {listed}.", listed=join_first(loc, listed)))
    return texts


def _rows(answers: pd.DataFrame) -> list[tuple[str, int, int]]:
    columns = (answers[name].tolist() for name in ("name", OFFERED, "fee"))
    return list(zip(*columns, strict=True))
