"""Thresholds in every county or group, worked out by hand, and as property tests.

The five members have fees of 100, 200 and 300 in Norra län and of 400 and 900 in Södra län.
"""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from pathlib import Path
from typing import Any

import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from pydantic import ValidationError

from helpers.checking.published_lines import find_computation_problems
from helpers.data.round.members_file import load_members
from helpers.data.round.round_config import load_round
from helpers.data.round.round_inputs import load_inputs
from helpers.errors import DataError
from helpers.funding.figures_json.statement_json import statement_figures
from helpers.funding.statement.group_thresholds import (
    GroupThresholdOutcome,
    group_threshold_outcomes,
)
from helpers.funding.statement.round_statement import Statement
from helpers.funding.statement.statement_computation import compute_statement
from helpers.model.answer_register import Register
from helpers.model.funding_round import Round
from helpers.model.localized_text import Language
from helpers.sections.board.status.decision_section import decision
from helpers.sections.board.status.threshold_block import threshold_texts
from helpers.sections.pricing.wording_choice import section_context
from support.appeal_round import ANSWERS, write_appeal
from support.five_member_round import DAY, FEES, HISTORY, SHARED_COST
from support.new_rounds import create_round

HEADING = "code,decided_on,received_on,registered_on,decision,years,condition"
Ask = Callable[..., Statement]


def every(measure: str, in_every: str = "county", **least: int) -> dict[str, Any]:
    return {"measure": measure, "in_every": in_every, "known_from": "2016-06-10", **least}


@pytest.fixture(scope="module")
def on(register_of: Callable[..., Register], five_members: pd.DataFrame, five_round: Round) -> Ask:
    def ask(threshold: dict[str, Any], *lines: str, **changes: Any) -> Statement:
        values = {**five_round.model_dump(), "thresholds": [threshold], **changes}
        heading = HEADING if any(line.count(",") > 4 for line in lines) else None
        answers = lines or tuple(HISTORY)
        register = register_of(*answers, **({"heading": heading} if heading else {}))
        return compute_statement(Round.model_validate(values), five_members, register, [], DAY, DAY)

    return ask


def text_of(statement: Statement, language: Language = "sv") -> str:
    return decision(section_context(statement, language)).plain.replace("\u00a0", " ")


def only(statement: Statement) -> GroupThresholdOutcome:
    [outcome] = group_threshold_outcomes(statement)
    return outcome


def test_half_of_the_fees_in_every_county(on: Ask) -> None:
    # Norra has 100 of 600 and needs 300: Dal's 300 are enough, and no other is silent. Södra has
    # 400 of 1 300 and needs 650: Fors's 900 are enough.
    found = only(on(every("amount", percent=50)))
    assert [(g.name, g.outcome.needed, g.outcome.reached) for g in found.groups] == [
        ("Norra län", 300, 100),
        ("Södra län", 650, 400),
    ]
    assert [(g.name, g.outcome.shortfall) for g in found.below] == [
        ("Södra län", 250),
        ("Norra län", 200),
    ]
    assert (found.met, found.attainable) == (False, True)
    sets = {g.name: g.smallest_set for g in found.groups}
    assert {name: [r.code for r in one.replies] for name, one in sets.items() if one} == {
        "Norra län": ["0003"],
        "Södra län": ["0005"],
    }


def test_a_county_with_an_unreachable_share_is_out_of_reach(on: Ask) -> None:
    # Norra: Alm's 100 and Dal's 300 are 400 of 600; 70 % are 420. Södra can have all.
    found = only(on(every("amount", percent=70)))
    assert [g.outcome.attainable for g in found.groups] == [False, True]
    assert not found.attainable
    text = text_of(on(every("amount", percent=70)))
    assert "kan inte nås utan att någon ändrar sitt svar" in text
    assert "Norra län | 420 | 100 (17 %) | 320 | Bara om någon ändrar sitt svar" in text
    assert "Södra län | 910 | 400 (31 %) | 510 | Ja från Fors" in text


