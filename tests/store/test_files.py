"""Files are there whole or not at all, and nothing is overwritten by accident."""

from __future__ import annotations

import os
from pathlib import Path

import pytest

from store.errors import Refused
from store.files import write_whole


def test_a_new_file_is_private(tmp_path: Path) -> None:
    write_whole(tmp_path / "x.md", "é\r\n\n")
    assert (tmp_path / "x.md").read_bytes() == "é\r\n\n".encode()
    assert (tmp_path / "x.md").stat().st_mode & 0o777 == 0o600


def test_an_existing_file_is_replaced_on_purpose_only_and_keeps_its_mode(tmp_path: Path) -> None:
    path = tmp_path / "x.md"
    path.write_text("old")
    path.chmod(0o644)
    with pytest.raises(Refused, match=r"x\.md exists already; use --force to replace it"):
        write_whole(path, "new")
    assert path.read_text() == "old"
    write_whole(path, "new", force=True)
    assert (path.read_text(), path.stat().st_mode & 0o777) == ("new", 0o644)


@pytest.mark.parametrize("force", [False, True])
def test_a_link_is_not_followed(tmp_path: Path, force: bool) -> None:
    (tmp_path / "theirs").write_text("theirs")
    (tmp_path / "link").symlink_to(tmp_path / "theirs")
    (tmp_path / "loose").symlink_to(tmp_path / "nothing")
    for name in ("link", "loose"):
        with pytest.raises(Refused, match="is a link, a folder or a device; expected a file"):
            write_whole(tmp_path / name, "mine", force=force)
    assert (tmp_path / "theirs").read_text() == "theirs"
    assert not (tmp_path / "nothing").exists()


def test_where_nothing_can_be_written_it_says_why(tmp_path: Path) -> None:
    with pytest.raises(Refused, match=r"none/x\.md cannot be written: No such file or directory"):
        write_whole(tmp_path / "none" / "x.md", "x")
    with pytest.raises(Refused, match="is a link, a folder or a device"):
        write_whole(tmp_path, "x", force=True)


def test_a_disk_that_fails_leaves_the_old_file_and_nothing_else(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def full(descriptor: int) -> None:
        raise OSError(28, os.strerror(28))

    path = tmp_path / "x.md"
    path.write_text("old")
    monkeypatch.setattr(os, "fsync", full)
    with pytest.raises(Refused, match="cannot be written: No space left on device"):
        write_whole(path, "new", force=True)
    assert path.read_text() == "old"
    assert [found.name for found in tmp_path.iterdir() if found.is_file()] == ["x.md"]
