"""Worked examples on a page of docs/: a block of TOML, members in a table, and what each pays."""

from __future__ import annotations

import re
from dataclasses import dataclass
from decimal import Decimal
from fractions import Fraction
from tomllib import loads

from pydantic import TypeAdapter

from helpers.pricing import AnyPricing, Prices, Pricing
from helpers.pricing.decimals import whole_or_fraction


@dataclass(frozen=True)
class Example:
    """The lines of round.toml, the members as rows of texts, and the message of a clash."""

    toml: str
    rows: list[dict[str, str]]
    clash: str

    @property
    def rule(self) -> str:
        return str(loads(self.toml)["pricing"]["rule"])

    @property
    def fees(self) -> dict[str, int]:
        return {row["code"]: int(row["fee"]) for row in self.rows}


def examples(text: str) -> list[Example]:
    """Each block of TOML with the table after it and, of a clash, the text after that."""
    found = []
    for part in text.split("```toml\n")[1:]:
        toml, after = part.split("```", 1)
        if 'rule = "pledges"' in toml:
            continue  # there are no fees; the page's own test computes the pledges
        lines = re.findall(r"^\|(.*)\|$", after.split("\n#")[0], re.MULTILINE)
        heading, _, *rows = ([cell.strip() for cell in line.split("|")] for line in lines)
        clash = re.search(r"```text\n(.*)\n```", after.split("\n#")[0])
        members = [dict(zip(heading, row, strict=True)) for row in rows]
        found.append(Example(toml, members, clash[1] if clash else ""))
    return found


def priced(example: Example) -> Prices:
    stated = loads(example.toml, parse_float=Decimal)
    pricing: Pricing = TypeAdapter(AnyPricing).validate_python(stated["pricing"], strict=True)
    amounts = {
        name: {row["code"]: whole_or_fraction(Fraction(row[name] or 0)) for row in example.rows}
        for name in pricing.columns()
    }
    pricing = pricing.for_groups({row["code"]: row.get("group", "") for row in example.rows})
    joined = [row["code"] for row in example.rows if row.get("joined") == "yes"]
    return pricing.prices(stated.get("requested"), amounts, joined)
