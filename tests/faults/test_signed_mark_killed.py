"""SIGKILL just before each write of a signed `decide`: a signed mark is never left unprotected."""

from __future__ import annotations

import signal
from pathlib import Path

from helpers.releases.decided import mark_path, mark_signature_path
from helpers.releases.signatures import review_signatures, sign_release
from support.command_server import Ready
from support.release_folders import hidden, put


def test_a_killed_decide_leaves_the_old_mark_the_new_one_or_a_pair_that_does_not_fit(
    ready: Ready, tmp_path: Path, keys: Path
) -> None:
    key, signers = keys / "one", keys / "signers"
    release = put(tmp_path / "reports", "2017-02-22")
    sign_release(release, key)
    files = (mark_path(release), mark_signature_path(release))
    signed = ("--sign-with", str(key))
    new = ("decide", str(release), "--note", "§ 2", *signed)

    def decide_first() -> list[bytes]:
        for path in files:
            path.unlink(missing_ok=True)
        assert ready.run(tmp_path, "decide", str(release), "--note", "§ 1", *signed)[0] == 0
        return [path.read_bytes() for path in files]

    before, number = decide_first(), tmp_path / "number"
    assert ready.run(tmp_path, *new, COUNT_WRITES=str(number))[0] == 0
    after = [path.read_bytes() for path in files]
    states = []
    for at in range(1, int(number.read_text()) + 1):
        decide_first()
        assert ready.run(tmp_path, *new, KILL_AT_WRITE=str(at))[0] == -signal.SIGKILL
        now = [path.read_bytes() for path in files]
        states.append([kept == old for kept, old in zip(now, before, strict=True)])
        assert now in (before, after, [after[0], before[1]])
        found = list(review_signatures(release, signers, []))
        differs = f"{files[1].name} is not a signature of {files[0].name} by one of signers."
        assert found == ([differs] if states[-1] == [False, True] else [])
        code, _, err = ready.run(tmp_path, "decide", str(release), "--note", "§ 3")
        assert (code, "is signed, by" in err) == (1, True)
        assert ready.run(tmp_path, *new)[0] == 0
        assert [path.read_bytes() for path in files] == after
        assert hidden(release.parent) == []
    assert [True, True] in states
    assert [False, True] in states
