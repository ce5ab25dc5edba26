from __future__ import annotations

from collections.abc import Callable
from datetime import date, timedelta
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from helpers.errors import DataError
from helpers.funding.answers.effective_answers import EffectiveAnswers, effective_answers
from helpers.model.answer_register import Register

FIRST = date(2016, 6, 10)
PLACES = ("counting", "superseded", "duplicate", "replaced", "not_yet_known")

# The heading is row 1.
ROWS = [
    "0001,2016-06-15,2016-06-20,,yes",  # 2
    "0001,2016-07-01,2016-07-05,,no",  # 3: supersedes 2
    "0002,2016-06-16,2016-06-20,2016-08-01,yes",  # 4: registered late
    "0003,2016-06-17,2016-06-21,,yes",  # 5
    "0003,2016-06-17,2016-06-21,,yes",  # 6: repeats 5 word for word
    "0004,2016-06-20,2016-06-25,,yes",  # 7: a no, as corrected on 15 July
    "0005,2016-06-20,2016-06-25,,no",  # 8: taken out on 20 July
    "0003,2016-07-10,2016-07-12,,yes",  # 9: the same answer as 5, given again
]
CORRECTIONS = [
    {"recorded_on": date(2016, 7, 15), "why": "Fel", "match": {"code": "0004"},
     "column": "decision", "expected": "yes", "corrected": "no"},
    {"recorded_on": date(2016, 7, 20), "why": "Fel", "match": {"code": "0005"}, "remove": True},
]  # fmt: skip

# as_of and known_on; the members' answers, from 0001 to 0005; how many of the eight rows are in
# each of PLACES; how many corrected records there are, and how many of them count.
QUESTIONS = [
    ("06-10", "06-10", "-----", (0, 0, 0, 0, 8), (0, 0)),
    ("06-20", "06-20", "y----", (1, 0, 0, 0, 7), (0, 0)),  # 2; 4 is received, not registered
    ("06-21", "06-21", "y-y--", (2, 0, 1, 0, 5), (0, 0)),  # 2 and 5; 6 repeats 5
    ("06-25", "06-25", "y-yyn", (4, 0, 1, 0, 3), (0, 0)),  # 7 and 8 too; not 3, 4, 9
    ("07-05", "07-05", "n-yyn", (4, 1, 1, 0, 2), (0, 0)),  # 3 for 2
    ("07-12", "07-12", "n-yyn", (4, 2, 1, 0, 1), (0, 0)),  # 9 for 5; 4 is still not registered
    ("07-15", "07-15", "n-ynn", (3, 2, 1, 1, 1), (1, 1)),  # 7 as corrected
    ("07-20", "07-20", "n-yn-", (2, 2, 1, 2, 1), (2, 1)),  # without 8
    ("08-01", "08-01", "nyyn-", (3, 2, 1, 2, 0), (2, 1)),  # 4 too
    # Earlier days with all of today's knowledge. 3 and 9 were not received then.
    ("06-25", "08-01", "yyyn-", (3, 0, 1, 2, 2), (2, 1)),
    # Nor were 5 and 6, nor 7 as corrected.
    ("06-20", "08-01", "yy---", (2, 0, 0, 2, 4), (2, 0)),
    # A later day on older knowledge: 4 is not registered, nothing is corrected.
    ("08-01", "07-14", "n-yyn", (4, 2, 1, 0, 1), (0, 0)),
]


def day(month_day: str) -> date:
    return date.fromisoformat(f"2016-{month_day}")


def answers(stood: EffectiveAnswers) -> dict[str, str]:
    return dict(zip(stood.effective["code"], stood.effective["decision"], strict=True))


