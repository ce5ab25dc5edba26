"""reports/index.html: every release with its headline and links, and the hash of its run.json."""

from __future__ import annotations

import re
import time
from collections.abc import Collection, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from fractions import Fraction
from pathlib import Path

from markupsafe import Markup

from helpers.documents.page_templates import read_template, template_environment
from helpers.errors import LockedError
from helpers.i18n.localizer import Localizer
from helpers.model.localized_text import Language
from helpers.releases.catalogue import Release, list_releases
from helpers.sections.charts.share_over_time import share_over_time
from helpers.system.file_lock import locked
from helpers.system.files import atomic_write

INDEX_FILE = "index.html"
_LISTED_RELEASE = re.compile(r'data-release="([a-z0-9./-]+)" data-run="([0-9a-f]{64})"')
_LOCK_TIMEOUT = 60.0  # seconds to wait for another run that is writing the index


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
    """A round: its title, its funded share over time, and its releases, newest first."""

    anchor: str
    title: str
    chart: Markup
    entries: list[IndexEntry]


def update_index(reports: Path, removed: Collection[str] = ()) -> list[str]:
    """Write index.html from the run.json files in a folder; returns a sentence for each problem.

    A release keeps the hash that was listed first: one whose run.json has another is a problem and
    is marked on the page. `removed` are the paths of releases that were removed on purpose. The
    page is written atomically, by one run at a time, and only if it differs.
    """
    if not reports.is_dir():
        return []
    with _index_lock(reports):
        found, problems = list_releases(reports)
        path = reports / INDEX_FILE
        first_hashes = listed_hashes(path)
        if not found and not path.exists():
            return problems
        problems += [
            f"{name} was listed and no longer exists."
            for name in sorted(
                set(first_hashes) - {release.path for release in found} - set(removed)
            )
        ]
        problems += [
            f"{release.path}: run.json has been changed since it was published. "
            f"Check it with `funding-report verify {release.folder}`."
            for release in found
            if first_hashes.get(release.path, release.sha256) != release.sha256
        ]
        _write_if_changed(path, render_index(found, first_hashes))
    return problems


def listed_hashes(index: Path) -> dict[str, str]:
    """The SHA-256 of each run.json that an index lists, by the release's path; empty without it."""
    try:
        return dict(_LISTED_RELEASE.findall(index.read_text(encoding="utf-8")))
    except (OSError, UnicodeDecodeError):
        return {}


def render_index(found: list[Release], first_hashes: dict[str, str]) -> str:
    """Render the page; the same releases give the same bytes. `first_hashes` were listed before."""
    loc = Localizer(_index_language(found))
    rounds: dict[str, list[Release]] = {}
    for release in found:
        rounds.setdefault(release.folder.parent.name, []).append(release)
    return (
        template_environment()
        .get_template("index.html.j2")
        .render(
            lang=loc.language,
            title=loc("Rapporter"),
            lead=loc("Alla utgåvor, de nyaste först."),
            empty=loc("Ingen rapport är utgiven ännu."),
            words={
                "skip": loc("Hoppa till innehållet"),
                "contents": loc("Innehåll"),
                "changed": loc("run.json har ändrats sedan rapporten gavs ut."),
                "hash": loc("SHA-256 för run.json"),
            },
            sections=[
                _round_section(name, round_releases, first_hashes, loc)
                for name, round_releases in rounds.items()
            ],
            fonts=Markup(read_template("fonts.css")),  # noqa: S704 ours
            style=Markup(read_template("report.css")),  # noqa: S704
        )
    )


def _index_language(found: list[Release]) -> Language:
    """English where no release is in Swedish; else Swedish, as before the first release."""
    return "en" if {lang for release in found for lang in release.run.headlines} == {"en"} else "sv"


def _round_section(
    name: str, round_releases: list[Release], first_hashes: dict[str, str], loc: Localizer
) -> IndexRound:
    summaries = [release.run.summary for release in round_releases if release.run.summary]
    title = loc.text(summaries[0].title) if summaries else name
    successor = {
        release.run.correction.replaces: release.folder.name
        for release in reversed(round_releases)
        if release.run.correction
    }
    entries = [
        _release_entry(release, first_hashes, successor.get(release.folder.name), loc)
        for release in round_releases
    ]
    return IndexRound(name, title, _share_over_time(round_releases, loc), entries)


def _share_over_time(round_releases: list[Release], loc: Localizer) -> Markup:
    """The chart of the share over time, by each day's latest report; empty with fewer than two."""
    points = {}
    for release in reversed(round_releases):  # oldest first: a day's latest report counts
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
        kind = loc.plural("{n} brev", "{n} brev", release.run.letters)
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
    languages: dict[Language, str] = {"sv": loc("svenska"), "en": loc("engelska")}
    names = {
        f"board-report.{language}.{kind.lower()}": f"{kind}, {name}"
        for language, name in languages.items()
        for kind in ("HTML", "PDF")
    } | {
        "invoices.xlsx": loc("Faktureringsunderlag, Excel"),
        "invoices.csv": loc("Faktureringsunderlag, CSV"),
    }
    if release.name.kind == "letters":
        yield IndexLink(f"{release.path}/", loc("Alla brev"), f"{loc('Alla brev')}, {context}")
    for file, text in names.items():
        if file in release.run.outputs:
            yield IndexLink(f"{release.path}/{file}", text, f"{text}, {context}")


def _write_if_changed(path: Path, text: str) -> None:
    content = text.encode()
    if path.exists() and path.read_bytes() == content:
        return
    atomic_write(path, content)


@contextmanager
def _index_lock(reports: Path) -> Iterator[None]:
    """Wait for a run that is writing the index: it may lack this run's release."""
    deadline = time.monotonic() + _LOCK_TIMEOUT
    while True:
        try:
            with locked(reports / ".index.lock"):
                yield
                return
        except LockedError:
            if time.monotonic() > deadline:
                raise
            time.sleep(0.05)
