"""A release that is published, corrected, compared, tampered with and verified."""

from __future__ import annotations

import json
import shutil
import subprocess
from collections.abc import Callable
from datetime import date
from hashlib import sha256
from pathlib import Path
from typing import Any

import pytest

from helpers.delivery.copy_out import copy_release
from helpers.delivery.copy_target import CopyTarget
from helpers.errors import DeliveryError
from helpers.maintenance.verdict import Verdict
from helpers.maintenance.verification import verify_release
from helpers.releases.manifest import manifest_key
from support.command_server import funding_report
from support.new_rounds import project_with_few

EARLIER, DAY = "2026-02-01", "2026-03-01"
REGISTER = """\
code,decided_on,received_on,decision
0001,2026-01-15,2026-01-20,yes

0002,2026-02-10,2026-02-12,yes
0003,2026-01-15,2026-01-16,no
"""  # rows 2, 4 and 5: a blank line is no row
CORRECTION = """\
[[correction]]
recorded_on = 2026-03-01
why = "Läst fel i <diariet>"
match = { code = "0002" }
column = "decision"
expected = "yes"
corrected = "no"
"""


def command(project: Path, *arguments: str) -> subprocess.CompletedProcess[str]:
    return funding_report(*arguments, cwd=project)


def board(project: Path, day: str, *options: str) -> subprocess.CompletedProcess[str]:
    done = command(project, "board", "few", "--as-of", day, *options)
    assert done.returncode == 0, done.stderr
    return done


