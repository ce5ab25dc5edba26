"""What the processes that run notebooks inherit of the environment: what they need, no secrets."""

from __future__ import annotations

import os
from collections.abc import Iterable, Iterator, Mapping, MutableMapping
from contextlib import contextmanager

from helpers.system.redaction import is_secret_name

SMTP_PREFIX = "FUNDING_REPORT_SMTP_"
EXTRA_NAMES_VARIABLE = "FUNDING_REPORT_NOTEBOOK_VARIABLES"  # further names, separated by blanks

# What Python, its libraries and the system need to run a program.
_NOT_PRIVATE = {
    "COLUMNS", "HOME", "HOSTNAME", "IPYTHONDIR", "LANG", "LANGUAGE", "LD_LIBRARY_PATH",
    "LD_PRELOAD", "LINES", "LOGNAME", "NO_COLOR", "OPENSSL_CONF", "PATH", "PWD",
    "REQUESTS_CA_BUNDLE", "SHELL", "SOURCE_DATE_EPOCH", "SSL_CERT_DIR", "SSL_CERT_FILE", "TEMP",
    "TERM", "TMP", "TMPDIR", "TZ", "TZDIR", "USER", "VIRTUAL_ENV",
    # Windows
    "APPDATA", "COMSPEC", "HOMEDRIVE", "HOMEPATH", "LOCALAPPDATA", "NUMBER_OF_PROCESSORS",
    "PATHEXT", "PROCESSOR_ARCHITECTURE", "PROGRAMDATA", "PROGRAMFILES", "SYSTEMDRIVE", "SYSTEMROOT",
    "USERNAME", "USERPROFILE", "WINDIR",
}  # fmt: skip
_KEPT_PREFIXES = (
    "ARROW_", "CONDA_", "COV_", "COVERAGE_", "DYLD_", "FONTCONFIG_", "FUNDING_REPORT_", "JE_ARROW_",
    "JUPYTER_", "LC_", "MKL_", "MPL", "NUMEXPR_", "OMP_", "OPENBLAS_", "PYTHON", "XDG_",
)  # fmt: skip
# A process that forks must have one thread. OpenBLAS and Arrow's allocator start threads when they
# are loaded unless these are set by then.
ONE_THREAD_ENVIRONMENT = {
    "OPENBLAS_NUM_THREADS": "1",
    "JE_ARROW_MALLOC_CONF": "background_thread:false",
}
_INLINE_BACKEND_ENVIRONMENT = {"MPLBACKEND": "module://matplotlib_inline.backend_inline"}
_PROXY_NAMES = ("HTTP_PROXY", "HTTPS_PROXY", "NO_PROXY", "ALL_PROXY")
# What the driver of a register's address reads, by the protocol that the address begins with.
_DRIVER_PREFIXES = {
    "postgresql": ("PG",),
    "mysql": ("MYSQL_",),
    "mariadb": ("MYSQL_", "MARIADB_"),
    "mssql": ("ODBC", "KRB5"),
    "oracle": ("ORACLE_", "TNS_", "NLS_"),
    "s3": ("AWS_", *_PROXY_NAMES),
    "s3a": ("AWS_", *_PROXY_NAMES),
    "gs": ("GOOGLE_", *_PROXY_NAMES),
    "gcs": ("GOOGLE_", *_PROXY_NAMES),
    "az": ("AZURE_", *_PROXY_NAMES),
    "abfs": ("AZURE_", *_PROXY_NAMES),
    "abfss": ("AZURE_", *_PROXY_NAMES),
    "sftp": ("SSH_",),
    "ssh": ("SSH_",),
    "smb": ("KRB5",),
    "http": _PROXY_NAMES,
    "https": _PROXY_NAMES,
}


def take_smtp_variables(environment: MutableMapping[str, str]) -> dict[str, str]:
    """Remove the SMTP variables from the environment and return them."""
    return {
        name: environment.pop(name) for name in list(environment) if name.startswith(SMTP_PREFIX)
    }


def notebook_environment(
    environment: Mapping[str, str], addresses: Iterable[str] = (), names: Iterable[str] = ()
) -> dict[str, str]:
    """A copy of the environment with what a notebook needs.

    `addresses` are those of registers, whose drivers read variables; `names` are kept as well, and
    those in EXTRA_NAMES_VARIABLE.
    """
    kept = {*names, *environment.get(EXTRA_NAMES_VARIABLE, "").split()}
    prefixes = tuple(prefix for address in addresses for prefix in _driver_prefixes(address))
    return {
        name: value
        for name, value in environment.items()
        if not name.startswith(SMTP_PREFIX)
        and (name in kept or name.upper().startswith(prefixes) or _is_harmless(name.upper()))
    }


def server_environment() -> dict[str, str]:
    """The environment that the fork server starts with: what notebooks need of this process's.

    The system shows the environment that a process was started with for as long as the process
    runs, so removing a password afterwards would not hide it.
    """
    return _INLINE_BACKEND_ENVIRONMENT | notebook_environment(os.environ) | ONE_THREAD_ENVIRONMENT


@contextmanager
def environment_replaced(environment: Mapping[str, str]) -> Iterator[None]:
    """Give this process another environment within the context.

    A variable that both have is always there: other threads may read it.
    """
    saved = dict(os.environ)
    try:
        _set_environment(environment)
        yield
    finally:
        _set_environment(saved)


def _set_environment(environment: Mapping[str, str]) -> None:
    for name in os.environ.keys() - environment.keys():
        del os.environ[name]
    os.environ.update(environment)


@contextmanager
def without_library_threads() -> Iterator[None]:
    """Let the libraries that are imported in the context start no threads, so that one can fork."""
    with environment_replaced({**os.environ, **ONE_THREAD_ENVIRONMENT}):
        yield


def _is_harmless(name: str) -> bool:
    return (name in _NOT_PRIVATE or name.startswith(_KEPT_PREFIXES)) and not is_secret_name(name)


def _driver_prefixes(address: str) -> tuple[str, ...]:
    protocol, separator, _ = address.partition("://")
    return _DRIVER_PREFIXES.get(protocol.partition("+")[0].lower(), ()) if separator else ()
