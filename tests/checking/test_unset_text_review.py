"""What `check` says of names and texts that no typeface has, and of fonts as inputs."""

from pathlib import Path

from helpers.checking.register_review import RegisterReview, review_register
from helpers.data.round.round_inputs import input_paths, load_inputs
from support.scripts_of_the_world import CHINESE, write_font


def review_with_name(project: Path, name: str) -> RegisterReview:
    """The review of the round whose first member has the name."""
    path = project / "data" / "rounds" / "few" / "members.csv"
    path.write_text(path.read_text(encoding="utf-8").replace("Norra", name), encoding="utf-8")
    return review_register("few")


def test_a_name_without_a_typeface_is_a_warning_with_member_column_and_remedy(
    small_project: Path,
) -> None:
    review = review_with_name(small_project, CHINESE)
    (problem,) = review.problems
    assert (problem.file, problem.row, problem.column) == ("members.csv", 2, "name")
    assert problem.severity == "warning"
    assert problem.what.startswith(f"Member 0001: no typeface has “{CHINESE}”")
    assert "fonts-noto-cjk" in problem.remedy
    assert review.elsewhere == (problem,)  # it is no remark on the register's rows
    assert not review.failed


def test_a_font_of_the_project_ends_the_warning(small_project: Path) -> None:
    write_font(small_project / "fonts" / "own.ttf", CHINESE)
    assert review_with_name(small_project, CHINESE).problems == []


def test_a_private_character_is_named_by_its_number(small_project: Path) -> None:
    (problem,) = review_with_name(small_project, "Norra\ue000").problems
    assert "U+E000" in problem.what
    assert problem.remedy.startswith("No font can show it.")


def test_a_file_in_fonts_that_is_no_font_is_named(small_project: Path) -> None:
    (small_project / "fonts").mkdir()
    (small_project / "fonts" / "own.ttf").write_bytes(b"no font")
    (problem,) = review_register("few").problems
    assert (problem.file, problem.severity) == ("fonts/own.ttf", "warning")


def test_a_font_is_an_input_with_its_hash(small_project: Path) -> None:
    before = load_inputs("few").hashes()
    path = write_font(small_project / "fonts" / "own.ttf", CHINESE)
    with_font = load_inputs("few").hashes()
    assert set(with_font) - set(before) == {"fonts/own.ttf"}
    assert path in (input_paths("few") or [])
    write_font(path, CHINESE + "東")
    assert load_inputs("few").hashes()["fonts/own.ttf"] != with_font["fonts/own.ttf"]
