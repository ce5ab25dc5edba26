"""The quality of the data: every row accounted for, unusual answers, corrections."""

from __future__ import annotations

import pandas as pd

from helpers.errors import Problem
from helpers.funding.answers.answer_states import CONDITIONAL
from helpers.funding.answers.data_quality import DataQuality
from helpers.funding.answers.part_pledges import limited_to_offers
from helpers.i18n.localizer import Localizer
from helpers.i18n.spelled_out import counts_in_words
from helpers.model.answer_register import REPEATED_ROW, row_place
from helpers.sections.board.status.corrections_table import corrections_table
from helpers.sections.components.block import Block, stack
from helpers.sections.components.data_table import data_block
from helpers.sections.components.section_context import SectionContext
from helpers.sections.components.tables.section_table import SectionTable
from helpers.sections.components.tables.table_fields import FieldMaker
from helpers.sections.components.text import bullets, capitalize_first, join_first, paragraphs
from helpers.sections.pricing.part_sentences import part_answer_texts

MAX_REMARKS = 20  # remarks on a page; `funding-report check` lists them all


def data_quality(context: SectionContext, reason: str = "") -> Block:
    """The account of the register, then what a reader should know about single answers.

    `reason` is why the report has fewer answers than the previous one; '' if it has not.
    """
    quality = context.statement.quality
    texts = [_rows_text(context), _answer_kinds_text(context), _unread_text(context)]
    fewer = _fewer_answers_text(context.loc, reason)
    blocks = [paragraphs(*filter(None, texts), *fewer)]
    unusual = [text for text in (*_unusual_answer_texts(context), _peak_text(context)) if text]
    if unusual:
        blocks.append(bullets(unusual))
    if len(quality.corrected):
        caption = context.loc("Rättelser av registret")
        blocks.append(corrections_table(context, caption, quality.corrected))
    if quality.remarks:
        blocks.append(_remarks_table(quality, context.loc))
    return stack(*blocks)


def _rows_text(context: SectionContext) -> str:
    """The rows that were known on the day: how many count, and why the others do not."""
    loc, accounting = context.loc, context.statement.quality.accounting
    known = accounting["read"] - accounting["not_yet_known"]
    texts = [
        loc.plural("Registret har en rad.", "Registret har {n} rader.", known)
        if known
        else loc("Registret har inga rader.")
    ]
    reasons = _left_out_texts(context)
    if reasons:
        counting, n = accounting["counting"], _row_counts(context)["counting"]
        reasons = [loc.plural("{n} räknas", "{n} räknas", counting, n=n), *reasons]
        texts.append(f"{capitalize_first(loc.join_list(reasons))}.")
    return " ".join(texts)


def _left_out_texts(context: SectionContext) -> list[str]:
    """The rows that do not count, by reason; a reason without rows is left out."""
    loc, accounting = context.loc, context.statement.quality.accounting
    n = _row_counts(context)
    later, same, mended = (accounting[name] for name in ("superseded", "duplicate", "replaced"))
    texts = {
        loc.plural(
            "{n} är ersatt av ett senare svar",
            "{n} är ersatta av ett senare svar",
            later,
            n=n["superseded"],
        ): later,
        loc.plural(
            "{n} upprepar en annan rad", "{n} upprepar en annan rad", same, n=n["duplicate"]
        ): same,
        loc.plural(
            "{n} är ersatt av en rättelse", "{n} är ersatta av en rättelse", mended, n=n["replaced"]
        ): mended,
    }
    return [text for text, number in texts.items() if number]


def _row_counts(context: SectionContext) -> dict[str, str]:
    """The numbers of rows of one sentence, by what becomes of them."""
    accounting, loc = context.statement.quality.accounting, context.loc
    names = ("counting", "superseded", "duplicate", "replaced")
    counts = {name: accounting[name] for name in names}
    return counts_in_words(loc, loc("en"), loc("ingen"), **counts)


def _fewer_answers_text(loc: Localizer, reason: str) -> list[str]:
    if not reason:
        return []
    return [
        loc(
            "Rapporten räknar färre svar än den föregående. Skälet som angavs: {reason}.",
            reason=loc.quote(reason),
        )
    ]


def _answer_kinds_text(context: SectionContext) -> str:
    """How many answers change or repeat an earlier one, and how many were corrected."""
    loc, kinds = context.loc, context.statement.quality.kinds
    corrections = context.statement.quality.accounting["corrections"]
    texts = {
        loc.plural(
            "En kommun har ändrat sitt svar.",
            "{n} kommuner har ändrat sitt svar.",
            kinds["changed"],
        ): kinds["changed"],
        loc.plural(
            "Ett svar har lämnats igen.", "{n} svar har lämnats igen.", kinds["repeated"]
        ): kinds["repeated"],
        loc.plural(
            "En uppgift har rättats.", "{n} uppgifter har rättats.", corrections
        ): corrections,
    }
    return " ".join(text for text, number in texts.items() if number)


def _unread_text(context: SectionContext) -> str:
    """Return the columns of the register that are not read; '' for none."""
    unread, loc = context.statement.quality.unread, context.loc
    if not unread:
        return ""
    return loc("Kolumner i registret som inte läses: {columns}.", columns=", ".join(unread))


