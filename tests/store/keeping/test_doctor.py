"""What is wrong with a database is found without changing it, and mended from its journal or a backup."""

from __future__ import annotations

import random
import sqlite3
from collections import Counter
from datetime import UTC, datetime
from pathlib import Path

import pytest

from hypotheses.problems import AbduceError
from store.database import packs
from store.debate_store import DebateStore
from store.errors import DatabaseProblem
from store.expected import ANYTHING
from store.keeping import examining
from store.keeping.backing_up import backed_up
from store.keeping.examining import close_to_others, examined
from store.keeping.finding import Finding
from store.keeping.repairing import Repaired, repair
from tests.store.conftest import OpenStore, small_debate
from tests.store.keeping.damage import SLUG, by_hand, flip, shown, used
from tests.store.test_database import newer_by_its_log_alone, powerless, traces
from tests.store.test_migrating import as_of_version_1

NOON = datetime(2026, 12, 1, 12, tzinfo=UTC)


def wrong(path: Path) -> list[Finding]:
    return [finding for finding in examined(str(path)) if finding.state == "wrong"]


def mend(path: Path) -> Repaired:
    return repair(str(path), NOON)


def test_a_sound_database_has_nothing_wrong_and_is_left_as_it_is(path: Path, open_store: OpenStore) -> None:
    used(path)
    before = traces(path)
    found = list(examined(str(path)))
    assert {finding.part for finding in found} == {
        *("database", "content", "search", "permissions", "backups", "versions", "rooms", "settings")
    }
    assert [finding for finding in found if finding.state == "wrong"] == []
    assert traces(path)["debates.db"] == before["debates.db"]
    store = open_store()
    store.edit_debate(SLUG, title="In the log", expected=ANYTHING)
    before = traces(path)
    assert wrong(path) == []
    assert traces(path) == before


def test_a_log_that_a_kill_left_is_neither_taken_up_nor_lost(path: Path) -> None:
    used(path)
    with DebateStore.open(str(path), actor="ana") as store:
        store.edit_debate(SLUG, title="In the log", expected=ANYTHING)
        left = {file: file.read_bytes() for file in path.parent.glob("debates.db*")}
    for file, content in left.items():
        file.touch(0o600)
        file.write_bytes(content)
    before = traces(path)
    assert wrong(path) == []
    assert traces(path) == before
    with DebateStore.open(str(path), actor="ana") as store:
        assert store.load(SLUG).title == "In the log"


def test_flipped_bits_are_found_or_change_nothing(path: Path, tmp_path: Path) -> None:
    """40 anywhere in what is written of the file; where nothing is found, all is shown as before."""
    used(path)
    before, content = shown(path), path.read_bytes()
    draw = random.Random(32)
    places = [place for place, byte in enumerate(content) if byte]
    became = Counter[str]()
    for number in range(40):
        copy = tmp_path / f"{number}.db"
        copy.touch(0o600)
        copy.write_bytes(content)
        flip(copy, 8 * draw.choice(places) + draw.randrange(8))
        if wrong(copy):
            became["found"] += 1
        else:
            assert shown(copy) == before
            became["harmless"] += 1
        for file in tmp_path.glob(f"{number}.db*"):
            file.unlink()
    assert became["found"] > 15


@pytest.mark.parametrize(
    ("statement", "part"),
    [
        ("UPDATE debate SET title = 'Hom many of them?'", "content"),
        ("UPDATE evidence SET authors = '[\"A. Song' WHERE key = 'song2023'", "content"),
        ("UPDATE hypothesis SET title = cast(x'61ff' AS TEXT) WHERE slug = 'moved'", "content"),
        ("UPDATE hypothesis SET plausibility = 7 WHERE slug = 'moved'", "content"),
        ("DELETE FROM assessment WHERE id = 1", "content"),
        ("DELETE FROM hypothesis WHERE slug = 'uncounted'", "database"),
        ("UPDATE reading SET quantity_id = 99 WHERE id = 1", "database"),
        ("UPDATE checksum SET content = 'x'", "content"),
        ("DELETE FROM checksum", "content"),
        ("CREATE TRIGGER quiet AFTER UPDATE ON debate BEGIN DELETE FROM idea; END", "database"),
        ("DROP INDEX ix_assessment_hypothesis_id", "database"),
        ("DELETE FROM idea_words_docsize", "search"),
    ],
)
def test_what_the_journal_has_is_mended(path: Path, statement: str, part: str) -> None:
    used(path)
    before = shown(path)
    with by_hand(path) as connection:
        connection.execute("PRAGMA ignore_check_constraints=ON")
        connection.execute(statement)
    found = wrong(path)
    assert part in {finding.part for finding in found}
    assert all(finding.advice for finding in found)
    repaired = mend(path)
    assert wrong(path) == []
    assert shown(path) == before
    assert repaired.old is not None
    assert repaired.old.exists()
    with DebateStore.open(str(path), actor="ana") as store:
        assert store.undo(SLUG, expected=ANYTHING).entry
    assert wrong(path) == []


