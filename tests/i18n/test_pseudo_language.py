"""A pseudo-language finds every text of a report that is not in a catalogue.

Its catalogue puts each message between « and ». What the report then shows outside them is data (a
name, a number, a day, a text of the round's files), or a text that no language can translate.
"""

from __future__ import annotations

import html
import json
import re
from collections.abc import Iterator
from typing import Any

import pytest

from helpers.model.settings.commentary import COMMENTED_SECTIONS
from helpers.report.board_report import BoardReport
from helpers.report.letter_report import MunicipalityLetter
from helpers.sections.components.block import Block
from helpers.sections.map.labels import short_county
from support.pseudo_language import outside_a_catalogue

# A round for each kind of pricing that reads differently, with the register that came to be.
REPORTS: list[dict[str, Any]] = [
    {"round": "skl-2016", "as_of": "2017-02-22", "since": "2016-11-30", "forecast": True},
    {"round": "yrkesresan", "as_of": "2021-06-30"},
]
LETTER_SECTIONS = ("opening", "answer", "fee", "outcome", "next_steps", "closing")
_KEYS_OF_DATA = {
    "kind",
    "role",
    "mark",
    "align",
    "width",
    "name",
    "media_type",
    "content",
    "version",
}


def strings(value: Any, key: str = "") -> Iterator[str]:
    """The texts of a section as it is stored, and those in its drawings."""
    if isinstance(value, dict):
        for name, part in value.items():
            if name not in _KEYS_OF_DATA:
                yield from strings(part, name)
    elif isinstance(value, list | tuple):
        for part in value:
            yield from strings(part, key)
    elif isinstance(value, str) and value.startswith("<svg"):
        drawn = re.findall(r">([^<>]+)<", value)  # one message may be broken into lines
        yield html.unescape(" ".join(filter(None, map(str.strip, drawn))))
        yield from map(html.unescape, re.findall(r'aria-label="([^"]*)"', value))
    elif isinstance(value, str):
        yield value


def data_texts(report: BoardReport) -> list[str]:
    """What the round's files say, the longest first."""
    inputs = report.inputs
    files = [json.loads(part.model_dump_json()) for part in (inputs.round, *inputs.published)]
    texts = strings({"files": files, "organiser": inputs.round.organiser.name})
    said = [part for text in texts for part in re.split(r"\$\w+", text)]  # published.toml has $n
    groups = [name for texts in inputs.round.groups.values() for name in texts.values()]
    said += [word for name in groups for word in name.split()]  # a chart breaks them into lines
    tables = [inputs.members, inputs.register.table.rows, inputs.register.rows]
    said += [str(value) for table in tables for column in table for value in table[column].unique()]
    said += [str(value) for one in report.input_hashes.values() for value in one.values()]
    said += list(map(short_county, set(inputs.members["county"])))
    plain = {one.strip().replace("\u00a0", " ") for one in said if len(one) > 2}
    return sorted(plain, key=len, reverse=True)


def found_in(blocks: dict[str, Block], report: BoardReport) -> dict[str, set[str]]:
    data = re.compile("|".join(map(re.escape, data_texts(report))))
    found = {
        name: {
            f"{word} ← {text[:90]}"
            for text in strings(block.as_json()["parts"])
            for word in outside_a_catalogue(text, data)
        }
        for name, block in blocks.items()
    }
    return {name: words for name, words in found.items() if words}


@pytest.mark.parametrize("parameters", REPORTS, ids=lambda one: str(one["round"]))
def test_every_text_of_the_board_s_report_is_in_a_catalogue(
    pseudo_language: None, parameters: dict[str, Any]
) -> None:
    report = BoardReport.load(**parameters)
    blocks = {name: getattr(report, name)() for name in COMMENTED_SECTIONS}
    assert found_in(blocks, report) == {}


@pytest.mark.parametrize("code", ["0180", "0114", "1480"])
def test_every_text_of_a_letter_is_in_a_catalogue(pseudo_language: None, code: str) -> None:
    report = BoardReport.load(**REPORTS[0])
    letter = MunicipalityLetter.of(report, code)
    assert found_in({name: getattr(letter, name)() for name in LETTER_SECTIONS}, report) == {}


def test_a_text_outside_a_catalogue_is_found() -> None:
    data = re.compile("Stockholm")
    assert outside_a_catalogue("«{n} kommuner «säger» ja» utom Stockholm", data) == ["utom"]
    assert outside_a_catalogue("«Till» 1 januari 2017: 5 mnkr", data) == []
