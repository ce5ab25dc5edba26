"""Which typeface sets a character: our own, then the project's, then DejaVu Sans."""

from io import BytesIO
from pathlib import Path

import pytest
from fontTools.ttLib import TTFont

from helpers.system.typefaces.debian_fonts import debian_font_for
from helpers.system.typefaces.font_tables import read_faces
from helpers.system.typefaces.text_clusters import split_clusters
from helpers.system.typefaces.typeface_chain import (
    can_draw,
    can_set,
    characters_by_typeface,
    own_faces,
    typeface_for,
    unreadable_fonts,
)
from support.scripts_of_the_world import (
    ARABIC,
    CHINESE,
    CYRILLIC,
    DEVANAGARI,
    FAMILY_EMOJI,
    GREEK,
    HEBREW,
    THAI,
    write_font,
)


@pytest.fixture
def project(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A project without fonts, as working folder."""
    (tmp_path / "data" / "rounds").mkdir(parents=True)
    monkeypatch.chdir(tmp_path)
    return tmp_path


def test_what_is_known_of_the_typefaces_that_come_with_the_package_is_what_they_say() -> None:
    for face in [face for faces in own_faces() for face in faces]:
        assert read_faces(face.path) == [face]


def families(text: str) -> list[str]:
    return [typeface.family for typeface in characters_by_typeface(text)]


def test_each_script_finds_the_first_typeface_that_has_it(project: Path) -> None:
    assert families("Alingsås – 1 234 kr") == []
    assert families(GREEK + CYRILLIC) == ["Source Sans Pro"]
    assert families(ARABIC) == families(HEBREW) == ["DejaVu Sans"]
    for unset in (CHINESE, DEVANAGARI, THAI, FAMILY_EMOJI):
        assert families(unset) == []
        assert not all(map(can_set, split_clusters(unset)))


def test_a_font_of_the_project_comes_before_the_fallback(project: Path) -> None:
    write_font(project / "fonts" / "b.ttf", CHINESE + "ק", "Second")
    write_font(project / "fonts" / "a.ttf", "北", "First")
    assert [typeface_for(one).family for one in "北京ק"] == ["First", "Second", "Second"]  # type: ignore[union-attr]


def test_a_changed_font_is_read_again(project: Path) -> None:
    path = write_font(project / "fonts" / "a.ttf", "北")
    assert can_set("北")
    write_font(path, "京京")
    assert not can_set("北")


def test_a_glyph_that_is_none_sets_nothing(project: Path) -> None:
    write_font(project / "fonts" / "a.ttf", "京", empty="北")
    assert can_set("京")
    assert not can_set("北")


def test_a_file_that_is_no_font_is_named_and_left_out(project: Path) -> None:
    (project / "fonts").mkdir()
    (project / "fonts" / "a.ttf").write_bytes(b"no font")
    assert list(unreadable_fonts()) == ["a.ttf"]
    assert can_set("ק")  # by the fallback all the same


def test_a_letter_with_its_marks_is_one_and_so_is_a_joined_emoji() -> None:
    assert list(split_clusters("e\u0301x\u0331\u0303 a")) == ["e\u0301", "x\u0331\u0303", " ", "a"]
    assert list(split_clusters(FAMILY_EMOJI + "!")) == [FAMILY_EMOJI, "!"]
    assert list(split_clusters("\U0001f1f8\U0001f1ea\U0001f1f3\U0001f1f4")) == [
        "\U0001f1f8\U0001f1ea",
        "\U0001f1f3\U0001f1f4",
    ]


@pytest.mark.parametrize("letter", ["\ue000", "\u0378", "\x07", "\ud83d", "\uffff"])
def test_what_no_font_can_show_is_not_set_even_if_a_font_has_it(project: Path, letter: str) -> None:
    if letter != "\ud83d":
        write_font(project / "fonts" / "a.ttf", letter)
    assert not can_set(letter)


def test_a_drawing_has_letters_of_one_character(project: Path) -> None:
    assert can_draw("ع")
    assert can_draw("α")
    assert not can_draw("x\u0331")  # Typst knows one character for the two glyphs
    assert can_set("x\u0331")


def test_a_cut_font_has_another_name_its_notice_and_the_same_bytes(project: Path) -> None:
    (dejavu,) = characters_by_typeface(HEBREW)
    points = frozenset(map(ord, HEBREW))
    cut = dejavu.cut(points, "F1")
    assert cut == dejavu.cut(points, "F1")
    font = TTFont(BytesIO(cut[400]))
    assert {ord(letter) for letter in HEBREW} <= set(font.getBestCmap())
    assert len(font.getBestCmap()) < 40
    assert font["name"].getDebugName(1) == "F1"
    assert "Bitstream" in font["name"].getDebugName(0)
    assert not any("DejaVu" in str(one) for one in font["name"].names if one.nameID != 0)


@pytest.mark.parametrize(
    ("text", "package", "file"),
    [
        ("東", "fonts-noto-cjk", "NotoSansCJK-Regular.ttc"),
        ("한", "fonts-noto-cjk", "NotoSansCJK-Regular.ttc"),
        ("दि", "fonts-noto-core", "NotoSansDevanagari-Regular.ttf"),
        ("ก", "fonts-noto-core", "NotoSansThai-Regular.ttf"),
        ("ང", "fonts-noto-core", "NotoSerifTibetan-Regular.ttf"),
        ("\U0001f389", "fonts-symbola", "Symbola_hint.ttf"),
    ],
)
def test_the_package_of_a_script(text: str, package: str, file: str) -> None:
    found, path = debian_font_for(text)
    assert (found, Path(path).name) == (package, file)
