"""Unsaved text: it knows its database, its window and what its editor saw."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

from hypotheses.problems import Refused
from store.drafts import Draft, Drafts
from store.paths import data_folder

HALF = Draft({"title": "half a thought"}, {"title": "as it was"})
OTHER = Draft({"title": "another"}, {"title": "as it was"})


@pytest.fixture
def window(tmp_path: Path) -> Iterator[Drafts]:
    drafts = Drafts(str(tmp_path / "a.db"))
    yield drafts
    drafts.close()


def test_a_draft_comes_back_with_what_its_editor_saw(window: Drafts) -> None:
    assert window.take_up("form") is None
    window.keep("form", OTHER)
    window.keep("form", HALF)
    assert window.take_up("form") == HALF
    assert window.take_up("another form") is None
    window.drop("form")
    assert window.take_up("form") is None


def test_names_that_read_alike_have_drafts_of_their_own(window: Drafts) -> None:
    long = "x" * 300
    for place, name in enumerate(["a.b", "a_b", "a/b", "../b", long, f"{long}y", ""]):
        window.keep(name, Draft({"title": str(place)}, {}))
    for place, name in enumerate(["a.b", "a_b", "a/b", "../b", long, f"{long}y", ""]):
        assert window.take_up(name) == Draft({"title": str(place)}, {})
    assert {path.parent.parent for path in data_folder().rglob("*.json")} == {data_folder() / "drafts"}


def test_text_typed_on_one_database_does_not_come_back_in_another(tmp_path: Path, window: Drafts) -> None:
    window.keep("form", HALF)
    window.close()
    assert Drafts(str(tmp_path / "b.db")).take_up("form") is None
    # The same database by another name is the same.
    (tmp_path / "link.db").symlink_to(tmp_path / "a.db")
    assert Drafts(str(tmp_path / "link.db")).take_up("form") == HALF


def test_two_windows_do_not_share_a_draft(tmp_path: Path, window: Drafts) -> None:
    beside = Drafts(str(tmp_path / "a.db"))
    window.keep("form", HALF)
    assert beside.take_up("form") is None
    beside.keep("form", OTHER)
    assert (window.take_up("form"), beside.take_up("form")) == (HALF, OTHER)
    beside.drop("form")
    assert window.take_up("form") == HALF


def test_what_a_window_left_is_taken_up_once_by_the_next(tmp_path: Path, window: Drafts) -> None:
    window.keep("form", HALF)
    window.close()
    first, second = Drafts(str(tmp_path / "a.db")), Drafts(str(tmp_path / "a.db"))
    assert first.take_up("form") == HALF
    assert second.take_up("form") is None
    first.close()
    assert second.take_up("form") == HALF
    second.close()


def test_a_window_that_was_killed_has_left_its_draft(tmp_path: Path) -> None:
    program = (
        "import sys, time; from store.drafts import Draft, Drafts; "
        f"drafts = Drafts({str(tmp_path / 'a.db')!r}); drafts.keep('form', Draft({{'title': 'half'}}, {{}})); "
        "print('kept', flush=True); time.sleep(60)"
    )
    window = subprocess.Popen([sys.executable, "-c", program], stdout=subprocess.PIPE, text=True, env=dict(os.environ))
    with window:
        assert window.stdout is not None
        assert window.stdout.readline() == "kept\n"
        assert Drafts(str(tmp_path / "a.db")).take_up("form") is None
        window.send_signal(signal.SIGKILL)
    assert Drafts(str(tmp_path / "a.db")).take_up("form") == Draft({"title": "half"}, {})


def test_a_file_that_cannot_be_read_counts_as_nothing(window: Drafts) -> None:
    window.keep("form", HALF)
    (kept,) = data_folder().rglob("*.json")
    for broken in [b"", b"{", b"[]", b'{"texts": 1, "seen": {}}', b'{"texts": {}}', b"\xff", b"[" * 100_000]:
        kept.write_bytes(broken)
        assert window.take_up("form") is None
    kept.write_bytes(b'{"texts": {"title": "t", "odd": 1}, "seen": {}}')
    assert window.take_up("form") == Draft({"title": "t"}, {})


def test_drafts_are_readable_by_nobody_else(window: Drafts) -> None:
    window.keep("form", HALF)
    for path in (data_folder() / "drafts").rglob("*"):
        assert path.stat().st_mode & 0o077 == 0


def test_a_folder_that_cannot_be_written_is_told(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    (tmp_path / "file").write_text("")
    monkeypatch.setenv("ABDUCE_HOME", str(tmp_path / "file"))
    with pytest.raises(Refused, match="cannot be written"):
        Drafts("x.db").keep("form", HALF)
    assert Drafts("x.db").take_up("form") is None
