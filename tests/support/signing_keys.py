"""Keys of OpenSSH, for the tests of signatures, and whose key may sign."""

from __future__ import annotations

import shutil
import subprocess
from pathlib import Path

import pytest

from support.required_programs import missing

NAME = "kassor@example.org"


@pytest.fixture(scope="session")
def keys(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The keys "one", "other" and "closed", which has a passphrase; one of them may sign."""
    if shutil.which("ssh-keygen") is None:
        missing("ssh-keygen is not installed", "apt-get install openssh-client")
    folder = tmp_path_factory.mktemp("keys")
    for name, phrase in (("one", ""), ("other", ""), ("closed", "hemlig")):
        make = ["ssh-keygen", "-q", "-t", "ed25519", "-N", phrase, "-C", name, "-f"]
        subprocess.run([*make, str(folder / name)], check=True)
    public = (folder / "one.pub").read_text(encoding="utf-8")
    signers = f'{NAME} namespaces="funding-report" {public}'
    (folder / "signers").write_text(signers, encoding="utf-8")
    return folder
