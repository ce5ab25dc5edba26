"""What a report of a large round keeps outside its pages: the limits, and the files' names."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

MOST_LISTED = 500  # members in a report; of more, the pages and figures.json have no full list
LARGEST_LISTED = 100  # members with the largest fees, which a report of more names instead
FIGURES_JSON = "figures.json"
LONG_LISTS_JSON = "figures-members.json"  # in a release, next to figures.json
LISTS_IN = "lists_in"  # the key of figures.json that names the file
_LISTS = frozenset({"member_list", "replies"})
_LISTS_WITHIN = {"sharing": "members", "payments": "positions"}


def member_list_file(language: str) -> str:
    """The name of the file that has every member of a large round, in a release."""
    return f"members.{language}.csv"


def split_figures(figures: Mapping[str, Any]) -> tuple[dict[str, Any], dict[str, Any]]:
    """Return the content of figures.json, and of figures-members.json; {} if the round is small.

    The lists that grow with the members are in the second alone. `joined_figures` puts them
    together again.
    """
    members = figures.get("member_list")
    if not isinstance(members, list) or len(members) <= MOST_LISTED:
        return dict(figures), {}
    short, lists = dict(figures), {}
    for name in _LISTS & figures.keys():
        lists[name] = short.pop(name)
    for name, inner in _LISTS_WITHIN.items():
        if isinstance(figures.get(name), Mapping):
            rest = dict(figures[name])
            lists[name], short[name] = {inner: rest.pop(inner)}, rest
    return short | {LISTS_IN: LONG_LISTS_JSON}, dict(sorted(lists.items()))


def joined_figures(figures: Mapping[str, Any], lists: Mapping[str, Any]) -> dict[str, Any]:
    """Return all figures, from the contents of both files."""
    short = {name: value for name, value in figures.items() if name != LISTS_IN}
    whole = {
        name: {**short[name], **of_list} if name in _LISTS_WITHIN else of_list
        for name, of_list in lists.items()
    }
    return short | whole
