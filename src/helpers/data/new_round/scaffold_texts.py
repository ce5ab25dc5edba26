"""The texts and comments of a new round, in Swedish or English."""

from __future__ import annotations

from dataclasses import dataclass

from helpers.model.localized_text import Language

TEMPLATE_TEXTS: dict[Language, dict[str, str]] = {
    "sv": {
        "title": "Omgången",
        "organiser": "Förbundet",
        "recommended": "Medlemmarna ombeds finansiera tillsammans",
        "deadline": "Sista svarsdag",
        "north": "Norra",
        "middle": "Mellersta",
        "south": "Södra",
    },
    "en": {
        "title": "Round",
        "organiser": "The association",
        "recommended": "The members are asked to fund together",
        "deadline": "Reply by",
        "north": "North",
        "middle": "Middle",
        "south": "South",
    },
}


@dataclass(frozen=True)
class CommentTexts:
    """The comments of round.toml, and what README.md says of members and of pledges."""

    heading: str
    marked: str
    change: str
    amount: str
    members_row: str
    members_columns: str
    names_only: str
    amount_sentence: str


COMMENT_TEXTS: dict[Language, CommentTexts] = {
    "sv": CommentTexts(
        heading="Alla nycklar beskrivs i docs/reference/round.md.",
        marked=" Ändra det som är märkt ÄNDRA.",
        change="ÄNDRA",
        amount="ÄNDRA: per år, av alla medlemmar tillsammans",
        members_row="| `members.csv` | vilka som tillfrågas: {columns} |\n",
        members_columns="kod, namn, grupp och {column}",
        names_only="kod, namn och grupp",
        amount_sentence="Ett ja måste ha ett belopp per år i `amount`. I `confirmed` står den del "
        "som är bekräftad. Givare\nutanför medlemmarna står i en fil `contributors.csv` med "
        "`code` och `name`.\n\n",
    ),
    "en": CommentTexts(
        heading="docs/reference/round.md describes every key.",
        marked=" Change what is marked CHANGE.",
        change="CHANGE",
        amount="CHANGE: a year, from all members together",
        members_row="| `members.csv` | who is asked: {columns} |\n",
        members_columns="code, name, group and {column}",
        names_only="code, name and group",
        amount_sentence="A yes must state `amount`, the amount per year. `confirmed` is the part "
        "of it that is confirmed.\nContributors outside the members are in a file "
        "`contributors.csv`, with `code` and `name`.\n\n",
    ),
}
