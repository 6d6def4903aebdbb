"""What is done while something fails: steps, each from one state of a folder to the next."""

from __future__ import annotations

import shutil
from collections.abc import Callable
from dataclasses import dataclass, replace
from datetime import UTC, datetime
from hashlib import sha256
from pathlib import Path
from typing import Final

from hypotheses.debate import Assessment, Debate, Evidence
from hypotheses.reports.debate_json import debate_json
from store import ledger
from store.database.soundness import flaws
from store.database.sqlite_database import SqliteDatabase
from store.debate_store import DebateStore
from store.disk import write_whole
from store.expected import ANYTHING
from store.keeping.backing_up import backed_up
from store.keeping.repairing import repair
from store.keeping.restoring import restored
from tests.store.conftest import small_debate
from tests.store.keeping.damage import by_hand
from tests.store.test_migrating import as_of_version_1

SLUG: Final = "piano-tuners"
NOON: Final = datetime(2026, 12, 1, 12, tzinfo=UTC)
SMALL, LARGE = 100, 45_000
"""Characters of the texts that are written."""


class Desk:
    """A folder with a database that somebody works on."""

    def __init__(self, folder: Path, *, stays_open: bool) -> None:
        self.folder = folder
        self.path = folder / "abduce.db"
        self._stays_open = stays_open
        self._store: DebateStore | None = None

    def edit(self, change: Callable[[DebateStore], object]) -> None:
        """Change the database: in a store that stays open, as the app's, or one of its own, as a command's."""
        if self._store is None:
            self._store = opened(self.path)
        change(self._store)

    def rest(self) -> None:
        """Close what does not stay open."""
        if self._store is not None and not self._stays_open:
            self._store.close()
            self._store = None

    def leave(self) -> None:
        """Close what is open."""
        self._stays_open = False
        self.rest()


def opened(path: Path) -> DebateStore:
    """Open a store as everybody here does: the time stands still, so that states can be compared."""
    return DebateStore.open(str(path), actor="ana", clock=lambda: NOON, first=small_debate)


Step = Callable[[Desk, str], None]
"""Changes something; the text is what is written."""


@dataclass(frozen=True)
class Work:
    """What is done step by step."""

    name: str
    prepare: Callable[[Path], None]
    """Makes what is in the folder at first."""
    steps: tuple[Step, ...]
    with_others: bool = True
    """Whether somebody else may have the database open meanwhile."""
    is_damaged: bool = False
    """Whether the database is not as it was saved, at first."""


def look(folder: Path) -> str:
    """Return all that is to be seen in a folder, having opened it as the next start would.

    Raises:
        AssertionError: something is there by half.
    """
    seen = []
    with opened(folder / "abduce.db") as store:
        for line in store.debates(shelved=True):
            seen += [debate_json(store.load(line.slug)), str(store.history(line.slug, limit=1000))]
    database = SqliteDatabase(folder / "abduce.db")
    with database.reading() as connection:
        assert connection.exec_driver_sql("PRAGMA application_id").scalar()
    database.close()
    if (exported := folder / "out.json").exists():
        seen.append(exported.read_text(encoding="utf-8"))
    if (backup := folder / "b.db").exists():
        found = [flaw.text for flaw in flaws(backup)]
        assert not found, f"a backup that is not sound: {found}"
        with opened(backup) as store:
            seen += [debate_json(store.load(line.slug)) for line in store.debates()]
    return sha256("\0".join(seen).encode()).hexdigest()


def _fresh(folder: Path) -> None:
    opened(folder / "abduce.db").close()


def _nothing(_: Path) -> None:
    """Begin without a database."""


def _old(folder: Path) -> None:
    opened(folder / "new.db").close()
    as_of_version_1(folder / "new.db", folder / "abduce.db")
    (folder / "abduce.db").chmod(0o600)
    (folder / "new.db").unlink()


def _with_backup(folder: Path) -> None:
    with opened(folder / "abduce.db") as store:
        store.add_evidence(SLUG, Evidence("before", "Before", finding="x" * LARGE))
    backed_up(str(folder / "abduce.db"), folder / "a.db", NOON)
    with opened(folder / "abduce.db") as store:
        store.edit_debate(SLUG, title="Spoilt", expected=ANYTHING)


def _damaged(folder: Path) -> None:
    _fresh(folder)
    with by_hand(folder / "abduce.db") as connection:
        connection.execute("UPDATE debate SET title = 'Hom many of them?'")


def _add(number: int) -> Step:
    def add(desk: Desk, text: str) -> None:
        item = Evidence(f"new{number}", "New", finding=text, assessments={"fewer": Assessment(2.0, "so")})
        desk.edit(lambda store: store.add_evidence(SLUG, item))

    return add


def _edit(desk: Desk, text: str) -> None:
    desk.edit(lambda store: store.edit_hypothesis(SLUG, "fewer", statement=text, expected=ANYTHING))


def _value(desk: Desk, text: str) -> None:
    desk.edit(lambda store: store.set_value(SLUG, "known", "400", text[:50], expected=ANYTHING))


def _undo(desk: Desk, _: str) -> None:
    desk.edit(lambda store: store.undo(SLUG, expected=ANYTHING))


def _redo(desk: Desk, _: str) -> None:
    desk.edit(lambda store: store.redo(SLUG, expected=ANYTHING))


def _imported(text: str, *keys: str) -> Debate:
    return replace(small_debate(), slug="other", evidence={key: Evidence(key, "Came", finding=text) for key in keys})


def _import(desk: Desk, text: str) -> None:
    desk.edit(lambda store: store.add_debate(_imported(text, "one", "two")))


def _replace(desk: Desk, text: str) -> None:
    """Replace it with so much that a backup is made first."""
    ledger.BULK = 2  # type: ignore[misc]  # of this process alone, which ends with this work
    desk.edit(lambda store: store.add_debate(_imported(text, "two", "three", "four"), replace=True))


def _export(desk: Desk, _: str) -> None:
    def export(store: DebateStore) -> None:
        write_whole(desk.folder / "out.json", debate_json(store.load(SLUG)), sparing=store.own_files, force=True)

    desk.edit(export)


def _back_up(desk: Desk, _: str) -> None:
    backed_up(str(desk.path), desk.folder / "b.db", NOON, force=True)


def _restore(desk: Desk, _: str) -> None:
    desk.leave()
    restored(str(desk.path), desk.folder / "a.db", NOON)


def _repair(desk: Desk, _: str) -> None:
    repair(str(desk.path), NOON)


def _open(desk: Desk, _: str) -> None:
    desk.edit(lambda store: store.load())


WORKS: Final = (
    Work("create", _nothing, (_open,), with_others=False),
    Work("add", _fresh, (_add(1), _add(2), _add(3))),
    Work("edit", _fresh, (_edit, _value)),
    Work("undo, redo", _fresh, (_edit, _undo, _redo)),
    Work("import", _fresh, (_import, _replace)),
    Work("export", _fresh, (_export, _edit, _export)),
    Work("backup", _fresh, (_back_up, _edit, _back_up)),
    Work("restore", _with_backup, (_restore,), with_others=False),
    Work("migrate", _old, (_open,), with_others=False),
    Work("repair", _damaged, (_repair,), with_others=False, is_damaged=True),
)


def prepared(work: Work, folder: Path) -> Path:
    """Make the first state of a work in a folder."""
    shutil.rmtree(folder, ignore_errors=True)
    folder.mkdir(mode=0o700, parents=True)
    work.prepare(folder)
    return folder
