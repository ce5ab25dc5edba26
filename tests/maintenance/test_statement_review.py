"""What run.json states is compared with what its release is: a draft's language is its folder's."""

from __future__ import annotations

from pathlib import Path

import pytest

from helpers.maintenance import statement_review


@pytest.mark.parametrize(
    ("name", "language"),
    [
        ("2017-02-22-draft-sv", "sv"),
        ("2017-02-22-draft-en", "en"),
        ("2016-06-10-letters-request-draft-en", "en"),
        ("2017-02-22", None),
        ("2017-02-22-letters", None),
    ],
)
def test_the_language_of_a_draft_is_in_its_name(
    tmp_path: Path, name: str, language: str | None
) -> None:
    assert statement_review._draft_language(tmp_path / name) == language
