"""The index of all releases, from run.json files made up by hand."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from hashlib import sha256
from pathlib import Path
from typing import Any

import pytest

from helpers.releases.listing.catalogue import list_releases
from helpers.releases.listing.hash_list import HASH_LIST, INDEX_FILE, listed_hashes
from helpers.releases.listing.index_page import update_index

HOSTILE = '<script>alert("1")</script>'


def run_of(round_: str, name: str, **values: Any) -> dict[str, Any]:
    """A run.json as a board report of that name would have it."""
    day = name[:10]
    return {
        "schema_version": 2,
        "kind": "letters" if "-letters" in name else "board-report",
        "parameters": {"round": round_, "as_of": day, "languages": ["sv", "en"]},
        "outputs": {"board-report.sv.html": "0", "board-report.sv.pdf": "0", "other.txt": "0"},
        "reconstructed": False,
        "headlines": {"sv": f"Rubrik {name}", "en": "Headline"},
        "summary": {"title": {"sv": f"Omgången {round_}"}, "share": 0.77, "share_of": "amount"},
        "correction": None,
        **values,
    }


def put(reports: Path, round_: str, name: str, **values: Any) -> Path:
    folder = reports / round_ / name
    folder.mkdir(parents=True)
    (folder / "run.json").write_text(json.dumps(run_of(round_, name, **values)), encoding="utf-8")
    return folder


def page(reports: Path) -> str:
    return (reports / INDEX_FILE).read_text(encoding="utf-8").replace("\u00a0", " ")


def body(reports: Path) -> str:
    return page(reports).split("<body", 1)[1]


def test_every_release_is_listed_newest_first_without_drafts(tmp_path: Path) -> None:
    for name in ("2016-10-31", "2017-02-22", "2017-02-22.2", "2017-02-22.10"):
        put(tmp_path, "a", name)
    put(tmp_path, "b", "2021-04-13")
    put(tmp_path, "a", "2017-02-22-letters", letters=290, outputs={"invoices.xlsx": "0"})
    put(tmp_path, "a", "2017-02-23-draft-sv")
    put(tmp_path, "a", "2017-02-23-letters-draft-sv")
    (tmp_path / "failed").mkdir()
    (tmp_path / "failed" / "x.ipynb").write_text("")
    assert update_index(tmp_path) == []
    assert list(listed_hashes(tmp_path / INDEX_FILE)) == [
        "b/2021-04-13",
        "a/2017-02-22.10",
        "a/2017-02-22.2",
        "a/2017-02-22",
        "a/2017-02-22-letters",
        "a/2016-10-31",
    ]
    text = body(tmp_path)
    assert "290 brev" in text
    assert 'href="a/2017-02-22-letters/invoices.xlsx"' in text
    assert 'href="a/2017-02-22.2/board-report.sv.pdf"' in text
    assert "other.txt" not in text
    assert "draft" not in text
    assert "Rubrik 2017-02-22.10" in text
    assert "77 % säkrat" in text


def test_every_anchor_is_one_whatever_a_round_is_called(tmp_path: Path) -> None:
    put(tmp_path, "main", "2017-02-22")
    update_index(tmp_path)
    anchors = re.findall(r'\bid="([^"]*)"', body(tmp_path))
    assert "main" in anchors
    assert len(anchors) == len(set(anchors))


def test_a_release_keeps_the_hash_of_its_run_json(tmp_path: Path) -> None:
    folder = put(tmp_path, "a", "2017-02-22")
    update_index(tmp_path)
    hashed = sha256((folder / "run.json").read_bytes()).hexdigest()
    assert listed_hashes(tmp_path / INDEX_FILE) == {"a/2017-02-22": hashed}


def test_a_changed_run_json_is_reported_and_its_first_hash_stays(tmp_path: Path) -> None:
    folder = put(tmp_path, "a", "2017-02-22")
    update_index(tmp_path)
    before = listed_hashes(tmp_path / INDEX_FILE)
    other = run_of("a", "2017-02-22", headlines={"sv": "Allt är säkrat"})
    (folder / "run.json").write_text(json.dumps(other))
    for _ in range(2):  # and it is not forgotten the time after
        (complaint,) = update_index(tmp_path)
        assert "a/2017-02-22: run.json has been changed" in complaint
        assert listed_hashes(tmp_path / INDEX_FILE) == before
        assert "run.json har ändrats sedan rapporten gavs ut." in body(tmp_path)


def test_a_lost_release_is_reported_every_time_unless_it_was_pruned(tmp_path: Path) -> None:
    for name in ("2017-02-20", "2017-02-21", "2017-02-22"):
        put(tmp_path, "a", name)
    update_index(tmp_path)
    before = listed_hashes(tmp_path / INDEX_FILE)
    for name in ("2017-02-20", "2017-02-21"):
        (tmp_path / "a" / name).rename(tmp_path / "a" / f".{name}")
    for removed in (["a/2017-02-20"], []):
        (complaint,) = update_index(tmp_path, removed)
        assert complaint.startswith("a/2017-02-21 was listed and no longer exists. ")
        assert "index --forget a/2017-02-21" in complaint
    assert listed_hashes(tmp_path / INDEX_FILE) == {
        name: before[name] for name in ("a/2017-02-22", "a/2017-02-21")
    }
    assert "Saknas eller är skadade" in body(tmp_path)
    assert update_index(tmp_path, ["a/2017-02-21"]) == []
    assert list(listed_hashes(tmp_path / INDEX_FILE)) == ["a/2017-02-22"]
    assert "Saknas eller är skadade" not in body(tmp_path)


def test_a_release_that_a_run_publishes_again_is_listed_with_its_new_hash(tmp_path: Path) -> None:
    folder = put(tmp_path, "a", "2017-02-22")
    update_index(tmp_path)
    [(name, first)] = listed_hashes(tmp_path / INDEX_FILE).items()
    other = run_of("a", "2017-02-22", headlines={"sv": "Allt är säkrat"})
    (folder / "run.json").write_text(json.dumps(other))
    assert update_index(tmp_path, published="a/2017-02-22") == [
        f"a/2017-02-22 was listed with the SHA-256 {first}, and has been published again."
    ]
    hashed = sha256((folder / "run.json").read_bytes()).hexdigest()
    assert listed_hashes(tmp_path / INDEX_FILE) == {name: hashed}
    assert update_index(tmp_path, published="a/2017-02-22") == []
    assert "run.json har ändrats" not in body(tmp_path)


def test_a_run_json_that_is_damaged_and_then_forged_is_reported(tmp_path: Path) -> None:
    folder = put(tmp_path, "a", "2017-02-22")
    update_index(tmp_path)
    before = listed_hashes(tmp_path / INDEX_FILE)
    (folder / "run.json").write_text("{")
    (complaint,) = update_index(tmp_path)
    assert complaint == "a/2017-02-22 is not listed: its run.json is not JSON."
    assert listed_hashes(tmp_path / INDEX_FILE) == before
    forged = run_of("a", "2017-02-22", headlines={"sv": "Allt är säkrat"})
    (folder / "run.json").write_text(json.dumps(forged))
    (complaint,) = update_index(tmp_path)
    assert "a/2017-02-22: run.json has been changed" in complaint
    assert listed_hashes(tmp_path / INDEX_FILE) == before


def test_the_same_run_files_give_the_same_bytes_and_nothing_is_written(tmp_path: Path) -> None:
    for reports, order in ((tmp_path / "one", "ab"), (tmp_path / "two", "ba")):
        for round_ in order:
            put(reports, round_, "2017-02-22")
        update_index(reports)
    one, two = tmp_path / "one" / INDEX_FILE, tmp_path / "two" / INDEX_FILE
    assert one.read_bytes() == two.read_bytes()
    before = one.stat().st_mtime_ns
    update_index(tmp_path / "one")
    assert one.stat().st_mtime_ns == before
    assert sorted(p.name for p in (tmp_path / "one").iterdir()) == ["a", "b", INDEX_FILE, HASH_LIST]


FOREIGN = {
    "not json": ("2017-02-23", "{", "its run.json is not JSON"),
    "not an object": ("2017-02-23", "[]", "its run.json is not valid."),
    "too deep": ("2017-02-23", "[" * 100_000, "its run.json is not JSON"),
    "no share": (
        "2017-02-23",
        json.dumps(run_of("a", "2017-02-23", summary={"title": {"sv": "x"}, "share": float("nan"),
                                                      "share_of": "amount"})),
        "its run.json is not JSON.",
    ),
    "another's": ("2017-02-23", json.dumps(run_of("b", "2017-02-23")), "of another release"),
    "another day's": ("2017-02-23", json.dumps(run_of("a", "2017-02-24")), "of another release"),
    "another kind's": (
        "2017-02-23-letters", json.dumps(run_of("a", "2017-02-23")), "of another release",
    ),
    "a renamed request": (
        "2017-02-23-letters",
        json.dumps(run_of("a", "2017-02-23-letters", parameters={
            "round": "a", "as_of": "2017-02-23", "letter_kind": "request"})),
        "of another release",
    ),
    "a status letter's": (
        "2017-02-23-letters-request",
        json.dumps(run_of("a", "2017-02-23-letters", parameters={
            "round": "a", "as_of": "2017-02-23", "letter_kind": "status"})),
        "of another release",
    ),
    "a copy": ("2017-02-22 (kopia)", json.dumps(run_of("a", "2017-02-22")), "its name is not"),
    "no day": ("2017-02-30", json.dumps(run_of("a", "2017-02-30")), "its name is not"),
    "nothing": ("2017-02-23", None, "it has no run.json that can be read"),
}  # fmt: skip


@pytest.mark.parametrize("case", FOREIGN)
def test_a_folder_that_is_not_a_release_is_reported(tmp_path: Path, case: str) -> None:
    name, content, reason = FOREIGN[case]
    put(tmp_path, "a", "2017-02-22")
    (tmp_path / "a" / name).mkdir()
    if content is not None:
        (tmp_path / "a" / name / "run.json").write_text(content)
    (complaint,) = update_index(tmp_path)
    assert complaint.startswith(f"a/{name} is not listed: ")
    assert reason in complaint
    assert list(listed_hashes(tmp_path / INDEX_FILE)) == ["a/2017-02-22"]


def test_only_a_request_has_an_annex(tmp_path: Path) -> None:
    """Of another kind, a file of that name is the letter to a member with the code annex."""
    outputs = {"annex.sv.html": "0", "annex.sv.pdf": "0"}
    for name, kind in (("2017-02-23-letters", "status"), ("2017-02-24-letters-request", "request")):
        parameters = {"round": "a", "as_of": name[:10], "letter_kind": kind}
        put(tmp_path, "a", name, outputs=outputs, parameters=parameters)
    assert update_index(tmp_path) == []
    assert 'href="a/2017-02-24-letters-request/annex.sv.pdf"' in body(tmp_path)
    assert 'href="a/2017-02-23-letters/annex.sv.pdf"' not in body(tmp_path)


def test_an_unreadable_round_is_reported(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    put(tmp_path, "a", "2017-02-22")
    put(tmp_path, "b", "2017-02-22")
    look = Path.iterdir

    def refuse(folder: Path) -> Iterator[Path]:
        if folder.name == "b":
            raise PermissionError(13, "Permission denied")
        return look(folder)

    monkeypatch.setattr(Path, "iterdir", refuse)
    found, wrong = list_releases(tmp_path)
    assert [release.path for release in found] == ["a/2017-02-22"]
    assert wrong == ["b is not listed: Permission denied."]


def test_without_a_release_there_is_no_index(tmp_path: Path) -> None:
    assert update_index(tmp_path / "none") == []
    assert update_index(tmp_path) == []
    assert list(tmp_path.iterdir()) == []


def test_a_release_of_schema_1_is_listed_without_a_headline(tmp_path: Path) -> None:
    folder = put(tmp_path, "a", "2017-02-22", reconstructed=True)
    run = json.loads((folder / "run.json").read_text())
    for name in ("headlines", "summary", "correction"):
        del run[name]
    (folder / "run.json").write_text(json.dumps({**run, "schema_version": 1}))
    assert update_index(tmp_path) == []
    text = body(tmp_path)
    assert "22 februari 2017" in text
    assert "Rekonstruerade svar" in text
    assert "<h3>" not in text


def test_text_of_a_run_json_is_escaped(tmp_path: Path) -> None:
    put(
        tmp_path,
        "a",
        "2017-02-22",
        headlines={"sv": HOSTILE},
        summary={"title": {"sv": HOSTILE}, "share": 0.5, "share_of": "amount"},
        correction={"replaces": HOSTILE, "reason": HOSTILE},
        outputs={'board-report.sv.html" onclick="x': "0", "../../x": "0"},
    )
    update_index(tmp_path)
    assert "<script" not in page(tmp_path)
    assert "onclick" not in page(tmp_path)
    assert "&lt;script&gt;" in page(tmp_path)
    assert "default-src 'none'" in page(tmp_path)


def test_a_replaced_release_and_its_successor_name_each_other(tmp_path: Path) -> None:
    put(tmp_path, "a", "2017-02-22")
    correction = {"replaces": "2017-02-22", "reason": "Fel läst"}
    put(tmp_path, "a", "2017-02-22.2", correction=correction)
    update_index(tmp_path)
    shown, folded = body(tmp_path).split("<summary>1 ersatt utgåva</summary>")
    newer, older = shown.split("<li data-release")[-1], folded.split("<li data-release")[1]
    assert "Ersätter utgåvan 2017-02-22: Fel läst" in newer
    assert "Ersatt av utgåvan 2017-02-22.2" in older


def share(value: float, of: str = "amount") -> dict[str, Any]:
    return {"title": {"sv": "Omgången"}, "share": value, "share_of": of}


def test_the_share_over_time_has_the_last_report_of_each_day(tmp_path: Path) -> None:
    put(tmp_path, "a", "2016-10-31", summary=share(0.5))
    put(tmp_path, "a", "2017-02-22", summary=share(0.1))
    put(tmp_path, "a", "2017-02-22.2", summary=share(0.775))
    put(tmp_path, "a", "2017-03-01-letters", summary=share(0.2))
    update_index(tmp_path)
    text = body(tmp_path)
    # 77.5 % is rounded half-up.
    finding = (
        "Den säkrade andelen av det önskade beloppet har gått från 50 % den 31 oktober 2016 till "
        "78 % den 22 februari 2017"
    )
    assert finding in text
    assert text.count('role="img"') == 2  # broad and slim
    # A step on the day of the last report: across at 50 %, then up.
    assert len(re.findall(r'd="M[\d.]+ [\d.]+H[\d.]+V[\d.]+"', text)) == 2


def test_hashes_are_folded_below_everything_else(tmp_path: Path) -> None:
    put(tmp_path, "a", "2017-02-22")
    update_index(tmp_path)
    text = body(tmp_path)
    sha256 = next(release.sha256 for release in list_releases(tmp_path)[0])
    read, folded = text.split("<summary>SHA-256 för run.json</summary>")
    assert f"<dt>a/2017-02-22</dt><dd>{sha256}</dd>" in folded
    assert sha256 not in re.sub(r"<[^>]*>", "", read)
    assert "<h3>" not in folded


def test_a_single_report_has_no_line(tmp_path: Path) -> None:
    put(tmp_path, "a", "2017-02-22", summary=share(0.5, "inhabitants"))
    update_index(tmp_path)
    assert "<svg" not in body(tmp_path)
    assert "50 % av invånarna" in body(tmp_path)


def test_an_index_of_rounds_in_english_is_in_english(tmp_path: Path) -> None:
    summary = {"title": {"en": "A round"}, "share": 0.77, "share_of": "amount"}
    put(tmp_path, "a", "2021-04-13", headlines={"en": "Headline"}, summary=summary)
    assert update_index(tmp_path) == []
    assert '<html lang="en">' in page(tmp_path)
    assert "Reports" in body(tmp_path)
    assert "Rapporter" not in page(tmp_path)
    put(tmp_path, "b", "2021-04-13")
    update_index(tmp_path)
    assert '<html lang="sv">' in page(tmp_path)
    assert "Rapporter" in body(tmp_path)
