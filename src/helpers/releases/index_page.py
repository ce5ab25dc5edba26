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
    """A file of a release: where it lies, its name, and the name told without its surroundings."""

    href: str
    text: str
    spoken: str


@dataclass(frozen=True)
class IndexEntry:
    """A release as it is shown. `sha256` is that of the run.json that was first listed."""

    path: str
    day: str
    kind: str
    share: str
    headline: str
    marks: list[str]
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
    """Write index.html anew from the run.json files below a folder; what is wrong there, in words.

    A release keeps the hash that was listed first: where its run.json has another, it is named and
    marked. `removed` are those that are gone on purpose. The page is written whole or not at all,
    by one run at a time, and not touched where nothing differs.
    """
    if not reports.is_dir():
        return []
    with _index_lock(reports):
        found, wrong = list_releases(reports)
        path = reports / INDEX_FILE
        first = listed_hashes(path)
        if not found and not path.exists():
            return wrong
        wrong += [
            f"{name} was listed and is gone."
            for name in sorted(set(first) - {release.path for release in found} - set(removed))
        ]
        wrong += [
            f"{one.path}: run.json has been changed since it was published. "
            f"Look at it with `funding-report verify {one.folder}`."
            for one in found
            if first.get(one.path, one.sha256) != one.sha256
        ]
        _write_if_changed(path, render_index(found, first))
    return wrong


def listed_hashes(index: Path) -> dict[str, str]:
    """The SHA-256 of each run.json that an index lists, by the release's path; none without one."""
    try:
        return dict(_LISTED_RELEASE.findall(index.read_text(encoding="utf-8")))
    except (OSError, UnicodeDecodeError):
        return {}


def render_index(found: list[Release], first: dict[str, str]) -> str:
    """The page; the same releases give the same bytes. `first` are the hashes listed before."""
    loc = Localizer("sv")
    rounds: dict[str, list[Release]] = {}
    for release in found:
        rounds.setdefault(release.folder.parent.name, []).append(release)
    return (
        template_environment()
        .get_template("index.html.j2")
        .render(
            title=loc("Rapporter"),
            lead=loc("Alla utgåvor, de nyaste först."),
            empty=loc("Ingen rapport är utgiven ännu."),
            words={
                "skip": loc("Hoppa till innehållet"),
                "contents": loc("Innehåll"),
                "changed": loc("run.json har ändrats sedan rapporten gavs ut."),
                "hash": loc("SHA-256 för run.json"),
            },
            sections=[_round_section(name, those, first, loc) for name, those in rounds.items()],
            fonts=Markup(read_template("fonts.css")),  # noqa: S704 ours
            style=Markup(read_template("report.css")),  # noqa: S704
        )
    )


def _round_section(
    name: str, those: list[Release], first: dict[str, str], loc: Localizer
) -> IndexRound:
    summaries = [one.run.summary for one in those if one.run.summary]
    title = loc.text(summaries[0].title) if summaries else name
    successor = {
        one.run.correction.replaces: one.folder.name
        for one in reversed(those)
        if one.run.correction
    }
    entries = [_release_entry(one, first, successor.get(one.folder.name), loc) for one in those]
    return IndexRound(name, title, _share_over_time(those, loc), entries)


def _share_over_time(those: list[Release], loc: Localizer) -> Markup:
    """The share over time: of each day the report made last, where there are two days or more."""
    points = {}
    for one in reversed(those):  # the oldest first, so that the last of a day stays
        summary = one.run.summary
        if one.name.kind == "board-report" and summary and summary.share is not None:
            points[one.name.day] = (summary.share, summary.share_of)
    if len(points) < 2:
        return Markup("")
    inhabitants = any(of == "inhabitants" for _, of in points.values())
    shares = [(day, share) for day, (share, _) in points.items()]
    return Markup(share_over_time(shares, loc, inhabitants=inhabitants).html)  # noqa: S704 ours


def _release_entry(
    one: Release, first: dict[str, str], successor: str | None, loc: Localizer
) -> IndexEntry:
    kinds = {"board-report": loc("Styrelserapport"), "letters": loc("Brev")}
    day = loc.date(one.name.day)
    kind = kinds[one.name.kind]
    if one.run.letters:
        kind = loc.plural("{n} brev", "{n} brev", one.run.letters)
    headlines = one.run.headlines
    return IndexEntry(
        path=one.path,
        day=day,
        kind=kind,
        headline=headlines.get("sv") or next(iter(headlines.values()), ""),
        share=_share_text(one, loc),
        marks=list(_release_remarks(one, successor, loc)),
        links=list(_release_links(one, f"{kind}, {day}", loc)),
        sha256=first.get(one.path, one.sha256),
        changed=first.get(one.path, one.sha256) != one.sha256,
    )


def _share_text(one: Release, loc: Localizer) -> str:
    summary = one.run.summary
    if summary is None or summary.share is None:
        return ""
    share = loc.percent(Fraction(str(summary.share)))
    if summary.share_of == "inhabitants":
        return loc("{share} av invånarna", share=share)
    return loc("{share} säkrat", share=share)


def _release_remarks(one: Release, successor: str | None, loc: Localizer) -> Iterator[str]:
    """What a reader has to know of a release before opening it."""
    if one.run.reconstructed:
        yield loc("Rekonstruerade svar")
    if successor:
        yield loc("Ersatt av utgåvan {release}", release=successor)
    correction = one.run.correction
    if correction:
        text = loc("Ersätter utgåvan {release}", release=correction.replaces)
        yield f"{text}: {correction.reason}" if correction.reason else text


def _release_links(one: Release, of: str, loc: Localizer) -> Iterator[IndexLink]:
    languages: dict[Language, str] = {"sv": loc("svenska"), "en": loc("engelska")}
    names = {
        f"board-report.{language}.{kind.lower()}": f"{kind}, {name}"
        for language, name in languages.items()
        for kind in ("HTML", "PDF")
    } | {
        "invoices.xlsx": loc("Faktureringsunderlag, Excel"),
        "invoices.csv": loc("Faktureringsunderlag, CSV"),
    }
    if one.name.kind == "letters":
        yield IndexLink(f"{one.path}/", loc("Alla brev"), f"{loc('Alla brev')}, {of}")
    for file, text in names.items():
        if file in one.run.outputs:
            yield IndexLink(f"{one.path}/{file}", text, f"{text}, {of}")


def _write_if_changed(path: Path, text: str) -> None:
    content = text.encode()
    if path.exists() and path.read_bytes() == content:
        return
    atomic_write(path, content)


@contextmanager
def _index_lock(reports: Path) -> Iterator[None]:
    """Wait for a run that is writing the index: it may have looked before we published."""
    until = time.monotonic() + _LOCK_TIMEOUT
    while True:
        try:
            with locked(reports / ".index.lock"):
                yield
                return
        except LockedError:
            if time.monotonic() > until:
                raise
            time.sleep(0.05)
