"""`abduce copy`, and commands on a PostgreSQL server."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from tests import databases
from tests.tui.cli.conftest import Abduce


@pytest.fixture
def server() -> Iterator[str]:
    with databases.schema() as url:
        yield url


def test_a_file_is_copied_to_a_server_goes_on_there_and_comes_back(
    abduce: Abduce, server: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    abduce.done("plausibility", "2", "55%", "--why", "They say so.")
    exported = abduce.done("export", "--format", "json").out
    rows = abduce.done("copy", "--to", server, "--json").json["rows"]
    assert (rows["debate"], rows["journal_entry"]) == (1, 2)
    monkeypatch.setenv("ABDUCE_DB", server)
    assert abduce.done("export", "--format", "json").out == exported
    abduce.done("undo")
    abduce.done("evidence", "add", "A survey", "--rate", "1=+")
    abduce.done("idea", "submit", "Ask the shops")
    assert "survey" in abduce.done("evidence", "list").out
    assert "Ask the shops" in abduce.done("idea", "list", "--json").out
    exported, history = abduce.done("export", "--format", "json").out, abduce.done("history").out
    told = abduce.done("copy", "--to", str(tmp_path / "back.db")).out
    assert told.startswith("1 debates with 5 entries of the journal: ")
    monkeypatch.delenv("ABDUCE_DB")
    assert abduce.done("export", "--format", "json", "--db", str(tmp_path / "back.db")).out == exported
    assert abduce.done("history", "--db", str(tmp_path / "back.db")).out == history


def test_what_is_there_is_refused(abduce: Abduce, tmp_path: Path) -> None:
    target = str(tmp_path / "other.db")
    abduce.done("debates", "--db", target)
    assert "there is a database in" in abduce.refused("copy", "--to", target)
    assert "there is a database in" in abduce.refused("copy", "--to", str(abduce.home / "abduce.db"))
    assert "there is no folder" in abduce.refused("copy", "--to", str(tmp_path / "nowhere" / "x.db"))


@pytest.mark.parametrize("url", ["postgresql://ana:s3cret@host/x", "postgresql://host/x?password=s3cret"])
def test_a_password_on_the_command_line_is_refused_and_not_shown(abduce: Abduce, url: str) -> None:
    for arguments in (("copy", "--to", url), ("show", "--db", url)):
        told = abduce.refused(*arguments)
        assert "has a password in it, which others on this machine can read" in told
        assert "s3cret" not in told