@pytest.mark.parametrize(("as_of", "known_on", "said", "rows", "corrected"), QUESTIONS)
def test_every_row_is_in_the_one_place_worked_out_by_hand(
    register_of: Callable[..., Register],
    as_of: str,
    known_on: str,
    said: str,
    rows: tuple[int, int, int, int, int],
    corrected: tuple[int, int],
) -> None:
    register = register_of(*ROWS, corrections=CORRECTIONS)
    stood = effective_answers(register, day(as_of), day(known_on))
    words = {"y": "yes", "n": "no"}
    assert answers(stood) == {f"000{at}": words[c] for at, c in enumerate(said, 1) if c != "-"}
    names = ("read", *PLACES, "corrections", "corrections_counting")
    assert stood.row_counts == dict(zip(names, (8, *rows, *corrected), strict=True))
    assert sum(rows) == 8
    assert rows[0] + corrected[1] == len(stood.effective)


def test_the_known_answers_are_a_members_first_changed_or_the_same_again(
    register_of: Callable[..., Register],
) -> None:
    stood = effective_answers(
        register_of(*ROWS, corrections=CORRECTIONS), day("08-01"), day("08-01")
    )
    kinds = dict(zip(stood.known["row"], stood.known["kind"], strict=True))
    assert kinds == {2: "new", 3: "changed", 4: "new", 5: "new", 9: "repeated", 7: "new"}
    assert stood.known.loc[stood.known["corrected"], "row"].tolist() == [7]


def test_another_condition_is_another_answer_but_another_note_is_not(
    register_of: Callable[..., Register],
) -> None:
    heading = "code,decided_on,received_on,decision,years,condition,note"
    said = [
        "yes,,,",  # new
        "ja,,,per telefon",  # repeated
        "yes,2017,,",  # changed
        "yes,2017,om alla är med,",  # changed
        "yes,2017,om alla är med,igen",  # repeated
        "no,,,",  # changed
        'yes,"2017, 2018",,',  # changed; these are all the years
        "yes,,,",  # so this is repeated
    ]
    rows = [f"0001,2016-07-{at:02},2016-07-{at:02},{cells}" for at, cells in enumerate(said, 1)]
    # The order of the file does not matter.
    stood = effective_answers(
        register_of(*reversed(rows), heading=heading), day("08-01"), day("08-01")
    )
    assert stood.known["kind"].tolist() == [
        "new",
        "repeated",
        "changed",
        "changed",
        "repeated",
        "changed",
        "changed",
        "repeated",
    ]


def test_what_is_first_and_what_changed_goes_by_the_day_it_was_decided(
    register_of: Callable[..., Register],
) -> None:
    # 3 was received first but decided last.
    rows = ["0001,2016-06-15,2016-07-20,,yes", "0001,2016-07-01,2016-07-05,,no"]
    known = effective_answers(register_of(*rows), day("07-20"), day("07-20")).known
    assert list(zip(known["row"], known["kind"], strict=True)) == [(2, "new"), (3, "changed")]


def test_a_row_with_another_note_is_superseded_not_a_duplicate(
    register_of: Callable[..., Register],
) -> None:
    heading = "code,decided_on,received_on,decision,note"
    rows = [f"0001,2016-07-01,2016-07-05,yes,{note}" for note in ("a", "b", "a")]
    stood = effective_answers(register_of(*rows, heading=heading), day("07-05"), day("07-05"))
    # Two of the three are alike.
    assert [stood.row_counts[place] for place in PLACES] == [1, 1, 1, 0, 0]


def test_rows_with_the_same_meaning_are_duplicates(
    register_of: Callable[..., Register],
) -> None:
    rows = ["0001,2016-07-01,2016-07-05,,yes", "1,1 juli 2016,20160705,2016-07-05,JA"]
    stood = effective_answers(register_of(*rows), day("07-05"), day("07-05"))
    assert [stood.row_counts[place] for place in PLACES] == [1, 0, 1, 0, 0]


@pytest.mark.parametrize("other", ["no,,", "yes,2017,", "yes,,om alla är med"])
def test_different_answers_of_the_same_days_clash(
    register_of: Callable[..., Register], other: str
) -> None:
    heading = "code,decided_on,received_on,decision,years,condition"
    rows = [f"0001,2016-07-01,2016-07-05,{said}" for said in ("yes,,", other)]
    with pytest.raises(DataError, match=r"row 3.*member 0001 has different answers.*rows 2, 3"):
        effective_answers(register_of(*rows, heading=heading), day("07-05"), day("07-05"))


