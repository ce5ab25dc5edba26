"""reports/index.html: every release with its headline and links, and the hash of its run.json."""

from __future__ import annotations

from collections.abc import Collection
from pathlib import Path

from markupsafe import Markup

from helpers.documents.brand_style import logo_html, page_font_faces, page_style
from helpers.documents.page_templates import template_environment
from helpers.documents.page_texts import complete_page
from helpers.errors import ReportError
from helpers.i18n.localizer import Localizer
from helpers.model.brand.brand_look import BrandLook
from helpers.model.localized_text import Language, required_language
from helpers.releases.listing.catalogue import Release, list_releases
from helpers.releases.listing.hash_list import (
    INDEX_FILE,
    index_lock,
    known_hashes,
    record_hashes,
)
from helpers.releases.listing.index_entries import index_round
from helpers.releases.listing.released_look import released_look
from helpers.system.files import atomic_write
from helpers.system.typefaces.report_typeface import read_font_rules


def update_index(
    reports: Path, removed: Collection[str] = (), published: str | None = None
) -> list[str]:
    """Write index.html from the run.json files in a folder; return a sentence for each problem.

    A release keeps the hash that was recorded first, in a list next to the page (hash_list). If its
    run.json now has another, that is a problem and marked on the page. A listed release that is
    missing, or whose run.json has become invalid, stays on the page with its hash, so that another
    release cannot take its place unnoticed. `removed` are the paths of releases that were removed
    on purpose; they leave the page. `published` is that of the release that this run has created:
    its hash is the new one, and an earlier one is a sentence. The page is written atomically, by
    one run at a time, and only if it differs. Raises ReportError if the list is damaged.
    """
    if not reports.is_dir():
        return []
    # Another run that is writing the page may lack this run's release: wait for it.
    with index_lock(reports):
        found, problems = list_releases(reports)
        path = reports / INDEX_FILE
        known = known_hashes(reports)
        first_hashes = {k: v for k, v in known.items() if k not in removed}
        if not found and not path.exists():
            return problems
        problems += _supersede(published, found, first_hashes)
        problems += [
            f"{name} was listed and no longer exists. Restore it from a copy, or take it off the "
            f"list with `funding-report index --forget {name}`."
            for name in _lost_releases(found, first_hashes)
            if not (reports / name).is_dir()
        ]
        problems += [
            f"{release.path}: run.json has been changed since it was published. "
            f"Check it with `funding-report verify {release.folder}`."
            for release in found
            if first_hashes.get(release.path, release.sha256) != release.sha256
        ]
        current = {release.path: release.sha256 for release in found} | first_hashes
        record_hashes(reports, current, set(known) - set(first_hashes))
        _write_if_changed(path, render_index(found, first_hashes))
    return problems


def _supersede(
    published: str | None, found: list[Release], first_hashes: dict[str, str]
) -> list[str]:
    """List the release that this run has published by its own hash; a sentence if it had another.

    It was there before, was removed by hand, and has been made again.
    """
    new = next((release for release in found if release.path == published), None)
    first = first_hashes.get(new.path) if new else None
    if new is None or first in (None, new.sha256):
        return []
    del first_hashes[new.path]
    return [f"{new.path} was listed with the SHA-256 {first}, and has been published again."]


def _lost_releases(found: list[Release], first_hashes: dict[str, str]) -> list[str]:
    """Return the paths of releases that were listed before and are not in `found`."""
    return sorted(set(first_hashes) - {release.path for release in found})


def render_index(found: list[Release], first_hashes: dict[str, str]) -> str:
    """Render the page; the same releases give the same bytes. `first_hashes` were listed before."""
    loc = Localizer(_index_language(found))
    rounds: dict[str, list[Release]] = {}
    for release in found:
        rounds.setdefault(release.folder.parent.name, []).append(release)
    look = _index_look(rounds, loc.language)
    page = template_environment().get_template("index.html.j2")
    rendered = page.render(
        lang=loc.language,
        title=loc("Rapporter"),
        lead=loc("Alla utgåvor, de nyaste först."),
        empty=loc("Ingen rapport är utgiven ännu."),
        words={
            "skip": loc("Hoppa till innehållet"),
            "contents": loc("Innehåll"),
            "changed": loc("run.json har ändrats sedan rapporten gavs ut."),
            "hash": loc("SHA-256 för run.json"),
            "lost": loc("Saknas eller är skadade"),
        },
        lost=[(path, first_hashes[path]) for path in _lost_releases(found, first_hashes)],
        hashes=sorted(({release.path: release.sha256 for release in found} | first_hashes).items()),
        sections=[
            index_round(name, round_releases, first_hashes, loc)
            for name, round_releases in rounds.items()
        ],
        fonts=Markup(read_font_rules()),  # noqa: S704 ours
        style=Markup(page_style(look)),  # noqa: S704
        logo=logo_html(look),
    )
    rendered = rendered.replace("<style>\n", f"<style>\n{page_font_faces(look, rendered)}", 1)
    return complete_page(rendered, {}, loc)


def _index_look(rounds: dict[str, list[Release]], language: Language) -> BrandLook:
    """The look that the newest releases of all rounds share; the project's own if they differ."""
    looks = [_look_of(releases[0], language) for releases in rounds.values()]
    return looks[0] if looks and all(look == looks[0] for look in looks) else BrandLook()


def _look_of(release: Release, language: Language) -> BrandLook:
    """The look of a release; the project's own where its files are not the published ones."""
    run = release.run.model_dump(include={"brand", "inputs", "parameters"})
    try:
        return released_look(release.folder, run, language)
    except (ReportError, OSError):
        return BrandLook()


def _index_language(found: list[Release]) -> Language:
    """Return Swedish if a release has it, else English, else the first of the others."""
    languages = sorted({lang for release in found for lang in release.run.headlines})
    return required_language(languages or ["sv"])


def _write_if_changed(path: Path, text: str) -> None:
    content = text.encode()
    if path.is_file() and path.read_bytes() == content:
        return
    atomic_write(path, content)
