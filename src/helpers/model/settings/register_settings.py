"""What round.toml may say of the register: where it is, how it looks, what its words mean."""

from __future__ import annotations

from typing import Annotated, Literal

from pydantic import Field, PositiveInt, PrivateAttr, model_validator

from helpers.base_model import StrictModel

ALL_SHEETS = "all"  # in the place of a sheet's name
IGNORED = "ignore"  # a column that is there, and of which nothing is to be read

# What becomes of rows and columns that are hidden or struck out.
HiddenRule = Literal["count", "skip"]
# The order of the numbers of a day, where the day itself does not show it.
DateOrder = Literal["day-first", "month-first"]
DeclaredColumn = Literal[
    "code", "name", "decided_on", "received_on", "registered_on", "decision", "years",
    "condition", "case_number", "note", "source", "amount", "currency", "confirmed", "ignore",
]  # fmt: skip
DeclaredAnswer = Literal["yes", "no", "unanswered"]


class RegisterSettings(StrictModel):
    """The table [register] of round.toml; what it leaves out is detected in the register.

    `source` is a file (a path from the round's folder), an address, or "env:NAME", the
    environment variable that holds one; a round without it has decisions.csv. `sheet` is the
    sheet, or the database's table, to read; "all" reads all visible sheets with a heading as one
    table, and `sheets` the named sheets. `heading_row` is as the file numbers its
    rows. `encoding` is Python's name of it (mac-roman, cp850). `columns` says which column a
    heading is, or "ignore"; `answers` what a word in the column of answers means, whatever its
    case.
    """

    source: str | None = None
    sheet: str | None = None
    sheets: Annotated[list[str], Field(min_length=1)] | None = None
    heading_row: PositiveInt | None = None
    encoding: str | None = None
    date_order: DateOrder | None = None
    columns: dict[str, DeclaredColumn] = Field(default_factory=dict)
    answers: dict[Annotated[str, Field(min_length=1)], DeclaredAnswer] = Field(default_factory=dict)
    hidden: HiddenRule | None = None
    # Whether the round reads amounts, which its pricing rule decides (see Round).
    _reads_amounts: bool = PrivateAttr(default=False)

    @property
    def reads_amounts(self) -> bool:
        """Whether the register's columns of amounts are read."""
        return self._reads_amounts

    def reading_amounts(self) -> RegisterSettings:
        """The settings of a round whose members state their amounts."""
        settings = self.model_copy()
        settings._reads_amounts = True
        return settings

    @model_validator(mode="after")
    def _known_encoding(self) -> RegisterSettings:
        if self.encoding is not None:
            try:
                "".encode(self.encoding)
            except LookupError:
                raise ValueError(
                    f"encoding {self.encoding!r} is not known: write utf-8, windows-1252, "
                    "mac-roman, cp850 or another that Python has"
                ) from None
        return self

    @model_validator(mode="after")
    def _one_way_to_name_sheets(self) -> RegisterSettings:
        if self.sheet is not None and self.sheets is not None:
            raise ValueError("give sheet or sheets, not both")
        return self

    def for_another_source(self) -> RegisterSettings:
        """The settings for a register that the command line names: what its words mean, alone."""
        return self.model_copy(
            update={"sheet": None, "sheets": None, "heading_row": None, "encoding": None}
        )
