"""Words that speak of what a report counts, in headings of no known column and in notes."""

from __future__ import annotations

import re

from helpers.data.cells.cell_values import normalize_text

# What a heading is about, by its words. "svarsdatum" and "svar från" are about something else.
ABOUT_SOMETHING_ELSE = re.compile(
    r"\b(?:från|av|via|kanal|datum|dag|dat|den|tid|person|kontakt|e-?post|mejl|mail|telefon|fil|"
    r"bilaga|länk|by|from|date|on|person|contact|file|link)\b|datum|dag$|§|paragraf",
    re.IGNORECASE,
)
ABOUT_ANSWERS = re.compile(
    r"svar(?:et|en)?\b|\bbesked|\bställningstagande|\bbeslut(?:et)?\b|\bja\b|\bnej\b|\banswers?\b|"
    r"\bavst(?:år|od|ått)\b|\bdecisions?\b|\bresponse\b|\breply\b|\byes\b|\bno\b|\bdeltar\b|\bmedverkar\b",
    re.IGNORECASE,
)
# A later answer, if its cells are answers: "Slutligt", "Nytt", and a column for each year.
ABOUT_LATER_ANSWERS = re.compile(
    r"slutlig|definitiv|revidera|ändra[dt]|\bny(?:tt|a)?\b|\bfinal\b|\brevised\b|\bupdated\b|"
    r"\b20[0-9]{2}\b",
    re.IGNORECASE,
)
# "År" alone is not: tables of statistics have it, for the year of their figures.
ABOUT_YEARS = re.compile(
    r"\bavser\b|\bgäller\b|period|omfatt|giltig|\bcovers?\b|\bvalid\b", re.IGNORECASE
)
ABOUT_CONDITIONS = re.compile(
    r"villkor|förbehåll|förutsättning|\bkrav\b|condition|reservation", re.IGNORECASE
)
ABOUT_WITHDRAWALS = re.compile(
    r"återtag|återkall|åter(?:get|gick)|ångra|upphäv|tillbaka|makuler|annuller|överklag|withdr|"
    r"revok|cancel|retract|appeal",
    re.IGNORECASE,
)
ABOUT_AMOUNTS = re.compile(
    r"belopp|summa|avgift|\bbidrag|\bkronor\b|\bkr\b|\bsek\b|\bmnkr\b|\btkr\b|utfäst|amount|\bfee\b|"
    r"pledge|contribution|\bsum\b",
    re.IGNORECASE,
)
# In a comment these words may change what the answer means.
WEIGHTY_WORDS = re.compile(
    r"under (?:den )?förutsättning|förutsatt|villkora[dt]|förbehåll|återtag|återkall|överklag|"
    r"dragit? tillbaka|dra(?:r|git) sig ur|ångra[rt]|upphäv|makuler|annuller|ogiltig|återremi|"
    r"bordl[aäo]|reservation|preliminär|(?:ej|inte|icke) (?:slutgiltig|bindande|laga|vunnit)|"
    r"avvakta|ändra(?:t|r|de) sig|gäller inte|"
    r"(?:endast|bara|enbart) (?:för )?(?:år(?:et)? )?20\d\d|"
    r"withdr[ae]w|revoked|cancell?ed|appealed|provided that|subject to|preliminary|provisional|"
    r"not (?:final|binding)|only (?:for |in )?20\d\d",
    re.IGNORECASE,
)
WITHDRAWAL_WORD = re.compile(
    r"(?:svaret |ja(?:et)? |beslutet )?(?:är )?(?:åter(?:taget|kallat|kallad|tagen)|"
    r"makulera[dt]|annullera[dt]|upphäv[dt]|tillbakadrag[ei][nt]|withdrawn|revoked|cancelled)[.!]?",
    re.IGNORECASE,
)
_DAY = re.compile(r"datum|\b(?:dag|dat|date|day)\b|dag$", re.IGNORECASE)


def heading_words(heading: str) -> str:
    """Return a heading as words: databases join them with underscores."""
    return normalize_text(heading).replace("_", " ")


def may_change_answers(heading: str) -> bool:
    """Return whether a heading speaks of answers, conditions, withdrawals, amounts or years."""
    name = heading_words(heading)
    subjects = [ABOUT_CONDITIONS, ABOUT_WITHDRAWALS, ABOUT_AMOUNTS, ABOUT_YEARS]
    if not ABOUT_SOMETHING_ELSE.search(name):
        subjects += [ABOUT_ANSWERS, ABOUT_LATER_ANSWERS]
    return any(subject.search(name) for subject in subjects)


def names_a_day(heading: str) -> bool:
    """Return whether a heading says that its column has days."""
    return _DAY.search(heading_words(heading)) is not None
