from __future__ import annotations

from datetime import date

from helpers.funding.changes import changes
from helpers.funding.statement import state

BEFORE, NOW = date(2016, 6, 30), date(2016, 7, 31)
HISTORY = [
    "0001,2016-06-15,2016-06-20,,yes",  # the same on both days
    "0002,2016-06-15,2016-06-20,,yes",
    "0002,2016-07-05,2016-07-10,,no",  # 200 kr fewer
    "0004,2016-07-05,2016-07-10,,yes",  # 400 kr more
    "0005,2016-06-15,2016-06-20,,no",
    "0005,2016-07-05,2016-07-10,,yes",  # 900 kr more
]


def test_what_has_changed_is_listed_and_adds_up(register_of, five_members, five_round):
    parts = (five_round, five_members, register_of(*HISTORY), [])
    found = changes(state(*parts, BEFORE, BEFORE), state(*parts, NOW, NOW))
    assert (found.since, found.answered, found.yes, found.no) == (BEFORE, 1, 1, 0)
    assert found.funded == 1_100
    rows = found.members[["name", "fee", "before", "after", "funded"]].to_numpy().tolist()
    assert rows == [
        ["Berg", 200, "yes", "no", -200],
        ["Ek", 400, "unanswered", "yes", 400],
        ["Fors", 900, "no", "yes", 900],
    ]


def test_nothing_has_changed_between_a_day_and_itself(register_of, five_members, five_round):
    now = state(five_round, five_members, register_of(*HISTORY), [], NOW, NOW)
    found = changes(now, now)
    assert found.members.empty
    assert (found.answered, found.yes, found.no, found.funded) == (0, 0, 0, 0)


def test_a_yes_that_covers_another_year_is_a_change(register_of, five_members, five_round):
    heading = "code,decided_on,received_on,registered_on,decision,years"
    lines = ["0005,2016-06-15,2016-06-20,,yes,2017", "0005,2016-07-05,2016-07-10,,yes,"]
    parts = (five_round, five_members, register_of(*lines, heading=heading), [])
    found = changes(state(*parts, BEFORE, BEFORE), state(*parts, NOW, NOW))
    assert found.members["funded"].tolist() == [900]
    assert (found.yes, found.funded) == (0, 900)