def test_a_number_of_members_in_every_county(on: Ask) -> None:
    # One yes in each; with two, Dal or nobody else in Norra, Fors in Södra.
    assert only(on(every("members", at_least=1))).met
    two = only(on(every("members", at_least=2)))
    assert [(g.name, g.outcome.shortfall) for g in two.below] == [
        ("Norra län", 1),
        ("Södra län", 1),
    ]
    assert two.attainable


def test_a_share_of_the_inhabitants_in_every_group(on: Ask) -> None:
    # A1: Alm 1 000 and Dal 3 000, of which Alm yes; B3: Berg, Ek and Fors, 16 000, of which Ek's
    # 4 000 are a quarter.
    found = only(on(every("inhabitants", "group", percent=25)))
    assert [(g.name, g.outcome.needed, g.outcome.reached) for g in found.groups] == [
        ("A1", 1_000, 1_000),
        ("B3", 4_000, 4_000),
    ]
    assert found.met
    more = only(on(every("inhabitants", "group", percent=26)))
    assert [(g.name, g.outcome.needed) for g in more.below] == [("B3", 4_160), ("A1", 1_040)]


def test_conditions_may_be_needed(on: Ask) -> None:
    lines = [
        "0001,2016-06-15,2016-06-20,,yes,,",
        "0002,2016-06-15,2016-06-20,,no,,",
        "0003,2016-06-15,2016-06-20,,yes,,om fler är med",
        "0005,2016-06-15,2016-06-20,,yes,,",
    ]
    # Norra: 100 secured, 300 on a condition; 50 % of 600 are 300.
    statement = on(every("amount", percent=50), *lines)
    found = only(statement)
    assert (found.attainable, found.attainable_on_conditions) == (False, True)
    assert "Norra län | 300 | 100 (17 %) | 200 | Bara om villkor för ja-svar uppfylls" in text_of(
        statement
    )


def test_the_year_in_which_a_county_lacks_most_counts(on: Ask) -> None:
    # All secure 1 000 in 2017 and 900 in 2018, so 2018 is the least year; but Södra has less in
    # 2017: only Ek's 400, and needs 650.
    lines = [
        "0001,2016-06-15,2016-06-20,,yes,2017,",
        "0002,2016-06-15,2016-06-20,,yes,2017,",
        "0003,2016-06-15,2016-06-20,,yes,2017,",
        "0004,2016-06-15,2016-06-20,,yes,2017,",
        "0005,2016-06-15,2016-06-20,,yes,2018,",
    ]
    statement = on(every("amount", percent=50), *lines)
    assert statement.by_year == {2017: 1_000, 2018: 900}
    found = only(statement)
    assert [(g.name, g.outcome.year, g.outcome.reached) for g in found.below] == [
        ("Norra län", 2018, 0),
        ("Södra län", 2017, 400),
    ]
    text = text_of(statement)
    assert "Län under kravet (säkrade kronor, för det år då mest saknas)" in text
    assert "Norra län | 2018 | 300 | 0 (0 %) | 300 | Bara om någon ändrar sitt svar" in text
    [_, sentence] = threshold_texts(section_context(statement, "sv"))
    assert sentence.replace("\u00a0", " ").endswith(
        "Det saknas 300 kr för 2018 i Norra län och 250 kr för 2017 i Södra län."
    )


def test_answers_that_are_enough_are_enough_in_every_year(on: Ask) -> None:
    # 1 900 in 2017 and 2 850 in 2018, one and a half times: in Södra 1 300 and 1 950. 200 in every
    # county of each year: Norra has Alm's 100 and 150, and lacks most in 2017. Dal is enough.
    found = only(on(every("amount", at_least=200), requested={2017: 1_900, 2018: 2_850}))
    [norra] = found.below
    assert (norra.name, norra.outcome.year, norra.outcome.shortfall) == ("Norra län", 2017, 100)
    assert norra.smallest_set is not None
    assert [reply.code for reply in norra.smallest_set.replies] == ["0003"]


