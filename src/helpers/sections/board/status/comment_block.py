"""The comments on a section, below it: what an office says, who it is, and since when."""

from __future__ import annotations

from collections.abc import Sequence

from helpers.i18n.script_names import language_name
from helpers.model.settings.commentary import Comment
from helpers.sections.components.block import EMPTY_BLOCK, Block, stack
from helpers.sections.components.parts.section_parts import HeadingPart
from helpers.sections.components.section_context import SectionContext
from helpers.sections.components.text import paragraphs, quotation


def comment_block(context: SectionContext, comments: Sequence[Comment]) -> Block:
    """Return the comments that the report may know; blank if there are none."""
    known = [one for one in comments if one.known_from <= context.statement.known_on]
    if not known:
        return EMPTY_BLOCK
    heading = Block((HeadingPart(level=3, text=context.loc("Kommentar")),))
    return stack(heading, *(_one_comment(context, one) for one in known))


def _one_comment(context: SectionContext, comment: Comment) -> Block:
    loc = context.loc
    source = f"{loc.text(comment.office)}, {loc.date(comment.known_from)}"
    text = comment.text.get(loc.language)
    if text is None:
        written = loc.join_list([language_name(one, loc.language) for one in comment.text])
        missing = loc(
            "Det finns en kommentar som bara är skriven på {languages}.", languages=written
        )
        return paragraphs(f"{missing} ({source})")
    return quotation(" ".join(text.split()), source)
