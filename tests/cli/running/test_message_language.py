"""The language of messages: an option, else the locale; the exit codes are the same in both."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from helpers.i18n.localized_problems import locale_language
from support.command_server import Ready

WRONG = "kommunkod;beslutsdatum;inkom;svar\n0001;2026-02-01;2026-02-03;vet ej\n"
NO_LOCALE = {"LC_ALL": "", "LC_MESSAGES": "", "LANG": ""}
SWEDISH = {**NO_LOCALE, "LANG": "sv_SE.UTF-8"}
# Arguments, the exit code, and a part of what is printed in English and in Swedish.
RUNS = [
    ("check few", 0, "no problems in 0 rows.", "inga problem på 0 rader."),
    ("check few --decisions svar.csv", 1, "'vet ej' is neither yes", "”vet ej” är varken ja"),
    ("check few --decisions none.csv", 1, "There is no file none.csv.", "Det finns ingen fil none"),
    ("check nix", 1, "There is no round named 'nix'.", "Det finns ingen omgång som heter ”nix”."),
    ("answer few 1 maybe", 2, "not 'maybe'.", "Svaret är yes (ja) eller no (nej), inte ”maybe”."),
    ("answer few 1 yes", 2, "Missing option '--decided-on'.", "--decided-on saknas."),
    ("answer few 9 yes --decided-on 2026-02-01 --received-on 2026-02-03", 1,
     "There is no member with the code '9'.", "Det finns ingen medlem med koden ”9”."),
    ("answer few 1 yes --decided-on 2026-02-01 --received-on 2026-02-03 --dry-run", 0,
     "After: ", "Efter: "),
    ("new-round few --own-members", 1, "There is a round named few already.",
     "Det finns redan en omgång som heter few."),
]  # fmt: skip


@pytest.fixture
def wrong(small_project: Path) -> Path:
    (small_project / "svar.csv").write_text(WRONG, encoding="utf-8")
    return small_project


def language_option(command: str, language: str) -> list[str]:
    return ["--comments" if "new-round" in command else "--language", language]


@pytest.mark.parametrize(("command", "code", "english", "swedish"), RUNS)
def test_a_command_speaks_the_language_of_the_option_or_the_locale(
    ready: Ready, wrong: Path, command: str, code: int, english: str, swedish: str
) -> None:
    runs = [
        (english, [], NO_LOCALE),
        (swedish, [], SWEDISH),
        (english, language_option(command, "en"), SWEDISH),
        (swedish, language_option(command, "sv"), NO_LOCALE),
    ]
    for shown, option, environment in runs:
        done = ready.run(
            wrong, *command.split(), *option, now="2026-03-01T12:00:00+01:00", **environment
        )
        assert (done[0], shown in done[1] + done[2]) == (code, True), done


def test_json_keeps_its_keys_and_severities(ready: Ready, wrong: Path) -> None:
    code, out, _ = ready.run(
        wrong, "check", "few", "--decisions", "svar.csv", "--json", "--language", "sv"
    )
    [problem] = json.loads(out)
    assert code == 1
    assert problem["severity"] == "error"
    assert problem["column"] == "decision"
    assert problem["heading"] == "svar"
    assert problem["what"] == "”vet ej” är varken ja eller nej."
    assert problem["remedy"].startswith("Skriv ja eller nej.")


def test_an_annotated_copy_is_announced_in_swedish(ready: Ready, wrong: Path) -> None:
    options = ["--decisions", "svar.csv", "--annotate", "kopia.csv", "--language", "sv"]
    code, out, _ = ready.run(wrong, "check", "few", *options)
    assert code == 1
    assert out.splitlines()[-1] == "Kopian är skriven: kopia.csv, med anmärkningar på 1 rad."
    assert "svar: ”vet ej” är varken ja eller nej." in (wrong / "kopia.csv").read_text("utf-8-sig")


@pytest.mark.parametrize(
    ("environment", "language"),
    [
        ({}, "en"),
        ({"LANG": "sv_SE.UTF-8"}, "sv"),
        ({"LANG": "sv"}, "sv"),
        ({"LANG": "sv.UTF-8"}, "sv"),
        ({"LANG": "svx_XX"}, "en"),
        ({"LANG": "en_GB.UTF-8"}, "en"),
        ({"LC_MESSAGES": "sv_FI.UTF-8", "LANG": "en_GB.UTF-8"}, "sv"),
        ({"LC_ALL": "C.UTF-8", "LC_MESSAGES": "sv_SE.UTF-8", "LANG": "sv_SE.UTF-8"}, "en"),
        ({"LC_ALL": "", "LANG": "sv_SE.UTF-8"}, "sv"),
    ],
)
def test_the_first_variable_of_the_locale_decides(
    environment: dict[str, str], language: str
) -> None:
    assert locale_language(environment) == language
