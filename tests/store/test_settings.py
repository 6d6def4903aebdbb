"""The settings, and what becomes of those that make no sense."""

from __future__ import annotations

import os
from pathlib import Path

import pytest

from store.proxy import EXPECTED
from store.settings import Loaded, Settings, load_settings, settings_file


def written(home: Path, text: str | bytes) -> Loaded:
    settings_file().write_bytes(text if isinstance(text, bytes) else text.encode())
    assert settings_file().parent == home
    return load_settings()


def test_without_a_file_everything_is_as_usual(home: Path) -> None:
    assert load_settings() == Loaded(Settings(mail="", offline=False, lookup_seconds=10))


def test_a_file_is_read(home: Path) -> None:
    loaded = written(home, 'mail = "ana@example.org"\noffline = true\nlookup_seconds = 2.5')
    assert loaded == Loaded(Settings("ana@example.org", True, 2.5))


def test_the_environment_goes_before_the_file(home: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("ABDUCE_MAIL", "bo@example.org")
    monkeypatch.setenv("ABDUCE_OFFLINE", "1")
    assert written(home, 'mail = "ana@example.org"').settings == Settings("bo@example.org", offline=True)
    monkeypatch.setenv("ABDUCE_PROXY", "http://proxy.example.org:3128")
    monkeypatch.setenv("SSL_CERT_FILE", "/etc/ssl/ours.pem")
    loaded = written(home, 'proxy = "http://other:1"\ncertificates = "/x"').settings
    assert (loaded.proxy, loaded.certificates) == ("http://proxy.example.org:3128", "/etc/ssl/ours.pem")
    monkeypatch.setenv("ABDUCE_OFFLINE", "no")
    assert written(home, "offline = true").settings.offline is False


@pytest.mark.parametrize(
    ("text", "warning"),
    [
        ("offlin = true", "there is no setting 'offlin'; did you mean 'offline'?"),
        ('offline = "yes"', "offline is 'yes'; expected true or false"),
        ("mail = 3", "mail is '3'; expected a mail address"),
        ('mail = "ana"', "mail is 'ana'; expected a mail address"),
        ('mail = "a@b.org\\r\\nX: y"', "mail is 'a@b.org\\r\\nX: y'; expected a mail address"),
        ("lookup_seconds = 0", "lookup_seconds is '0'; expected seconds from 1 to 120"),
        ("lookup_seconds = nan", "lookup_seconds is 'nan'; expected seconds from 1 to 120"),
        ('proxy = "socks5://ana:s3cr3t@proxy"', f"proxy is none; expected {EXPECTED}"),
        ("proxy = 3128", f"proxy is none; expected {EXPECTED}"),
        ("certificates = true", "certificates is 'True'; expected the path of a file or a folder"),
        ("lookup_seconds = true", "lookup_seconds is 'True'; expected seconds from 1 to 120"),
    ],
)
def test_what_makes_no_sense_is_a_warning_and_the_rest_counts(home: Path, text: str, warning: str) -> None:
    loaded = written(home, text)
    assert loaded == Loaded(Settings(), (f"{settings_file()}: {warning}",))
    others = "lookup_seconds = 3\n" if "seconds" not in text else "offline = true\n"
    assert written(home, others + text).settings != Settings()


@pytest.mark.parametrize("text", ["mail =", b"\xff", b"\0", "a = 1\na = 2", "x = " + "[" * 9000])
def test_a_broken_file_is_a_warning(home: Path, text: str | bytes) -> None:
    loaded = written(home, text)
    assert loaded.settings == Settings()
    (warning,) = loaded.warnings
    assert warning.startswith(f"{settings_file()} is not TOML: ")


def test_a_file_that_cannot_be_read_is_a_warning(home: Path) -> None:
    settings_file().mkdir()
    assert load_settings().warnings == (f"{settings_file()} is no file",)


def test_the_environment_is_checked_too(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("ABDUCE_OFFLINE", "perhaps")
    assert load_settings() == Loaded(Settings(), ("the environment: offline is 'perhaps'; expected true or false",))


def test_keys_are_a_table_of_texts(home: Path) -> None:
    assert written(home, '[keys]\nadopt = "b"\nsort = ""').settings.keys == {"adopt": "b", "sort": ""}
    loaded = written(home, '[keys]\nadopt = 3\nsort = "b"')
    assert loaded.settings.keys == {"sort": "b"}
    assert loaded.warnings == (f"{settings_file()}: keys.adopt is '3'; expected a key in quotes",)
    loaded = written(home, 'keys = "b"')
    assert loaded == Loaded(
        Settings(), (f"{settings_file()}: keys is 'b'; expected a table, [keys], of commands and their keys",)
    )


def test_a_file_whose_end_may_never_come_is_not_read(home: Path) -> None:
    os.mkfifo(settings_file())
    assert load_settings().warnings == (f"{settings_file()} is no file",)
