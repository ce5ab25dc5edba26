"""`check` in Swedish: every message of registers as people make them, without English remains."""

from __future__ import annotations

import re
from datetime import date
from io import BytesIO
from pathlib import Path

import pandas as pd
import pytest
from openpyxl import Workbook, load_workbook
from openpyxl.comments import Comment
from openpyxl.styles import Font

from helpers.checking.annotated_copy import write_annotated_copy
from helpers.checking.membership_notes import membership_notes
from helpers.checking.register_review import review_register
from helpers.data.round.round_config import load_round
from helpers.errors import DataError, Problem, ReportError
from helpers.i18n.localized_problems import error_text, localize_problem, localize_text
from support.excel_files import saved, workbook

TODAY = date(2026, 11, 28)
HEADING = "kommunkod;kommun;beslutsdatum;inkom;svar;villkor;anmärkning"
# No sentence of the program in English is without one of these; the words of a register and of
# round.toml that may be in a Swedish message are not among them.
ENGLISH = re.compile(
    r"\b(?:the|is|are|was|were|it|its|of|an|not|and|or|where|write|which|that|as|has|have|read|row|"
    r"rows|column|problems|errors?|warnings?|repairs?)\b",
    re.IGNORECASE,
)
CODE = re.compile(
    r'"[^"]*"|--table, eller med sheet|”[^”]*”|round\.toml|\[register[.a-z]*\]|[a-z_]+ ='
)

