"""Folders of files: whole or not at all, and never out of the folder."""

from __future__ import annotations

import os
import stat
from pathlib import Path

import pytest

from hypotheses.problems import Refused
from store.folders import write_folder

FILES = {"a.md": "A", "inside/b.md": "B"}


@pytest.fixture
def place(tmp_path: Path) -> Path:
    """An empty folder."""
    folder = tmp_path / "place"
    folder.mkdir()
    return folder


def test_a_new_folder_has_all_of_the_files_and_is_private(place: Path) -> None:
    folder = place / "vault"
    write_folder(folder, FILES, sparing=())
    assert {str(path.relative_to(folder)) for path in folder.rglob("*.md")} == set(FILES)
    assert (folder / "inside" / "b.md").read_text(encoding="utf-8") == "B"
    assert stat.S_IMODE(folder.stat().st_mode) == 0o700
    assert stat.S_IMODE((folder / "a.md").stat().st_mode) == 0o600
    assert [path.name for path in place.iterdir()] == ["vault"]


def test_one_that_is_there_is_gone_on_with_by_force_only_and_the_rest_of_it_stays(place: Path) -> None:
    folder = place / "vault"
    write_folder(folder, FILES, sparing=())
    (folder / "mine.md").write_text("mine")
    with pytest.raises(Refused, match="exists already; use --force"):
        write_folder(folder, FILES, sparing=())
    write_folder(folder, {"a.md": "A2", "inside/c.md": "C"}, sparing=(), force=True)
    assert {path.name: path.read_text(encoding="utf-8") for path in folder.rglob("*.md")} == {
        "a.md": "A2",
        "b.md": "B",
        "c.md": "C",
        "mine.md": "mine",
    }


def test_a_file_that_is_so_already_is_left_alone(place: Path) -> None:
    folder = place / "vault"
    write_folder(folder, FILES, sparing=())
    before = {path: path.stat().st_ino for path in folder.rglob("*.md")}
    write_folder(folder, {**FILES, "a.md": "A2"}, sparing=(), force=True)
    moved = [path.name for path, number in before.items() if path.stat().st_ino != number]
    assert moved == ["a.md"]


@pytest.mark.parametrize(
    "name", ["../x.md", "/x.md", "a/../../x.md", "a/b/c.md", ".hidden", "a\\b", "", "a/", "C:x", "x\0y", "..", "a/.x"]
)
def test_no_name_leads_out_of_the_folder(name: str, place: Path) -> None:
    with pytest.raises(Refused, match="no place in a folder"):
        write_folder(place / "vault", {name: "x"}, sparing=())
    assert list(place.iterdir()) == []


def test_no_link_leads_out_of_the_folder(place: Path) -> None:
    outside, folder = place / "outside", place / "vault"
    outside.mkdir()
    (outside / "b.md").write_text("theirs")
    (place / "link").symlink_to(outside)
    with pytest.raises(Refused, match="is a link"):
        write_folder(place / "link", FILES, sparing=(), force=True)
    folder.mkdir()
    (folder / "inside").symlink_to(outside)
    with pytest.raises(Refused, match="is a link"):
        write_folder(folder, FILES, sparing=(), force=True)
    (folder / "inside").unlink()
    (folder / "a.md").symlink_to(outside / "b.md")
    with pytest.raises(Refused, match="is a link"):
        write_folder(folder, FILES, sparing=(), force=True)
    assert (outside / "b.md").read_text() == "theirs"
    assert [path.name for path in outside.iterdir()] == ["b.md"]


def test_what_cannot_be_written_leaves_nothing(place: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def full(_: int) -> None:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr("store.folders.os.fsync", full)
    with pytest.raises(Refused, match="cannot be written: No space left on device"):
        write_folder(place / "vault", FILES, sparing=())
    assert list(place.iterdir()) == []


def test_a_file_that_is_spared_is_not_replaced_under_another_name(place: Path) -> None:
    folder = place / "vault"
    folder.mkdir()
    (place / "kept").write_text("kept")
    os.link(place / "kept", folder / "a.md")
    with pytest.raises(Refused, match="works with"):
        write_folder(folder, FILES, sparing=[place / "kept"], force=True)
    assert (place / "kept").read_text() == "kept"
