from __future__ import annotations

import pytest

from helpers.system.redaction import (
    find_secrets,
    holds_secret,
    is_connection_string,
    is_secret_name,
    redact,
)

# Every one holds the made-up password "Gr0dan+kväker", and nothing else that is secret.
CONNECTION_STRINGS = [
    "Server=tcp:db.example,1433;Database=svar;User ID=lasare;Password=Gr0dan+kväker;Encrypt=yes",
    "SERVER = db.example ; UID = lasare ; PWD = Gr0dan+kväker ;",
    "Driver={ODBC Driver 18 for SQL Server};Server=db;Uid=lasare;Pwd={Gr0dan+kväker}",
    'Provider=MSOLEDBSQL;Data Source=db;User Id=lasare;pass word="Gr0dan+kväker";',
    "host=db.example port=5432 dbname=svar user=lasare password=Gr0dan+kväker sslmode=require",
    "host=db password='Gr0dan+kväker'",
    "PASSWD=Gr0dan+kväker;HOST=db",
    "Data Source=db; Lösenord = Gr0dan+kväker",
    "AccountName=svar;AccountKey=Gr0dan+kväker;EndpointSuffix=core.example",
    "jdbc:sqlserver://db.example:1433;user=lasare;password=Gr0dan+kväker",
    "Server=db;DB_PASSWORD=Gr0dan+kväker;Dbq=svar.xlsx",
    '{"host": "db", "password": "Gr0dan+kväker"}',
]


@pytest.mark.parametrize("text", CONNECTION_STRINGS)
def test_the_password_of_a_connection_string_is_hidden_in_any_spelling(text: str) -> None:
    assert is_connection_string(text)
    assert holds_secret(text)
    assert "dan+kv" not in redact(f"There is no file {text}. Check it.")
    assert "Gr0dan+kväker" in find_secrets(text)


@pytest.mark.parametrize(
    ("text", "shown"),
    [
        ("see postgresql://me:a@b@host/db.", "see postgresql://***@host/db."),
        (
            "https://h.example/svar.csv?sv=1&sig=abc%3D is old",
            "https://h.example/svar.csv?*** is old",
        ),
        ("s3://bucket/svar.csv?versionId=abc", "s3://bucket/svar.csv?***"),
        ("key AKIAABCDEFGHIJKLMNOP here", "key *** here"),
    ],
)
def test_addresses_keep_what_is_not_secret(text: str, shown: str) -> None:
    assert redact(text) == shown


@pytest.mark.parametrize(
    "text",
    [
        "the server does not accept the user or the password. Check both.",
        "Is it https://example.org/svar.csv? Then download it.",
        "kompass=3",
        "Write it as postgresql://USER:PASSWORD@HOST/DATABASE.",
        "data/rounds/skl-2016/decisions.csv",
        "In a password write @ as %40, / as %2F, : as %3A",
    ],
)
def test_ordinary_texts_are_left_alone(text: str) -> None:
    assert redact(text) == text
    assert not holds_secret(text)


def test_secrets_in_environment_variables_are_found_raw_and_decoded(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setenv("REGISTER", " postgresql://me:a%40b@host/db ")
    assert find_secrets("env:REGISTER") == ["a%40b", "a@b"]
    monkeypatch.setenv("REGISTER", 'Server=h;PWD="to""ad"')
    assert set(find_secrets("env:REGISTER")) == {'to""ad', 'to"ad'}
    assert redact('it said to"ad', find_secrets("env:REGISTER")) == "it said ***"
    assert find_secrets(None) == find_secrets("svar.csv") == []


@pytest.mark.parametrize("text", ["a=b.csv", "svar 2016=slut.csv", "mapp/år=2017/svar.csv", ""])
def test_a_path_with_an_equals_sign_is_no_connection_string(text: str) -> None:
    assert not is_connection_string(text)


@pytest.mark.parametrize(
    "name", ["password", "db-passwd", "PWD", "api_key", "access token", "lösen"]
)
def test_keys_are_known_by_their_name(name: str) -> None:
    assert is_secret_name(name)


@pytest.mark.parametrize("name", ["requested", "members", "passing", "design", "key_dates"])
def test_other_keys_are_not(name: str) -> None:
    assert not is_secret_name(name)
