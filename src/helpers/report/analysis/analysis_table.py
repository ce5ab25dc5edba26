"""A DataFrame with a title, units, and a notice if its answers are reconstructed."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from copy import deepcopy
from fractions import Fraction
from functools import wraps
from typing import Any, ParamSpec, Self, TypeAlias

import pandas as pd
from markupsafe import Markup

from helpers.funding.statement.round_statement import Statement
from helpers.i18n.localizer import Localizer
from helpers.model.localized_text import Language
from helpers.report.analysis.column_units import units_by_column
from helpers.sections.components.notices import page_notice
from helpers.sections.components.parts.jupyterlab_html import with_full_table
from helpers.sections.components.parts.section_html import part_as_html
from helpers.sections.components.tables.frame_part import frame_part
from helpers.sections.components.tables.member_fields import column_words
from helpers.sections.pricing.wording_choice import section_context

_MethodParams = ParamSpec("_MethodParams")
_TableMethod: TypeAlias = Callable[_MethodParams, pd.DataFrame]


class Table(pd.DataFrame):
    """A pandas DataFrame; its `attrs` has title, units and notice.

    Filtering, sorting, joining and concatenating keep them, so that an export still states the
    units and that answers are reconstructed. Begin a join with this table, `table.merge(other)`:
    `other.merge(table)` returns a plain DataFrame without them.

    >>> units = {"fee": "SEK a year"}
    >>> fees = Table({"fee": [100, 200]}).with_description("Fees", units, "Reconstructed.")
    >>> fees[fees["fee"] > 100].attrs["notice"]
    'Reconstructed.'
    """

    @property
    def _constructor(self) -> type[Table]:
        return Table

    def with_description(self, title: str, units: Mapping[str, str], notice: str = "") -> Self:
        """Return the table with a title, the unit of each column, and a notice on its answers."""
        self.attrs.update(title=title, units=dict(units), notice=notice)
        return self

    # pandas drops attrs in which two tables differ; a join must not lose a notice.
    def __finalize__(self, other: Any, method: str | None = None, **kwargs: Any) -> Self:
        """Combine the titles, units and notices of the tables that this table was made from."""
        super().__finalize__(other, method, **kwargs)  # type: ignore[misc]
        source_attrs = [one.attrs for one in getattr(other, "input_objs", []) if one.attrs]
        if source_attrs and not self.attrs:
            merged = deepcopy(source_attrs[0])
            merged["units"] = {
                k: v for one in source_attrs[::-1] for k, v in _units_of_attrs(one).items()
            }
            notices = [one.get("notice", "") for one in source_attrs]
            merged["notice"] = " ".join(dict.fromkeys(filter(None, notices)))
            self.attrs = merged
        return self

    def _repr_html_(self) -> str:
        """Return the table with its title above, and its units and notice below.

        A document shows the rows that pandas shows. JupyterLab shows all, to sort and filter.
        """
        # The stubs have neither of pandas' two hooks for subclasses.
        shown = str(super()._repr_html_())  # type: ignore[misc]
        title = self.attrs.get("title", "")
        head = Markup("><caption>{}</caption><thead>").format(title) if title else "><thead>"
        shown = shown.replace(">\n  <thead>", head, 1)
        texts = [units_text(self), self.attrs.get("notice", "")]
        below = "".join(Markup("<p>{}</p>").format(text) for text in texts if text)
        loc = Localizer(self.attrs.get("language", "en"))
        full = part_as_html(frame_part(self, self.attrs.get("headings", {}), loc))
        return with_full_table(shown, full, below)


def table_about(
    rows: pd.DataFrame | Iterable[Mapping[str, Any]],
    title: str,
    statement: Statement,
    units: Mapping[str, str] | None = None,
    language: Language = "en",
) -> Table:
    """Return rows as a table about a round on a day (see table_from_rows).

    JupyterLab shows it with the words of the round in a language.
    """
    new_table = Table(rows) if isinstance(rows, pd.DataFrame) else table_from_rows(rows)
    currency = statement.round.currency
    own_units = {name: unit.replace("{currency}", currency) for name, unit in (units or {}).items()}
    about = f"{title}, {statement.round.name} as of {statement.as_of}"
    warning = page_notice(section_context(statement, "en"))
    words = column_words(section_context(statement, language))
    headings = {name: words[name] for name in map(str, new_table.columns) if name in words}
    new_table.attrs.update(language=language, headings=headings)
    new_table.attrs["as_of"] = statement.as_of.isoformat()
    return new_table.with_description(
        about, units_by_column(new_table.columns, currency, own_units), warning
    )


def table_from_rows(rows: Iterable[Mapping[str, Any]]) -> Table:
    """Return rows as a table; exact shares become the nearest float, for plotting and export."""
    return Table(
        {name: float(v) if isinstance(v, Fraction) else v for name, v in row.items()}
        for row in rows
    )


def returns_table(
    title: str, **units: str
) -> Callable[[_TableMethod[_MethodParams]], Callable[_MethodParams, Table]]:
    """Turn a method's result into a Table; its object must have the attribute `statement`.

    `units` are those of columns whose name has another unit in other tables.
    """

    def decorate(method: _TableMethod[_MethodParams]) -> Callable[_MethodParams, Table]:
        @wraps(method)
        def answer(*args: _MethodParams.args, **kwargs: _MethodParams.kwargs) -> Table:
            statement: Statement = args[0].statement  # type: ignore[attr-defined]
            language: Language = getattr(args[0], "language", "en")
            return table_about(method(*args, **kwargs), title, statement, units, language)

        return answer

    return decorate


def units_text(frame: pd.DataFrame) -> str:
    """Return the units in one line: "SEK a year: fee, gap; inhabitants: population"."""
    by_unit: dict[str, list[str]] = {}
    units = _units_of_attrs(frame.attrs)
    for name in map(str, frame.columns):
        if name in units and units[name] != "text":
            by_unit.setdefault(units[name], []).append(name)
    return "; ".join(f"{unit}: {', '.join(names)}" for unit, names in by_unit.items())


def _units_of_attrs(attrs: Mapping[Any, Any]) -> dict[str, str]:
    return dict(attrs.get("units", {}))
