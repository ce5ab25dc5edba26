"""Join an analyst's own table to the members, by codes as spreadsheets leave them."""

from __future__ import annotations

import warnings
from collections.abc import Sequence
from numbers import Real
from typing import Any

import pandas as pd

from helpers.data.register.columns.member_names import MemberNameIndex, find_member_code
from helpers.errors import ReportError
from helpers.report.analysis.analysis_table import Table
from helpers.sections.components.tables.known_names import nearest_hint

_MAX_LISTED = 10


class JoinWarning(UserWarning):
    """Rows of an own table that match no member, or members without a row."""


def join_members(members: Table, frame: pd.DataFrame, on: str) -> Table:
    """Return the members' table with the columns of `frame`, by the codes in its column `on`.

    A code may have lost its zeros or be a number ("114", 114, 114.0), or be a member's name. Warns
    of rows of no member and of members without a row. Raises ReportError if nothing matches, if a
    member has two rows, or if a column would be there twice.
    """
    _check_frame(members, frame, on)
    codes = frame[on].map(_code_finder(members))
    unmatched = [str(value) for value in frame.loc[codes.isna(), on]]
    if codes.isna().all():
        raise ReportError(
            f"No value in the column {on!r} is a member's code or name: {_listed(unmatched)}."
        )
    found = frame.assign(**{on: codes})[codes.notna()]
    _check_once(found, on)
    joined = members.merge(found, how="left", left_on="code", right_on=on, sort=False)
    if on != "code":
        joined = joined.drop(columns=on)
    missing = members.loc[~members["code"].isin(found[on]), "name"].tolist()
    _warn("Rows that match no member", unmatched)
    _warn("Members without a row", missing)
    result = Table(joined)
    result.attrs = {**members.attrs, "unmatched": unmatched, "without_row": missing}
    return result


def _check_frame(members: Table, frame: pd.DataFrame, on: str) -> None:
    if not isinstance(frame, pd.DataFrame):
        raise ReportError("join() takes a DataFrame, as pandas.read_csv(…) returns it.")
    names = [str(name) for name in frame.columns]
    if on not in names:
        raise ReportError(
            f"There is no column {on!r}. {nearest_hint(on, names)}There are: {', '.join(names)}."
        )
    clash = sorted((set(names) - {on}) & set(members.columns))
    if clash:
        raise ReportError(
            f"The members have a column {clash[0]!r} already. Rename yours, for instance "
            f'frame.rename(columns={{"{clash[0]}": "own_{clash[0]}"}}).'
        )


def _check_once(found: pd.DataFrame, on: str) -> None:
    repeated = found.loc[found[on].duplicated(keep=False), on]
    if len(repeated):
        code = repeated.iloc[0]
        rows = ", ".join(map(str, repeated.index[repeated == code]))
        raise ReportError(
            f"The member {code!r} has several rows (index {rows}). Keep one row for each member, "
            "for instance with groupby or drop_duplicates."
        )


def _code_finder(members: Table) -> Any:
    names = dict(zip(members["code"].astype(str), members["name"].astype(str), strict=True))
    index = MemberNameIndex(names)

    def find(value: object) -> str | None:
        if pd.isna(value):  # type: ignore[call-overload]
            return None
        whole = isinstance(value, Real) and float(value).is_integer()
        text = str(int(value)) if whole else str(value)  # type: ignore[call-overload]
        return find_member_code(text.strip(), index, names)

    return find


def _warn(what: str, values: Sequence[str]) -> None:
    if values:
        # Named after the caller's cell: two functions here and the two of the method lie between.
        warnings.warn(f"{what}: {_listed(values)}.", JoinWarning, stacklevel=5)


def _listed(values: Sequence[str]) -> str:
    more = len(values) - _MAX_LISTED
    shown = ", ".join(values[:_MAX_LISTED])
    return f"{shown} and {more} more" if more > 0 else shown
