"""A document as one offline HTML page, without scripts or external resources."""

from __future__ import annotations

from markupsafe import Markup

from helpers.documents.brand_style import brand_typeface, logo_html, page_font_faces, page_style
from helpers.documents.content.abbreviations import abbreviations, mark_abbreviations
from helpers.documents.content.content_page import content_as_html
from helpers.documents.document import Document
from helpers.documents.outputs.cell_outputs import DocumentPart
from helpers.documents.page_templates import template_environment
from helpers.documents.page_texts import complete_page
from helpers.documents.part_order import contents_of, has_contents, parts_before_contents
from helpers.i18n.localizer import Localizer
from helpers.system.typefaces.drawing_typeface import drawn_in
from helpers.system.typefaces.report_typeface import read_font_rules


def document_page(document: Document) -> str:
    """Return the page as text."""
    with drawn_in(brand_typeface(document.look)):  # in which tables are measured
        parts = [Markup(_part_as_html(part)) for part in document.parts]  # noqa: S704 made by us
    headings = contents_of(document.parts)
    loc = Localizer(document.language)
    page = template_environment().get_template("report.html.j2")
    rendered = page.render(
        document=document,
        parts=parts,
        contents=headings,
        contents_after=parts_before_contents(document.parts)
        if has_contents(document.parts, document.kind)
        else None,
        words={"skip": loc("Hoppa till innehållet"), "contents": loc("Innehåll")},
        fonts=Markup(read_font_rules()),  # noqa: S704
        style=Markup(page_style(document.look)),  # noqa: S704
        logo=logo_html(document.look),
    )
    faces = page_font_faces(document.look, rendered)
    rendered = rendered.replace("<style>\n", f"<style>\n{faces}", 1)
    if document.front.sender:
        known = abbreviations(document.front.sender, document.language)
        rendered = mark_abbreviations(rendered, known)
    return complete_page(rendered, document.names_apart, loc)


def _part_as_html(part: DocumentPart) -> str:
    return content_as_html(part.content) if part.content else part.section.html
