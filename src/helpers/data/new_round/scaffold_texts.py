"""The texts of a new round in Swedish or English, and the words for its members."""

from __future__ import annotations

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
OWN_MEMBERS_WORDS = """#
# "invånare" and "inhabitants" are what the fees are shared by: here the column `weight`.
[words.sv]
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
