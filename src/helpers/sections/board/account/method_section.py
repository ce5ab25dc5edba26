"""The section on how fees are computed and rounded."""

from __future__ import annotations

from helpers.sections.components.block import Block
from helpers.sections.components.section_context import SectionContext
from helpers.sections.components.text import bullets
from helpers.sections.pricing.rule_sentences import pricing_remarks


def method(context: SectionContext) -> Block:
    """How the key figures are defined, and the round's assumptions."""
    loc = context.loc
    remarks = [
        loc(
            "Säkrat är summan av avgifterna för de kommuner vars gällande svar är ja. Ett svar "
            "gäller från den dag det har kommit in; har en kommun svarat flera gånger gäller det "
            "senast beslutade. Den som inte har svarat räknas varken som ja eller nej."
        ),
        *pricing_remarks(context),
        context.wording.rounding_remark(),
        loc(
            "Andelar är av samtliga tillfrågade, om inget annat sägs, och avrundas var för sig "
            "från det exakta värdet. Därför kan avrundade andelar tillsammans bli 99 eller 101 "
            "procent."
        ),
        *(loc.text(assumed.text) for assumed in context.statement.assumptions),
    ]
    return bullets(remarks)
