"""An example for each section of a report, which `section_call` puts into its help.

`report` is `BoardReport.load(round="skl-2016", as_of="2017-02-22")`; the tests run every example.
"""

from __future__ import annotations

# By the section's name: a call, and what it prints.
SECTION_EXAMPLES = {
    "about": (
        ">>> '2017' in report.about().text",
        "True",
    ),
    "answer": (
        ">>> report.answer().data[['yes', 'no', 'unanswered']].iloc[0].tolist()",
        "[209, 44, 37]",
    ),
    "decision": (
        ">>> '37' in report.decision().text  # that have not answered",
        "True",
    ),
    "changed": (">>> report.changed().parts  # blank, since `since` was not given", "()"),
    "over_time": (">>> int(report.over_time().data['yes'].iloc[-1])", "209"),
    "missing": (">>> report.missing().data['county'].iloc[0]", "'Skåne län'"),
    "members": (">>> len(report.members().data)", "290"),
    "ways": (">>> len(report.ways().data)", "5"),
    "certainty": (">>> 'Stockholm' in report.certainty().text", "True"),
    "on_map": (">>> len(report.on_map().data)", "290"),
    "by_group": (">>> report.by_group(sort='members', top=1).data['members'].tolist()", "[52]"),
    "largest": (">>> report.largest().data['name'].head(2).tolist()", "['Stockholm', 'Göteborg']"),
    "possible": (">>> report.possible(top=1).data['name'].tolist()", "['Jönköping']"),
    "price": (">>> report.price().parts  # blank, since fees share a fixed amount", "()"),
    "forecast": (">>> report.forecast().parts  # blank, since `forecast` was not given", "()"),
    "sharing": (">>> report.sharing(top=1).data['name'].tolist()", "['Stockholm']"),
    "terms": (">>> 'kunskapsbaserad' in report.terms().text", "True"),
    "profile": (">>> 'class' in report.profile().data", "True"),
    "payments": (">>> report.payments().parts  # blank, since the round has no payments", "()"),
    "invoices": (
        ">>> len(report.invoices().data)  # one for each yes and year, and their sums",
        "420",
    ),
    "quality": (">>> '253' in report.quality().text", "True"),
    "reconciliation": (">>> len(report.reconciliation().data)", "9"),
    "method": (">>> 'open_calculation.ipynb' in report.method().text", "True"),
    "provenance": (">>> 'round.toml' in set(report.provenance().data['file'])", "True"),
}
