"""Files are there whole or not at all, and nothing is overwritten by accident."""

from __future__ import annotations

import os
import sqlite3
from pathlib import Path

import pytest

from hypotheses.problems import Refused
from store.debate_store import DebateStore
from store.disk import write_whole
from tests.store.conftest import OpenStore


def test_a_new_file_is_private(tmp_path: Path) -> None:
    write_whole(tmp_path / "x.md", "é\r\n\n", sparing=())
    assert (tmp_path / "x.md").read_bytes() == "é\r\n\n".encode()
    assert (tmp_path / "x.md").stat().st_mode & 0o777 == 0o600


def test_an_existing_file_is_replaced_on_purpose_only_and_keeps_its_mode(tmp_path: Path) -> None:
    path = tmp_path / "x.md"
    path.write_text("old")
    path.chmod(0o644)
    with pytest.raises(Refused, match=r"x\.md exists already; use --force to replace it"):
        write_whole(path, "new", sparing=())
    assert path.read_text() == "old"
    write_whole(path, "new", sparing=(), force=True)
    assert (path.read_text(), path.stat().st_mode & 0o777) == ("new", 0o644)


@pytest.mark.parametrize("force", [False, True])
def test_a_link_is_not_followed(tmp_path: Path, force: bool) -> None:
    (tmp_path / "theirs").write_text("theirs")
    (tmp_path / "link").symlink_to(tmp_path / "theirs")
    (tmp_path / "loose").symlink_to(tmp_path / "nothing")
    for name in ("link", "loose"):
        with pytest.raises(Refused, match="is a link, a folder or a device; expected a file"):
            write_whole(tmp_path / name, "mine", sparing=(), force=force)
    assert (tmp_path / "theirs").read_text() == "theirs"
    assert not (tmp_path / "nothing").exists()


def test_where_nothing_can_be_written_it_says_why(tmp_path: Path) -> None:
    with pytest.raises(Refused, match=r"none/x\.md cannot be written: No such file or directory"):
        write_whole(tmp_path / "none" / "x.md", "x", sparing=())
    with pytest.raises(Refused, match="is a link, a folder or a device"):
        write_whole(tmp_path, "x", sparing=(), force=True)


def test_a_disk_that_fails_leaves_the_old_file_and_nothing_else(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def full(descriptor: int) -> None:
        raise OSError(28, os.strerror(28))

    path = tmp_path / "x.md"
    path.write_text("old")
    monkeypatch.setattr(os, "fsync", full)
    with pytest.raises(Refused, match="cannot be written: No space left on device"):
        write_whole(path, "new", sparing=(), force=True)
    assert path.read_text() == "old"
    assert [found.name for found in tmp_path.iterdir() if found.is_file()] == ["x.md"]


def test_a_database_is_not_replaced_by_text_under_any_name(tmp_path: Path) -> None:
    database = tmp_path / "x.db"
    kept = sqlite3.connect(database)
    kept.execute("CREATE TABLE t (a)")
    kept.close()
    before = database.read_bytes()
    (tmp_path / "hard.md").hardlink_to(database)
    for name in ("x.db", "hard.md"):
        with pytest.raises(Refused, match="is a file that Abduce works with, or a database; expected another file"):
            write_whole(tmp_path / name, "text", sparing=(), force=True)
    assert database.read_bytes() == before


@pytest.mark.parametrize("is_there", [True, False])
def test_what_is_to_be_spared_is_neither_replaced_nor_made(tmp_path: Path, is_there: bool) -> None:
    spared = tmp_path / "folder" / "x.db-wal"
    spared.parent.mkdir()
    (tmp_path / "other").symlink_to(spared.parent)
    names = [spared, tmp_path / "other" / "x.db-wal", tmp_path / "folder" / ".." / "other" / "x.db-wal"]
    if is_there:
        spared.touch()
        (tmp_path / "hard.md").hardlink_to(spared)
        names.append(tmp_path / "hard.md")
    for path in names:
        with pytest.raises(Refused, match="is a file that Abduce works with"):
            write_whole(path, "text", sparing=[tmp_path / "none", spared], force=True)
    assert spared.exists() is is_there
    assert not is_there or spared.read_bytes() == b""


def test_a_database_with_all_that_belongs_to_it_is_spared(open_store: OpenStore, path: Path, home: Path) -> None:
    (home / "drafts").mkdir(parents=True)
    (home / "drafts" / "evidence.json").touch()
    link = path.with_name("link.db")
    link.symlink_to(path)
    open_store().close()
    with DebateStore.open(str(link)) as store:
        spared = store.own_files
    assert {link, *(path.with_name(path.name + end) for end in ("-wal", "-shm", "-journal"))} <= set(spared)
    assert {home / name for name in ("settings.toml", "remembered.json", "drafts/evidence.json")} <= set(spared)


def test_a_file_that_is_there_though_the_disk_failed_is_not_told_as_unwritten(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def fail(_: Path) -> None:
        raise OSError(5, "Input/output error")

    monkeypatch.setattr("store.disk.sync_folder", fail)
    with pytest.raises(Refused, match=r"the disk failed as .*\.md was put in its place .*; look whether it is there"):
        write_whole(tmp_path / "out.md", "text", sparing=())
    assert (tmp_path / "out.md").read_text() == "text"
    assert [file.name for file in tmp_path.iterdir() if file.is_file()] == ["out.md"]
