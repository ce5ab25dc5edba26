"""Signatures by ssh-keygen itself: made next to a release and its mark, and verified."""

from __future__ import annotations

import shutil
import subprocess
from functools import partial
from pathlib import Path

import pytest
from click.testing import CliRunner

from helpers.cli.commands import cli
from helpers.cli.running.publication_steps import prepare_delivery
from helpers.data.round.archived_inputs import read_release_json
from helpers.errors import DeliveryError, ReportError
from helpers.maintenance.file_review import review_run_json
from helpers.maintenance.retention import expired_releases, remove_release
from helpers.maintenance.verdict import Verdict
from helpers.maintenance.verification import verify_release
from helpers.releases.decided import (
    mark_decided,
    mark_path,
    mark_signature_path,
    unmark_decided,
)
from helpers.releases.listing.index_page import update_index
from helpers.releases.signatures import (
    require_signing_key,
    review_signatures,
    sign_content,
    sign_release,
    signature_path,
)
from support.release_folders import put
from support.signing_keys import NAME


@pytest.fixture
def release(tmp_path: Path) -> Path:
    return put(tmp_path, "2017-02-22")


def review(release: Path, keys: Path) -> tuple[list[str], list[str]]:
    """The differences and the remarks."""
    remarks: list[str] = []
    return list(review_signatures(release, keys / "signers", remarks)), remarks


def test_a_signed_release_is_verified_by_its_signer(release: Path, keys: Path) -> None:
    before = sorted(path.name for path in release.iterdir())
    assert sign_release(release, keys / "one") == release.with_name("2017-02-22.sig")
    assert sorted(path.name for path in release.iterdir()) == before
    assert review(release, keys) == ([], [f"The release is signed by {NAME}."])
    # And by ssh-keygen without this program, as the docs say.
    done = subprocess.run(
        [
            *("ssh-keygen", "-Y", "verify", "-f", keys / "signers", "-I", NAME),
            *("-n", "funding-report", "-s", signature_path(release)),
        ],
        input=(release / "run.json").read_bytes(),
        capture_output=True,
        check=False,
    )
    assert done.returncode == 0, done.stderr


def test_what_is_not_signed_or_signed_otherwise_is_named(release: Path, keys: Path) -> None:
    (found,), _ = review(release, keys)
    assert found == "The release is not signed: there is no 2017-02-22.sig next to it."
    sign_release(release, keys / "other")
    (found,), remarks = review(release, keys)
    assert found == "2017-02-22.sig is not a signature of run.json by one of signers."
    assert remarks == []
    sign_release(release, keys / "one")
    run_json = release / "run.json"
    run_json.write_text(run_json.read_text().replace("false", "true"))
    assert review(release, keys)[0] == [found]


def test_a_signature_for_another_purpose_or_of_another_release_is_refused(
    release: Path, keys: Path, tmp_path: Path
) -> None:
    sign = ["ssh-keygen", "-q", "-Y", "sign", "-f", str(keys / "one"), "-n", "git"]
    content = (release / "run.json").read_bytes()
    done = subprocess.run(sign, input=content, capture_output=True, check=True)
    signature_path(release).write_bytes(done.stdout)
    assert len(review(release, keys)[0]) == 1
    other = put(tmp_path, "2017-02-23")
    shutil.copy(sign_release(other, keys / "one"), signature_path(release))
    assert len(review(release, keys)[0]) == 1


def test_a_mark_is_signed_and_verified_too(release: Path, keys: Path) -> None:
    sign_release(release, keys / "one")
    mark = mark_decided(release, "§ 12")
    assert review(release, keys)[0] == [
        "The mark is not signed: there is no 2017-02-22.decided.sig next to it."
    ]
    mark_decided(release, "§ 12", partial(sign_content, key=keys / "one"))
    assert review(release, keys) == (
        [],
        [f"The release is signed by {NAME}.", f"The mark is signed by {NAME}."],
    )
    mark.write_text(mark.read_text(encoding="utf-8").replace("12", "13"), encoding="utf-8")
    assert len(review(release, keys)[0]) == 1
    unmark_decided(release)
    assert not mark_signature_path(release).exists()


def test_a_signed_mark_is_not_replaced_by_an_unsigned_one(release: Path, keys: Path) -> None:
    signed = ["--sign-with", str(keys / "one")]
    assert (
        CliRunner().invoke(cli, ["decide", str(release), "--note", "§ 12", *signed]).exit_code == 0
    )
    mark, signature = mark_path(release), mark_signature_path(release)
    before = (mark.read_bytes(), signature.read_bytes())
    refused = CliRunner().invoke(cli, ["decide", str(release), "--note", "§ 13"])
    assert str(refused.exception) == (
        f"{mark} is signed, by 2017-02-22.decided.sig. Sign the new mark with `--sign-with`, or "
        "remove the signed one first, with `--undo`."
    )
    again = CliRunner().invoke(cli, ["decide", str(release), "--note", "§ 12"])
    assert (again.exit_code, again.output) == (0, f"{mark}\n")
    assert (mark.read_bytes(), signature.read_bytes()) == before
    other = ["decide", str(release), "--note", "§ 13", *signed]
    assert CliRunner().invoke(cli, other).exit_code == 0
    assert review(release, keys)[1] == [f"The mark is signed by {NAME}."]
    assert CliRunner().invoke(cli, ["decide", str(release), "--undo"]).exit_code == 0
    assert CliRunner().invoke(cli, ["decide", str(release), "--note", "§ 14"]).exit_code == 0
    assert not signature.exists()


