"""Where things are kept."""

from __future__ import annotations

from pathlib import Path

import pytest

from store.paths import (
    config_folder,
    data_folder,
    database_location,
    default_database,
    drafts_folder,
    make_private,
    password_in,
    path_of,
)


def test_everything_is_in_the_home_that_is_named(home: Path) -> None:
    assert data_folder() == config_folder() == home
    assert database_location() == str(default_database()) == str(home / "abduce.db")


def test_without_one_it_is_in_the_platforms_folders(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv("ABDUCE_HOME")
    monkeypatch.setenv("HOME", str(tmp_path))
    for name in ("XDG_DATA_HOME", "XDG_CONFIG_HOME"):
        monkeypatch.delenv(name, raising=False)
    assert data_folder().is_relative_to(tmp_path)
    assert config_folder().is_relative_to(tmp_path)
    assert data_folder().name == config_folder().name == "abduce"


def test_the_option_comes_before_the_variable(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("ABDUCE_DB", "/variable.db")
    assert database_location() == "/variable.db"
    assert database_location("/option.db") == "/option.db"


def test_new_folders_are_private_and_old_ones_left_alone(tmp_path: Path) -> None:
    tmp_path.chmod(0o755)
    make_private(tmp_path / "a" / "b")
    modes = [folder.stat().st_mode & 0o777 for folder in (tmp_path, tmp_path / "a", tmp_path / "a" / "b")]
    assert modes == [0o755, 0o700, 0o700]


def test_the_home_of_somebody_unknown_is_a_folder_that_is_not_there(monkeypatch: pytest.MonkeyPatch) -> None:
    assert path_of("~/notes.db") == Path.home() / "notes.db"
    assert path_of("~nobody-of-this-name/notes.db") == Path("~nobody-of-this-name/notes.db")
    monkeypatch.setenv("ABDUCE_HOME", "~nobody-of-this-name")
    assert data_folder() == config_folder() == Path("~nobody-of-this-name")


@pytest.mark.parametrize(
    ("location", "password"),
    [
        ("postgresql://ana:s3c%20ret@host:5432/x", "s3c ret"),
        ("postgresql+psycopg://host/x?user=ana&password=s3cret", "s3cret"),
        ("postgresql://ana@host/x?passfile=/home/ana/.pgpass", ""),
        ("postgresql://[host/x", ""),
        ("a:b@c.db", ""),
    ],
)
def test_a_password_in_a_url_is_found(location: str, password: str) -> None:
    assert password_in(location) == password


def test_unsaved_text_of_a_server_is_found_again_with_another_password() -> None:
    places = {drafts_folder(f"postgresql://ana{password}@host/x") for password in ("", ":one", ":two")}
    assert len(places) == 1
    assert drafts_folder("postgresql://bob@host/x") not in places
