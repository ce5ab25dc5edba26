"""A logo that cannot be read is an error of the file that names it."""

import os
from pathlib import Path

import pytest

from helpers.data.round.brand_files import load_brand
from helpers.errors import DataError
from helpers.model.brand.brand_settings import BrandSettings
from helpers.model.funding_round import Round


@pytest.mark.parametrize("logo", ["missing.svg", "a\0b.svg", "pipe.svg", "."])
def test_a_logo_that_is_not_a_file_is_refused_at_once(
    tmp_path: Path, five_round: Round, logo: str
) -> None:
    os.mkfifo(tmp_path / "pipe.svg")
    brand = BrandSettings.model_validate({"logo": logo, "logo_text": {"sv": "Förbundet"}})
    with pytest.raises(DataError, match="is not used: it cannot be read") as error:
        load_brand(tmp_path, five_round.model_copy(update={"brand": brand}))
    assert [(one.file, one.column) for one in error.value.problems] == [("round.toml", "logo")]
