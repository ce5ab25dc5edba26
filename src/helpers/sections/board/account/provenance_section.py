"""The section on what the report was computed from."""

from __future__ import annotations

from collections.abc import Mapping

from helpers.sections.components.block import Block, stack
from helpers.sections.components.data_table import data_block
from helpers.sections.components.section_context import SectionContext
from helpers.sections.components.tables.section_table import SectionTable
from helpers.sections.components.tables.table_fields import FieldMaker
from helpers.sections.components.text import paragraphs

_SHIPPED_MEMBERS_FILE = "municipalities.csv"


def provenance(
    context: SectionContext, files: Mapping[str, Mapping[str, str]], version: str
) -> Block:
    """What the report was made from: files with their hashes."""
    loc = context.loc
    known = _knowledge_text(context, files["members"]["file"], version)
    make = FieldMaker(loc)
    fields = [
        make.text("file", loc("Fil")),
        make.text("sha256", loc("SHA-256, de första 16 tecknen")),
    ]
    records = [{"file": file["file"], "sha256": file["sha256"][:16]} for file in files.values()]
    table = data_block(SectionTable.of(loc, loc("Rapportens underlag"), fields, records))
    return stack(paragraphs(known), table)


def _knowledge_text(context: SectionContext, members: str, version: str) -> str:
    """Return the two dates of the report, and the source of the inhabitants.

    Only the shipped file's inhabitants are from Statistics Sweden (SCB).
    """
    loc = context.loc
    day, known_on = loc.date(context.statement.as_of), loc.date(context.statement.known_on)
    if day == known_on:
        state = loc("Läget per den {as_of}, så som det var känt samma dag.", as_of=day)
    else:
        state = loc(
            "Läget per den {as_of}, så som det var känt den {known_on}.",
            as_of=day,
            known_on=known_on,
        )
    source = [loc("Folkmängd: SCB.")] if members == _SHIPPED_MEMBERS_FILE else []
    computed = loc("Beräknat med funding-report {version}.", version=version)
    return " ".join([state, *source, computed])
