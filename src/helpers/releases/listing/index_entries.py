"""What the index shows of each round and release: texts, links, hashes and the share over time."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from fractions import Fraction

from markupsafe import Markup

from helpers.i18n.localizer import Localizer
from helpers.i18n.script_names import language_name
from helpers.model.languages import known_languages
from helpers.releases.listing.catalogue import Release
from helpers.sections.charts.share_over_time import share_over_time


@dataclass(frozen=True)
class IndexLink:
    """A link to a file of a release; `accessible_name` is its text for a screen reader."""

    href: str
    text: str
    accessible_name: str


@dataclass(frozen=True)
class IndexEntry:
    """A release as the page shows it; `sha256` is that of the run.json listed first."""

    path: str
    day: str
    kind: str
    share: str
    headline: str
    remarks: list[str]
    links: list[IndexLink]
    sha256: str
    changed: bool


@dataclass(frozen=True)
class IndexRound:
    """A round: its title, its funded share over time, and its releases, newest first.

    Releases that a later one has replaced are `superseded`, under a label that says how many.
    """

    anchor: str
    title: str
    chart: Markup
    entries: list[IndexEntry]
    superseded: list[IndexEntry]
    superseded_label: str


def index_round(
    name: str, round_releases: list[Release], first_hashes: dict[str, str], loc: Localizer
) -> IndexRound:
    """A round's part of the page; `first_hashes` as in `render_index`."""
    summaries = [release.run.summary for release in round_releases if release.run.summary]
    title = loc.text(summaries[0].title) if summaries else name
    successor = {
        release.run.correction.replaces: release.folder.name
        for release in reversed(round_releases)
        if release.run.correction
    }
    current, superseded = list[IndexEntry](), list[IndexEntry]()
    for release in round_releases:
        replaced_by = successor.get(release.folder.name)
        entry = _release_entry(release, first_hashes, replaced_by, loc)
        (superseded if replaced_by else current).append(entry)
    label = loc.plural("{n} ersatt utgåva", "{n} ersatta utgåvor", len(superseded))
    chart = _share_over_time(round_releases, loc)
    return IndexRound(name, title, chart, current, superseded, label)


def _share_over_time(round_releases: list[Release], loc: Localizer) -> Markup:
    """The chart of the share over time, by each day's latest report; empty with fewer than two."""
    points = {}
    for release in reversed(
        round_releases
    ):  # oldest first: a day's latest report replaces earlier ones
        summary = release.run.summary
        if release.name.kind == "board-report" and summary and summary.share is not None:
            points[release.name.day] = (summary.share, summary.share_of)
    if len(points) < 2:
        return Markup("")
    inhabitants = any(share_of == "inhabitants" for _, share_of in points.values())
    shares = [(day, share) for day, (share, _) in points.items()]
    return Markup(share_over_time(shares, loc, inhabitants=inhabitants).html)  # noqa: S704 ours


def _release_entry(
    release: Release, first_hashes: dict[str, str], successor: str | None, loc: Localizer
) -> IndexEntry:
    kinds = {"board-report": loc("Styrelserapport"), "letters": loc("Brev")}
    day = loc.date(release.name.day)
    kind = kinds[release.name.kind]
    if release.run.letters:
        kind = loc("{n} brev", n=loc.count(release.run.letters))
        names = {"request": loc("förfrågan"), "reminder": loc("påminnelse")}
        names |= {"paper": loc("utkast till tjänsteskrivelser"), "credit": loc("kredit")}
        kind += f" ({names[release.name.letters]})" if release.name.letters else ""
    headlines = release.run.headlines
    return IndexEntry(
        path=release.path,
        day=day,
        kind=kind,
        headline=headlines.get(loc.language) or next(iter(headlines.values()), ""),
        share=_share_text(release, loc),
        remarks=list(_release_remarks(release, successor, loc)),
        links=list(_release_links(release, f"{kind}, {day}", loc)),
        sha256=first_hashes.get(release.path, release.sha256),
        changed=first_hashes.get(release.path, release.sha256) != release.sha256,
    )


def _share_text(release: Release, loc: Localizer) -> str:
    summary = release.run.summary
    if summary is None or summary.share is None:
        return ""
    share = loc.percent(Fraction(str(summary.share)))
    if summary.share_of == "inhabitants":
        return loc("{share} av invånarna", share=share)
    return loc("{share} säkrat", share=share)


def _release_remarks(release: Release, successor: str | None, loc: Localizer) -> Iterator[str]:
    """What a reader must know about a release before opening it."""
    if release.run.reconstructed:
        yield loc("Rekonstruerade svar")
    if release.run.parameters.future:
        yield loc("Gjord före dagen: svaren kan ha ändrats")
    if successor:
        yield loc("Ersatt av utgåvan {release}", release=successor)
    correction = release.run.correction
    if correction:
        text = loc("Ersätter utgåvan {release}", release=correction.replaces)
        yield f"{text}: {correction.reason}" if correction.reason else text


def _release_links(release: Release, context: str, loc: Localizer) -> Iterator[IndexLink]:
    languages = {one: language_name(one, loc.language) for one in known_languages()}
    names = {
        f"board-report.{language}.{kind.lower()}": f"{kind}, {name}"
        for language, name in languages.items()
        for kind in ("HTML", "PDF")
    }
    names |= {
        "invoices.xlsx": loc("Fakturaunderlag, Excel"),
        "invoices.csv": loc("Fakturaunderlag, CSV"),
    }
    if release.name.letters == "request":  # another's may be the letter to a member of that code
        names |= _annex_files(loc)
    if release.name.kind == "letters":
        yield IndexLink(f"{release.path}/", loc("Alla brev"), f"{loc('Alla brev')}, {context}")
    for file, text in names.items():
        if file in release.run.outputs:
            yield IndexLink(f"{release.path}/{file}", text, f"{text}, {context}")


def _annex_files(loc: Localizer) -> dict[str, str]:
    """The files of a request's annex, and the text of the link to each."""
    annex = loc("Bilaga med alla avgifter")
    return {
        f"annex.{language}.{kind}": f"{annex}, {name}"
        for language in known_languages()
        for kind, name in (("html", "HTML"), ("pdf", "PDF"), ("xlsx", "Excel"))
    }