def test_a_clash_is_gone_once_it_is_corrected_and_still_there_before(
    register_of: Callable[..., Register],
) -> None:
    rows = [f"0001,2016-07-01,2016-07-05,,{decision}" for decision in ("yes", "no")]
    away = CORRECTIONS[1] | {"recorded_on": day("07-15"), "match": {"decision": "no"}}
    register = register_of(*rows, corrections=[away])
    assert answers(effective_answers(register, day("07-15"), day("07-15"))) == {"0001": "yes"}
    with pytest.raises(DataError):
        effective_answers(register, day("07-14"), day("07-14"))


# One row, once or twice: code, days decided, to received, to registered, the answer; and of some
# that stand once a correction, with the day it was recorded. No two answers clash.
few = st.integers(0, 4)
fixes = st.one_of(st.none(), st.tuples(st.sampled_from(["flip", "remove"]), st.integers(0, 12)))
entries = st.tuples(
    st.integers(1, 3), few, few, few, st.sampled_from(["yes", "no"]), st.booleans(), fixes
)
logs = st.lists(entries, max_size=7, unique_by=lambda entry: entry[:3])
FLIPPED = {"yes": "no", "no": "yes"}


HEADING = "code,decided_on,received_on,registered_on,decision,case_number"


def fix_of(number: int, decision: str, fix: tuple[str, int]) -> dict[str, object]:
    """The entry of corrections.toml for the row with that case number."""
    recorded_on = FIRST + timedelta(days=fix[1])
    entry = {"recorded_on": recorded_on, "why": "Fel", "match": {"case_number": str(number)}}
    if fix[0] == "remove":
        return entry | {"remove": True}
    return entry | {"column": "decision", "expected": decision, "corrected": FLIPPED[decision]}


def expected(
    log: list[tuple[Any, ...]], as_of: int, known_on: int
) -> tuple[dict[str, str], list[int]]:
    """The answers that count, and the rows in each of PLACES, one row of the log at a time."""
    counting, due_rows, twice_rows, replaced, unknown = {}, 0, 0, 0, 0
    for digit, decided, lag, late, decision, twice, fix in sorted(log, key=lambda e: e[:3]):
        due = decided + lag <= as_of and decided + lag + late <= known_on
        fixed = not twice and fix is not None and fix[1] <= known_on
        replaced += fixed
        due_rows += due and not fixed
        twice_rows += due and twice
        unknown += (1 + twice) * (not due and not fixed)
        if due and not (fixed and fix[0] == "remove"):
            counting[f"000{digit}"] = (FLIPPED[decision] if fixed else decision, fixed)
    own = sum(not fixed for _, fixed in counting.values())
    places = [own, due_rows - own, twice_rows, replaced, unknown]
    return {code: decision for code, (decision, _) in counting.items()}, places


@settings(max_examples=80, deadline=None)
@given(logs, st.integers(0, 12), st.integers(0, 12))
def test_row_counts_add_up_for_any_register(
    register_of: Callable[..., Register],
    as_line: Callable[..., str],
    log: list[tuple[int, int, int, int, str, bool, tuple[str, int] | None]],
    as_of: int,
    known_on: int,
) -> None:
    lines, corrections = [], []
    for number, (*cells, decision, twice, fix) in enumerate(log):
        lines += [f"{as_line(*cells, decision)},{number}"] * (1 + twice)
        if fix and not twice:
            corrections.append(fix_of(number, decision, fix))
    register = register_of(*lines, heading=HEADING, corrections=corrections)
    stood = effective_answers(register, *(FIRST + timedelta(days=n) for n in (as_of, known_on)))
    said, places = expected(log, as_of, known_on)
    assert answers(stood) == said
    assert [stood.row_counts[place] for place in PLACES] == places
    assert sum(places) == stood.row_counts["read"] == len(lines)
    count = stood.row_counts["counting"] + stood.row_counts["corrections_counting"]
    assert count == len(said)
    assert stood.row_counts["corrections"] == stood.row_counts["replaced"]
