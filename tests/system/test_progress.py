from io import StringIO

from helpers.system.progress import SECONDS_BETWEEN_LINES, Progress


class Clock:
    """Seconds that pass when told."""

    def __init__(self) -> None:
        self.now = 0.0

    def __call__(self) -> float:
        return self.now


class Terminal(StringIO):
    def isatty(self) -> bool:
        return True


def test_rate_and_time_left_are_told() -> None:
    progress = Progress(290, StringIO())
    for _ in range(30):
        progress.step()
    # 30 in 10 s is 3 a second; 260 are left, 260 / 3 = 86.7 s, which is 1 min 27 s.
    assert progress.line(10.0) == "30 of 290 letters, 3.0 a second, 1 min 27 s left"


def test_failures_are_counted_and_nothing_is_left_at_the_end() -> None:
    progress = Progress(2, StringIO())
    progress.step()
    progress.step(failed=True)
    assert progress.line(4.0) == "2 of 2 letters, 0.5 a second, 1 failed"


def test_where_nobody_watches_a_line_comes_seldom_and_last() -> None:
    clock, stream = Clock(), StringIO()
    progress = Progress(100, stream, clock)
    for second in range(1, 101):
        clock.now = float(second)
        progress.step()
    progress.close()
    lines = stream.getvalue().splitlines()
    # One a second: after 30, 60 and 90 seconds, and at the end.
    assert [line.split()[0] for line in lines] == ["30", "60", "90", "100"]
    assert SECONDS_BETWEEN_LINES == 30


def test_on_a_terminal_one_line_renews_itself() -> None:
    clock, stream = Clock(), Terminal()
    progress = Progress(2, stream, clock)
    for _ in range(2):
        clock.now += 1
        progress.step()
    progress.close()
    assert stream.getvalue() == (
        "\r1 of 2 letters, 1.0 a second, 1 s left\x1b[K\r2 of 2 letters, 1.0 a second\x1b[K\n"
    )
