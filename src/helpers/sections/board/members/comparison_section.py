"""Whether the silent and those that said no differ by size, group or county: plain comparisons."""

from __future__ import annotations

from collections.abc import Sequence
from fractions import Fraction

from helpers.funding.comparisons.groups import (
    DECLINED_MEASURE,
    MIN_MEMBERS,
    SILENT_MEASURE,
    ClassComparison,
    GroupProfile,
    MemberClass,
)
from helpers.funding.comparisons.proportions import CONFIDENCE_LEVEL, Proportion
from helpers.funding.forecast.funding_forecast import MIN_ANSWERS
from helpers.i18n.localizer import Localizer
from helpers.rounding import round_half_up
from helpers.sections.components.block import EMPTY_BLOCK, Block, stack
from helpers.sections.components.data_table import Column, table_block
from helpers.sections.components.notices import example_callout
from helpers.sections.components.section_context import SectionContext
from helpers.sections.components.text import bullets, paragraphs

MAX_NAMED_DIFFERENCES = 6  # clear differences that are named one by one


def profile(context: SectionContext, found: GroupProfile) -> Block:
    """The finding, how it is to be read, and a table by size, by group and of clear counties.

    Blank where there is nothing to compare: few answers, or members that are not divided.
    """
    loc = context.loc
    if not found.comparisons or context.statement.total.answered < MIN_ANSWERS:
        return EMPTY_BLOCK
    names, known = _class_names(context, found), found.declined_known
    sizes, groups = (
        _dimension_table(found.of(part), names, known, loc) for part in ("size", "group")
    )
    return stack(
        example_callout(context),
        paragraphs(_comparison_finding(found, loc), *_named_differences(found, names, loc)),
        bullets(_reading_remarks(context)),
        sizes,
        groups,
        _county_table(found.of("county"), names, known, loc),
    )


def _class_names(context: SectionContext, found: GroupProfile) -> dict[MemberClass, str]:
    """What each class is called where it heads a row."""
    loc = context.loc
    groups = context.statement.round.groups
    names = {}
    for one in found.classes:
        if one.dimension == "size":
            names[one] = _size_class_name(one.at_least, one.below, loc)
        elif one.dimension == "group" and one.name in groups:
            names[one] = loc.text(groups[one.name])
        else:
            names[one] = one.name or loc("Ej angivet")
    return names


def _size_class_name(at_least: int | None, below: int | None, loc: Localizer) -> str:
    """A class of size by its inhabitants: 10 000–19 999; its first one has no lower bound."""
    if at_least is None:
        return loc("Färre än {below}", below=loc.count(below or 0))
    if below is None:
        return loc("{least} eller fler", least=loc.count(at_least))
    return f"{loc.count(at_least)}–{loc.count(below - 1)}"


def _comparison_finding(found: GroupProfile, loc: Localizer) -> str:
    """How many comparisons show a clear difference, and how many would by chance alone."""
    numbers = {
        "made": loc.count(found.comparisons),
        "expected": loc.decimals(found.expected_by_chance, 1),
    }
    if not found.declined_known:
        return loc.plural(
            "{n} av {made} jämförelser visar en tydlig skillnad mot övriga kommuner. Om lotten "
            "avgjorde vem som står utanför skulle i genomsnitt {expected} göra det.",
            "{n} av {made} jämförelser visar en tydlig skillnad mot övriga kommuner. Om lotten "
            "avgjorde vem som står utanför skulle i genomsnitt {expected} göra det.",
            found.clear,
            **numbers,
        )
    return loc.plural(
        "{n} av {made} jämförelser visar en tydlig skillnad mot övriga kommuner. Om lotten "
        "avgjorde vem som är tyst och vem som säger nej skulle i genomsnitt {expected} göra det.",
        "{n} av {made} jämförelser visar en tydlig skillnad mot övriga kommuner. Om lotten "
        "avgjorde vem som är tyst och vem som säger nej skulle i genomsnitt {expected} göra det.",
        found.clear,
        **numbers,
    )


def _named_differences(
    found: GroupProfile, names: dict[MemberClass, str], loc: Localizer
) -> list[str]:
    """The clear differences one by one, where they are few."""
    if not 0 < found.clear <= MAX_NAMED_DIFFERENCES:
        return []
    listed = "; ".join(
        f"{_class_in_running_text(one, names[one], loc)} "
        f"({_direction_text(comparison, found.declined_known, loc)})"
        for one in found.classes
        for comparison in one.comparisons
        if comparison.clear
    )
    return [loc("Tydligt skiljer sig: {listed}.", listed=listed)]


def _class_in_running_text(one: MemberClass, name: str, loc: Localizer) -> str:
    """What a class is called in running text."""
    return (
        loc("kommuner med {size} invånare", size=name.lower()) if one.dimension == "size" else name
    )


