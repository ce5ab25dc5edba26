"""Addresses of files (https://, s3://, …): which are allowed, opened, shown without secrets.

fsspec knows some fifty protocols. Several of them read another address that is in a file or in
the address (reference, dir, zip, cached), or keep nothing (memory): only those in the list below
are opened.
"""

from __future__ import annotations

import re
from collections.abc import Collection
from typing import Any
from urllib.parse import urlsplit

from fsspec.config import conf
from fsspec.core import url_to_fs
from fsspec.registry import available_protocols, get_filesystem_class

from helpers.errors import ReportError, package_missing

# Stores of objects have no folders to make, and asking for one may make a bucket by a slip.
OBJECT_STORES = {"s3", "s3a", "gs", "gcs", "az", "abfs", "abfss"}
S3_PROTOCOLS = {"s3", "s3a"}
COPY_PROTOCOLS = {"file", "local", *OBJECT_STORES, "sftp", "ssh", "smb"}
READ_PROTOCOLS = {*COPY_PROTOCOLS, "http", "https"}
# A protocol and no or one slash; a letter alone is a disk of Windows.
_TOO_FEW_SLASHES = re.compile(r"([A-Za-z][A-Za-z0-9+.-]+):(/?)(?!/)")
# What to install for a protocol; a package of the protocol's own name may be anybody's.
_PACKAGES = {
    **dict.fromkeys(S3_PROTOCOLS, "funding-report[s3]"),
    **dict.fromkeys(("gs", "gcs"), "gcsfs"),
    **dict.fromkeys(("az", "abfs", "abfss"), "adlfs"),
    **dict.fromkeys(("sftp", "ssh"), "paramiko"),
    "smb": "smbprotocol",
}
# A run that nobody watches must not wait for a server without end; seconds.
_CONNECT_SECONDS, _READ_SECONDS = 10, 60
_S3_TIMEOUTS = {
    "connect_timeout": _CONNECT_SECONDS,
    "read_timeout": _READ_SECONDS,
    "retries": {"max_attempts": 2},
}


def address_protocol(address: str) -> str:
    """The part before ://; `file` for a path."""
    return address.partition("://")[0].lower() if "://" in address else "file"


def is_file_address(text: str) -> bool:
    """Whether a text is an address with a protocol that fsspec knows, allowed or not."""
    return "://" in text and address_protocol(text) in {*available_protocols(), *READ_PROTOCOLS}


def safe_address(address: str) -> str:
    """The address without what may be secret in it: user, password, query and fragment."""
    scheme, separator, rest = address.partition("://")
    if not separator:
        return address
    return f"{scheme}://{rest.rpartition('@')[2].partition('?')[0].partition('#')[0]}"


def require_address(address: str, feature: str, allowed: Collection[str]) -> None:
    """Raise ReportError for an address that cannot be opened, or whose protocol is not allowed.

    `feature` is the option that it is given to; a path that resembles an address is refused, too.
    """
    protocol = address_protocol(address)
    slip = _TOO_FEW_SLASHES.match(address)
    if slip and is_file_address(f"{slip[1]}://"):
        protocol = slip[1].lower()
        if protocol in allowed:
            lacking = "a slash" if slip[2] else "two slashes"
            raise ReportError(f"{feature} {slip[0]}… lacks {lacking}. Write {protocol}://….")
    if protocol not in allowed:
        known = ", ".join(sorted(f"{one}://" for one in allowed))
        raise ReportError(f"{feature} does not know {protocol}://. Give a path, or one of {known}.")
    if protocol in {"file", "local"} and "://" in address and urlsplit(address).netloc:
        raise ReportError(
            f"{feature}: a {protocol}:// address names no host, no user and no password. Write "
            f"{protocol}:///folder."
        )
    if "://" in address and not address.partition("://")[2].strip("/"):
        raise ReportError(f"{feature} {protocol}:// is not complete. Write the folder after it.")
    try:
        get_filesystem_class(protocol)
    except ImportError as error:
        package = _PACKAGES.get(protocol) or error.name or protocol
        raise package_missing(f"{feature} {protocol}://…", package) from None


def open_filesystem(address: str) -> tuple[Any, str]:
    """The filesystem of an address, and the path in it; listings are never those of before."""
    options: dict[str, Any] = {"skip_instance_cache": True}
    if address_protocol(address) in S3_PROTOCOLS and "config_kwargs" not in conf.get("s3", {}):
        options["config_kwargs"] = _S3_TIMEOUTS
    if address_protocol(address) in {"http", "https"}:
        from aiohttp import ClientTimeout  # noqa: PLC0415 slow to import, and seldom used

        timeout = ClientTimeout(sock_connect=_CONNECT_SECONDS, sock_read=_READ_SECONDS)
        options["client_kwargs"] = {"timeout": timeout}
    scheme, separator, rest = address.partition("://")  # fsspec knows a scheme in lower case only
    filesystem, path = url_to_fs(f"{scheme.lower()}://{rest}" if separator else address, **options)
    return filesystem, path


def read_start(address: str, max_bytes: int) -> bytes:
    """The bytes of a file, no more than `max_bytes`; raises whatever the driver raises."""
    filesystem, path = open_filesystem(address)
    # Not by blocks: a server may know neither its file's size nor how to send a part of it.
    streamed = {"block_size": 0} if address_protocol(address) in {"http", "https"} else {}
    with filesystem.open(path, "rb", **streamed) as file:
        content: bytes = file.read(max_bytes)
    return content