@pytest.fixture(scope="module")
def project(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Three releases: of an earlier day, of the day, and of the day again once it is corrected."""
    own = tmp_path_factory.mktemp("own")
    folder = project_with_few(own, date(2026, 1, 10))
    (folder / "decisions.csv").write_text(REGISTER, encoding="utf-8")
    board(own, EARLIER)
    board(own, DAY)
    (folder / "corrections.toml").write_text(CORRECTION, encoding="utf-8")
    board(own, DAY, "--reason", "Fel i <registret>")
    return own


@pytest.fixture
def reports(project: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A copy of all releases, to do what one likes with."""
    monkeypatch.chdir(project)
    shutil.copytree(project / "reports", tmp_path / "reports")
    return tmp_path / "reports"


@pytest.fixture
def release(reports: Path) -> Path:
    return reports / "few" / f"{DAY}.2"


def figures_of(project: Path, name: str) -> dict[str, Any]:
    path = project / "reports" / "few" / name / "figures.json"
    found: dict[str, Any] = json.loads(path.read_text("utf-8"))
    return found


def page_of(project: Path, name: str) -> str:
    path = project / "reports" / "few" / name / "board-report.sv.html"
    return path.read_text(encoding="utf-8").replace("\u00a0", " ")


def test_a_second_release_states_what_it_corrects(project: Path) -> None:
    folders = sorted(p.name for p in (project / "reports" / "few").iterdir() if p.is_dir())
    assert folders == [EARLIER, DAY, f"{DAY}.2"]
    first, second = figures_of(project, DAY), figures_of(project, f"{DAY}.2")
    assert first["correction"] is None
    correction = second["correction"]
    assert (correction["yes"], correction["no"], correction["answered"]) == (-1, 1, 0)
    assert correction["funded"] == second["funded"] - first["funded"] < 0
    assert [one["code"] for one in correction["members"]] == ["0002"]
    # The correction is of the fourth line, a blank one before it.
    (entry,) = correction["corrected"]
    assert (entry["row"], entry["code"], entry["why"]) == (4, "0002", "Läst fel i <diariet>")
    page = page_of(project, f"{DAY}.2")
    assert f"Den här rapporten ersätter utgåvan {DAY}, som visade det som var känt" in page
    assert "Skäl: Fel i &lt;registret&gt;." in page
    assert f"Rättade uppgifter mot utgåvan {DAY}" in page
    assert "Läst fel i &lt;diariet&gt;" in page
    assert "ersätter utgåvan" not in page_of(project, DAY)


def test_what_changed_since_the_report_before_is_a_table(project: Path) -> None:
    page = page_of(project, DAY)
    heading = "Ändringar sedan förra rapporten</h2>"
    assert page.count(heading) == 1
    assert "Ett nytt svar sedan den 1 februari 2026" in page
    assert heading not in page_of(project, EARLIER)


def test_force_makes_a_third_release_that_states_no_difference(
    project: Path, tmp_path: Path
) -> None:
    shutil.copytree(project / "reports", tmp_path / "reports")
    again = board(project, DAY, "--output", str(tmp_path / "reports"))
    assert "Nothing has changed" in again.stderr
    forced = board(project, DAY, "--output", str(tmp_path / "reports"), "--force")
    made = tmp_path / "reports" / "few" / f"{DAY}.3"
    assert forced.stdout.splitlines()[0].startswith(str(made))
    page = (made / "board-report.sv.html").read_text(encoding="utf-8")
    assert "Inget svar och inget belopp skiljer sig från den." in page
    assert verify_release(made, documents=False).differences == []


def test_every_release_is_verified_to_the_byte(project: Path) -> None:
    for name in (EARLIER, f"{DAY}.2"):
        done = command(project, "verify", f"reports/few/{name}")
        assert done.returncode == 0, done.stdout
        # Swedish alone: a page, a PDF and a notebook.
        assert "and 3 documents." in done.stdout
        assert "note" not in done.stdout


def test_a_copied_release_is_verified_without_the_index(release: Path, tmp_path: Path) -> None:
    alone = tmp_path / "usb" / "x" / "copy"
    shutil.copytree(release, alone)
    verdict = verify_release(alone, documents=False)
    assert verdict.differences == []
    assert "Neither releases.sha256 nor index.html lists it" in verdict.remarks[0]


def edit_json(path: Path, change: Callable[[dict[str, Any]], None]) -> None:
    content = json.loads(path.read_text(encoding="utf-8"))
    change(content)
    path.write_text(json.dumps(content, ensure_ascii=False, indent=1) + "\n", encoding="utf-8")


def forget_hashes(release: Path) -> None:
    """Remove what is recorded of all hashes, as one who can write to the folder could."""
    for name in ("index.html", "releases.sha256"):
        (release.parent.parent / name).unlink()


def hide(release: Path, *names: str) -> None:
    """Give run.json the hashes of files that were tampered with, as one who covers it up would."""

    def change(run: dict[str, Any]) -> None:
        for name in names:
            run["outputs"][name] = sha256((release / name).read_bytes()).hexdigest()

    edit_json(release / "run.json", change)


def text_of(verdict: Verdict) -> str:
    assert verdict.differences
    return "\n".join(verdict.differences)


def test_a_figure_that_is_tampered_with_is_named(release: Path) -> None:
    edit_json(release / "figures.json", lambda figures: figures.update(yes=3))
    found = text_of(verify_release(release, documents=False))
    assert "figures.json has been changed since it was published" in found
    assert "figures.json: yes is 3, computed 1." in found
    hide(release, "figures.json")
    found = text_of(verify_release(release, documents=False))
    assert "figures.json: yes is 3, computed 1." in found
    assert "run.json has been changed since it was published: releases.sha256 or" in found


def test_a_figure_that_is_taken_out_is_missed(release: Path) -> None:
    edit_json(release / "figures.json", lambda figures: figures.pop("gap"))
    assert "figures.json: gap is missing." in text_of(verify_release(release, documents=False))


def test_an_input_that_is_tampered_with_is_named(release: Path) -> None:
    path = release / "inputs" / "decisions.csv"
    row = "0003,2026-01-15,2026-01-16,,"
    path.write_text(path.read_text("utf-8").replace(f"{row}no", f"{row}yes"), "utf-8")
    found = text_of(verify_release(release, documents=False))
    assert "inputs/decisions.csv has been changed since it was published" in found
    assert "figures.json: yes is 1, computed 2." in found


def test_a_changed_round_is_found_even_with_a_forged_hash(
    release: Path,
) -> None:
    path = release / "inputs" / "round.toml"
    path.write_text(path.read_text("utf-8") + "# harmless\n", "utf-8")
    hide(release, "inputs/round.toml")
    found = text_of(verify_release(release, documents=False))
    assert "inputs/round.toml is not the file that the release was made from." in found


def test_a_changed_document_is_found_even_with_a_forged_hash(
    release: Path,
) -> None:
    path = release / "board-report.sv.html"
    path.write_text(path.read_text("utf-8").replace("har sagt ja", "har sagt nej"), "utf-8")
    notebook = release / "board-report.sv.ipynb"
    notebook.write_text(notebook.read_text("utf-8").replace("har sagt ja", "har sagt nej"), "utf-8")
    hide(release, path.name, notebook.name)
    done = command(Path.cwd(), "verify", str(release))
    assert done.returncode == 4
    lines = done.stdout.splitlines()
    assert lines[0] == f"{release}: 3 differences."
    assert "run.json has been changed" in lines[1]
    for name, line in zip((path.name, notebook.name), lines[2:], strict=True):
        assert f"{name} differs when made again. Code and libraries are the same" in line


def test_files_that_come_or_go_are_named(release: Path) -> None:
    (release / "board-report.sv.pdf").unlink()
    (release / "more.txt").write_text("")
    for folder in ("annex", "inputs"):
        (release / folder).mkdir(exist_ok=True)
        (release / folder / "run.json").write_text("{}")
    (release / "etc").symlink_to("/etc")
    (release / "nothing").mkdir()
    page = release / "board-report.sv.html"
    page.unlink()
    page.symlink_to("board-report.en.html")
    found = text_of(verify_release(release, documents=False))
    assert "board-report.sv.pdf is missing." in found
    assert "board-report.sv.html has been changed since it was published: it is a link." in found
    for name in ("more.txt", "annex/run.json", "inputs/run.json", "etc", "nothing/"):
        assert f"{name} was not published" in found
    with pytest.raises(DeliveryError, match="is not as it was published"):
        copy_release(release, CopyTarget(str(release.parents[2] / "copies")))
    assert not (release.parents[2] / "copies").exists()


@pytest.mark.parametrize(
    ("change", "expected"),
    [
        (lambda run: run["headlines"].update(sv="Allt"), 'run.json: headlines.sv is "Allt"'),
        (lambda run: run["summary"].update(funded=1), "run.json: summary.funded is 1, computed"),
        (lambda run: run.update(reconstructed=True), "run.json: reconstructed is true"),
        (lambda run: run["parameters"].update(as_of=EARLIER), "its key does not fit"),
        (lambda run: run["parameters"].update(as_of=5), "'as_of' cannot be 5"),
        (lambda run: run.update(inputs=None), "run.json does not say what the release was made"),
        (lambda run: run.update(parameters=[]), "run.json does not say what the release was made"),
        (lambda run: run.update(outputs=[]), "was not published: run.json does not list it"),
        (lambda run: run.update(durations={}), "run.json: durations is not a figure"),
        (lambda run: run["briefs"]["sv"].update(subject="Allt"), "briefs.sv.subject is"),
        (lambda run: run["parameters"].update(x=1), "run.json: parameters.x is not a figure"),
        (lambda run: run.update(schema_version=99), "run.json: schema_version is 99, but"),
        (lambda run: run.update(fewer_answers={}), "fewer_answers does not name a release"),
        (lambda run: run["register_rows"][0].__setitem__(1, 10**12), "run.json: register_rows"),
    ],
)
def test_a_run_json_that_is_tampered_with_is_named(
    release: Path, change: Callable[[dict[str, Any]], None], expected: str
) -> None:
    edit_json(release / "run.json", change)
    found = text_of(verify_release(release, documents=False))
    assert expected in found
    assert "run.json has been changed since it was published" in found


def test_an_unreadable_input_is_a_difference_not_a_traceback(
    release: Path,
) -> None:
    (release / "inputs" / "round.toml").write_bytes(b"\xff")
    (release / "figures.json").write_text("[]")
    assert "inputs/: round.toml: is not valid TOML" in text_of(
        verify_release(release, documents=False)
    )
    done = command(Path.cwd(), "verify", str(release.parent))
    assert (done.returncode, done.stdout) == (1, "")
    assert "There is no file" in done.stderr


def test_unreadable_figures_do_not_hide_what_run_json_states(release: Path) -> None:
    edit_json(release / "run.json", lambda run: run["summary"].update(yes=3))
    figures = release / "figures.json"
    figures.write_text("[]")
    found = text_of(verify_release(release, documents=False))
    assert f"{figures} is not a JSON object" in found
    assert "summary" in found
    assert "inputs/" not in found
    figures.unlink()
    found = text_of(verify_release(release, documents=False))
    assert "figures.json is missing." in found
    assert "summary" in found
    assert "inputs/" not in found


def test_a_mark_of_a_decision_keeps_the_hash_too(release: Path) -> None:
    assert command(Path.cwd(), "decide", str(release)).returncode == 0
    forget_hashes(release)
    assert verify_release(release, documents=False).differences == []
    edit_json(release / "run.json", lambda run: run.update(durations={}))
    assert "since the release was marked as decided" in text_of(
        verify_release(release, documents=False)
    )


def test_one_of_an_older_schema_is_verified_as_far_as_it_goes(reports: Path) -> None:
    release = reports / "few" / EARLIER

    def older(run: dict[str, Any]) -> None:
        for name in ("register_rows", "headlines", "summary", "correction"):
            del run[name]
        run["schema_version"] = 1
        run["versions"]["matplotlib"] = "1.0"
        run["key"] = manifest_key(run)

    edit_json(release / "run.json", older)
    edit_json(release / "figures.json", lambda figures: figures.pop("corrected"))
    hide(release, "figures.json")
    forget_hashes(reports / "few" / EARLIER)
    verdict = verify_release(release, documents=False)
    assert verdict.differences == []
    assert verdict.remarks[0].startswith("schema 1, this is 3")
    assert "figures.json: corrected is missing: only this version computes it." in verdict.remarks
    edit_json(release / "figures.json", lambda figures: figures.update(yes=3))
    found = text_of(verify_release(release, documents=False))
    assert "yes is 3, computed 1. Made by another version: matplotlib 1.0 then" in found


def test_one_of_a_newer_schema_says_so(release: Path) -> None:

    def newer(run: dict[str, Any]) -> None:
        run["schema_version"] = 99
        run["versions"]["funding-report"] = "99.0"
        run["key"] = manifest_key(run)

    edit_json(release / "run.json", newer)
    forget_hashes(release)
    verdict = verify_release(release, documents=False)
    assert verdict.differences == []
    assert "schema 99 is newer than 3" in verdict.remarks[0]


def test_diff_of_two_releases_and_of_two_days(project: Path) -> None:
    few = Path("reports/few")
    done = command(project, "diff", str(few / DAY), str(few / f"{DAY}.2"))
    assert done.returncode == 0, done.stderr
    text = done.stdout.replace("\u00a0", " ")
    assert "one fewer has said yes, one more member has declined" in text
    assert "| Yes | No |" in text
    assert "Läst fel i <diariet>" in text
    days = command(project, "diff", EARLIER, DAY, "--round", "few", "--json")
    figures = json.loads(days.stdout)
    # On 1 March it is known, and corrected that day, that 0002 has said no: one new answer.
    assert (figures["since"], figures["answered"], figures["yes"], figures["no"]) == (
        EARLIER,
        1,
        0,
        1,
    )
    assert [(one["code"], one["before"], one["after"]) for one in figures["members"]] == [
        ("0002", "unanswered", "no")
    ]
    mixed = command(project, "diff", EARLIER, str(few / DAY), "--round", "few", "--json")
    assert json.loads(mixed.stdout)["yes"] == 1


@pytest.mark.parametrize(
    ("arguments", "message"),
    [
        ([EARLIER, DAY], "say of which round with --round"),
        (["reports", "reports/few"], "There is no file reports/few/run.json"),
        (["2026-01-09", DAY, "--round", "few"], "before the round few began"),
    ],
)
def test_diff_of_what_cannot_be_compared_is_one_message(
    project: Path, arguments: list[str], message: str
) -> None:
    done = command(project, "diff", *arguments)
    assert (done.returncode, done.stdout) == (1, "")
    assert message in done.stderr
    assert "Traceback" not in done.stderr


def test_a_release_of_letters_is_listed_and_verified_too(project: Path, tmp_path: Path) -> None:
    output = tmp_path / "letters"
    done = command(project, "letters", "few", "--as-of", DAY, "--output", str(output))
    assert done.returncode == 0, done.stderr
    release = output / "few" / f"{DAY}-letters"
    assert "3 brev" in (output / "index.html").read_text(encoding="utf-8")
    good = command(project, "verify", str(release))
    assert good.returncode == 0, good.stdout
    # Three letters of three files each, the invoice basis of two, and the list for a mail merge.
    assert "and 12 documents." in good.stdout
    for name in ("0001.sv.html", "invoices.csv"):
        path = release / name
        path.write_bytes(path.read_bytes() + b" ")
    hide(release, "0001.sv.html", "invoices.csv")
    bad = command(project, "verify", str(release))
    assert bad.returncode == 4
    assert "0001.sv.html differs when made again." in bad.stdout
    assert "invoices.csv differs when made again." in bad.stdout
    assert "0002.sv.html" not in bad.stdout


def test_a_register_with_figures_of_its_own_row_numbers_is_read_back(project: Path) -> None:
    run = json.loads((project / "reports" / "few" / DAY / "run.json").read_text("utf-8"))
    assert run["register_rows"] == [[2, 2], [4, 5]]
    assert run["headlines"]["sv"]
    assert run["correction"] is None


def test_the_index_lists_what_is_there_and_only_that(project: Path) -> None:
    page = (project / "reports" / "index.html").read_text(encoding="utf-8")
    body = page.split("<body", 1)[1]
    assert [line for line in body.splitlines() if "data-release" in line] == [
        f'<li data-release="few/{name}" data-run="{sha256(run.read_bytes()).hexdigest()}">'
        for name in (f"{DAY}.2", EARLIER, DAY)  # superseded releases are folded, below the others
        for run in [project / "reports" / "few" / name / "run.json"]
    ]
