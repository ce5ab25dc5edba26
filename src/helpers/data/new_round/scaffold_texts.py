"""The texts of a new round in Swedish or English, and the words for its members."""

from __future__ import annotations

from dataclasses import dataclass

from helpers.model.localized_text import Language

TEMPLATE_TEXTS: dict[Language, dict[str, str]] = {
    "sv": {
        "title": "Rundan",
        "organiser": "Förbundet",
        "recommended": "Medlemmarna ombeds finansiera tillsammans",
        "deadline": "Sista svarsdag",
        "north": "Norra",
        "middle": "Mellersta",
        "south": "Södra",
        "wording": "två medlemmar har sagt ja",
        "letter": "brev till medlemmarna",
        "why": "Samma uppgift.",
        "due": "30 dagar netto",
        "recipient": "Styrelsen",
        "copy_to": "chefen för verksamheten",
        "reply_to": "kansliet",
    },
    "en": {
        "title": "Round",
        "organiser": "The association",
        "recommended": "The members are asked to fund together",
        "deadline": "Reply by",
        "north": "North",
        "middle": "Middle",
        "south": "South",
        "wording": "two members have said yes",
        "letter": "letter to the members",
        "why": "The same figure.",
        "due": "30 days net",
        "recipient": "The board",
        "copy_to": "the head of the service",
        "reply_to": "the office",
    },
}

# In a round of municipalities: how to name the members otherwise, as a comment.
MUNICIPALITY_WORDS = """#
# [words.sv]
# "kommun" = "region"
# "kommuner" = "regioner"
# "kommunerna" = "regionerna"
"""
# In a round of other members: in both languages, since `status` always prints English.
OWN_MEMBERS_WORDS = """[words.sv]
"kommun" = "medlem"
"kommuns" = "medlems"
"kommunen" = "medlemmen"
"kommunens" = "medlemmens"
"kommuner" = "medlemmar"
"kommuners" = "medlemmars"
"kommunerna" = "medlemmarna"
"kommunernas" = "medlemmarnas"
"kommunstyrelsen" = "styrelsen"
"kommungrupp" = "grupp"
"kommungrupperna" = "grupperna"
"invånare" = "viktenheter"
"invånarna" = "viktenheterna"
"per invånare" = "per viktenhet"
"invånare i kommuner" = "viktenheter hos medlemmar"

[words.en]
"municipality" = "member"
"municipalities" = "members"
"municipal executive board" = "board"
"municipality group" = "group"
"municipality groups" = "groups"
"inhabitant" = "unit of weight"
"inhabitants" = "units of weight"
"""


@dataclass(frozen=True)
class CommentTexts:
    """The parts of round.toml and README.md with comments that depend on the round's members."""

    municipality_pricing: str
    own_members_pricing: str
    own_members_words: str
    members_row: str


COMMENT_TEXTS: dict[Language, CommentTexts] = {
    "sv": CommentTexts(
        municipality_pricing="""[pricing]
rule = "membership-fee"          # efter invånare, med rabatt för de största
population_year = {}           # invånare den 31 december
rebate_above = 200_000
rebate_percent = 10
# step = 100                     # varje avgift en multipel av det, och requested också""",
        own_members_pricing="""[pricing]
rule = "by-weight"               # en fast summa efter kolumnen `weight` i members.csv
# step = 100                     # varje avgift en multipel av det, och requested också""",
        own_members_words=f"""#
# "invånare" och "inhabitants" är det som avgifterna fördelas efter: här kolumnen `weight`.
{OWN_MEMBERS_WORDS}""",
        members_row="| `members.csv` | vilka som tillfrågas: kod, namn, grupp, vikt; plats och "
        "giltighet om de är kända |\n",
    ),
    "en": CommentTexts(
        municipality_pricing="""[pricing]
rule = "membership-fee"          # by inhabitants, with a rebate for the largest
population_year = {}           # inhabitants on 31 December
rebate_above = 200_000
rebate_percent = 10
# step = 100                     # every fee a multiple of it, and so is requested""",
        own_members_pricing="""[pricing]
rule = "by-weight"               # a fixed total by the column `weight` of members.csv
# step = 100                     # every fee a multiple of it, and so is requested""",
        own_members_words=f"""#
# "invånare" and "inhabitants" are what the fees are shared by: here the column `weight`.
{OWN_MEMBERS_WORDS}""",
        members_row="| `members.csv` | who is asked: code, name, group, weight; place and validity "
        "if known |\n",
    ),
}
