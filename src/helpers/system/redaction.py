"""Keeps passwords, keys and the query of an address out of what is printed, logged or archived."""

from __future__ import annotations

import os
import re
from collections.abc import Iterator
from functools import lru_cache
from urllib.parse import unquote, unquote_plus

from helpers.system.environment import ENVIRONMENT_PREFIX

REDACTED = "***"

# Up to the last @ of a word: a password may hold an @ that should have been written as %40.
# The form that messages show is not a secret.
_CREDENTIALS = re.compile(r"(://)(?!USER:PASSWORD@HOST)[^\s\"'<>]*@")
# A signed address carries its key there (?sig=…, ?X-Amz-Signature=…).
_QUERY = re.compile(r"(://[^\s\"'<>?]*\?)[^\s\"'<>]+")
# A word that names a secret, with what may be written around it: DB_PASSWORD, Account Key.
_REVEALING_WORD = (
    r"pass[ _-]?(?:word|wd|phrase|code)|(?<![^\W_])pass(?![^\W_])|lösen(?:ord)?|pwd|secret|"
    r"token|(?:api|access|account|private|shared|auth)[ _-]?(?:access[ _-]?)?key|"
    r"(?<![^\W_])sig(?:nature)?(?![^\W_])|signature|credential"
)
_SECRET_NAME = re.compile(_REVEALING_WORD, re.IGNORECASE)
# In a connection string, in any spelling and with blanks. What follows is hidden to the end of the
# line: each driver decides where a password ends, and an unquoted password may contain a ;.
_SECRET_KEYWORD = re.compile(
    rf"(?:{_REVEALING_WORD})\w*[\"']?\s*(?:=|(?<=[\"'])\s*:)", re.IGNORECASE
)
_SECRET_ASSIGNMENT = re.compile(rf"({_SECRET_KEYWORD.pattern}\s*)[^\s][^\r\n]*", re.IGNORECASE)
# Keys whose form gives them away: of AWS, GitHub and Slack, JSON Web Tokens, PEM.
_KEY_FORM = re.compile(
    r"\b(?:A[KS]IA[A-Z0-9]{16}\b|gh[opsru]_\w{20,}|github_pat_\w{20,}|xox[abprs]-[\w-]{10,}"
    r"|eyJ[\w-]{8,}\.[\w-]+\.[\w-]*)|-----BEGIN [A-Z ]*PRIVATE KEY-----"
)
_KEYWORD_VALUE = re.compile(
    r"\s*(?:\{(?P<braced>(?:[^}]|\}\})*)\}|\"(?P<double>(?:[^\"\\]|\\.|\"\")*)\""
    r"|'(?P<single>(?:[^'\\]|\\.|'')*)'|(?P<bare>[^;\r\n]*))"
)
# What connection strings of ODBC, ADO, JDBC and libpq have before an equals sign.
_CONNECTION_KEYWORD = re.compile(
    r"(?:^|[;\s?&])[\"']?(?:server|address|addr|network address|host|host ?addr|host ?name|port|"
    r"data ?source|driver|dsn|file ?dsn|provider|user|user ?id|user ?name|uid|database|db ?name|"
    r"initial ?catalog|dbq|account ?name|endpoint|default ?endpoints ?protocol|trusted_connection|"
    r"integrated security)[\"']?\s*=",
    re.IGNORECASE,
)


def redact(text: str, secrets: list[str] | None = None) -> str:
    """The text without passwords and keys: recognised by its form, and `secrets`."""
    text = _CREDENTIALS.sub(rf"\1{REDACTED}@", text)
    text = _QUERY.sub(rf"\1{REDACTED}", text)
    text = _KEY_FORM.sub(REDACTED, text)
    text = _SECRET_ASSIGNMENT.sub(rf"\1{REDACTED}", text)
    return hide_secrets(text, secrets or [])


def hide_secrets(text: str, secrets: list[str]) -> str:
    """The text with these secrets, and nothing else, hidden."""
    for secret in secrets:
        text = text.replace(secret, REDACTED)
    return text


def find_secrets(source: str | None) -> list[str]:
    """What is secret in a register's address or connection string, also one named by "env:NAME".

    Each as it is written and as it is meant, the longest first; none where there is none.
    """
    address = (source or "").strip()
    if address.startswith(ENVIRONMENT_PREFIX):
        name = address.removeprefix(ENVIRONMENT_PREFIX)
        address = os.environ.get(name, "").strip()
    found = {*_url_secrets(address), *_keyword_secrets(address)}
    return sorted(found - {""}, key=lambda secret: (-len(secret), secret))


def is_connection_string(text: str) -> bool:
    """Whether a text is a connection string of keywords (`Server=…;Password=…`), not a path."""
    return bool(_CONNECTION_KEYWORD.search(text) or _SECRET_KEYWORD.search(text))


@lru_cache(maxsize=1024)  # of every letter's environment, whose names are the same
def is_secret_name(name: str) -> bool:
    """Whether a key is called as a password, key or token is."""
    return bool(_SECRET_NAME.search(name))


@lru_cache(maxsize=256)
def holds_secret(value: str) -> bool:
    """Whether a value has the form of a key, or of an address with a password or a key in it."""
    query = _QUERY.search(value)
    return bool(
        re.search(r"://(?!USER:PASSWORD@HOST)[^\s/@:]*:[^\s@]+@", value)
        or _SECRET_KEYWORD.search(value)
        or _KEY_FORM.search(value)
        or (query and _SECRET_NAME.search(query[0]))
    )


def _url_secrets(address: str) -> Iterator[str]:
    _, separator, rest = address.partition("://")
    if not separator:
        return
    user, at, _ = rest.rpartition("@")
    password = user.partition(":")[2] if at else ""
    query = rest.partition("?")[2]
    values = [part.partition("=")[2] for part in query.split("&")]
    yield from (password, unquote(password), query)
    # A short value (`mode=ro`) is not a key, and would be hidden in every line.
    yield from (form for v in values if len(v) >= 8 for form in (v, unquote_plus(v)))


def _keyword_secrets(text: str) -> Iterator[str]:
    for keyword in _SECRET_KEYWORD.finditer(text):
        value = _KEYWORD_VALUE.match(text, keyword.end())
        if value and value["bare"] is None:
            inner = next(group for group in value.groups() if group is not None)
            yield from (inner, re.sub(r"([}'\"])\1", r"\1", inner), re.sub(r"\\(.)", r"\1", inner))
        elif value:
            # ODBC ends a value at a semicolon, libpq at a blank.
            bare = value["bare"].strip()
            yield from (bare, bare.partition(" ")[0])
