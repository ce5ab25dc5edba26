"""How good the data are: every row accounted for, answers out of the ordinary, corrections."""

from __future__ import annotations

from typing import Any

import pandas as pd

from helpers.errors import Problem
from helpers.figures.block import Block, stack
from helpers.figures.prose import bullets, paragraphs
from helpers.figures.tables import Column, table_block
from helpers.formats import Speech
from helpers.funding.amounts import CONDITIONAL
from helpers.funding.statement import Statement

SHOWN = 20  # remarks on a page; `funding-report check` lists them all


def section(statement: Statement, say: Speech) -> Block:
    """The account of the register, then what a reader should know of single answers."""
    quality = statement.quality
    blocks = [paragraphs(_rows(statement, say), _kinds(statement, say))]
    apart = [text for text in (*_apart(statement, say), _peak(statement, say)) if text]
    if apart:
        blocks.append(bullets(apart))
    if len(quality.corrected):
        caption = say("Rättelser av registret")
        blocks.append(corrections_table(caption, quality.corrected, statement, say))
    if quality.remarks:
        blocks.append(_remarks(quality.remarks, say))
    return stack(*blocks)


def _rows(statement: Statement, say: Speech) -> str:
    return say(
        "Rader i registret: {read}. Räknas nu: {counting}; ersatta av ett senare svar: "
        "{superseded}; upprepar en annan rad: {duplicate}; ersatta av en rättelse: {replaced}; "
        "ännu inte kända: {not_yet_known}.",
        **{name: say.count(number) for name, number in statement.quality.accounting.items()},
    )


def _kinds(statement: Statement, say: Speech) -> str:
    return say(
        "Av de kända svaren är {new} en kommuns första, {changed} ett ändrat svar och {repeated} "
        "samma svar igen. Rättade uppgifter räknas för sig: {corrections}.",
        corrections=say.count(statement.quality.accounting["corrections"]),
        **{kind: say.count(number) for kind, number in statement.quality.kinds.items()},
    )


def _apart(statement: Statement, say: Speech) -> list[str]:
    """Withdrawn, conditional and partial answers, each with the rule by which it counts."""
    answers = statement.answers
    return [
        _withdrawn(answers[answers["withdrawn"]], statement, say),
        _conditional(answers[answers["condition"] != ""], statement, say),
        _partial(answers[answers["years"] != ""], statement, say),
    ]


def _withdrawn(those: pd.DataFrame, statement: Statement, say: Speech) -> str:
    if those.empty:
        return ""
    rules = {
        "unforeseen": say("Rundan säger inte om det befriar från åtagandet; nejet räknas."),
        "frees": say("Enligt rundan befriar det från åtagandet; nejet räknas."),
        "binds": say("Enligt rundan gäller åtagandet ändå; jaet räknas."),
    }
    text = say.plural(
        "{n} kommun har återtagit ett ja ({names}), {amount} om året.",
        "{n} kommuner har återtagit ett ja ({names}), {amount} om året.",
        len(those), names=_names(those), amount=say.kr(int(those["fee"].sum())),
    )  # fmt: skip
    return f"{text} {rules[statement.round.answers.withdrawn_yes]}"


def _names(those: pd.DataFrame) -> str:
    return ", ".join(those["name"])


def _conditional(those: pd.DataFrame, statement: Statement, say: Speech) -> str:
    those = those[those["decision"].isin(["yes", CONDITIONAL])]
    if those.empty:
        return ""
    text = say.plural(
        "{n} kommun har sagt ja med ett villkor, {amount} om året: {conditions}.",
        "{n} kommuner har sagt ja med ett villkor, {amount} om året: {conditions}.",
        len(those), amount=say.kr(int(those["fee"].sum())), conditions=_quoted(those, say),
    )  # fmt: skip
    if statement.round.answers.conditional_yes == "counts":
        return f"{text} " + say("Enligt rundan räknas ett sådant ja fullt ut.")
    return f"{text} " + say("Ett sådant ja räknas inte som säkrat förrän villkoret är uppfyllt.")


def _quoted(those: pd.DataFrame, say: Speech) -> str:
    pairs = zip(those["name"], those["condition"], strict=True)
    return "; ".join(f"{name} {say.quote(str(condition))}" for name, condition in pairs)


def _partial(those: pd.DataFrame, statement: Statement, say: Speech) -> str:
    if those.empty:
        return ""
    listed = "; ".join(
        f"{name} {years.replace(',', ', ')}"
        for name, years in zip(those["name"], those["years"], strict=True)
    )
    return say(
        "Ja för bara en del av åren: {listed}. Det räknas i de åren, och säkrat är det år som har "
        "minst.",
        listed=listed,
    )


def _peak(statement: Statement, say: Speech) -> str:
    """That an amount was reached once and that it holds now are two facts."""
    if statement.funded_peak <= statement.total.funded:
        return ""
    return say(
        "Som mest var {peak} om året säkrade, den {day}. Det gäller inte längre: nu är det {now}.",
        peak=say.kr(statement.funded_peak), day=say.date(statement.funded_peak_on),
        now=say.kr(statement.total.funded),
    )  # fmt: skip


def corrections_table(
    caption: str, corrected: pd.DataFrame, statement: Statement, say: Speech
) -> Block:
    """Corrected records (see quality.Quality): since when, whose, from what to what, and why."""
    names = dict(zip(statement.answers["code"], statement.answers["name"], strict=True))
    columns = [
        Column(say("Rättat den"), "left", 3), Column(say("Rad"), width=1),
        Column(say("Kommun"), "left", 3), Column(say("Från"), "left", 3),
        Column(say("Till"), "left", 3), Column(say("Varför"), "left", 6),
    ]  # fmt: skip
    rows = [
        [
            say.date(entry["recorded_on"].date()), str(line),
            names.get(entry["code"], entry["code"]),
            *_change(entry, say), entry["why"],
        ]
        for line, entry in corrected.iterrows()
    ]  # fmt: skip
    return table_block(caption, columns, rows)


def _change(entry: pd.Series[Any], say: Speech) -> tuple[str, str]:
    """What a correction changed, from and to, in the reader's words."""
    if entry["removed"]:
        return say("hela raden"), say("borttagen")
    words = {"yes": say("ja"), "no": say("nej"), "": say("blankt")}
    before, after = entry["expected"], entry["corrected"]
    return words.get(before, before), words.get(after, after)


def _remarks(remarks: list[Problem], say: Speech) -> Block:
    """Warnings and repairs, the first of them; all that is known of each is said by `check`."""
    columns = [Column(say("Rad"), "left", 1), Column(say("Anmärkning"), "left", 8)]
    rows = [[str(remark.row), _remark(remark, say)] for remark in remarks[:SHOWN]]
    caption = say.plural(
        "{n} anmärkning på registret", "{n} anmärkningar på registret", len(remarks)
    )
    if len(remarks) > SHOWN:
        caption += " " + say("(de första {n} visas)", n=say.count(SHOWN))
    return table_block(caption, columns, rows)


def _remark(remark: Problem, say: Speech) -> str:
    if remark.severity == "repair":
        return say("Koden {code} är läst med inledande nollor.", code=remark.value or "")
    return say("Raden upprepar en tidigare rad ord för ord och räknas inte en gång till.")