def test_the_verdict_needs_both_thresholds(on: Ask) -> None:
    # 500 of 1 900 are 26 %: reached for all, and not in every county.
    everywhere = {"measure": "amount", "percent": 26, "known_from": "2016-06-10"}
    statement = on(everywhere, thresholds=[everywhere, every("amount", percent=26)])
    text = text_of(statement)
    assert "Det som omgången kräver är inte uppnått, men kan ännu nås." in text
    assert "Säkrade kronor per år | 494 (26 %) | 500 (26 %) | 0 | Ja" in text
    # 26 % of 600 are 156, of 1 300 are 338.
    assert "I varje län krävs att minst 26 procent av avgifterna är säkrade. " in text
    assert "Kravet är uppnått i ett av två län." in text
    assert "Norra län | 156 | 100 (17 %) | 56 | Ja från Dal" in text
    assert "Södra län |" not in text
    assert "Det som omgången kräver är uppnått." in text_of(on(everywhere))


@pytest.mark.parametrize(
    ("threshold", "sentence"),
    [
        (every("members", at_least=1), "I varje län krävs att minst en kommun har sagt ja."),
        (every("members", at_least=2), "I varje län krävs att minst två kommuner har sagt ja."),
        (
            every("members", "group", percent=60),
            "I varje kommungrupp krävs att minst 60 procent av kommunerna har sagt ja.",
        ),
        (every("amount", at_least=500), "I varje län krävs att minst 500 kr per år är säkrade."),
        (
            every("inhabitants", at_least=900),
            "I varje län krävs att kommuner med minst 900 invånare har sagt ja.",
        ),
        (
            every("inhabitants", percent=10),
            "I varje län krävs att kommuner med minst 10 procent av invånarna har sagt ja.",
        ),
    ],
)
def test_what_is_required_is_said_in_words(
    on: Ask, threshold: dict[str, Any], sentence: str
) -> None:
    assert sentence in text_of(on(threshold))


def test_the_caption_keeps_the_code_of_the_currency(on: Ask) -> None:
    statement = on(every("amount", percent=50))
    assert "Counties below the requirement (SEK secured a year)" in text_of(statement, "en")
    assert "Län under kravet (säkrade kronor per år)" in text_of(statement)


def test_status_states_the_verdict_and_who_is_below(on: Ask) -> None:
    texts = threshold_texts(section_context(on(every("amount", percent=50)), "en"))
    assert [text.replace("\u00a0", " ") for text in texts] == [
        "What the round needs has not been reached, but still can be.",
        "In every county, at least 50% of the fees must be secured. The requirement is not met in "
        "any county. Below it are Södra län (SEK 250 short) and Norra län (SEK 200 short).",
    ]
    assert threshold_texts(section_context(on({**every("amount"), "percent": 1}), "en"))[0] == (
        "What the round needs has been reached."
    )


def test_a_shared_cost_counts_members_and_inhabitants(on: Ask) -> None:
    # Södra: Ek's 4 000 of 14 000 inhabitants are 29 %; Norra: Alm's 1 000 of 6 000 are 17 %.
    found = on(every("inhabitants", percent=20), pricing=SHARED_COST, requested=0)
    assert [(g.name, g.outcome.needed) for g in only(found).below] == [("Norra län", 1_200)]
    assert "Norra län | 1 200 | 1 000 (17 %) | 200 | Ja från Dal" in text_of(found)


def test_figures_have_every_county(on: Ask) -> None:
    figures = statement_figures(on(every("amount", percent=50)))
    [one] = figures["group_thresholds"]
    assert (one["in_every"], one["met"], one["below"]) == (
        "county",
        False,
        ["Södra län", "Norra län"],
    )
    assert one["groups"]["Norra län"] == {
        "needed": 300, "needed_share": 0.5, "reached": 100, "reached_share": 0.16666666666666666,
        "short": 200, "possible": 400, "met": False, "year": None, "codes": ["0003"],
    }  # fmt: skip
    for_all = {"measure": "amount", "percent": 1, "known_from": "2016-06-10"}
    assert "group_thresholds" not in statement_figures(on(for_all))


