"""The parts of a section, as data: what a notebook stores and the documents show.

Every text in a part is text: no markup in it is ever read as HTML or Typst. A drawing is SVG, which
`documents.drawing_check` restricts to shapes and text before a document shows it.
"""

from __future__ import annotations

from base64 import b64decode
from dataclasses import dataclass
from typing import Annotated, Literal, Self

from pydantic import ConfigDict, Field, field_validator, model_validator

from helpers.base_model import StrictModel
from helpers.model.localized_text import Language

SECTION_VERSION = 1
SECTION_MIME_FAMILY = "application/vnd.funding-report.section."
SECTION_MIME = f"{SECTION_MIME_FAMILY}v{SECTION_VERSION}+json"
Align = Literal["left", "right"]
MediaType = Literal["image/svg+xml", "image/png", "image/jpeg"]


class MarkedText(StrictModel):
    """A piece of running text that stands out from the text around it, or in another language."""

    text: str
    mark: Literal["strong", "emphasis", "code", "sv", "en"]


RunningText = str | tuple[str | MarkedText, ...]


class HeadlinePart(StrictModel):
    """The answer, and the sentence below it; without one, other parts come between the two."""

    kind: Literal["headline"] = "headline"
    text: str
    lead: str = ""


class HeadingPart(StrictModel):
    """A heading within a section, below those of the notebook's own texts."""

    kind: Literal["heading"] = "heading"
    text: str
    level: Literal[3, 4] = 3


class ParagraphPart(StrictModel):
    """A paragraph of running text; as `lead`, the first one of a document, in larger type."""

    kind: Literal["paragraph"] = "paragraph"
    text: RunningText
    role: Literal["lead"] | None = None


class BulletsPart(StrictModel):
    """A list of remarks."""

    kind: Literal["bullets"] = "bullets"
    items: tuple[RunningText, ...]


class QuotationPart(StrictModel):
    """Somebody's own words, in quotation marks already, and whose; blank where the next has it.

    `language` is that of the words where the document has another.
    """

    kind: Literal["quotation"] = "quotation"
    text: str
    source: str
    language: Language | None = None


class CalloutPart(StrictModel):
    """A remark that must not be missed; `what_if`: of a what-if, never in a release."""

    kind: Literal["callout"] = "callout"
    text: RunningText
    what_if: Literal[True] | None = None


class PreformattedPart(StrictModel):
    """Text whose lines and spaces stay as they are, as a program prints it."""

    kind: Literal["preformatted"] = "preformatted"
    text: str


@dataclass(frozen=True)
class Column:
    """A column: its heading, how its cells align, and its share of a wide table's width.

    `unit` is what its numbers are in ("kr", "%"); the heading states it for the reader. `language`
    is that of its cells where the document has another.
    """

    __pydantic_config__ = ConfigDict(extra="forbid")

    heading: str
    align: Align = "right"
    width: int | None = None
    unit: str = ""
    language: Language | None = None


class TablePart(StrictModel):
    """A table whose first column heads its rows; with `total`, the last row is the total.

    On paper, where nothing scrolls, a table that is too broad is divided: `paper` then contains the
    tables that it becomes there.
    """

    kind: Literal["table"] = "table"
    caption: str
    columns: tuple[Column, ...] = Field(min_length=1)
    rows: tuple[tuple[str, ...], ...]
    total: bool = False
    paper: tuple[TablePart, ...] = ()

    @model_validator(mode="after")
    def _rows_fit_columns(self) -> Self:
        for number, row in enumerate(self.rows, start=1):
            if len(row) != len(self.columns):
                raise ValueError(
                    f"row {number} has {len(row)} cells, and the table {len(self.columns)} columns"
                )
        return self


class NamesPart(StrictModel):
    """A long list of names, each with one number; `language` as that of a column."""

    kind: Literal["names"] = "names"
    label: str
    language: Language | None = None
    items: tuple[tuple[str, str], ...]


class SkipLink(StrictModel):
    """A link past a large picture: the picture's name in the page's addresses, and its words."""

    name: str = Field(pattern=r"^[a-z][a-z0-9-]*$")
    text: str


class ChartPart(StrictModel):
    """A drawing under the sentence that it shows, with its description and an optional note.

    `broad` is the `<svg>` for paper and screens, `slim` the one for phones. Without `slim` the
    drawing is an analyst's own: it is shown on phones too, and its colours stay as they are.
    """

    kind: Literal["chart"] = "chart"
    finding: str
    alternative: str = Field(min_length=1)
    note: str = ""
    broad: str
    slim: str | None = None
    skip: SkipLink | None = None


class PicturePart(StrictModel):
    """A picture of another program's, in base64; `warning` says what it lacks."""

    kind: Literal["picture"] = "picture"
    media_type: MediaType
    content: str
    alternative: str = Field(min_length=1)
    warning: str = ""

    @field_validator("content")
    @classmethod
    def _is_base64(cls, content: str) -> str:
        b64decode(content, validate=True)
        return content


class LetterheadPart(StrictModel):
    """A letter's head: who writes, when, to whom and about what."""

    kind: Literal["letterhead"] = "letterhead"
    sender: str
    dated: str
    recipient: tuple[str, ...]
    subject: str


class SignaturePart(StrictModel):
    """A letter's greeting and who sends it."""

    kind: Literal["signature"] = "signature"
    greeting: str
    sender: str


SectionPart = Annotated[
    HeadlinePart
    | HeadingPart
    | ParagraphPart
    | BulletsPart
    | QuotationPart
    | CalloutPart
    | PreformattedPart
    | TablePart
    | NamesPart
    | ChartPart
    | PicturePart
    | LetterheadPart
    | SignaturePart,
    Field(discriminator="kind"),
]


class StoredSection(StrictModel):
    """A section as a notebook stores it.

    A section that does not apply to the round has no parts, and takes its heading along.
    """

    version: Literal[1]
    applies: bool
    parts: tuple[SectionPart, ...]

    @model_validator(mode="after")
    def _applies_if_it_has_parts(self) -> Self:
        if self.applies != bool(self.parts):
            raise ValueError("a section applies if it has parts, and only then")
        return self
