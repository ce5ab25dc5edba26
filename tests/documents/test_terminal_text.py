"""What a terminal shows at last of what was printed."""

from __future__ import annotations

import pytest

from helpers.documents.reading.terminal_text import shown_text

# By ECMA-48: CR, BS, SGR, EL, CUU, CUF, ED; and OSC 8 for links.
PRINTED = [
    ("rad 1\nrad 2\n", "rad 1\nrad 2\n"),
    ("\r 0%\r 50%\r100%\n", "100%\n"),
    ("lång rad\rkort", "kort rad"),
    ("lång rad\r\x1b[Kkort", "kort"),
    ("\x1b[1;31mfet\x1b[0m", "fet"),
    ("a\r\nb", "a\nb"),
    ("abc\x08\x08X", "aXc"),
    ("ett\ntvå\x1b[A\rTRE", "TRE\ntvå"),
    ("a\x1b[3Cb", "a   b"),
    ("bort\x1b[2Jkvar", "kvar"),
    ("\x1b]8;;https://example.org\x07länk\x1b]8;;\x07", "länk"),
    ("", ""),
]


@pytest.mark.parametrize(("printed", "shown"), PRINTED)
def test_the_text_is_what_stands_at_last(printed: str, shown: str) -> None:
    assert shown_text(printed) == shown


def test_a_bar_that_is_redrawn_a_hundred_thousand_times_is_its_last_state() -> None:
    bars = "".join(f"\r{number:6}/100000" for number in range(100_001))
    assert shown_text(bars) == "100000/100000"
