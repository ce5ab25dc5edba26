from __future__ import annotations

from datetime import date
from fractions import Fraction
from pathlib import Path
from typing import NoReturn

import pytest

from helpers.data.round.round_config import load_round, round_folder
from helpers.errors import DataError, ReportError
from helpers.system.files import read_bytes
from helpers.system.project_folder import project_root

ROUND_TOML = """\
name = "small-2020"
currency = "SEK"
requested = 1000
years = [2021]
recommended_on = 2020-03-01
members = "members.csv"
languages = ["sv"]
reconstructed = false
title.sv = "Liten"
organiser = { short = "F", name = "Förbundet" }

[pricing]
rule = "membership-fee"
population_year = 2019
rebate_above = 200000
rebate_percent = 10
"""


@pytest.fixture
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A project of one round, with the working folder at its root."""
    small = tmp_path / "data" / "rounds" / "small-2020"
    small.mkdir(parents=True)
    (small / "round.toml").write_text(ROUND_TOML, encoding="utf-8")
    monkeypatch.chdir(tmp_path)
    return small


def rewrite(path: Path, old: str, new: str) -> None:
    text = path.read_text(encoding="utf-8")
    assert old in text
    path.write_text(text.replace(old, new), encoding="utf-8")


def keys(error: pytest.ExceptionInfo[DataError]) -> list[tuple[object, ...]]:
    return [(p.file, p.column) for p in error.value.problems]


@pytest.mark.parametrize(
    ("stated", "years", "amounts", "rounding"),
    [
        ("1000.00", "[2021]", {2021: 1_000}, {}),
        ("1000.56", "[2021]", {2021: 1_001}, {2021: "0.44"}),
        ("1000.5", "[2021, 2022]", {2021: 1_001, 2022: 1_001}, {2021: "0.5", 2022: "0.5"}),
        ("{ 2021 = 10.25, 2022 = 20 }", "[2021, 2022]", {2021: 10, 2022: 20}, {2021: "-0.25"}),
        ("{ 2021 = 7.75, 2022 = 7.75 }", "[2021, 2022]", {2021: 8}, {2021: "0.25", 2022: "0.25"}),
        ("{ 2021 = 7.75, 2022 = 8.25 }", "[2021, 2022]", {2022: 8}, {2021: "0.25", 2022: "-0.25"}),
    ],
)
def test_a_requested_amount_with_decimals_is_rounded_once_to_whole_units(
    folder: Path, stated: str, years: str, amounts: dict[int, int], rounding: dict[int, str]
) -> None:
    rewrite(folder / "round.toml", "requested = 1000", f"requested = {stated}")
    rewrite(folder / "round.toml", "[2021]", years)
    round_ = load_round(folder)
    assert {year: round_.requested_in(year) for year in amounts} == amounts
    assert round_.requested_rounding == {year: Fraction(n) for year, n in rounding.items()}


def test_an_amount_of_a_year_that_is_no_number_is_named_by_its_year(folder: Path) -> None:
    rewrite(folder / "round.toml", "years = [2021]", "years = [2021, 2022]")
    rewrite(folder / "round.toml", "requested = 1000", 'requested = { 2021 = 1000, 2022 = "5" }')
    with pytest.raises(DataError) as error:
        load_round(folder)
    assert keys(error) == [("round.toml", "requested.2022")]


@pytest.mark.parametrize(("stated", "step"), [("50.00", 50), ("1", 1)])
def test_a_step_is_a_whole_number(folder: Path, stated: str, step: int) -> None:
    rewrite(folder / "round.toml", "rebate_percent = 10", f"rebate_percent = 10\nstep = {stated}")
    assert getattr(load_round(folder).pricing, "step", None) == step


@pytest.mark.parametrize("stated", ["0.5", "inf", "nan"])
def test_a_step_that_is_not_whole_is_refused_with_its_value(folder: Path, stated: str) -> None:
    rewrite(folder / "round.toml", "rebate_percent = 10", f"rebate_percent = 10\nstep = {stated}")
    with pytest.raises(DataError, match="write a whole number") as error:
        load_round(folder)
    [problem] = error.value.problems
    assert problem.column == "pricing.step"
    assert str(problem.value).lower() in (stated, {"inf": "infinity"}.get(stated))


@pytest.mark.parametrize(
    ("years", "requested"),
    [
        ("[2017-01-01]", "3400000.5"),
        ('["2017/18"]', "3400000.5"),
        ('["2017/18"]', '{ "2017/18" = 10.5 }'),
    ],
)
def test_years_that_are_not_years_are_refused_by_name(
    folder: Path, years: str, requested: str
) -> None:
    rewrite(folder / "round.toml", "years = [2021]", f"years = {years}")
    rewrite(folder / "round.toml", "requested = 1000", f"requested = {requested}")
    with pytest.raises(DataError) as error:
        load_round(folder)
    assert keys(error) == [("round.toml", "years.1")]


@pytest.mark.parametrize(
    "number",
    ["1e400000", "-1e400000", "1e-400000", "1." + 200 * "3", 5000 * "1", "0x" + 5000 * "f"],
)
def test_a_number_with_too_many_digits_is_refused_at_once(folder: Path, number: str) -> None:
    rewrite(folder / "round.toml", "requested = 1000", f"requested = {number}")
    with pytest.raises(DataError, match="has a number with too many digits") as error:
        load_round(folder)
    assert [problem.file for problem in error.value.problems] == ["round.toml"]


def test_dots_in_comments_and_texts_are_not_levels(folder: Path) -> None:
    dots = "." * 110
    text = f'# {dots}\ntitle.sv = """\n{dots}\nLiten"""  # {dots}'
    rewrite(folder / "round.toml", 'title.sv = "Liten"', text)
    assert load_round(folder).title == {"sv": f"{dots}\nLiten"}


@pytest.mark.parametrize("stated", ["-0.5", "nan", "inf"])
def test_an_impossible_amount_is_refused(folder: Path, stated: str) -> None:
    rewrite(folder / "round.toml", "requested = 1000", f"requested = {stated}")
    with pytest.raises(DataError) as error:
        load_round(folder)
    assert keys(error) == [("round.toml", "requested")]


def test_a_round_is_found_by_name_and_read(folder: Path) -> None:
    assert round_folder("small-2020") == folder
    round_ = load_round(folder)
    assert (round_.name, round_.requested, round_.years) == ("small-2020", 1000, [2021])
    assert round_.recommended_on == date(2020, 3, 1)


def test_an_unknown_round_lists_those_there_are(folder: Path) -> None:
    with pytest.raises(ReportError, match=r"'small-2021'.*The rounds are: small-2020\."):
        round_folder("small-2021")


NOT_NAMES = [
    "../x",
    "/etc",
    ".",
    "..",
    "small-2020/../small-2020",
    "",
    "SMALL-2020",
    "small-2020\n",
]


@pytest.mark.parametrize("name", NOT_NAMES)
def test_a_name_that_is_no_name_is_no_way_out_of_the_folder(folder: Path, name: str) -> None:
    (folder.parent.parent / "round.toml").write_text("", encoding="utf-8")
    with pytest.raises(ReportError, match="There is no round named"):
        round_folder(name)


def test_the_shipped_round_is_not_reached_by_a_path(
    project: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(project)
    assert round_folder("skl-2016").is_dir()
    for name in ("skl-2016/../skl-2016", "SKL", "SKL-2016", "./skl-2016"):
        with pytest.raises(ReportError, match=r"no round named .* The rounds are: skl-2016\b"):
            round_folder(name)


def test_a_folder_that_is_not_named_like_a_round_is_no_round(folder: Path) -> None:
    (folder.parent / "Small 2020").mkdir()
    (folder.parent / "Small 2020" / "round.toml").write_text(ROUND_TOML, encoding="utf-8")
    with pytest.raises(ReportError, match="There is no round named"):
        round_folder("Small 2020")


def test_a_round_named_as_the_folder_of_failed_notebooks_is_to_be_renamed(folder: Path) -> None:
    """Else its releases would lie where no list of releases, prune or due looks."""
    failed = folder.rename(folder.parent / "failed")
    rewrite(failed / "round.toml", "small-2020", "failed")
    message = r"'failed' cannot name a round: .* Rename the folder .*failed, and name in its "
    with pytest.raises(ReportError, match=message):
        load_round(round_folder("failed"))


def test_a_folder_without_a_round_toml_is_no_round(folder: Path) -> None:
    (folder.parent / "draft").mkdir()
    with pytest.raises(ReportError, match=r"The rounds are: small-2020\."):
        round_folder("draft")


def test_the_project_is_found_from_a_folder_below_it(
    folder: Path, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    below = tmp_path / "notebooks" / "deep"
    below.mkdir(parents=True)
    monkeypatch.chdir(below)
    assert project_root() == tmp_path


def test_outside_any_project_the_source_tree_is_the_project(
    project: Path, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    monkeypatch.chdir(tmp_path)
    assert project_root() == project


def test_an_unknown_key_is_named(folder: Path) -> None:
    rewrite(folder / "round.toml", "requested = 1000", "requested = 1000\nreqested = 1000")
    with pytest.raises(DataError) as error:
        load_round(folder)
    assert keys(error) == [("round.toml", "reqested")]


def test_every_wrong_type_is_named_at_once(folder: Path) -> None:
    path = folder / "round.toml"
    rewrite(path, "requested = 1000", 'requested = "mycket"')
    rewrite(path, "recommended_on = 2020-03-01", "recommended_on = true")
    rewrite(path, "rebate_percent = 10", "rebate_percent = 100")
    with pytest.raises(DataError) as error:
        load_round(folder)
    expected = {"requested", "recommended_on", "pricing.rebate_percent"}
    assert set(keys(error)) == {("round.toml", key) for key in expected}
    assert [p.value for p in error.value.problems if p.column == "requested"] == ["'mycket'"]


# TOML has types of its own, so that nothing need be guessed: true is not 1, "no" is not false.
@pytest.mark.parametrize(
    ("key", "right", "wrong"),
    [
        ("requested", "1000", '"1000"'),
        ("requested", "1000", "true"),
        ("reconstructed", "false", '"no"'),
        ("recommended_on", "2020-03-01", "1583020800"),
    ],
)
def test_a_value_of_another_type_is_not_guessed_at(
    folder: Path, key: str, right: str, wrong: str
) -> None:
    rewrite(folder / "round.toml", f"{key} = {right}", f"{key} = {wrong}")
    with pytest.raises(DataError) as error:
        load_round(folder)
    assert keys(error) == [("round.toml", key)]


def test_a_missing_key_is_named(folder: Path) -> None:
    rewrite(folder / "round.toml", "requested = 1000\n", "")
    with pytest.raises(DataError) as error:
        load_round(folder)
    assert keys(error) == [("round.toml", "requested")]


def test_a_text_without_swedish_is_named(folder: Path) -> None:
    rewrite(folder / "round.toml", "title.sv", "title.en")
    with pytest.raises(DataError, match=r"title has no text in Swedish. Write title.sv.") as error:
        load_round(folder)
    assert keys(error) == [("round.toml", "title")]


def test_a_round_in_english_alone_needs_no_swedish(folder: Path) -> None:
    rewrite(folder / "round.toml", "title.sv", "title.en")
    rewrite(folder / "round.toml", 'languages = ["sv"]', 'languages = ["en"]')
    assert load_round(folder).title == {"en": "Liten"}
    swedish = (
        '\ncontact.sv = "x"\nevents = [{kind = "next", known_from = 2020-03-01, text.sv = "x"}]\n'
    )
    rewrite(folder / "round.toml", "\n[pricing]", swedish + "[pricing]")
    with pytest.raises(DataError, match="has no text in English") as error:
        load_round(folder)
    assert keys(error) == [("round.toml", "contact"), ("round.toml", "events.1.text")]


@pytest.mark.parametrize("code", ["XYZ", "sek", "kr", "EURO", ""])
def test_a_currency_has_a_code_that_exists(folder: Path, code: str) -> None:
    rewrite(folder / "round.toml", '"SEK"', f'"{code}"')
    with pytest.raises(DataError, match="is not a currency: write its code of ISO 4217") as error:
        load_round(folder)
    assert keys(error) == [("round.toml", "currency")]


@pytest.mark.parametrize("code", ["SEK", "EUR", "NOK", "JPY"])
def test_a_round_may_be_in_any_currency(folder: Path, code: str) -> None:
    rewrite(folder / "round.toml", '"SEK"', f'"{code}"')
    assert load_round(folder).currency == code


@pytest.mark.parametrize("content", [b"name = \n", b'name = "sm\xe5"\n'])
def test_invalid_toml_is_named(folder: Path, content: bytes) -> None:
    (folder / "round.toml").write_bytes(content)
    with pytest.raises(DataError, match="not valid TOML") as error:
        load_round(folder)
    assert [p.file for p in error.value.problems] == ["round.toml"]


def test_a_name_that_differs_from_the_folder_is_refused(folder: Path) -> None:
    rewrite(folder / "round.toml", "small-2020", "small-2021")
    with pytest.raises(ReportError, match=r"small-2021.*small-2020"):
        load_round(folder)


def test_a_file_that_may_not_be_read_is_told_as_such(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    # Raised by hand: root may read everything.
    def refused(path: Path) -> NoReturn:
        raise PermissionError(path)

    monkeypatch.setattr(Path, "read_bytes", refused)
    with pytest.raises(ReportError, match=r"svar\.csv may not be read. Check its permissions"):
        read_bytes(tmp_path / "svar.csv")


def test_a_file_that_cannot_be_read_for_whatever_reason_is_told_in_words() -> None:
    with pytest.raises(ReportError, match=r"a\.csv cannot be read: File name too long\. Check"):
        read_bytes(Path("a" * 300 + ".csv"))


def test_a_byte_order_mark_before_round_toml_does_no_harm(folder: Path) -> None:
    path = folder / "round.toml"
    path.write_text(ROUND_TOML, encoding="utf-8-sig")
    assert load_round(folder).name == "small-2020"


@pytest.mark.parametrize(
    ("line", "key"),
    [
        ('register_password = "hem1ig"', "register_password"),
        ('[register]\nsource = "postgresql://me:hem1ig@db/svar"', "register.source"),
        ('[register]\nsource = "Server=db;UID=me;PWD=hem1ig"', "register.source"),
        ('[register]\nsource = "https://h.example/svar.csv?sig=hem1ig"', "register.source"),
        ('[x]\ny = [{ token = "hem1ig" }]', "x.y.1.token"),
    ],
)
def test_a_password_in_round_toml_is_refused_and_not_quoted(
    folder: Path, line: str, key: str
) -> None:
    top, _, rest = ROUND_TOML.partition("[pricing]")
    (folder / "round.toml").write_text(
        f"{top}[pricing]{rest}{line}\n" if "[" in line[:1] else f"{line}\n{ROUND_TOML}", "utf-8"
    )
    with pytest.raises(DataError, match="holds a password, a key or a token") as error:
        load_round(folder)
    assert "hem1ig" not in str(error.value)
    assert [problem.column for problem in error.value.problems] == [key]


def test_an_address_without_a_secret_is_none(folder: Path) -> None:
    (folder / "round.toml").write_text(f'{ROUND_TOML}\n[x]\nsource = "env:REGISTER"\n', "utf-8")
    with pytest.raises(
        DataError, match=r"^round\.toml: x: is not a known key\. See docs/reference/round"
    ):  # unknown, and nothing else
        load_round(folder)


@pytest.mark.parametrize(("recommended_on", "ended"), [("2021-12-31", False), ("2022-01-01", True)])
def test_years_do_not_end_before_the_members_are_asked(
    folder: Path, recommended_on: str, ended: bool
) -> None:
    rewrite(
        folder / "round.toml", "recommended_on = 2020-03-01", f"recommended_on = {recommended_on}"
    )
    if not ended:
        assert load_round(folder).years == [2021]
        return
    with pytest.raises(
        DataError, match=r"the last of years, 2021, ended before recommended_on, 2022"
    ):
        load_round(folder)


THRESHOLD = '\n[[thresholds]]\nmeasure = "members"\nat_least = {n}\nknown_from = 2020-01-02\n'
DEADLINE = (
    '\n[[events]]\nkind = "deadline"\nknown_from = 2020-01-02\non = 2020-0{n}-01\n'
    'text.sv = "Svara"\n'
)


@pytest.mark.parametrize(
    ("entry", "message"),
    [
        (THRESHOLD, 'the same threshold in "members" is stated twice: keep one'),
        (DEADLINE, "the deadline 2020-03-01 is stated twice: keep one"),
    ],
)
def test_a_threshold_or_deadline_is_stated_once(folder: Path, entry: str, message: str) -> None:
    path, text = folder / "round.toml", (folder / "round.toml").read_text(encoding="utf-8")
    path.write_text(text + entry.format(n=3) + entry.format(n=4), encoding="utf-8")
    load_round(folder)
    path.write_text(text + entry.format(n=3) * 2, encoding="utf-8")
    with pytest.raises(DataError, match=message):
        load_round(folder)
