"""The section that compares members without an answer or with a no by size, group and county."""

from __future__ import annotations

from collections.abc import Sequence

from helpers.funding.comparisons.groups import (
    MIN_MEMBERS,
    UNANSWERED_MEASURE,
    ClassComparison,
    GroupProfile,
    MemberClass,
)
from helpers.funding.comparisons.proportions import CONFIDENCE_LEVEL
from helpers.funding.forecast.funding_forecast import MIN_ANSWERS
from helpers.i18n.localizer import Localizer
from helpers.i18n.spelled_out import counts_in_words, number_in_words
from helpers.rounding import round_half_up
from helpers.sections.board.members.comparison_values import comparison_record, measure_fields
from helpers.sections.components.block import EMPTY_BLOCK, Block, does_not_apply, stack
from helpers.sections.components.data_table import data_block
from helpers.sections.components.section_context import SectionContext
from helpers.sections.components.tables.section_table import SectionTable
from helpers.sections.components.tables.table_fields import FieldMaker
from helpers.sections.components.text import bullets, paragraphs

MAX_NAMED_DIFFERENCES = 6  # clear differences that are named one by one


def profile(context: SectionContext, profile_result: GroupProfile) -> Block:
    """The finding, how to read it, and tables by size, by group and of clearly different counties.

    Blank if there is nothing to compare: too few answers, or members without classes.
    """
    loc = context.loc
    if not profile_result.comparisons or context.statement.total.answered < MIN_ANSWERS:
        return does_not_apply(
            context.loc("Det finns för få svar, eller inga grupper, att jämföra.")
        )
    names, declined_known = _class_names(context, profile_result), profile_result.declined_known
    sizes, groups = (
        _dimension_table(profile_result.classes_of(part), names, declined_known, loc)
        for part in ("size", "group")
    )
    return stack(
        paragraphs(
            _comparison_finding(profile_result, loc),
            *_named_differences(profile_result, names, loc),
        ),
        bullets(_reading_remarks(context)),
        sizes,
        groups,
        _county_table(profile_result.classes_of("county"), names, declined_known, loc),
    )


def _class_names(context: SectionContext, profile_result: GroupProfile) -> dict[MemberClass, str]:
    """Return the name of each class as the heading of a row."""
    loc = context.loc
    groups = context.statement.round.groups
    names = {}
    for member_class in profile_result.classes:
        if member_class.dimension == "size":
            names[member_class] = _size_class_name(member_class.at_least, member_class.below, loc)
        elif member_class.dimension == "group" and member_class.name in groups:
            names[member_class] = loc.text(groups[member_class.name])
        else:
            names[member_class] = member_class.name or loc("Ej angivet")
    return names


def _size_class_name(at_least: int | None, below: int | None, loc: Localizer) -> str:
    """Return a size class by its inhabitants: 10 000–19 999; the first has no lower bound."""
    if at_least is None:
        return loc("Färre än {below}", below=loc.count(below or 0))
    if below is None:
        return loc("{least} eller fler", least=loc.count(at_least))
    return f"{loc.count(at_least)}–{loc.count(below - 1)}"


def _comparison_finding(profile_result: GroupProfile, loc: Localizer) -> str:
    """Return how many comparisons show a clear difference, and how many would by chance."""
    expected = round_half_up(profile_result.expected_by_chance)
    made, clear = profile_result.comparisons, profile_result.clear
    numbers = counts_in_words(loc, loc("en"), n=clear, made=made, expected=expected)
    by_chance = (
        loc("Enbart slumpen skulle ge ungefär {expected}.", **numbers)
        if expected
        else loc("Enbart slumpen skulle knappast ge någon.")
    )
    if not clear:
        text = loc(
            "Ingen av {made} jämförelser visar en tydlig skillnad mot övriga kommuner.", **numbers
        )
        return f"{text} {by_chance}"
    text = loc.plural(
        "Av {made} jämförelser visar {n} en tydlig skillnad mot övriga kommuner.",
        "Av {made} jämförelser visar {n} en tydlig skillnad mot övriga kommuner.",
        clear,
        **numbers,
    )
    return f"{text} {by_chance}"


def _named_differences(
    profile_result: GroupProfile, names: dict[MemberClass, str], loc: Localizer
) -> list[str]:
    """Return the clear differences one by one, if they are few."""
    if not 0 < profile_result.clear <= MAX_NAMED_DIFFERENCES:
        return []
    listed = "; ".join(
        f"{_class_in_running_text(member_class, names[member_class], loc)} "
        f"({_direction_text(comparison, profile_result.declined_known, loc)})"
        for member_class in profile_result.classes
        for comparison in member_class.comparisons
        if comparison.clear
    )
    return [loc("Skillnaden är tydlig för {listed}.", listed=listed)]