@pytest.mark.parametrize(
    "statement",
    [
        "UPDATE journal_entry SET label = 'edited the titlf' WHERE id = 2",
        "UPDATE journal_entry SET at = 'noon' WHERE id = 2",
        "UPDATE journal_change SET after = replace(after, 'of them', 'oF them')",
        "UPDATE journal_change SET after = '{' WHERE entry_id = 2",
        "DELETE FROM journal_change WHERE entry_id = 2",
        "UPDATE journal_pack SET packed = x'00'",
        "UPDATE journal_pack SET packed = 'a text'",
        "DELETE FROM journal_pack",
        "UPDATE checksum SET journal = iif(journal LIKE '0%', '1', '0') || substr(journal, 2)",
    ],
)
def test_the_journal_is_mended_from_a_backup_or_not_at_all(path: Path, statement: str) -> None:
    used(path)
    before = shown(path)
    backup = backed_up(str(path), None, NOON)
    with by_hand(path) as connection:
        connection.execute(statement)
    spoilt = path.read_bytes()
    aside = backup.rename(backup.with_name("elsewhere.db"))
    with pytest.raises(DatabaseProblem, match="that cannot be mended"):
        mend(path)
    assert path.read_bytes() == spoilt
    assert [file.name for file in path.parent.glob(".*")] == []
    aside.rename(backup)
    mend(path)
    assert wrong(path) == []
    assert shown(path) == before


def without_packs(path: Path) -> None:
    """Make a database one of the version before there were packs."""
    with by_hand(path) as connection:
        connection.execute("DROP TABLE journal_pack")
        connection.execute(f"PRAGMA user_version={packs.SINCE - 1}")


def test_the_journal_is_mended_from_a_backup_of_before_there_were_packs(path: Path) -> None:
    used(path)
    before = shown(path)
    without_packs(backed_up(str(path), None, NOON))
    with by_hand(path) as connection:
        connection.execute("UPDATE journal_change SET after = replace(after, 'of them', 'oF them')")
    mend(path)
    assert wrong(path) == []
    assert shown(path) == before


def test_an_older_database_without_packs_lost_none(path: Path) -> None:
    with DebateStore.open(str(path), actor="ana", first=small_debate) as store:
        store.edit_debate(SLUG, title="How many of them?", expected=ANYTHING)
    before = shown(path)
    without_packs(path)
    with by_hand(path) as connection:
        connection.execute("UPDATE debate SET title = 'Hom many of them?'")
    assert mend(path).told == ("1 row of the debate 1 put back as the journal tells",)
    assert wrong(path) == []
    assert shown(path) == before


def test_a_row_of_which_only_one_witness_is_left_is_not_made_up(path: Path) -> None:
    """The row and the journal were changed alike: no checksum holds, and nothing says which is right."""
    used(path)
    with by_hand(path) as connection:
        connection.execute("UPDATE debate SET title = 'Hom many of them?'")
        connection.execute("UPDATE journal_change SET after = replace(after, 'How many of', 'Hom many of')")
    with pytest.raises(DatabaseProblem, match=r"is not as it was saved: .* that cannot be mended"):
        mend(path)
    assert len(wrong(path)) >= 2


def test_a_page_that_is_gone_is_mended(path: Path) -> None:
    used(path)
    before = shown(path)
    with by_hand(path) as connection:
        (page,) = connection.execute("SELECT rootpage FROM sqlite_schema WHERE name = 'evidence'").fetchone()
    content = bytearray(path.read_bytes())
    content[4096 * (page - 1) : 4096 * page] = bytes(4096)
    path.write_bytes(content)
    assert wrong(path)
    assert "some rows of the table evidence could not be read" in mend(path).told
    assert wrong(path) == []
    assert shown(path) == before


