"""What figures.json of a large round leaves to the file next to it."""

from __future__ import annotations

import json
from typing import Any

import pytest

from helpers.model.long_lists import (
    LISTS_IN,
    LONG_LISTS_JSON,
    MOST_LISTED,
    joined_figures,
    split_figures,
)


def figures_of(members: int) -> dict[str, Any]:
    codes = [f"{number:06}" for number in range(members)]
    return {
        "funded": 7,
        "member_list": [{"code": code, "fee": 1} for code in codes],
        "replies": [{"code": code} for code in codes],
        "sharing": {"shared": 5, "members": [{"code": code} for code in codes]},
        "payments": {"rows_known": 3, "positions": [{"code": code} for code in codes]},
    }


def test_a_round_of_no_more_than_the_limit_has_one_file() -> None:
    small = figures_of(MOST_LISTED)
    assert split_figures(small) == (small, {})


@pytest.mark.parametrize("missing", [None, "sharing", "payments"])
def test_of_a_larger_round_the_lists_are_in_the_second_alone(missing: str | None) -> None:
    large = figures_of(MOST_LISTED + 1) | ({missing: None} if missing else {})
    before = json.dumps(large)
    short, lists = split_figures(large)
    assert short[LISTS_IN] == LONG_LISTS_JSON
    assert short["funded"] == 7
    assert "000003" not in json.dumps(short)
    assert json.dumps(joined_figures(short, lists), sort_keys=True) == json.dumps(
        large, sort_keys=True
    )
    assert json.dumps(large) == before, "the figures themselves stay as they were"


def test_a_shared_cost_has_neither_replies_nor_sharing() -> None:
    large = figures_of(MOST_LISTED + 1)
    del large["replies"], large["sharing"]
    short, lists = split_figures(large)
    assert sorted(lists) == ["member_list", "payments"]
    assert joined_figures(short, lists) == large


def test_figures_of_letters_have_no_list() -> None:
    letters: dict[str, Any] = {"invoices": {}, "letters": {"0001": {}}}
    assert split_figures(letters) == (letters, {})
