"""`backup`, `restore` and `doctor` by command."""

from __future__ import annotations

import sqlite3
from contextlib import closing

from store.paths import default_database
from tests.tui.cli.conftest import Abduce


def spoil(statement: str) -> None:
    with closing(sqlite3.connect(default_database(), isolation_level=None)) as connection:
        connection.execute(statement)


def test_a_restore_drill(abduce: Abduce) -> None:
    """Backup, delete, restore, the same export."""
    before = abduce.done("export", "--format", "json").out
    backed_up = abduce.done("backup", str(abduce.home / "b.db"))
    assert backed_up.out == f"{abduce.home / 'b.db'}\n"
    assert backed_up.err.startswith("abduce: backed up and verified: ")
    for file in abduce.home.glob("abduce.db*"):
        file.unlink()
    restored = abduce.done("restore", str(abduce.home / "b.db"))
    assert restored.err == f"abduce: restored {abduce.home / 'b.db'}; there was no database before\n"
    assert abduce.done("export", "--format", "json").out == before


def test_what_a_restore_replaces_is_named(abduce: Abduce) -> None:
    target = abduce.done("backup").out.strip()
    abduce.done("debate", "edit", "--title", "Spoilt")
    said = abduce.done("restore", target).err
    assert said == f"abduce: restored {target}; the old database is {default_database()}.before-restore-1\n"
    assert "Spoilt" not in abduce.done("debates").out
    assert abduce.refused("backup", target) == f"abduce: {target} exists already; use --force to replace it\n"
    assert abduce.done("backup", target, "--force").out == f"{target}\n"
    assert abduce.refused("restore", "nowhere.db") == "abduce: there is no file nowhere.db\n"


def test_the_doctor_finds_and_mends(abduce: Abduce) -> None:
    sound = abduce.done("doctor", "--json").json
    assert sound["wrong"] == 0
    assert {finding["part"] for finding in sound["findings"]} >= {"database", "content", "rooms", "terminal"}
    title = abduce.done("debates", "--json").json["debates"][0]["title"]
    spoil("UPDATE debate SET title = 'Why not?'")
    sick = abduce("doctor")
    assert sick.code == 1
    assert "WRONG content: the debate 'vision-efficiency' is not as it was saved" in sick.out
    assert "`abduce doctor --repair` mends it" in sick.out
    assert sick.err == "abduce: 2 things wrong\n"
    mended = abduce.done("doctor", "--repair")
    assert "abduce: 1 row of the debate 1 put back as the journal tells\n" in mended.err
    assert mended.err.endswith("abduce: nothing is wrong\n")
    assert abduce.done("debates", "--json").json["debates"][0]["title"] == title


def test_what_cannot_be_mended_is_left_and_told(abduce: Abduce) -> None:
    abduce.done("debates")
    spoil("UPDATE journal_entry SET label = 'nothing'")
    result = abduce("doctor", "--repair", "--json")
    assert result.code == 1
    assert "that cannot be mended" in result.err
    assert abduce("doctor").code == 1
