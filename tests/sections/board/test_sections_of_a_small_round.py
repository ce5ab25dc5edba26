"""What the sections say of a round small enough to work out by hand."""

from collections.abc import Callable
from datetime import date

import pandas as pd
import pytest

from helpers.funding.statement.round_statement import Statement
from helpers.funding.statement.statement_changes import compare_statements
from helpers.funding.statement.statement_computation import compute_statement
from helpers.model.answer_register import Register
from helpers.model.funding_round import Round
from helpers.model.settings.round_settings import Event, GapSharingSettings
from helpers.model.settings.threshold_settings import Threshold
from helpers.sections.board.members import (
    map_section,
    member_list_section,
    missing_section,
    over_time_section,
    terms_section,
)
from helpers.sections.board.outlook import (
    bounds_section,
    largest_section,
    sharing_section,
    ways_section,
)
from helpers.sections.board.status import answer_section, decision_section
from helpers.sections.components.block import EMPTY_BLOCK, Block
from support.five_member_round import DAY, HISTORY
from support.section_contexts import context_of

Ask = Callable[..., Statement]


@pytest.fixture
def on(register_of: Callable[..., Register], five_members: pd.DataFrame, five_round: Round) -> Ask:
    def ask(day: date = DAY, *lines: str, **changes: object) -> Statement:
        round_ = five_round.model_copy(update=changes)
        register = register_of(*(lines or HISTORY))
        return compute_statement(round_, five_members, register, [], day, day)

    return ask


def plain(block: Block) -> str:
    return block.plain.replace("\u00a0", " ")


def reply_by(*days: date) -> list[Event]:
    return [
        Event(kind="deadline", known_from=date(2016, 6, 10), on=day, text={"sv": "Svara"})
        for day in days
    ]


def test_the_bar_says_what_is_missing_and_what_may_come(on: Ask) -> None:
    # 1 400 of 1 900 are 73.7 %, 1 200 are 63.2 %.
    text = plain(answer_section.answer(context_of(on()), None))
    assert "74 procent av 1 900 kr saknas; 63 procent är obesvarat" in text


def test_three_ways_to_count_stand_side_by_side(on: Ask) -> None:
    text = plain(answer_section.three_counts_block(context_of(on())))
    assert "Kommuner | 2 (40 %) | 1 (20 %) | 2 (40 %) | 5" in text
    assert "Invånare | 5 000 (25 %) | 2 000 (10 %) | 13 000 (65 %) | 20 000" in text
    assert "Kronor per år | 500 (26 %) | 200 (11 %) | 1 200 (63 %) | 1 900" in text


def test_what_has_changed_is_said_on_the_first_page(on: Ask) -> None:
    changed = compare_statements(on(date(2016, 6, 30)), on())
    text = plain(answer_section.answer(context_of(on()), changed))
    assert (
        "Sedan rapporten per den 30 juni 2016 har läget ändrats för en kommun: ytterligare en "
        "kommun har sagt ja och det säkrade beloppet är 400 kr högre per år."
    ) in text


def test_without_a_threshold_the_judgement_is_the_boards(on: Ask) -> None:
    assert "Ingen gräns är angiven" in plain(decision_section.decision(context_of(on())))


@pytest.mark.parametrize(
    ("percent", "verdict", "row"),
    [
        # 5, 50 and 95 % of 1 900 are 95, 950 and 1 805; 500 are funded and 1 200 may come.
        (5, "är uppnått.", "95 (5 %) | 500 (26 %) | 0 | Ja"),
        (50, "är inte uppnått, men kan ännu nås.", "950 (50 %) | 500 (26 %) | 450 | Nej"),
        (95, "kan inte nås utan att någon ändrar", "1 805 (95 %) | 500 (26 %) | 1 305 | Nej"),
    ],
)
def test_a_threshold_is_shown_with_what_is_missing(
    on: Ask, percent: int, verdict: str, row: str
) -> None:
    needed = Threshold(measure="amount", percent=percent, known_from=date(2016, 6, 10))
    text = plain(decision_section.decision(context_of(on(thresholds=[needed]))))
    assert verdict in text
    assert f"Säkrade kronor per år | {row}" in text
    assert "Här framgår hur långt det är till det som krävs. Beslutet är styrelsens." in text


def test_the_replies_that_matter_are_a_list_to_call_from(on: Ask) -> None:
    text = plain(bounds_section.possible(context_of(on(contact={"sv": "kansliet"}))))
    # All that have not answered are listed: the bounds state what their yes secures.
    assert "största" not in text
    assert "I varje kommun går frågan till kansliet." in text
    assert "Fors | Södra län | 900 | 1 400 | 74 %" in text
    assert "Dal | Norra län | 300 | 1 700 | 89 %" in text


@pytest.mark.parametrize(
    ("percent", "words"),
    [
        # Of 1 900: 1 330 need Fors alone, 1 805 are out of reach by 105.
        (
            70,
            "För att 1 330 kr per år ska vara säkrade räcker det att en kommun till säger "
            "ja: Fors.",
        ),
        (
            95,
            "Om alla som inte har svarat säger ja blir 1 700 kr per år säkrade. Då saknas ändå "
            "105 kr av de 1 805 kr som krävs.",
        ),
    ],
)
def test_the_fewest_that_reach_a_threshold_are_named(on: Ask, percent: int, words: str) -> None:
    needed = Threshold(measure="amount", percent=percent, known_from=date(2016, 6, 10))
    assert words in plain(bounds_section.possible(context_of(on(thresholds=[needed]))))


