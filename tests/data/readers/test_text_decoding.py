from __future__ import annotations

import pytest

from helpers.data.readers.text_decoding import decode_text, refuse_garbled_headings
from helpers.errors import DataError

SWEDISH = """\
kommunkod;kommun;svar;förbehåll
1280;Malmö;Ja;Om alla är med
2321;Åre;Nej;Ängsö säger "på café" i år
"""
# Words of which each has another letter, and capitals throughout.
SHORT = ["kod;svar;förbehåll\n1;ja;x\n", "kod;svar;ort\n1;ja;på\n", "KOD;SVAR;SÅ ÄR DET\n1;JA;x\n"]
TWICE = "Read as UTF-8 that had been read as {} and saved as UTF-8 again."


@pytest.mark.parametrize("text", [SWEDISH, *SHORT])
@pytest.mark.parametrize(
    ("encoding", "note"),
    [
        ("cp1252", "Read as Windows-1252."),
        ("latin-1", "Read as Windows-1252."),
        ("mac_roman", "Read as Mac OS Roman."),
        ("cp850", "Read as CP850 (MS-DOS)."),
        ("cp437", "Read as CP850 (MS-DOS)."),
        ("utf-16-le", "Read as UTF-16 without a byte order mark."),
        ("utf-16-be", "Read as UTF-16 without a byte order mark."),
        ("utf-32", "Read as UTF-32."),
    ],
)
def test_swedish_words_tell_the_encoding_which_is_named(
    text: str, encoding: str, note: str
) -> None:
    assert decode_text(text.encode(encoding), "svar.csv") == (text, [note])


@pytest.mark.parametrize(
    ("encoding", "name"),
    [("latin-1", "ISO 8859-1"), ("mac_roman", "Mac OS Roman"), ("cp850", "CP850 (MS-DOS)")],
)
@pytest.mark.parametrize("mark", [b"", b"\xef\xbb\xbf"])
def test_utf_8_that_was_read_wrong_and_saved_again_is_put_right(
    encoding: str, name: str, mark: bytes
) -> None:
    data = SWEDISH.encode().decode(encoding).encode()
    assert decode_text(mark + data, "svar.csv") == (SWEDISH, [TWICE.format(name)])


def test_utf_8_that_windows_read_wrong_is_put_right() -> None:
    text = "kod;svar;förbehåll\n1;ja;så, – är\n"
    data = text.encode().decode("cp1252").encode()
    assert decode_text(data, "svar.csv") == (text, [TWICE.format("Windows-1252")])


def test_line_ends_of_old_macintosh_programs_are_rows() -> None:
    text = SWEDISH.replace("\n", "\r")
    assert decode_text(text.encode("mac_roman"), "svar.csv")[0] == text
    with pytest.raises(DataError) as error:
        decode_text(text.encode().replace("är".encode(), b"\xe4r"), "svar.csv")
    assert error.value.problems[0].row == 2


@pytest.mark.parametrize(
    "text",
    [
        "kod;svar;not\n1;Ja;“så” – it’s 5 € …\n",
        "kod;svar;namn\n1;ja;Müller, Straße, Šimić, à la carte, Zoë\n".replace("ć", "c"),
        "code;name\n1;São Tomé, Curaçao, Åland, Færøerne\n",
    ],
)
def test_letters_of_other_languages_are_read_as_windows_writes_them(text: str) -> None:
    assert decode_text(text.encode("cp1252"), "svar.csv") == (text, ["Read as Windows-1252."])


@pytest.mark.parametrize(
    ("data", "row", "what"),
    [
        (SWEDISH.encode().replace("är".encode(), b"\xe4r"), 2, "the byte 0xE4 is not UTF-8"),
        (SWEDISH.encode() + "1;GÃ¶teborg".encode(), 4, "'Ã¶' is a letter that was encoded twice"),
        # Two encodings in one file: MacRoman below Windows-1252.
        (SWEDISH.encode("cp1252") + "1;månad".encode("mac_roman"), 4, "neither UTF-8, UTF-16"),
        # In MacRoman ü, which is Swedish in no other encoding: nothing is certain.
        ("kod;svar;namn\n1;ja;Müller\n".encode("mac_roman"), None, "neither UTF-8, UTF-16"),
    ],
)
def test_what_is_not_certain_is_refused_with_its_row_and_the_remedy(
    data: bytes, row: int, what: str
) -> None:
    with pytest.raises(DataError) as error:
        decode_text(data, "svar.csv")
    [problem] = error.value.problems
    assert (problem.row, what in problem.what) == (row, True)
    assert 'save it as "CSV UTF-8"' in problem.remedy


def test_a_lost_letter_below_the_heading_is_left_for_the_cell_s_own_check() -> None:
    text = "kod;svar;ort\n1;ja;Ume\ufffd\n"
    assert decode_text(text.encode(), "svar.csv") == (text, [])


@pytest.mark.parametrize("heading", ["F\ufffdrbehåll", "FÃ¶rbehÃ¥ll", "F√∂rbeh√•ll"])
def test_a_heading_with_letters_lost_or_read_wrong_is_refused(heading: str) -> None:
    with pytest.raises(DataError, match="has letters in a wrong encoding"):
        refuse_garbled_headings(["Kod", "Förbehåll", heading], 3, "svar.xlsx", "Svar")
    refuse_garbled_headings(["Kod", "Förbehåll", "Élève"], 3, "svar.xlsx", "Svar")


@pytest.mark.parametrize(
    "data", [b"k\0o\0d", b"a\0" * 20 + b"\0\xd8", b"k\0\0\0" * 4, b"kod;svar\n\0\0\0\0"]
)
def test_nul_characters_that_are_no_utf_16_are_left_for_the_caller(data: bytes) -> None:
    assert "\0" in decode_text(data, "svar.csv")[0]
