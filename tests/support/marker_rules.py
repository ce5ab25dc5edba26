"""Which tests are `slow`, `browser`, `postgres` or `faults`: by their path and their fixtures.

`make quick` leaves all four out. Slow are also the tests of many drawn examples (hypothesis). A
test that is slow for another reason has the marker where it is written.
"""

from __future__ import annotations

from pathlib import Path

import pytest

TESTS = Path(__file__).resolve().parents[1]
OF_PATH = {
    "cli": "slow",
    "data/new_project": "slow",
    "data/new_round": "slow",
    "data/readers/workbooks/test_excel_damaged.py": "slow",
    "data/register/test_conditions_and_answers.py": "slow",
    "delivery": "slow",
    "docs": "slow",
    "documents": "slow",
    "end_to_end": "slow",
    "faults": "faults",
    "funding/billing": "slow",
    "funding/figures_json": "slow",
    "funding/forecast/test_forecast_coverage.py": "slow",
    "funding/statement": "slow",
    "i18n/catalogues/test_catalog.py": "slow",
    "letters": "slow",
    "notebooks": "slow",
    "pricing/test_association.py": "slow",
    "pricing/test_docs_examples.py": "slow",
    "releases/test_answer_count.py": "slow",
    "report": "slow",
    "sections/board": "slow",
    "sections/letter": "slow",
    "sections/map": "slow",
    "sections/pricing": "slow",
    "security": "slow",
    "system": "slow",
    "test_install.py": "slow",
}
OF_FIXTURE = {
    "browser": "browser",
    "heard": "browser",
    "made": "slow",  # the shipped round's documents
    "postgres_server": "postgres",
    "shipped_on": "slow",  # its statement
}


# First: pytest itself leaves tests out by `-m` in this hook.
@pytest.hookimpl(tryfirst=True)
def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    for item in items:
        path = item.path.relative_to(TESTS)
        names = {OF_PATH.get(part.as_posix()) for part in (path, *path.parents)}
        names |= {OF_FIXTURE.get(name) for name in getattr(item, "fixturenames", ())}
        if getattr(getattr(item, "obj", None), "is_hypothesis_test", False):
            names.add("slow")
        for name in sorted(filter(None, names)):
            item.add_marker(name)