def _class_in_running_text(member_class: MemberClass, name: str, loc: Localizer) -> str:
    """Return the name of a class for running text."""
    return (
        loc("kommuner med {size} invånare", size=name.lower())
        if member_class.dimension == "size"
        else name
    )


def _direction_text(comparison: ClassComparison, declined_known: bool, loc: Localizer) -> str:
    more = comparison.difference > 0
    if not declined_known:
        return loc("större andel inte med") if more else loc("mindre andel inte med")
    if comparison.measure == UNANSWERED_MEASURE:
        return (
            loc("större andel som inte har svarat")
            if more
            else loc("mindre andel som inte har svarat")
        )
    return loc("större andel nej") if more else loc("mindre andel nej")


def _reading_remarks(context: SectionContext) -> list[str]:
    """Return what is compared, what an interval is, and what the comparison does not show."""
    statement, loc = context.statement, context.loc
    remarks = [
        loc(
            "Varje rad jämförs med alla övriga kommuner, i procentenheter. Andelarna är exakta "
            "för omgången. Intervallet ({level}) visar hur mycket de skulle kunna variera om "
            "likadana kommuner tillfrågades på nytt. En skillnad kallas tydlig när hela "
            "intervallet ligger på samma sida om noll och båda grupperna har minst {least} "
            "kommuner.",
            level=loc.percent(CONFIDENCE_LEVEL),
            least=number_in_words(MIN_MEMBERS, loc),
        ),
        loc("Jämförelserna visar hur svaren skiljer sig, inte varför."),
    ]
    if statement.deadlines and len(statement.passed_deadlines) < len(statement.deadlines):
        remarks.append(
            loc("Svarstiden pågår: de kommuner som inte har svarat kan ännu göra det i tid.")
        )
    return remarks


def _dimension_table(
    classes: Sequence[MemberClass],
    names: dict[MemberClass, str],
    declined_known: bool,
    loc: Localizer,
) -> Block:
    """Return all classes of size or group; blank if one class contains all members."""
    if len(classes) < 2:
        return EMPTY_BLOCK
    by_size = classes[0].dimension == "size"
    label = loc("Invånare") if by_size else loc("Kommungrupp")
    what = loc("Ej svarat och nej") if declined_known else loc("Andel som inte är med")
    caption = (
        loc("{what} efter storlek, skillnader i procentenheter", what=what)
        if by_size
        else loc("{what} efter kommungrupp, skillnader i procentenheter", what=what)
    )
    return _comparison_table(caption, label, classes, names, declined_known, loc)


def _county_table(
    classes: Sequence[MemberClass],
    names: dict[MemberClass, str],
    declined_known: bool,
    loc: Localizer,
) -> Block:
    """Return the counties that differ clearly, or a sentence that none does."""
    if len(classes) < 2:
        return EMPTY_BLOCK
    number = number_in_words(len(classes), loc)
    clear = [
        member_class for member_class in classes if any(c.clear for c in member_class.comparisons)
    ]
    if not clear:
        return paragraphs(loc("Inget av {n} län skiljer sig tydligt.", n=number))
    caption = loc(
        "{what} i de av {n} län som skiljer sig tydligt, skillnader i procentenheter",
        what=loc("Ej svarat och nej") if declined_known else loc("Andel som inte är med"),
        n=number,
    )
    return _comparison_table(caption, loc("Län"), clear, names, declined_known, loc)


def _comparison_table(
    caption: str,
    label: str,
    classes: Sequence[MemberClass],
    names: dict[MemberClass, str],
    declined_known: bool,
    loc: Localizer,
) -> Block:
    difference = loc("Skillnad mot övriga ({level})", level=loc.percent(CONFIDENCE_LEVEL))
    outside = loc("Ej svarat, av alla") if declined_known else loc("Inte med, av alla")
    make = FieldMaker(loc)
    fields = [
        make.text("class", label),
        *measure_fields("unanswered", outside, difference, make),
        *(
            measure_fields("declined", loc("Nej, av dem som svarat"), difference, make)
            if declined_known
            else []
        ),
        make.members("members", loc("Kommuner")).not_shown(),
    ]
    records = [
        comparison_record(member_class, names[member_class], loc) for member_class in classes
    ]
    return data_block(SectionTable.of(loc, caption, fields, records))