def _direction_text(comparison: ClassComparison, known: bool, loc: Localizer) -> str:
    more = comparison.difference > 0
    if not known:
        return loc("större andel utanför") if more else loc("mindre andel utanför")
    if comparison.measure == SILENT_MEASURE:
        return loc("större andel tysta") if more else loc("mindre andel tysta")
    return loc("större andel nej") if more else loc("mindre andel nej")


def _reading_remarks(context: SectionContext) -> list[str]:
    """What is compared, what an interval is, and what is not said."""
    statement, loc = context.statement, context.loc
    remarks = [
        loc(
            "Varje klass jämförs med alla övriga kommuner, i procentenheter. Andelarna är exakta "
            "för rundan; intervallet ({level}) gäller hur likadana kommuner skulle svara om de "
            "tillfrågades på nytt. Skillnaden kallas tydlig när intervallet inte rymmer noll och "
            "det finns minst {least} kommuner på var sida.",
            level=loc.percent(CONFIDENCE_LEVEL),
            least=loc.count(MIN_MEMBERS),
        ),
        loc("Jämförelserna säger hur svaren skiljer sig, inte varför."),
    ]
    if statement.deadlines and len(statement.passed_deadlines) < len(statement.deadlines):
        remarks.append(loc("Svarstiden pågår: de som är tysta kan ännu svara i tid."))
    return remarks


def _dimension_table(
    classes: Sequence[MemberClass], names: dict[MemberClass, str], known: bool, loc: Localizer
) -> Block:
    """All classes of size or group; blank where one class holds all members."""
    if len(classes) < 2:
        return EMPTY_BLOCK
    by_size = classes[0].dimension == "size"
    label = loc("Invånare") if by_size else loc("Kommungrupp")
    what = loc("Tysta och nej") if known else loc("Andel utanför")
    caption = (
        loc("{what} efter storlek, skillnader i procentenheter", what=what)
        if by_size
        else loc("{what} efter kommungrupp, skillnader i procentenheter", what=what)
    )
    return _comparison_table(caption, label, classes, names, known, loc)


def _county_table(
    classes: Sequence[MemberClass], names: dict[MemberClass, str], known: bool, loc: Localizer
) -> Block:
    """Of the counties those that differ clearly, or that none does."""
    if len(classes) < 2:
        return EMPTY_BLOCK
    number = loc.count(len(classes))
    clear = [one for one in classes if any(c.clear for c in one.comparisons)]
    if not clear:
        return paragraphs(loc("Inget av {n} län skiljer sig tydligt.", n=number))
    caption = loc(
        "{what} i de av {n} län som skiljer sig tydligt, skillnader i procentenheter",
        what=loc("Tysta och nej") if known else loc("Andel utanför"),
        n=number,
    )
    return _comparison_table(caption, loc("Län"), clear, names, known, loc)


def _comparison_table(
    caption: str,
    label: str,
    classes: Sequence[MemberClass],
    names: dict[MemberClass, str],
    known: bool,
    loc: Localizer,
) -> Block:
    difference = loc("Skillnad mot övriga ({level})", level=loc.percent(CONFIDENCE_LEVEL))
    outside = loc("Ej svarat, av alla") if known else loc("Utanför, av alla")
    columns = [Column(label, "left"), Column(outside), Column(difference)]
    if known:
        columns += [Column(loc("Nej, av dem som svarat")), Column(difference)]
    rows = [_comparison_row(one, names[one], known, loc) for one in classes]
    return table_block(caption, columns, rows)


def _comparison_row(one: MemberClass, name: str, known: bool, loc: Localizer) -> list[str]:
    made = {comparison.measure: comparison for comparison in one.comparisons}
    cells, measures = [name], [(SILENT_MEASURE, one.silent), (DECLINED_MEASURE, one.declined)]
    for measure, rate in measures if known else measures[:1]:
        cells += [_format_rate(rate, loc), _format_difference(made.get(measure), loc)]
    return cells


def _format_rate(rate: Proportion, loc: Localizer) -> str:
    if rate.share is None:
        return "–"
    return loc(
        "{count}\u00a0av\u00a0{of} ({share})",
        count=loc.count(rate.count),
        of=loc.count(rate.of),
        share=loc.percent(rate.share),
    )


def _format_difference(comparison: ClassComparison | None, loc: Localizer) -> str:
    if comparison is None:
        return "–"
    interval = comparison.interval
    text = loc(
        "{difference} ({low}\u00a0till\u00a0{high})",
        difference=_format_points(comparison.difference, loc),
        low=_format_points(Fraction(interval.low), loc),
        high=_format_points(Fraction(interval.high), loc),
    )
    return loc("{difference}, tydlig", difference=text) if comparison.clear else text


def _format_points(difference: Fraction, loc: Localizer) -> str:
    """Whole percentage points with their sign: +19; with a decimal where that would say nothing."""
    points = 100 * difference
    digits = 1 if points and not round_half_up(points) else 0
    sign = "+" if round_half_up(points, Fraction(1, 10**digits)) > 0 else ""
    return sign + loc.decimals(points, digits)