@pytest.mark.parametrize("spoil", [lambda path: path.write_bytes(b"junk" * 5000), lambda path: flip(path, 8 * 108)])
def test_what_cannot_be_read_at_all_is_left_to_a_backup(path: Path, spoil: object) -> None:
    used(path)
    assert callable(spoil)
    spoil(path)
    spoilt = path.read_bytes()
    assert wrong(path)
    try:
        mend(path)
    except AbduceError:
        assert path.read_bytes() == spoilt
    else:
        assert wrong(path) == []


def test_no_id_is_given_out_twice_after_a_repair(path: Path) -> None:
    used(path)
    with by_hand(path) as connection:
        before = connection.execute("SELECT name, seq FROM sqlite_sequence ORDER BY name").fetchall()
        connection.execute("UPDATE debate SET title = 'Hom many of them?'")
    mend(path)
    with by_hand(path) as connection:
        after = dict(connection.execute("SELECT name, seq FROM sqlite_sequence").fetchall())
    assert {name: after[name] for name, seq in before if seq} == {name: seq for name, seq in before if seq}


def test_what_others_may_read_is_told_and_closed(path: Path) -> None:
    used(path)
    path.chmod(0o644)
    found = wrong(path)
    assert {finding.part for finding in found} == {"permissions"}
    assert f"{path} can be read by others (mode 644)" in {finding.text for finding in found}
    assert f"{path} can be read by nobody else now" in close_to_others(str(path))
    assert wrong(path) == []


def test_what_belongs_to_somebody_else_is_not_closed_and_still_told(
    path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def refuse(*_: object) -> None:
        raise PermissionError(1, "Operation not permitted")

    used(path)
    path.chmod(0o644)
    monkeypatch.setattr(Path, "chmod", refuse)
    assert close_to_others(str(path)) == ()
    assert {finding.part for finding in wrong(path)} == {"permissions"}


def test_a_folder_where_everybody_may_take_files_away_is_told(path: Path) -> None:
    used(path)
    path.parent.chmod(0o777)
    assert [finding.part for finding in wrong(path)] == ["permissions"]
    path.parent.chmod(0o700)


def test_an_older_database_is_told_and_not_brought_up_to_date(path: Path, tmp_path: Path) -> None:
    used(path)
    old = tmp_path / "old.db"
    as_of_version_1(path, old)
    old.chmod(0o600)
    before = traces(old)
    notes = [finding.text for finding in examined(str(old)) if finding.state == "note"]
    assert any("is of version 1" in text for text in notes)
    assert wrong(old) == []
    assert traces(old) == before


def test_a_newer_a_foreign_and_an_empty_file_are_told(path: Path, tmp_path: Path) -> None:
    newer_by_its_log_alone(path)
    assert "made by a newer Abduce" in wrong(path)[0].text
    other = tmp_path / "other.db"
    with by_hand(other) as connection:
        connection.execute("CREATE TABLE theirs(x)")
    other.chmod(0o600)
    assert "is a database of another program" in wrong(other)[0].text
    other.write_bytes(b"")
    assert wrong(other) == []
    assert wrong(tmp_path / "none.db") == []


def test_a_database_that_one_may_only_read_is_looked_at(monkeypatch: pytest.MonkeyPatch) -> None:
    with powerless() as folder:
        path = folder / "x.db"
        monkeypatch.setenv("ABDUCE_HOME", str(folder))
        used(path)
        folder.chmod(0o500)
        assert wrong(path) == []
        folder.chmod(0o700)


def test_settings_that_make_no_sense_are_told(path: Path, home: Path) -> None:
    used(path)
    (home / "settings.toml").write_text("bakups = 2\nbackups = 0\n")
    assert [finding.part for finding in wrong(path)] == ["settings", "settings"]


def test_a_package_that_stands_in_for_a_room_is_told(path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    used(path)
    monkeypatch.setattr(examining, "_place", lambda room: "/usr/lib" if room == "tui" else "/opt/abduce")
    (finding,) = wrong(path)
    assert finding.part == "rooms"
    assert "tui in /usr/lib" in finding.text


def test_the_version_of_sqlite_is_told(path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    used(path)
    for version, state in (((3, 51, 2), "note"), ((3, 51, 3), "fine")):
        monkeypatch.setattr(sqlite3, "sqlite_version_info", version)
        assert [finding.state for finding in examined(str(path)) if finding.part == "versions"] == [state]


def test_the_first_debate_is_there_after_all_this(path: Path) -> None:
    with DebateStore.open(str(path), first=small_debate) as store:
        assert store.load() == small_debate()
    assert wrong(path) == []