# A name, the rows below HEADING, and a Swedish sentence that must be there.
SHEETS = [
    ("no problem", ["0114;Upplands Väsby;2016-09-01;2016-09-05;ja;;"], "inga problem på 1 rad."),
    ("null", ["0114;;2016-09-01;2016-09-05;ja;NULL;", "0180;;2016-09-01;2016-09-05;ja;NULL;"],
     "rad 2, kolumn villkor: ”NULL” lästes som att det inte finns något villkor, på den här raden "
     "och 1 till. Lämna cellen tom där det inte finns något villkor."),
    ("one null", ["0114;;2016-09-01;2016-09-05;ja;NULL;"], "något villkor, på den här raden."),
    ("typing error", ["0114;;2016-09-01;2061-09-05;ja;;"],
     "rad 2, kolumn inkom: 2061-09-05 är senare än i dag, 2026-11-28. Kontrollera årtalet, och "
     "skriv den rätta dagen."),
    ("full list", ["0114;;2016-09-01;2016-09-05;ja;;", "0180;;;;;;"],
     "1 rad med en medlem men utan svar: har inte svarat."),
    ("longer list", ["0114;;2016-09-01;2016-09-05;ja;;", "0180;;;;;;", "0181;;;;;;"],
     "2 rader med en medlem men utan svar: har inte svarat."),
    ("other member", ["0114;Göteborg;2016-09-01;2016-09-05;ja;;"],
     "”Göteborg” är, eller liknar mest, namnet på en annan medlem än kodens."),
    ("nobody", ["0180;Stockholm;2016-09-01;2016-09-05;ja;;",
      "0114;Xyzzyq;2016-09-01;2016-09-05;ja;;"],
     "varning:  svar.csv, rad 3, kolumn kommun: namnet liknar ingen medlems. Koden 0114 hör till "
     "Upplands Väsby. Kontrollera koden."),
    ("unknown code", ["9999;;2016-09-01;2016-09-05;ja;;"],
     "”9999” är inte en medlem i den här omgången."),
    ("unknown name", [";Stokholm;2016-09-01;2016-09-05;ja;;"], "Menade du "),
    ("no name", [";;2016-09-01;2016-09-05;ja;;"], "Både kod och namn saknas."),
    ("answer", ["0114;;2016-09-01;2016-09-05;Vet ej;;"],
     '”Vet ej” är varken ja eller nej. Skriv ja eller nej. Eller ange vad svaret betyder i '
     'round.toml, under [register.answers]: "Vet ej" = "yes", "no" eller "unanswered".'),
    ("ambiguous day", ["0114;;2016-09-01;5.9.2016;ja;;"],
     "fel:      svar.csv, rad 2, kolumn inkom: ”5.9.2016” kan läsas som flera olika dagar."),
    ("no day", ["0114;;2016-09-01;2016-02-30;ja;;"], "”2016-02-30” är en dag som inte finns."),
    ("number of a day", ["0114;;2016-09-01;42618;ja;;"], "ser ut som ett kalkylprograms nummer"),
    ("time zone", ["0114;;2016-09-01;2016-09-05T22:30:00Z;ja;;"], "är en tid i en tidszon"),
    ("no day at all", ["0114;;;2016-09-05;ja;;"], "Dagen saknas."),
    ("weekday", ["0114;;2016-09-01;tisdagen den 3 oktober 2016;ja;;"], "en annan veckodag"),
    ("early", ["0114;;2016-01-01;2016-09-05;ja;;"],
     "”2016-01-01” ligger före omgångens början den 2016-06-10."),
    ("order", ["0114;;2016-09-06;2016-09-05;ja;;"], "ligger efter den dag då svaret kom in."),
    ("repair", ["114;;2016-09-01;2016-09-05;ja;;"],
     "tolkning: svar.csv, rad 2, kolumn kommunkod: ”114” lästes som 0114. Formatera kolumnen som "
     "text, så att inledande nollor blir kvar."),
    ("tie", ["0114;;2016-09-01;2016-09-05;ja;;", "0114;;2016-09-01;2016-09-05;nej;;"],
     "medlem 0114 har olika svar som är beslutade och inkomna samma dagar (rad 2, 3)."),
    ("twice", ["0114;;2016-09-01;2016-09-05;ja;;", "0114;;2016-09-01;2016-09-05;ja;;"],
     "raden säger detsamma som en tidigare rad. Ta bort en av dem."),
    ("note", ["0114;;2016-09-01;2016-09-05;ja;;Återtaget i mejl"], "men anmärkningar räknas inte."),
    ("bare mark", ["0114;;2016-09-01;2016-09-05;ja;x;"], "att det finns ett villkor, men inte"),
    ("error", ["0114;;2016-09-01;2016-09-05;ja;#N/A;"], "är ett fel i kalkylbladet"),
    ("total", ["0114;;2016-09-01;2016-09-05;ja;;", "Summa;;;;1;;"],
     "raden är en summa och lästes inte som ett svar."),
    ("heading", ["0114;;2016-09-01;2016-09-05;ja;;", HEADING], "raden är en upprepad rubrikrad"),
    ("footnote", ["0114;;2016-09-01;2016-09-05;ja;;", "Källa: diariet;;;;;;"],
     "raden är en anteckning eller en mellanrubrik"),
    ("shift", ["0114;;2016-09-01;2016-09-05;ja;om alla; så"], "resten av cellen före"),
    ("wide", ["0114;;2016-09-01;2016-09-05;ja;;;;9"], "har 9 celler, men rubrikraden har 7."),
    ("open quote", ['0114;;2016-09-01;2016-09-05;ja;"hej;'], "citattecken"),
]  # fmt: skip
# A whole file, and a Swedish sentence that must be there.
FILES = [
    ("svar.csv", "a;b\n1;2\n", "det finns ingen kolumn för ”kommunkod”. Kolumnerna är: a, b."),
    ("svar.csv", "kommunkod;svar;inkom;Ställningstagande\n0114;ja;2016-09-05;nej\n",
     "flera kolumner är ”svar”: ”svar” och ”Ställningstagande”."),
    ("svar.csv", "kommunkod;svar;Ändrat svar;inkom\n0114;ja;nej;2016-09-05\n",
     'kolumnen ”Ändrat svar” verkar innehålla svar, men läses inte. Skriv i round.toml, under '
     '[register.columns], vad kolumnen är: "Ändrat svar" = "decision" eller "ignore".'),
    ("svar.csv", "kommunkod;svar;inkom;Återtaget\n0114;ja;2016-09-05;ja\n",
     "Skriv varje återtagande på en ny rad"),
    ("svar.csv", "kommunkod;svar;inkom;Summa kr\n0114;ja;2016-09-05;1234567\n",
     "”1234567” är inte medlemmens avgift, och kolumnen ”Summa kr” läses inte. Om ett ja får gälla "
     "ett annat belopp än avgiften, skriv part_pledges = true i round.toml."),
    ("svar.csv", "kommunkod;svar;Kom\n0114;ja;2016-09-05\n", "är den enda kolumnen med datum."),
    ("svar.csv", "<html><body>Logga in</body></html>", "är en webbsida (HTML), inte en tabell."),
    ("svar.csv", "", "den har ingen rubrikrad"),
    ("svar.xlsx", "kommunkod;svar;inkom\n0114;ja;2016-09-05\n", "Läst som text (CSV), fast namnet"),
    ("svar.doc", "hej", "är inte en fil som kan läsas"),
]  # fmt: skip