def test_a_signature_goes_with_its_release(release: Path, keys: Path, tmp_path: Path) -> None:
    put(tmp_path, "2017-02-23")
    signature = sign_release(release, keys / "one")
    (expired,) = expired_releases(tmp_path, 1)
    assert remove_release(expired)
    assert not signature.exists()


@pytest.mark.parametrize("name", ["closed", "one.txt", "signers"])
def test_a_key_that_cannot_sign_is_refused_and_nothing_waits(keys: Path, name: str) -> None:
    with pytest.raises(ReportError, match=r"there is no such file|cannot sign with it"):
        require_signing_key(keys / name)


def test_without_ssh_keygen_the_command_to_install_it_is_named(
    keys: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("PATH", "")
    with pytest.raises(ReportError, match="apt-get install openssh-client"):
        require_signing_key(keys / "one")


def test_a_key_cannot_sign_what_is_undone(release: Path, keys: Path) -> None:
    mark = mark_decided(release, "§ 12")
    done = CliRunner().invoke(
        cli, ["decide", str(release), "--undo", "--sign-with", str(keys / "one")]
    )
    assert done.exit_code == 2
    assert "--sign-with signs a mark, and --undo removes it" in done.output
    assert mark.exists()


def test_a_release_that_could_not_be_signed_is_said_to_be_published(
    release: Path, keys: Path, tmp_path: Path
) -> None:
    key = Path(shutil.copy(keys / "one", tmp_path / "key"))
    sign = prepare_delivery(draft=False, reports=release.parent, sign_with=key)
    key.unlink()
    with pytest.raises(DeliveryError) as error:
        sign(release, False)
    assert str(error.value).startswith(f"{release} was published, but is not signed. ")
    shutil.copy(keys / "one", key)
    signature_path(release).mkdir()  # in the way
    with pytest.raises(DeliveryError, match=r"is not signed.*Is a directory\. Move it away"):
        sign(release, False)


def test_what_signatures_need_is_checked_before_the_release_is_compared(
    release: Path, keys: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (release / "run.json").unlink()  # the first that a comparison reads
    with pytest.raises(ReportError, match="mistyped"):
        verify_release(release, signers=keys / "mistyped")
    monkeypatch.setenv("PATH", "")
    with pytest.raises(ReportError, match="apt-get install openssh-client"):
        verify_release(release, signers=keys / "signers")


def test_a_changed_release_gets_no_signed_mark(release: Path, keys: Path, tmp_path: Path) -> None:
    update_index(tmp_path)
    run_json = release / "run.json"
    before = run_json.read_text()
    run_json.write_text(before.replace("false", "true"))
    arguments = ["decide", str(release), "--sign-with", str(keys / "one")]
    refused = CliRunner().invoke(cli, arguments)
    assert str(refused.exception).startswith(
        f"{release} is not marked: run.json has been changed since it was published"
    )
    assert not mark_path(release).exists()
    assert not mark_signature_path(release).exists()
    run_json.write_text(before)
    assert CliRunner().invoke(cli, arguments).exit_code == 0
    assert review(release, keys)[1] == [f"The mark is signed by {NAME}."]
    mark_path(release).write_text("{}")
    damaged = CliRunner().invoke(cli, arguments)
    assert str(damaged.exception).startswith(f"{mark_path(release)} is damaged")


def test_a_key_that_others_may_read_is_refused_with_the_command_that_helps(
    keys: Path, tmp_path: Path
) -> None:
    key = Path(shutil.copy(keys / "one", tmp_path / "key"))
    key.chmod(0o644)
    with pytest.raises(ReportError, match=rf"Other users may read it. Run `chmod 600 {key}`\."):
        require_signing_key(key)
    key.chmod(0o600)
    require_signing_key(key)


def test_a_signature_of_any_size_is_not_read(release: Path, keys: Path) -> None:
    """By ssh-keygen, which reads a gigabyte until it is stopped."""
    with signature_path(release).open("wb") as file:
        file.truncate(10**9)
    assert review(release, keys)[0] == ["2017-02-22.sig is not a signature: it is too large."]


def test_a_signed_mark_of_another_release_does_not_fit(
    release: Path, keys: Path, tmp_path: Path
) -> None:
    sign = partial(sign_content, key=keys / "one")
    other = put(tmp_path, "2017-02-23")
    shutil.copy(mark_decided(other, sign=sign), mark_path(release))
    shutil.copy(mark_signature_path(other), mark_signature_path(release))
    run = read_release_json(release / "run.json")
    found = [text for text in review_run_json(run, Verdict(release)) if "decided" in text]
    assert found == ["2017-02-22.decided is damaged, or it is that of another release."]
