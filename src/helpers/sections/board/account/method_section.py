"""The section on how fees are computed and rounded."""

from __future__ import annotations

from helpers.funding.statement.round_statement import Statement
from helpers.pricing.kinds.fixed_total import MembershipFee
from helpers.sections.components.block import Block
from helpers.sections.components.section_context import SectionContext
from helpers.sections.components.text import bullets
from helpers.sections.pricing.contingency_sentences import contingency_rule_text
from helpers.sections.pricing.rule_sentences import pricing_remarks

# The same figures in plain pandas; tests/notebooks/test_open_calculation.py compares them.
_OPEN_CALCULATION = "open_calculation.ipynb"
_MEMBERSHIP_FEE_KEYS = {"rule", "population_year", "rebate_above", "rebate_percent"}


def method(context: SectionContext) -> Block:
    """How the key figures are defined; the section on certainty has the assumptions."""
    loc = context.loc
    remarks = [
        context.wording.secured_definition(),
        *pricing_remarks(context),
        context.wording.rounding_remark(),
        *filter(None, [contingency_rule_text(context.statement, loc)]),
        loc(
            "Andelarna är räknade på alla tillfrågade om inget annat anges. De är avrundade var "
            "för sig och summerar därför inte alltid till 100 procent."
        ),
        *_open_calculation_remark(context),
    ]
    return bullets(remarks)


def _open_calculation_remark(context: SectionContext) -> list[str]:
    """Where a reader can follow the calculation, if the open notebook covers the round."""
    if not _is_openly_calculated(context.statement):
        return []
    remark = context.loc(
        "Hela beräkningen, från svarsregistret till det säkrade beloppet, går att följa steg för "
        "steg i {notebook}. Den använder inte rapportens program, och jämför sitt resultat med "
        "rapportens.",
        notebook=_OPEN_CALCULATION,
    )
    return [remark]


def _is_openly_calculated(statement: Statement) -> bool:
    """Whether the notebook has a rule for everything in the round: none is special."""
    round_, on_day = statement.round, statement.on_day
    special = (
        statement.what_if,
        round_.requested_of_years,
        round_.pricing.model_dump(exclude_defaults=True).keys() - _MEMBERSHIP_FEE_KEYS,
        statement.total.conditional,
        *(len(rows) for rows in (on_day.left_members, on_day.leaving_members, on_day.joiners)),
        len(statement.quality.corrected),
    )
    return isinstance(round_.pricing, MembershipFee) and not any(special)