@pytest.mark.parametrize(
    ("threshold", "pricing", "message"),
    [
        (every("amount", percent=50), SHARED_COST, 'write it in "inhabitants"'),
        (
            every("amount", at_least=5),
            {"rule": "rate-with-ceiling", "population_year": 2015, "rate": "1", "ceiling": 900},
            "whose ceiling is for all together",
        ),
        (every("amount", percent=50), {"rule": "pledges"}, "nobody has a fee to take it of"),
        (every("inhabitants", percent=50), {"rule": "pledges"}, "which counts none"),
    ],
)
def test_what_cannot_be_measured_is_refused(
    five_round: Round, threshold: dict[str, Any], pricing: dict[str, Any], message: str
) -> None:
    values = {**five_round.model_dump(), "thresholds": [threshold], "pricing": pricing}
    del values["register_settings"], values["part_of_year"]
    values["requested"] = 1_900 if pricing["rule"] == "pledges" else 0
    stated = {name: value for name, value in values.items() if value not in (None, {}, [])}
    stated["years"] = [2017, 2018]
    with pytest.raises(ValidationError, match=message):
        Round.model_validate(stated)


def test_a_county_that_can_never_reach_it_is_refused(
    on: Ask, five_round: Round, five_members: pd.DataFrame
) -> None:
    # Södra has two members; Norra's fees are 600 together.
    with pytest.raises(DataError, match=r"Södra län has 2 if all its members say yes\. Lower"):
        on(every("members", at_least=3))
    with pytest.raises(DataError, match="Norra län has 600 if all its members say yes"):
        on(every("amount", at_least=601))
    on(every("amount", at_least=600))
    values = {**five_round.model_dump(), "thresholds": [every("members", at_least=3)]}
    [problem] = find_computation_problems(Round.model_validate(values), five_members, DAY)
    assert (problem.file, problem.column, problem.severity) == (
        "round.toml",
        "thresholds",
        "error",
    )


def test_check_and_report_count_the_same_members(
    register_of: Callable[..., Register], five_members: pd.DataFrame, five_round: Round
) -> None:
    """Norra has Alm and Berg, and Dal that joins later; Södra has Ek, since Fors had left."""
    names = five_members["name"]
    members = five_members.assign(
        valid_from=pd.to_datetime(names.map({"Dal": "2016-09-01"})),
        valid_to=pd.to_datetime(names.map({"Fors": "2015-12-31"})),
        known_from=pd.Timestamp("2015-01-01"),
    )
    # 1 900 by 1 000, 2 000 and 4 000 inhabitants: Alm 271.4, Berg 542.9, together 814.3.
    for threshold, refused in (
        (every("members", at_least=3), ["Södra län has 1 "]),
        (every("amount", at_least=816), ["Norra län has 814 "]),
    ):
        values = {**five_round.model_dump(), "thresholds": [threshold]}
        round_ = Round.model_validate(values)
        problems = find_computation_problems(round_, members, DAY)
        assert [any(text in one.what for one in problems) for text in refused] == [True]
        assert len(problems) == 1
        with pytest.raises(DataError) as caught:
            compute_statement(round_, members, register_of(*HISTORY), [], DAY, DAY)
        assert caught.value.problems == problems