def test_a_threshold_that_is_reached_is_in_its_table_alone(on: Ask) -> None:
    reached = Threshold(measure="amount", percent=25, known_from=date(2016, 6, 10))
    with_it = plain(bounds_section.possible(context_of(on(thresholds=[reached]))))
    assert with_it == plain(bounds_section.possible(context_of(on())))


def test_nothing_more_can_come_when_all_have_answered(on: Ask) -> None:
    lines = [*HISTORY, "0003,2016-06-15,2016-06-20,,no", "0005,2016-06-15,2016-06-20,,no"]
    context = context_of(on(DAY, *lines))
    assert bounds_section.possible(context) == EMPTY_BLOCK
    assert context.wording.bounds().startswith("Alla har svarat")


def test_those_who_said_yes_may_share_what_is_missing(on: Ask) -> None:
    # Alm 1 000 and Ek 4 000 inhabitants carry 1 900: 380 and 1 520, 0.38 instead of 0.10 each.
    text = plain(
        sharing_section.sharing(
            context_of(on(sharing=GapSharingSettings(highest_increase_percent=300)))
        )
    )
    assert "skulle de tillsammans betala 1 400 kr mer per år: i genomsnitt 280 procent mer" in text
    assert "0,38 kr per invånare i stället för 0,10 kr." in text
    assert "Ek | 400 | 1 520 | 1 120 | 280 % | 0,10 | 0,38" in text
    assert "omgångens gräns" not in text
    strict = on(sharing=GapSharingSettings(highest_increase_percent=279))
    assert "Två kommuner skulle betala mer än omgångens gräns." in plain(
        sharing_section.sharing(context_of(strict))
    )


def test_the_ways_to_go_on_are_one_table(on: Ask) -> None:
    # Two years of 500: 1 000 of the 1 900 that one year costs, so no year is paid in full. The two
    # with a yes pay 500; 1 400 more are 280 %. Dal and Fors, silent, add 1 200: 1 700 of 1 900.
    rows = plain(ways_section.ways(context_of(on()))).splitlines()
    assert rows[2:] == [
        "De kommuner som inte har svarat säger ja | högst 1 200 kr per år | "
        "89 % av det önskade beloppet blir säkrat | 2 kommuner",
        "De kommuner som har sagt ja delar på resten | 1 400 kr per år | "
        "Deras avgifter höjs med i genomsnitt 280 % | 2 kommuner, var för sig",
        "Arbetet anpassas till det som är säkrat | 500 kr per år | "
        "Budgeten blir 26 % av den önskade | Styrelsen",
        "En annan finansiär betalar resten | 1 400 kr per år | "
        "Hela det önskade beloppet täcks | Finansiären",
    ]


def test_a_shorter_plan_is_a_way_where_the_money_pays_whole_years(on: Ask) -> None:
    # Ek and Fors: 1 300 in each of two years, 2 600: one year of 1 900, and 700 are left.
    lines = ["0004,2016-06-15,2016-06-20,,yes", "0005,2016-06-15,2016-06-20,,yes"]
    text = plain(ways_section.ways(context_of(on(DAY, *lines))))
    shorter = "Färre år med full budget | 1 900 kr | Det säkrade räcker till ett år, och 700 kr"
    assert shorter in text


def test_while_members_may_still_reply_nothing_is_said_of_sharing_or_of_ways(on: Ask) -> None:
    for last in (DAY, date(2016, 8, 31)):
        context = context_of(on(events=reply_by(date(2016, 6, 22), last)))
        for show in (ways_section.ways, sharing_section.sharing, largest_section.largest):
            assert show(context) == EMPTY_BLOCK, (show.__name__, last)
        assert "Utanför" not in plain(terms_section.terms(context))
    passed = context_of(on(events=reply_by(date(2016, 7, 30))))
    for show in (ways_section.ways, sharing_section.sharing, largest_section.largest):
        assert show(passed) != EMPTY_BLOCK, show.__name__


def test_with_nobody_or_nothing_to_share_there_is_no_section(on: Ask) -> None:
    nobody = context_of(on(date(2016, 6, 10)))
    assert sharing_section.sharing(nobody) == EMPTY_BLOCK
    assert "delar på resten" not in plain(ways_section.ways(nobody))
    everyone = [f"000{n},2016-06-15,2016-06-20,,yes" for n in range(1, 6)]
    assert sharing_section.sharing(context_of(on(DAY, *everyone))) == EMPTY_BLOCK
    assert ways_section.ways(context_of(on(DAY, *everyone))) == EMPTY_BLOCK


def test_the_members_that_share_what_is_missing_decide_each_by_itself_in_english(on: Ask) -> None:
    text = plain(ways_section.ways(context_of(on(), "en")))
    assert "| 2 municipalities, each by itself" in text
    assert "| 2 municipalities\n" in text  # those that have not answered


