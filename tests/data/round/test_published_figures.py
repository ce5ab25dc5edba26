from __future__ import annotations

from datetime import date
from fractions import Fraction
from pathlib import Path

import pytest

from helpers.data.round.round_config import load_published
from helpers.errors import DataError, ReportError
from helpers.model.settings.published_figure import PublishedFigure

PUBLISHED_TOML = """\
[[figure]]
figure = "yes"
kind = "exact"
value = 2
state_on = 2020-04-01
known_from = 2020-04-02
wording = "två"
source = "brev"
why.sv = "Därför."
"""


def test_nothing_published_is_no_error(tmp_path: Path) -> None:
    assert load_published(tmp_path) == []


def test_a_published_figure_is_read(tmp_path: Path) -> None:
    (tmp_path / "published.toml").write_text(PUBLISHED_TOML, encoding="utf-8")
    [entry] = load_published(tmp_path)
    assert (entry.figure, entry.kind, entry.value) == ("yes", "exact", 2)
    assert (entry.state_on, entry.known_from) == (date(2020, 4, 1), date(2020, 4, 2))


def test_a_percentage_with_decimals_is_read_exactly_from_toml(tmp_path: Path) -> None:
    text = PUBLISHED_TOML.replace('"yes"', '"yes_share"').replace('"exact"', '"percent"')
    for written in ("89.66", '"89.66"'):
        (tmp_path / "published.toml").write_text(text.replace("= 2\n", f"= {written}\n"), "utf-8")
        [entry] = load_published(tmp_path)
        assert (entry.exact_value, entry.percent_digits) == (Fraction(8966, 100), 2)


def test_a_mistake_in_the_second_published_figure_is_named_by_its_number(tmp_path: Path) -> None:
    second = PUBLISHED_TOML.replace('kind = "exact"', 'kind = "over"')
    (tmp_path / "published.toml").write_text(PUBLISHED_TOML + second, encoding="utf-8")
    with pytest.raises(DataError, match="below") as error:
        load_published(tmp_path)
    assert [(p.file, p.column) for p in error.value.problems] == [("published.toml", "2")]


def test_a_misspelt_table_in_published_toml_is_not_silently_nothing(tmp_path: Path) -> None:
    text = PUBLISHED_TOML.replace("[[figure]]", "[[figures]]")
    (tmp_path / "published.toml").write_text(text, encoding="utf-8")
    with pytest.raises(ReportError, match="figures"):
        load_published(tmp_path)


def test_an_unknown_key_is_named(tmp_path: Path) -> None:
    text = PUBLISHED_TOML + "by_construktion = true\n"
    (tmp_path / "published.toml").write_text(text, encoding="utf-8")
    with pytest.raises(DataError) as error:
        load_published(tmp_path)
    assert [p.column for p in error.value.problems] == ["1.by_construktion"]


def test_a_rounded_figure_needs_its_step(tmp_path: Path) -> None:
    text = PUBLISHED_TOML.replace('kind = "exact"', 'kind = "rounded"')
    (tmp_path / "published.toml").write_text(text, encoding="utf-8")
    with pytest.raises(DataError, match="rounded_to"):
        load_published(tmp_path)


def test_each_shipped_figure_quotes_its_source(shipped_published: list[PublishedFigure]) -> None:
    # Two from the memorandum, seven from the letter.
    sources = [entry.source.split(",")[0] for entry in shipped_published]
    assert (sources.count("Stockholms stad"), sources.count("SKL")) == (2, 7)
    assert all(entry.wording for entry in shipped_published)
