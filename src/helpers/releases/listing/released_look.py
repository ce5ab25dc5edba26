"""The look of a published release: colours and typeface from run.json, the logo from inputs/."""

from __future__ import annotations

from collections.abc import Mapping
from hashlib import sha256
from pathlib import Path
from typing import Any

from helpers.data.round.archived_inputs import load_archived_round
from helpers.data.round.brand_files import load_archived_brand
from helpers.errors import ReportError
from helpers.i18n.localizer import Localizer
from helpers.model.brand.brand_look import BrandLook
from helpers.model.localized_text import Language


def released_look(release: Path, run: Mapping[str, Any], language: Language) -> BrandLook:
    """Return the look of a release's documents in a language.

    Raises ReportError if a file that it needs was changed after publication.
    """
    stated = run.get("inputs", {}).get("logo")
    if not isinstance(stated, dict):
        return BrandLook.read(run.get("brand"))
    inputs = release / "inputs"
    brand = load_archived_brand(inputs, load_archived_round(inputs, run["parameters"]["round"]))
    if brand.logo is None or sha256(brand.logo.content).hexdigest() != stated.get("sha256"):
        raise ReportError(
            f"The logo in {inputs} is not the file that was published. Make the release again."
        )
    return brand.look(Localizer(language).text)
