"""docs/explanation/sections.md shows sections as they are."""

import json
import re
import subprocess
import sys
from pathlib import Path
from typing import get_args

import pytest

from helpers.sections.components.parts.section_parts import SECTION_MIME, SectionPart, StoredSection

ROOT = Path(__file__).resolve().parents[2]
PAGE = ROOT / "docs" / "explanation" / "sections.md"
TEXT = PAGE.read_text(encoding="utf-8")


# An own table that has not all members: the page says that a warning lists them.
JOINED = ["-W", "ignore:Rows that match", "-W", "ignore:Members without"]
HOW_TO = (ROOT / "docs" / "how-to" / "explore.md").read_text(encoding="utf-8")
PROGRAMS = re.findall(r"```python\n(.*?)```\n\n```text\n(.*?)```", HOW_TO, re.DOTALL)


@pytest.mark.parametrize("number", range(3))
def test_a_program_of_the_how_to_prints_what_it_says(number: int) -> None:
    assert len(PROGRAMS) == 3
    program, printed = PROGRAMS[number]
    run = [sys.executable, "-W", "error", *JOINED, "-c", program]
    done = subprocess.run(run, cwd=ROOT, capture_output=True, text=True, check=False)
    assert (done.stdout, done.stderr) == (printed, "")


def test_the_example_is_a_section() -> None:
    [example] = re.findall(r"```json\n(.*?)```", TEXT, re.DOTALL)
    assert len(StoredSection.model_validate(json.loads(example)).parts) == 3


def test_the_mime_type_is_ours() -> None:
    assert f"`{SECTION_MIME}`" in TEXT


def test_every_kind_of_part_is_listed_with_its_fields() -> None:
    rows = dict(re.findall(r"^\| `(\w+)` \| (.*) \|$", TEXT, re.MULTILINE))
    models = {m.model_fields["kind"].default: m for m in get_args(get_args(SectionPart)[0])}
    assert rows.keys() == models.keys()
    for kind, model in models.items():
        assert set(re.findall(r"`(\w+)`", rows[kind])) == model.model_fields.keys() - {"kind"}