def test_a_members_file_without_the_column_is_refused(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    (tmp_path / "data/rounds").mkdir(parents=True)
    folder = create_round("own", date(2026, 3, 2), own_members=True)
    path = folder / "round.toml"
    entry = '\n[[thresholds]]\nmeasure = "members"\nat_least = 1\nin_every = "county"\n'
    path.write_text(path.read_text(encoding="utf-8") + entry + "known_from = 2026-03-02\n", "utf-8")
    (folder / "members.csv").write_text("code,name,weight\n0001,Alm,1\n", encoding="utf-8")
    with pytest.raises(DataError, match="There is no column county, which a threshold") as error:
        load_members(folder, load_round(folder))
    assert "Add the column, with a value for each member" in str(error.value)
    (folder / "members.csv").write_text("code,name,weight,county\n0001,Alm,1,\n", "utf-8")
    with pytest.raises(DataError, match="the county is blank"):
        load_members(folder, load_round(folder))


def test_pledges_in_every_county_are_counted_without_the_contributors(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    # Norra: Alm's 300 000 and Berg's 112 351. Södra: Ceder's 28 494, confirmed; Dal has said no and
    # Ek is silent here. The fund's 22 469 belong to neither.
    folder = write_appeal(tmp_path, monkeypatch, answers=[*ANSWERS[:4], ANSWERS[5]])
    path = folder / "round.toml"
    top, _, pricing = path.read_text(encoding="utf-8").partition("[pricing]")
    entry = '[[thresholds]]\nmeasure = "amount"\nat_least = 30_000\nin_every = "county"\n'
    path.write_text(f"{top}{entry}known_from = 2026-03-01\n[pricing]{pricing}", encoding="utf-8")
    counties = dict.fromkeys("AB", "Norra") | dict.fromkeys("CDE", "Södra")
    rows = [f"{code},Medlem {code},{county}" for code, county in counties.items()]
    (folder / "members.csv").write_text("\n".join(["code,name,county", *rows]) + "\n", "utf-8")
    inputs, day = load_inputs("appeal"), date(2026, 3, 31)
    statement = compute_statement(inputs.round, inputs.members, inputs.register, [], day, day)
    found = only(statement)
    assert [(g.name, g.outcome.reached) for g in found.groups] == [
        ("Norra", 412_351),
        ("Södra", 28_494),
    ]
    assert (found.attainable, found.below[0].unanswered) == (True, ("Medlem E",))
    assert "Södra | 30 000 | 28 494 | 1 506 | Har inte svarat: Medlem E" in text_of(statement)
    [figures] = statement_figures(statement)["group_thresholds"]
    assert (figures["groups"]["Södra"]["possible"], figures["groups"]["Södra"]["codes"]) == (
        None,
        [],
    )


@settings(max_examples=40)
@given(
    yes=st.sets(st.sampled_from(sorted(FEES))),
    no=st.sets(st.sampled_from(sorted(FEES))),
    percent=st.integers(1, 100),
)
def test_the_answers_that_are_enough_reach_it_and_one_fewer_does_not(
    on: Ask, yes: set[str], no: set[str], percent: int
) -> None:
    """The named answers reach the threshold, and no fewer answers do."""
    said_no = no - yes
    lines = [f"{code},2016-06-15,2016-06-20,,yes" for code in sorted(yes)]
    lines += [f"{code},2016-06-15,2016-06-20,,no" for code in sorted(said_no)]
    if not lines:
        return
    found = only(on(every("amount", percent=percent), *lines))
    counties = {"Norra län": ["0001", "0002", "0003"], "Södra län": ["0004", "0005"]}
    for group in found.groups:
        codes = counties[group.name]
        whole = sum(FEES[code] for code in codes)
        secured = sum(FEES[code] for code in codes if code in yes)
        silent = [FEES[code] for code in codes if code not in yes | said_no]
        assert group.outcome.met == (secured * 100 >= percent * whole)
        assert group.outcome.attainable == ((secured + sum(silent)) * 100 >= percent * whole)
        assert group.smallest_set is not None
        named = [FEES[reply.code] for reply in group.smallest_set.replies]
        if group.outcome.attainable and not group.outcome.met:
            assert (secured + sum(named)) * 100 >= percent * whole
            fewer = sorted(silent)[len(silent) - len(named) + 1 :]
            assert (secured + sum(fewer)) * 100 < percent * whole