def test_the_county_that_lacks_most_comes_first(on: Ask) -> None:
    # Södra: Fors 900 silent (and Ek, secured). Norra: Berg 200 no and Dal 300 silent.
    text = plain(missing_section.missing(context_of(on())))
    assert text.startswith("Södra län saknar mest: 900 kr per år")
    assert "varav" not in text.splitlines()[0]


def test_all_members_are_one_alphabetical_table(on: Ask) -> None:
    rows = plain(member_list_section.members(context_of(on()))).splitlines()
    assert rows[1] == "Kommun | Svar | Avgift, kr per år | Län | Inkom den"
    assert [row.split(" | ")[0] for row in rows[2:]] == ["Alm", "Berg", "Dal", "Ek", "Fors"]
    assert rows[5] == "Ek | Ja | 400 | Södra län | 10 juli 2016"
    assert rows[6] == "Fors | Ej svarat | 900 | Södra län | "


def test_names_are_sorted_as_in_swedish(on: Ask) -> None:
    members = on().on_day.present.assign(name=["Örebro", "Älmhult", "Åre", "Zorn", "Ö"])
    ordered = member_list_section.listed_members(members)["name"].tolist()
    assert ordered == ["Zorn", "Åre", "Älmhult", "Ö", "Örebro"]


def test_who_is_outside_is_counted(on: Ask) -> None:
    text = plain(terms_section.terms(context_of(on())))
    assert "Tre av fem kommuner är inte med: en har sagt nej och två har inte svarat." in text


def test_who_is_outside_is_one_sentence_where_all_of_them_said_no(on: Ask) -> None:
    said = {"0001": "yes", "0002": "yes", "0003": "yes", "0004": "no", "0005": "no"}
    lines = [f"{code},2016-07-20,2016-07-21,,{answer}" for code, answer in said.items()]
    text = plain(terms_section.terms(context_of(on(date(2016, 7, 31), *lines))))
    assert "Två av fem kommuner har sagt nej. Övriga är med." in text
    lines[3:] = ["0004,2016-07-20,2016-07-21,,yes"]
    text = plain(terms_section.terms(context_of(on(date(2016, 7, 31), *lines))))
    assert "En av fem kommuner har inte svarat. Övriga är med." in text


def test_nobody_is_said_to_have_said_no_where_an_answer_has_a_condition(
    register_of: Callable[..., Register], five_members: pd.DataFrame, five_round: Round
) -> None:
    heading = "code,decided_on,received_on,registered_on,decision,years,condition"
    register = register_of("0001,2016-07-20,2016-07-21,,yes,,om alla är med", heading=heading)
    day = date(2016, 7, 31)
    statement = compute_statement(five_round, five_members, register, [], day, day)
    text = plain(terms_section.terms(context_of(statement)))
    assert (
        "Fem av fem kommuner är inte med: de har inte svarat eller inte lämnat ett slutligt ja."
        in text
    )


def test_terms_are_those_known_on_the_day(on: Ask) -> None:
    terms = [
        Event(kind="terms", known_from=day, text={"sv": text})
        for day, text in ((date(2016, 6, 10), "Först"), (date(2016, 8, 1), "Senare"))
    ]
    text = plain(terms_section.terms(context_of(on(events=terms))))
    assert "Först" in text
    assert "Senare" not in text


def test_late_is_after_the_last_reply_date_and_never_after_an_earlier_one(on: Ask) -> None:
    statement = on(events=reply_by(date(2016, 6, 22), date(2016, 6, 30)))
    text = plain(over_time_section.over_time(context_of(statement)))
    said = "En kommun svarade efter sista svarsdagen den 30 juni 2016: ett ja."
    assert said in text
    extended = on(events=reply_by(date(2016, 6, 22), date(2016, 8, 31)))
    assert "efter sista svarsdagen" not in plain(over_time_section.over_time(context_of(extended)))
    everyone_in_time = on(events=reply_by(date(2016, 7, 30)))
    text = plain(over_time_section.over_time(context_of(everyone_in_time)))
    assert "Ingen kommun har svarat efter sista svarsdagen den 30 juli 2016." in text


def test_the_largest_payers_are_listed_with_what_if_they_leave(on: Ask) -> None:
    # Fors 900 of 1 900 is 47.4 %; with Ek 68.4 %. 1 900 kr over 20 000 inhabitants is 0.095.
    text = plain(largest_section.largest(context_of(on())))
    assert "Fors | Ej svarat | 900 | 47,4 % | 47,4 %" in text
    assert "Hela det önskade beloppet är 0,10 kr per invånare och år." in text
    assert "Om Ek drar sig ur är 100 kr per år ändå säkrade, 5 procent" in text
    assert "Fors | Ej svarat | 900 | 47,4 % | 47,4 % | 0,09 | – | –" in text
    assert "Ek | Ja | 400 | 21,1 % | 68,4 % | 0,10 | 100 | 5 %" in text


def test_members_without_a_place_have_no_map(on: Ask) -> None:
    assert map_section.on_map(context_of(on())) == EMPTY_BLOCK
