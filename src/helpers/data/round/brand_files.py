"""Find a round's brand: [brand] in its round.toml, or else the project's data/brand.toml."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field
from difflib import get_close_matches
from pathlib import Path

from pydantic import TypeAdapter

from helpers.data.readers.toml_entries import read_toml, validate_toml
from helpers.data.round.round_config import check_required_texts
from helpers.errors import DataError, Problem
from helpers.model.brand.brand_look import BrandLook
from helpers.model.brand.brand_settings import BrandSettings
from helpers.model.brand.logo_check import MAX_LOGO_BYTES, Logo, LogoRefusedError, checked_logo
from helpers.model.funding_round import Round
from helpers.model.localized_text import LocalizedText
from helpers.system.files import is_present
from helpers.system.project_folder import project_root
from helpers.system.typefaces.typeface_chain import typeface_chain

BRAND_FILE = "brand.toml"
_NEEDED_LETTERS = "ABCDEFGHIJKLMNOPQRSTUVWXYZÅÄÖÉabcdefghijklmnopqrstuvwxyzåäöé0123456789,.–%"


@dataclass(frozen=True)
class BrandFiles:
    """A brand, its logo, and the files of both by role; blank for the project's own look."""

    settings: BrandSettings | None = None
    logo: Logo | None = None
    files: dict[str, Path] = field(default_factory=dict)

    def look(self, localize: Callable[[LocalizedText], str]) -> BrandLook:
        """What the documents of one language take from the brand."""
        if self.settings is None:
            return BrandLook()
        look = BrandLook(colours=self.settings.colours, typeface=self.settings.typeface)
        if self.logo is None or self.settings.logo_text is None:
            return look
        return look.with_logo(self.logo, localize(self.settings.logo_text))


def project_brand_file() -> Path:
    """The file with the look of all rounds that state none; it need not exist."""
    return project_root() / "data" / BRAND_FILE


def load_brand(folder: Path, round_: Round) -> BrandFiles:
    """The brand of a round in a folder; raises DataError if it cannot be used."""
    settings, stated_in = _settings(folder, round_, project_brand_file())
    if settings is None:
        return BrandFiles()
    if settings.typeface is not None:
        _check_typeface(settings.typeface, stated_in)
    logo = stated_in.parent / settings.logo if settings.logo else None
    return _with_files(settings, stated_in, logo)


def load_archived_brand(folder: Path, round_: Round) -> BrandFiles:
    """The brand that a release archived; this machine may lack its typeface."""
    settings, stated_in = _settings(folder, round_, folder / BRAND_FILE)
    if settings is None:
        return BrandFiles()
    logo = folder / Path(settings.logo).name if settings.logo else None
    return _with_files(settings, stated_in, logo)


def _settings(folder: Path, round_: Round, shared: Path) -> tuple[BrandSettings | None, Path]:
    if round_.brand is not None or not is_present(shared):
        return round_.brand, folder / "round.toml"
    settings = validate_toml(TypeAdapter(BrandSettings), read_toml(shared), shared)
    check_required_texts(settings, round_.languages, shared)
    return settings, shared


def _with_files(settings: BrandSettings, stated_in: Path, logo: Path | None) -> BrandFiles:
    files = {"brand": stated_in} if stated_in.name == BRAND_FILE else {}
    if logo is None:
        return BrandFiles(settings, None, files)
    return BrandFiles(settings, _read_logo(logo, stated_in), {**files, "logo": logo.resolve()})


def _read_logo(path: Path, stated_in: Path) -> Logo:
    try:
        if not path.is_file():  # nor a named pipe, which would be waited for
            raise OSError(path.name)
        with path.open("rb") as file:
            return checked_logo(file.read(MAX_LOGO_BYTES + 1))
    except (OSError, LogoRefusedError) as error:
        why = str(error) if isinstance(error, LogoRefusedError) else "it cannot be read"
        raise DataError([logo_problem(path, stated_in, why)]) from None


def logo_problem(path: Path, stated_in: Path, why: str) -> Problem:
    """The problem of a logo that is not used, in the file that states it."""
    return Problem(
        stated_in.name,
        f"The logo {path.name} is not used: {why}.",
        "Export it as a plain SVG with texts as paths, or as a PNG.",
        column="logo",
    )


def _check_typeface(family: str, stated_in: Path) -> None:
    known = {typeface.family: typeface for typeface in typeface_chain()}
    if family not in known:
        near = get_close_matches(family, known, n=1, cutoff=0)
        what = f"There is no typeface {family!r} in the project's fonts/."
        remedy = f"Copy its files there. The nearest name is {near[0]!r}."
    elif lacking := "".join(one for one in _NEEDED_LETTERS if not known[family].has(one)):
        what = f"The typeface {family!r} lacks {lacking!r}."
        remedy = "Choose another for typeface."
    else:
        return
    raise DataError([Problem(stated_in.name, what, remedy, column="typeface")])
