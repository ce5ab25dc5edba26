"""A document as a PDF by Typst, for archiving (PDF/A-2a) and accessible (PDF/UA-1)."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, date, datetime, time
from functools import partial

from helpers.documents.brand_style import brand_typeface, branded_drawing, typst_style
from helpers.documents.content.content_typst import content_as_typst
from helpers.documents.document import Document
from helpers.documents.outputs.cell_outputs import DocumentPart
from helpers.documents.page_templates import read_template
from helpers.documents.part_order import contents_of, has_contents, parts_before_contents
from helpers.documents.typst.compiler_process import TypesettingError
from helpers.documents.typst.logo_picture import logo_as_png
from helpers.documents.typst.pdf_compiler import compile_pdf
from helpers.documents.typst.pdf_tags import repair_tags
from helpers.documents.typst.refused_part import explain_refusal
from helpers.documents.typst.section_typst import section_as_typst
from helpers.documents.typst.typst_source import TypstCode, typst_call, typst_expression
from helpers.documents.typst.typst_texts import SCOPES, settable_source
from helpers.errors import ExhaustedError, NotebookError
from helpers.i18n.localizer import Localizer
from helpers.model.brand.brand_look import BrandLook
from helpers.model.brand.logo_check import LogoRefusedError

_UNDATED_PDF_DAY = date(
    2000, 1, 1
)  # for a notebook that hands over no day, so that its bytes are the same too


def document_pdf(document: Document) -> bytes:
    """Return the bytes of the PDF.

    Raises NotebookError if a part cannot be typeset, for instance without a text alternative.
    """
    try:
        return repair_tags(_compile_document(document))
    except ExhaustedError:
        raise
    except NotebookError:  # it takes too much
        _check_logo(document)
        raise
    except TypesettingError as error:
        _check_logo(document)
        reason = explain_refusal(
            document.parts, error, lambda part: _compile_document(replace(document, parts=[part]))
        )
        raise NotebookError(f"The PDF of “{document.title}” cannot be made. {reason}") from None


def _compile_document(document: Document) -> bytes:
    """Return the PDF, with less of other scripts if Typst refuses what a font promised."""
    names, loc = document.names_apart, Localizer(document.language)
    parts = [_part_as_typst(part, document.look, loc) for part in document.parts] or [""]
    first = parts_before_contents(document.parts)
    body = "\n\n".join([*parts[:first], *_typst_contents(document), *parts[first:]])
    texts = f"{_typst_preamble(document)}\n{body}\n"
    style = f"{typst_style(document.look)}\n{read_template('report.typ')}"
    brand, timestamp = brand_typeface(document.look), _pdf_timestamp(document)
    for scope in SCOPES:
        settable = settable_source(texts, names, loc, scope)
        try:
            return compile_pdf(settable, timestamp, brand, style=style)
        except TypesettingError:
            if scope is SCOPES[-1] or settable == texts:
                raise
    raise AssertionError("the last scope returns or raises")


def _check_logo(document: Document) -> None:
    """Raise NotebookError if the logo is why a document cannot be set."""
    if not document.look.logo:
        return
    try:
        logo_as_png(document.look)
    except LogoRefusedError as error:
        raise NotebookError(
            f"The PDF of “{document.title}” cannot be made, because of the logo: {error}. Export "
            "it as a plain SVG with texts as paths, or as a PNG."
        ) from None


def _pdf_timestamp(document: Document) -> datetime:
    """Return the PDF's timestamp: noon of the day that it reports on, never the clock's time."""
    return datetime.combine(document.as_of or _UNDATED_PDF_DAY, time(12), tzinfo=UTC)


def _typst_preamble(document: Document) -> str:
    """Return the call that sets up the page: title, language, date, header, notice."""
    loc = Localizer(document.language)
    facts = (document.front.sender, document.title, document.dated)
    header = [text for text in facts if text]
    texts = {
        "title": document.page_title,
        "description": document.headline,
        "author": document.organiser,
        "lang": document.language,
        "header": header,
        "front": {
            "sender": document.front.sender,
            "facts": document.front.facts,
            "subject": document.title,
            "dated": document.dated,
        },
        "notice": document.notice,
        "kind": document.kind,
        "page_of": loc("Sida {page} av {pages}"),
        "see": loc("se sidan {page}"),
        "see_here": loc("se överst på sidan"),
    }
    day = document.as_of or _UNDATED_PDF_DAY
    typst_date = typst_expression("datetime", year=day.year, month=day.month, day=day.day)
    return f"#show: {typst_expression('report.with', **texts, date=TypstCode(typst_date))}"


def _typst_contents(document: Document) -> list[str]:
    """The list of headings after the section with the title, where the page has one too."""
    if not has_contents(document.parts, document.kind):
        return []
    loc = Localizer(document.language)
    headings = contents_of(document.parts)
    level, texts = str(headings[0].level), [heading.text for heading in headings]
    return [typst_call("contents", label=loc("Innehåll"), level=level, texts=texts)]


def _part_as_typst(part: DocumentPart, look: BrandLook, loc: Localizer) -> str:
    page = "#pagebreak(weak: true)\n" if part.starts_page else ""
    if part.content:
        return page + content_as_typst(part.content, loc)
    return page + section_as_typst(part.section, partial(branded_drawing, look))
