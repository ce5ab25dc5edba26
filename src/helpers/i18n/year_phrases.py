"""The phrases on years that a round of one year, or of years that differ, has in another form."""

from __future__ import annotations

# What a round of one year leaves out of its texts. An amount in it is not one of several a year.
PHRASES_OF_SEVERAL_YEARS = {
    "sv": [
        " per år och sammanlagt",
        ", per år",
        " per år",
        " och år",
        " alla år och",
        " för alla år",
    ],
    "en": [
        " by year and in total",
        ", per year",
        " per year",
        " a year",
        " and year",
        " for all years and",
        " for all years",
    ],
}
# What a round whose amounts differ by year says in place of a year's amount.
PHRASES_OF_A_YEAR = {
    "sv": {"per år": "för {year}", "och år": "{year}"},
    "en": {"per year": "for {year}", "a year": "for {year}", "and year": "{year}"},
}
# These are about every year or any year.
PHRASES_OF_ANY_YEAR = {
    "sv": ["per år och sammanlagt", "kommun och år"],
    "en": ["during a year", "municipality and year"],
}
# The Swedish ones, which the catalogue of a further language translates.
CATALOGUE_PHRASES = [
    "per år",
    "för {year}",
    "och år",
    "alla år och",
    "för alla år",
    *PHRASES_OF_ANY_YEAR["sv"],
]