def swedish(data: bytes, name: str = "svar.csv") -> str:
    """What `check` prints in Swedish on a register of the shipped round, exit codes aside."""
    Path(name).write_bytes(data)
    try:
        return review_register("skl-2016", name, today=TODAY).text("sv")
    except ReportError as error:
        return error_text(error, "sv")


def english_remains(text: str) -> list[str]:
    return ENGLISH.findall(CODE.sub("", text))


@pytest.fixture(autouse=True)
def _elsewhere(tmp_path: Path, project: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """A folder to write registers in, from which the shipped round is found."""
    (tmp_path / "data").symlink_to(project / "data", target_is_directory=True)
    monkeypatch.chdir(tmp_path)


@pytest.mark.parametrize(("rows", "sentence"), [case[1:] for case in SHEETS],
                         ids=[case[0] for case in SHEETS])  # fmt: skip
def test_a_sheet_is_checked_in_swedish(rows: list[str], sentence: str) -> None:
    shown = swedish("\n".join([HEADING, *rows]).encode())
    assert sentence in shown
    assert not english_remains(shown), shown


@pytest.mark.parametrize(("name", "content", "sentence"), FILES)
def test_a_file_is_checked_in_swedish(name: str, content: str, sentence: str) -> None:
    shown = swedish(content.encode(), name)
    assert sentence in shown
    assert not english_remains(shown), shown


def test_the_look_of_a_workbook_is_checked_in_swedish() -> None:
    answers = [[f"01{n}", "ja", "2016-09-05"] for n in (14, 80, 81)]
    book = load_workbook(BytesIO(workbook(Svar=[["kommunkod", "svar", "inkom"], *answers])))
    sheet = book["Svar"]
    sheet["B2"].comment = Comment("Återtaget, se mejl", "")
    sheet.row_dimensions[3].hidden = True
    for cell in sheet[4]:
        cell.font = Font(strike=True)
    shown = swedish(saved(book), "svar.xlsx")
    assert shown.splitlines()[0] == "3 problem:"
    assert "rad 3: raden är dold, av ett filter eller för hand." in shown
    assert "rad 4: raden är överstruken." in shown
    assert "cell B2 har en kommentar: ”Återtaget, se mejl”. Kommentarer läses inte." in shown
    assert not english_remains(shown), shown


def test_the_choice_of_a_sheet_is_told_in_swedish() -> None:
    answers = [["kommunkod", "svar", "inkom"], ["0114", "ja", "2016-09-05"]]
    book: Workbook = load_workbook(BytesIO(workbook(Decisions=answers, Svar=answers)))
    book["Decisions"].sheet_state = "hidden"
    shown = swedish(saved(book), "svar.xlsx")
    assert (
        "bladet är dolt, har en rubrikrad och lästes inte. Ta bort bladet, eller visa det." in shown
    )
    other = [["kommunkod", "svar", "inkom", "dnr"], ["0180", "ja", "2016-09-05", "1"]]
    both = swedish(workbook(Ett=answers, Två=other), "svar.xlsx")
    assert "mer än ett blad har en rubrikrad" in both
    assert "Bladen är: ”Ett”, ”Två”." in both
    assert not english_remains(shown + both), shown + both


def test_a_message_without_translation_stays_in_english() -> None:
    Path("svar.csv").write_text(HEADING + "\n0114;;2016-09-01;2016-09-05;Vet ej;;\n")
    [problem] = review_register("skl-2016", "svar.csv").problems
    foreign = localize_problem(type(problem)(problem.file, "It snows.", problem.remedy), "sv")
    assert foreign.what == "It snows."
    assert foreign.remedy.startswith("Skriv ja eller nej.")


def test_the_value_of_a_cell_is_never_translated() -> None:
    shown = swedish((HEADING + "\n0114;;2016-09-01;2016-09-05;no problems;;\n").encode())
    assert "”no problems” är varken ja eller nej." in shown


def test_many_problems_that_stop_the_reading_are_counted_in_swedish() -> None:
    problem = review_register_problem()
    shown = error_text(DataError([problem] * 203), "sv").splitlines()
    assert shown[0] == "203 problem:"
    assert shown[-1] == "… och 3 till; check --json skriver ut alla."
    assert len(shown) == 202


def review_register_problem() -> Problem:
    Path("svar.csv").write_text(HEADING + "\n0114;;2016-09-01;2016-09-05;Vet ej;;\n")
    [problem] = review_register("skl-2016", "svar.csv").problems
    return problem


def test_the_annotated_copy_is_in_swedish() -> None:
    Path("svar.csv").write_text(HEADING + "\n0114;;2016-09-01;2016-09-05;Vet ej;;\n", "utf-8")
    found = review_register("skl-2016", "svar.csv", today=TODAY)
    write_annotated_copy("svar.csv", Path("kopia.csv"), found, "sv")
    heading, row = Path("kopia.csv").read_text("utf-8-sig").splitlines()
    assert heading == HEADING + ";Att rätta"
    assert row.startswith('0114;;2016-09-01;2016-09-05;Vet ej;;;"svar: ”Vet ej” är varken ja eller')


def test_members_that_come_and_go_are_noted_in_swedish() -> None:
    # Asked on 1 September 2016: one left before that, one leaves, one joins in the first year.
    members = pd.DataFrame(
        {
            "code": ["0001", "0002", "0003"],
            "name": ["Alm", "Berg", "Dal"],
            "valid_from": pd.to_datetime(["", "", "2017-04-01"]),
            "valid_to": pd.to_datetime(["2016-01-31", "2017-06-30", ""]),
        }
    )
    round_ = load_round(Path("data/rounds/skl-2016")).model_copy(
        update={"members_on": date(2016, 9, 1)}
    )
    shown = [localize_text(note, "sv") for note in membership_notes(round_, members)]
    assert shown == [
        "Utträdde före 2016-09-01 och är inte tillfrågade: 0001 Alm (2016-01-31).",
        "Utträder under omgången: 0002 Berg (2017-06-30).",
        "Tillkommer efter 2016-09-01, utanför det önskade beloppet: 0003 Dal (2017-04-01).",
    ]
    assert len(membership_notes(round_, members[:1])) == 1


def test_a_member_that_joins_a_shared_cost_is_not_outside_it() -> None:
    round_ = load_round(Path("data/rounds/yrkesresan"))
    later = [pd.Timestamp(round_.base_day) + pd.Timedelta(days=30)]
    members = pd.DataFrame({"code": ["0001"], "name": ["Alm"], "valid_from": later})
    [note] = membership_notes(round_, members)
    assert "within the requested amount: 0001 Alm" in note
    assert "inom det önskade beloppet: 0001 Alm" in localize_text(note, "sv")
