"""Where a release may be copied to: a folder that is not among the releases, or an address."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path
from urllib.parse import urlsplit

from helpers.errors import ReportError
from helpers.releases.storage import RUN_JSON
from helpers.system.remote_addresses import (
    COPY_PROTOCOLS,
    S3_PROTOCOLS,
    address_protocol,
    open_filesystem,
    require_address,
    safe_address,
)


@dataclass(frozen=True)
class CopyTarget:
    """A place to copy releases to: `<url>/<round>/<release>/`."""

    url: str

    @property
    def safe_url(self) -> str:
        """The address without its possibly secret parts: user, password, query and fragment."""
        return safe_address(self.url)

    @property
    def protocol(self) -> str:
        """The part before ://; `file` for a path."""
        return address_protocol(self.url)

    @property
    def is_on_disk(self) -> bool:
        """Whether the target is a folder of this machine."""
        return self.protocol in {"file", "local"}

    @property
    def folder(self) -> Path:
        """The folder of a target on disk."""
        return Path(open_filesystem(self.url)[1])


def parse_copy_target(url: str, reports: Path | None = None) -> CopyTarget:
    """Return a target, checked before the run; raises ReportError if it cannot work.

    `reports` is the folder that the releases are in, which cannot contain copies.
    """
    address = url.strip()
    if not address or "::" in address:
        raise ReportError(
            "--publish-to takes a folder or one address, such as s3://bucket/reports."
        )
    require_address(address, "--publish-to", COPY_PROTOCOLS)
    found = CopyTarget(address.rstrip("/") or address)
    if found.protocol in S3_PROTOCOLS and ("@" in urlsplit(url).netloc or urlsplit(url).query):
        raise ReportError(
            "An s3:// address holds no key. Set AWS_ACCESS_KEY_ID and AWS_SECRET_ACCESS_KEY, and "
            "give --publish-to s3://bucket/reports."
        )
    if found.is_on_disk:
        _require_other_folder(found.folder, reports)
    return found


def _require_other_folder(folder: Path, reports: Path | None) -> None:
    """Raise ReportError for a folder where a copy would not be a second one, or alter a release.

    So it does for a link that leads nowhere.
    """
    for path in (folder, *folder.parents):
        if path.is_symlink() and not path.exists():
            raise ReportError(f"--publish-to {folder}: the link {path} leads nowhere. Correct it.")
    resolved = folder.resolve()
    if reports is not None and reports.resolve() in (resolved, *resolved.parents):
        raise ReportError(
            f"--publish-to {folder} is in {reports}, where the releases are. Choose a folder "
            "elsewhere, best on another disk."
        )
    release = next(
        (one for one in (resolved, *resolved.parents) if (one / RUN_JSON).exists()), None
    )
    if release:
        raise ReportError(
            f"--publish-to {folder} is inside the release {release}. Choose another folder."
        )