def _unusual_answer_texts(context: SectionContext) -> list[str]:
    """Return withdrawn, conditional and partial answers, each with the rule by which it counts."""
    answers = context.statement.on_day.present
    return [
        _withdrawn_text(context, answers[answers["withdrawn"]]),
        _conditional_text(context, answers[answers["condition"] != ""]),
        _partial_text(context, answers[answers["years"] != ""]),
        *part_answer_texts(context),
    ]


def _withdrawn_text(context: SectionContext, selected: pd.DataFrame) -> str:
    loc = context.loc
    if selected.empty:
        return ""
    rules = {
        "unforeseen": loc("Omgången säger inte om det befriar från åtagandet; nejet räknas."),
        "frees": loc("Enligt omgången befriar det från åtagandet; nejet räknas."),
        "binds": loc("Enligt omgången gäller åtagandet ändå; jaet räknas."),
    }
    names = join_first(loc, list(selected["name"]), separator=", ")
    text = loc.plural(
        "En kommun har återtagit ett ja ({names}), {amount} per år.",
        "{n} kommuner har återtagit ett ja ({names}), {amount} per år.",
        len(selected),
        names=names,
        amount=loc.money(int(limited_to_offers(selected["fee"], selected).sum())),
    )
    return f"{text} {rules[context.statement.round.answers.withdrawn_yes]}"


def _conditional_text(context: SectionContext, selected: pd.DataFrame) -> str:
    loc = context.loc
    selected = selected[selected["decision"].isin(["yes", CONDITIONAL])]
    if selected.empty:
        return ""
    text = loc.plural(
        "En kommun har sagt ja med ett villkor, {amount} per år: {conditions}.",
        "{n} kommuner har sagt ja med ett villkor, {amount} per år: {conditions}.",
        len(selected),
        amount=loc.money(int(limited_to_offers(selected["fee"], selected).sum())),
        conditions=_quote_conditions(selected, loc),
    )
    if context.statement.round.answers.conditional_yes == "counts":
        return f"{text} " + loc("Enligt omgången räknas ett sådant ja fullt ut.")
    return f"{text} " + loc("Ett sådant ja räknas inte som säkrat förrän villkoret är uppfyllt.")


def _quote_conditions(selected: pd.DataFrame, loc: Localizer) -> str:
    pairs = zip(selected["name"], selected["condition"], strict=True)
    quoted = [f"{name} {loc.quote(str(condition))}" for name, condition in pairs]
    return join_first(loc, quoted, separator="; ")


def _partial_text(context: SectionContext, selected: pd.DataFrame) -> str:
    if selected.empty:
        return ""
    pairs = zip(selected["name"], selected["years"], strict=True)
    listed = [f"{name} {years.replace(',', ', ')}" for name, years in pairs]
    return context.loc(
        "Ja för bara en del av åren: {listed}. Det räknas i de åren, och säkrat är det år som har "
        "minst.",
        listed=join_first(context.loc, listed, separator="; "),
    )


def _peak_text(context: SectionContext) -> str:
    """Return when the amount was first reached; whether it still is, is a separate sentence."""
    statement, loc = context.statement, context.loc
    if statement.funded_peak <= statement.total.funded:
        return ""
    return loc(
        "Som mest var {peak} per år säkrade, den {day}. Det gäller inte längre: nu är det {now}.",
        peak=loc.money(statement.funded_peak),
        day=loc.date(statement.funded_peak_on),
        now=loc.money(statement.total.funded),
    )


def _remarks_table(quality: DataQuality, loc: Localizer) -> Block:
    """Return the first warnings and repairs; the `check` command lists them all in detail."""
    remarks = quality.remarks
    make = FieldMaker(loc)
    fields = [
        make.text("row", loc("Rad")).wide(1),
        make.text("remark", loc("Anmärkning")).wide(8),
    ]
    records = [
        {
            "row": row_place(remark.row or 0, quality.sheets),
            "remark": _remark_text(remark, loc),
        }
        for remark in remarks
    ]
    caption = loc.plural(
        "En anmärkning på registret", "{n} anmärkningar på registret", len(remarks)
    )
    if len(remarks) > MAX_REMARKS:
        caption += " " + loc("(de första {n} visas)", n=loc.count(MAX_REMARKS))
    return data_block(SectionTable.of(loc, caption, fields, records, limit=MAX_REMARKS))


def _remark_text(remark: Problem, loc: Localizer) -> str:
    """What a reader of the report needs to know; `check` states the rest."""
    value, repaired = remark.value or "", remark.severity == "repair"
    if remark.what == REPEATED_ROW:
        return loc("Raden upprepar en tidigare rad ord för ord och räknas inte en gång till.")
    if remark.column == "code" and value.isdecimal():
        return loc("Koden {code} är läst med inledande nollor.", code=value)
    texts = {
        ("repair", "name"): loc("Ett längre namn är läst som {name}.", name=value),
        ("warning", "note"): loc("En anmärkning i registret kan ändra vad svaret betyder."),
        ("warning", "condition"): loc("Det framgår inte vilket villkoret är."),
    }
    if value:  # a merged cell's repair quotes none
        text = loc("”{value}” är läst som inget villkor.", value=value)
        texts["repair", "condition"] = text
    other = loc("En cell är tolkad.") if repaired else loc("Raden behöver ses över.")
    return texts.get((remark.severity, remark.column or ""), other)
