"""The source of a register: a file, an address or a database, never shown with its secrets."""

from __future__ import annotations

import os
import re
from collections.abc import Iterator
from pathlib import Path
from urllib.parse import unquote, urlsplit

from helpers.errors import ReportError
from helpers.system.environment import ENVIRONMENT_PREFIX
from helpers.system.files import read_bytes
from helpers.system.redaction import is_connection_string

_MAX_BYTES = 300_000_000
_VARIABLE_NAME = re.compile(r"[\w.-]+")
_STARTS_WITH_PROTOCOL = re.compile(r"[\w.+-]+://")
# A text that may be a mistyped database URL, with its password in it.
_UNSHOWN_CHARACTERS = re.compile(r"[@=;{}?]|:/")

_NO_FILE_MESSAGE = "there is no such file. Check the address."
_CONNECTION_STRING_MESSAGE = (
    "The register is given as a connection string of keywords. Write a database as an address: "
    "postgresql://USER:PASSWORD@HOST/DATABASE, mssql+pyodbc://… or sqlite:///FILE, in an "
    "environment variable, and name it as env:NAME."
)


def resolve_source(where: str) -> str:
    """Return the path or address, read from the environment for "env:NAME".

    Raises ReportError, which does not quote the value, if it is neither.
    """
    path_or_url = _resolve_environment(where)
    if not _STARTS_WITH_PROTOCOL.match(path_or_url) and is_connection_string(path_or_url):
        raise ReportError(_CONNECTION_STRING_MESSAGE)
    if path_or_url.lower().startswith("jdbc:"):
        raise ReportError(f"jdbc: belongs to Java. {_CONNECTION_STRING_MESSAGE}")
    return path_or_url


def _resolve_environment(where: str) -> str:
    name = where.removeprefix(ENVIRONMENT_PREFIX)
    if name == where:
        return where
    if not _VARIABLE_NAME.fullmatch(name):
        raise ReportError("Write env: and the name of a variable, as env:REGISTER.")
    path_or_url = os.environ.get(name, "").strip()
    if not path_or_url:
        raise ReportError(
            f"The environment variable {name!r} is not set. "
            "Set it to the path of the register or the address of its database."
        )
    return path_or_url


def shown_source(path_or_url: str) -> str:
    """Return a source's name for messages, unless it may be a mistyped address with a password."""
    if _UNSHOWN_CHARACTERS.search(path_or_url):
        return "The register"
    return f"The register {Path(path_or_url).name!r}"


def is_file_source(path_or_url: str) -> bool:
    """Return whether a source is a path or the address of a file (https://, s3://, …).

    False for the URL of a database.
    """
    if "://" not in path_or_url:
        return True
    from helpers.system.remote_addresses import is_file_address  # noqa: PLC0415 slow to import

    is_chained = "::" in path_or_url.partition("://")[0]  # simplecache::https://…
    return is_chained or is_file_address(path_or_url)


def file_name(path_or_url: str) -> str:
    """Return the name of a file without its folder and an address's query."""
    if "://" not in path_or_url:
        return Path(path_or_url).name
    return unquote(urlsplit(path_or_url).path).rstrip("/").rpartition("/")[2] or "register"


def read_source(path_or_url: str) -> bytes:
    """Return the bytes of a file; raises ReportError without any secret if reading fails."""
    if "://" in path_or_url:
        return _read_address(path_or_url)
    try:
        return read_bytes(Path(path_or_url), _MAX_BYTES)
    except ReportError:
        _refuse_slip(path_or_url)
        if not _UNSHOWN_CHARACTERS.search(path_or_url):
            raise
        raise ReportError("The register's file cannot be read. Check its path.") from None


def _refuse_slip(path: str) -> None:
    """Raise ReportError for a path that is an address with too few slashes, such as s3:/bucket."""
    if re.match(r"[A-Za-z][\w+.-]+:", path):
        from helpers.system import remote_addresses  # noqa: PLC0415 slow to import

        known = remote_addresses.READ_PROTOCOLS
        remote_addresses.require_address(path, "--decisions", known)


def _read_address(address: str) -> bytes:
    from helpers.system import remote_addresses  # noqa: PLC0415 slow to import

    if "::" in address:
        raise ReportError("--decisions takes one address, without ::. Give that of the file.")
    remote_addresses.require_address(address, "--decisions", remote_addresses.READ_PROTOCOLS)
    shown = remote_addresses.safe_address(address)
    try:
        data = remote_addresses.read_start(address, _MAX_BYTES + 1)
    except Exception as error:  # a driver may raise anything, and quote anything
        raise ReportError(f"{shown}: {_explain_failure(error)}") from None
    if len(data) > _MAX_BYTES:
        raise ReportError(
            f"{shown}: the file is larger than {_MAX_BYTES // 10**6} MB. Keep only the register."
        )
    return data


def _explain_failure(error: Exception) -> str:
    """Return what went wrong in the project's words.

    fsspec raises FileNotFoundError for many errors that it wraps, so the cause is examined.
    """
    causes = list(_causes(error))
    kinds = {type(one).__name__ for one in causes}
    statuses = {getattr(one, "status", None) for one in causes}
    if statuses & {401, 403} or any("Credentials" in kind for kind in kinds):
        return "it may not be read. Check the key or the password, and how long it is valid."
    if statuses & {404, 410}:
        return _NO_FILE_MESSAGE
    if any("Connect" in kind or "Timeout" in kind for kind in kinds):
        return "it cannot be reached. Check the address, and that the server is running."
    if isinstance(error, FileNotFoundError):
        return _NO_FILE_MESSAGE
    if isinstance(error, PermissionError):
        return "it may not be read. Check the key or the password, and how long it is valid."
    kind = type(causes[-1]).__name__
    return f"it cannot be read ({kind}). Open it with another program, or read a copy of the file."


def _causes(error: BaseException | None) -> Iterator[BaseException]:
    while error is not None:
        yield error
        error = error.__cause__ or error.__context__
