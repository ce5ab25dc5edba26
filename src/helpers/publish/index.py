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

from helpers.errors import LockedError
from helpers.figures.share_chart import share_chart
from helpers.formats import Speech
from helpers.interrupts import write_whole
from helpers.lock import locked
from helpers.publish.listing import Release, releases
from helpers.publish.page_templates import environment, read_template
from helpers.terms import Language

INDEX = "index.html"
_LISTED = re.compile(r'data-release="([a-z0-9./-]+)" data-run="([0-9a-f]{64})"')
_PATIENCE = 60.0  # seconds to wait for another run that is writing the index


@dataclass(frozen=True)
class Link:
    """A file of a release: where it lies, its name, and the name told without its surroundings."""

    href: str
    text: str
    spoken: str


@dataclass(frozen=True)
class Entry:
    """A release as it is shown. `sha256` is that of the run.json that was first listed."""

    path: str
    day: str
    kind: str
    share: str
    headline: str
    marks: list[str]
    links: list[Link]
    sha256: str
    changed: bool


@dataclass(frozen=True)
class Section:
    """A round: its title, its funded share over time, and its releases, newest first."""

    anchor: str
    title: str
    chart: Markup
    entries: list[Entry]


def update_index(reports: Path, removed: Collection[str] = ()) -> list[str]:
    """Write index.html anew from the run.json files below a folder; what is wrong there, in words.

    A release keeps the hash that was listed first: where its run.json has another, it is named and
    marked. `removed` are those that are gone on purpose. The page is written whole or not at all,
    by one run at a time, and not touched where nothing differs.
    """
    if not reports.is_dir():
        return []
    with _alone(reports):
        found, wrong = releases(reports)
        path = reports / INDEX
        first = listed(path)
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
        _write(path, index_page(found, first))
    return wrong


def listed(index: Path) -> dict[str, str]:
    """The SHA-256 of each run.json that an index lists, by the release's path; none without one."""
    try:
        return dict(_LISTED.findall(index.read_text(encoding="utf-8")))
    except (OSError, UnicodeDecodeError):
        return {}


def index_page(found: list[Release], first: dict[str, str]) -> str:
    """The page; the same releases give the same bytes. `first` are the hashes listed before."""
    say = Speech("sv")
    rounds: dict[str, list[Release]] = {}
    for release in found:
        rounds.setdefault(release.folder.parent.name, []).append(release)
    return environment().get_template("index.html.j2").render(
        title=say("Rapporter"),
        lead=say("Alla utgåvor, de nyaste först."),
        empty=say("Ingen rapport är utgiven ännu."),
        words={
            "skip": say("Hoppa till innehållet"),
            "contents": say("Innehåll"),
            "changed": say("run.json har ändrats sedan rapporten gavs ut."),
            "hash": say("SHA-256 för run.json"),
        },
        sections=[_section(name, those, first, say) for name, those in rounds.items()],
        fonts=Markup(read_template("fonts.css")),  # noqa: S704 ours
        style=Markup(read_template("report.css")),  # noqa: S704
    )  # fmt: skip


def _section(name: str, those: list[Release], first: dict[str, str], say: Speech) -> Section:
    summaries = [one.run.summary for one in those if one.run.summary]
    title = say.text(summaries[0].title) if summaries else name
    successor = {
        one.run.correction.replaces: one.folder.name
        for one in reversed(those)
        if one.run.correction
    }
    entries = [_entry(one, first, successor.get(one.folder.name), say) for one in those]
    return Section(name, title, _chart(those, say), entries)


def _chart(those: list[Release], say: Speech) -> Markup:
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
    return Markup(share_chart(shares, say, inhabitants=inhabitants).html)  # noqa: S704 ours


def _entry(one: Release, first: dict[str, str], successor: str | None, say: Speech) -> Entry:
    kinds = {"board-report": say("Styrelserapport"), "letters": say("Brev")}
    day = say.date(one.name.day)
    kind = kinds[one.name.kind]
    if one.run.letters:
        kind = say.plural("{n} brev", "{n} brev", one.run.letters)
    headlines = one.run.headlines
    return Entry(
        path=one.path,
        day=day,
        kind=kind,
        headline=headlines.get("sv") or next(iter(headlines.values()), ""),
        share=_share(one, say),
        marks=list(_marks(one, successor, say)),
        links=list(_links(one, f"{kind}, {day}", say)),
        sha256=first.get(one.path, one.sha256),
        changed=first.get(one.path, one.sha256) != one.sha256,
    )


def _share(one: Release, say: Speech) -> str:
    summary = one.run.summary
    if summary is None or summary.share is None:
        return ""
    share = say.percent(Fraction(str(summary.share)))
    if summary.share_of == "inhabitants":
        return say("{share} av invånarna", share=share)
    return say("{share} säkrat", share=share)


def _marks(one: Release, successor: str | None, say: Speech) -> Iterator[str]:
    """What a reader has to know of a release before opening it."""
    if one.run.reconstructed:
        yield say("Rekonstruerade svar")
    if successor:
        yield say("Ersatt av utgåvan {release}", release=successor)
    correction = one.run.correction
    if correction:
        text = say("Ersätter utgåvan {release}", release=correction.replaces)
        yield f"{text}: {correction.reason}" if correction.reason else text


def _links(one: Release, of: str, say: Speech) -> Iterator[Link]:
    languages: dict[Language, str] = {"sv": say("svenska"), "en": say("engelska")}
    names = {
        f"board-report.{language}.{kind.lower()}": f"{kind}, {name}"
        for language, name in languages.items()
        for kind in ("HTML", "PDF")
    } | {"invoices.xlsx": say("Faktureringsunderlag, Excel"),
         "invoices.csv": say("Faktureringsunderlag, CSV")}  # fmt: skip
    if one.name.kind == "letters":
        yield Link(f"{one.path}/", say("Alla brev"), f"{say('Alla brev')}, {of}")
    for file, text in names.items():
        if file in one.run.outputs:
            yield Link(f"{one.path}/{file}", text, f"{text}, {of}")


def _write(path: Path, text: str) -> None:
    content = text.encode()
    if path.exists() and path.read_bytes() == content:
        return
    write_whole(path, content)


@contextmanager
def _alone(reports: Path) -> Iterator[None]:
    """Wait for a run that is writing the index: it may have looked before we published."""
    until = time.monotonic() + _PATIENCE
    while True:
        try:
            with locked(reports / ".index.lock"):
                yield
                return
        except LockedError:
            if time.monotonic() > until:
                raise
            time.sleep(0.05)
