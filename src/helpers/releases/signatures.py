"""Signatures of releases and marks by OpenSSH (`ssh-keygen -Y`), next to what is signed.

The signature of a release is that of its run.json, which has the hashes of all other files. It
needs a private key, so that a change by someone without the key is found, whatever else that person
can write to: docs/explanation/trust.md.
"""

from __future__ import annotations

import os
import shutil
import subprocess
from collections.abc import Iterator
from pathlib import Path

from helpers.errors import ReportError
from helpers.releases.decided import mark_path, mark_signature_path
from helpers.releases.storage import RUN_JSON, SIGNATURE_SUFFIX
from helpers.system.files import MAX_JSON_BYTES, atomic_write, read_bytes

NAMESPACE = "funding-report"  # a signature for another purpose, such as git, is not accepted
_TIMEOUT_SECONDS = 60
_MAX_SIGNATURE_BYTES = 64 * 2**10  # of OpenSSH: 300 bytes to 3 kB; ssh-keygen reads any size
_PASSED_VARIABLES = ("PATH", "HOME", "SSH_AUTH_SOCK", "SYSTEMROOT", "TMPDIR")


def require_signing_key(key: Path) -> None:
    """Raise ReportError, before the run begins, if a key cannot be used to sign."""
    if not key.is_file():
        raise ReportError(
            f"--sign-with {key}: there is no such file. Name a private key of OpenSSH, or the "
            "public key of a key in ssh-agent."
        )
    sign_content(b"", key)


def require_signers(signers: Path) -> None:
    """Raise ReportError, before a release is compared, if no signature could be verified."""
    read_bytes(signers, MAX_JSON_BYTES)
    _ssh_keygen_program()


def sign_release(release: Path, key: Path) -> Path:
    """Sign a release's run.json and return the path of the signature."""
    signature = signature_path(release)
    content = read_bytes(release.resolve() / RUN_JSON, MAX_JSON_BYTES)
    atomic_write(signature, sign_content(content, key))
    return signature


def sign_content(content: bytes, key: Path) -> bytes:
    """Return the signature of a release's run.json or of a mark; raises ReportError without one."""
    done = _ssh_keygen("sign", "-n", NAMESPACE, "-f", str(key), content=content)
    if done.returncode != 0 or not done.stdout.startswith(b"-----BEGIN SSH SIGNATURE-----"):
        remedy = (
            "Name a private key of OpenSSH without a passphrase, or the public key of a key in "
            "ssh-agent."
        )
        if b"UNPROTECTED PRIVATE KEY FILE" in done.stderr:
            remedy = f"Other users may read it. Run `chmod 600 {key}`."
        raise ReportError(f"--sign-with {key}: ssh-keygen cannot sign with it. {remedy}")
    return done.stdout


def signature_path(release: Path) -> Path:
    """Return the path of a release's signature: next to the folder that a link leads to."""
    folder = release.resolve()
    return folder.with_name(f"{folder.name}{SIGNATURE_SUFFIX}")


def review_signatures(release: Path, signers: Path, remarks: list[str]) -> Iterator[str]:
    """Yield a sentence on each signature that is missing or wrong; a signer's name is a remark.

    `signers` is a file of allowed signers of OpenSSH. A mark must be signed, too. Raises
    ReportError if the file cannot be read.
    """
    read_bytes(signers, MAX_JSON_BYTES)
    signed = [(release.resolve() / RUN_JSON, signature_path(release), "The release")]
    if mark_path(release).exists():
        signed.append((mark_path(release), mark_signature_path(release), "The mark"))
    for path, signature, what in signed:
        if not signature.is_file():
            yield f"{what} is not signed: there is no {signature.name} next to it."
        elif signature.stat().st_size > _MAX_SIGNATURE_BYTES:
            yield f"{signature.name} is not a signature: it is too large."
        elif name := _verified_signer(path, signature, signers):
            remarks.append(f"{what} is signed by {name}.")
        else:
            yield f"{signature.name} is not a signature of {path.name} by one of {signers.name}."


def _verified_signer(path: Path, signature: Path, signers: Path) -> str | None:
    """Return the name of the allowed signer whose signature it is, or None."""
    files = ("-f", str(signers), "-s", str(signature))
    found = _ssh_keygen("find-principals", *files).stdout.decode(errors="replace")
    content = read_bytes(path, MAX_JSON_BYTES)
    for name in found.splitlines():
        verified = _ssh_keygen("verify", *files, "-n", NAMESPACE, "-I", name, content=content)
        if verified.returncode == 0:
            return name
    return None


def _ssh_keygen(
    action: str, *arguments: str, content: bytes = b""
) -> subprocess.CompletedProcess[bytes]:
    """Run ssh-keygen without a terminal, so that it cannot wait for a passphrase."""
    program = _ssh_keygen_program()
    environment = {name: os.environ[name] for name in _PASSED_VARIABLES if name in os.environ}
    try:
        return subprocess.run(  # noqa: S603
            [program, "-Y", action, *arguments],
            input=content,
            capture_output=True,
            check=False,
            timeout=_TIMEOUT_SECONDS,
            start_new_session=True,
            env=environment,
        )
    except (OSError, subprocess.SubprocessError) as error:
        raise ReportError(f"ssh-keygen failed ({type(error).__name__}). Run it again.") from None


def _ssh_keygen_program() -> str:
    program = shutil.which("ssh-keygen")
    if program is None:
        raise ReportError(
            "Signatures need ssh-keygen, which is not installed. Install OpenSSH: on Debian and "
            "Ubuntu with `apt-get install openssh-client`."
        )
    return program
