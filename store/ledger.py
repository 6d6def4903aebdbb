"""The way of one change: one transaction, one journal entry, and the debate brought forward by it."""

from __future__ import annotations

import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from typing import Final

from sqlalchemy import Connection

from hypotheses import rules
from hypotheses.admission import admit
from hypotheses.debate import Debate
from hypotheses.people import OWNER, said_by, seen_by
from hypotheses.problems import Malformed, Refused
from store import journal
from store.adding import add_debate
from store.conflicts import Expectation, Expected
from store.database import listing
from store.database.backup import keep_committed
from store.database.database import Database
from store.database.forgetting import forget_removed
from store.database.image import DebateImage
from store.database.row_change import RowChange
from store.database.sqlite_database import told
from store.database.translation import Ref
from store.database.writing import are_many, write_difference, write_in_portions, write_renaming
from store.entries import Change, Entry, EntryKind
from store.errors import Conflict
from store.expected import Anything
from store.images import Images
from store.reverting import revert_last, undo_after

BULK: Final = 1_000
"""So many rows that one change writes are backed up before."""
Edit = Callable[[Debate], tuple[Debate, str]]
"""Makes the changed debate of the current one, and says in words what it does."""


@dataclass(frozen=True, slots=True)
class Renaming:
    """Another name for a value, or for the debate."""

    ref: Ref
    """What is renamed."""
    new: str
    edit: Callable[[Debate], Debate]
    """Renames it in a debate as it is kept, wherever it is named."""
    label: str
    """What the journal says of it."""


class Ledger:
    """Reads and changes the debates of one database; safe to use from several threads."""

    def __init__(self, database: Database, actor: str, clock: Callable[[], datetime]) -> None:
        self.database = database
        self._actor = actor
        self._clock = clock
        self._images = Images(database)
        self._seen: dict[str, tuple[Debate, Debate]] = {}
        """Slug -> a debate as it is kept, and as the actor sees it."""
        self._lock = threading.RLock()
        self._together = False
        """Whether several changes share a transaction."""
        self._backed_up = False
        """Whether that has a backup of what was there before."""

    def current(self, slug: str) -> tuple[DebateImage, Debate]:
        """Return the image of a debate with everything that was committed by now, and it as the actor sees it."""
        with self._lock, self.database.reading() as connection:
            image = self._images.current(connection, slug)
            return image, self._seen_now(image)

    def refresh(self, slug: str, since: int) -> Change | None:
        """Return a debate with the last entry it has come to; None if that is the one numbered `since`."""
        with self._lock, self.database.reading() as connection:
            image = self._images.current(connection, slug)
            if image.entry == since:
                return None
            return Change(self._seen_now(image), journal.entry_of(connection, image.entry))

    def change(
        self,
        slug: str,
        edit: Edit,
        expected: Expected,
        *,
        whole: bool = False,
        why: str = "",
        about: str = "",
    ) -> Change:
        """Change a debate. What the edit states or rates is the actor's.

        Unless it is about the `whole` debate: then it is given it as it is kept, with what everybody says, and gives it
        anew. `why` is the reason for it, which the journal keeps; `about`, the hypothesis it is about, if about one.

        Raises:
            NotFound: there is no such debate.
            Conflict: what the edit sets has moved since the editor saw it.
            Refused: the outcome is not acceptable.
            DatabaseProblem: it could not be saved.
        """
        with self._lock:
            image, changes, entry = self.database.write(
                lambda connection: self._changed(connection, slug, edit, expected, whole=whole, why=why, about=about)
            )
            self._images.keep(slug, image)
            if entry is not None:
                image.apply(changes, entry.id)
            return Change(self._seen_now(image), entry)

    def _changed(
        self, connection: Connection, slug: str, edit: Edit, expected: Expected, *, whole: bool, why: str, about: str
    ) -> tuple[DebateImage, list[RowChange], Entry | None]:
        """Write what an edit makes of a debate; the image is still to be brought forward by the changes."""
        image = self._images.current(connection, slug)
        with _refusing():
            rules.text(why)
            kept, label = self._edited(connection, image, edit, expected, whole=whole)
        admit(image.debate, kept)
        changes: list[RowChange] = []
        if are_many(image.debate, kept):
            self._images.forget(slug)  # until it is committed: it goes along, portion by portion
            self._back_up_before(BULK)
            portions = write_in_portions(connection, image, kept)
        else:
            changes = write_difference(connection, image, kept)
            if not changes and why:
                raise Refused("it is so already; the reason was not kept")
            if not changes:
                return image, changes, None
            self._back_up_before(len(changes))
            portions = iter([changes])
        entry = journal.record(
            connection,
            image.debate_id,
            portions,
            at=self._clock(),
            actor=self._actor,
            label=label,
            why=why,
            about=image.ids["hypothesis", about] if why and about else None,
        )
        return image, changes, entry

    def _edited(
        self, connection: Connection, image: DebateImage, edit: Edit, expected: Expected, *, whole: bool
    ) -> tuple[Debate, str]:
        """Return the debate to be kept after an edit whose expectations hold, and what the edit says of itself."""
        seen = self._seen_now(image)
        after, label = edit(image.debate if whole else seen)
        for expectation in (one for each in expected for one in each.those(seen, after)):
            _check(connection, image, after, seen, expectation)
        return after if whole else self._kept(image, seen, after), label

    def rename(self, slug: str, renaming: Renaming, expected: Expected) -> Change:
        """Give a value, or the debate, another name. Its row stays the same one, so that its history goes on.

        Raises:
            NotFound: there is no such debate, or nothing of that name in it.
            Conflict: what is renamed has moved since the editor saw it.
            Refused: the new name is taken or none.
            DatabaseProblem: it could not be saved.
        """
        with self._lock:
            change = self._stepping(slug, lambda connection, image: self._rename(connection, image, renaming, expected))
            if change.debate.slug != slug:
                self._images.rename(slug, change.debate.slug)
            return change

    def _rename(
        self, connection: Connection, image: DebateImage, renaming: Renaming, expected: Expected
    ) -> Entry | None:
        before, seen = image.debate, self._seen_now(image)
        if renaming.ref == ("debate",) and renaming.new != before.slug and renaming.new in listing.slugs(connection):
            raise Refused(f"there is a debate {renaming.new!r} already; choose another name")
        with _refusing():
            after = renaming.edit(before)
        if after is before:
            return None
        for expectation in (one for each in expected for one in each.those(seen, after)):
            _check(connection, image, after, seen, expectation)
        admit(before, after)
        changes, others = write_renaming(connection, image, renaming.ref, renaming.new, after)
        entry = journal.record(
            connection, image.debate_id, [changes], at=self._clock(), actor=self._actor, label=renaming.label
        )
        image.apply(others, entry.id)
        return entry

    @contextmanager
    def together(self) -> Iterator[None]:
        """Make one transaction of the changes that this thread makes inside; an error that leaves it undoes all."""
        with self._lock:
            try:
                with self.database.writing():
                    self._together = True
                    yield
            except BaseException:
                # Images may be ahead of what was not committed: they are read again when needed.
                self._images.forget_all()
                raise
            finally:
                self._together = self._backed_up = False

    def _back_up_before(self, rows: int) -> None:
        """Keep a backup of a file as it was before a change of so many rows, if these are many."""
        path = self.database.path
        if path is not None and rows >= BULK and not self._backed_up:
            with told(path):
                keep_committed(path, "import")
            self._backed_up = self._together

    def _person(self, image: DebateImage) -> str:
        return OWNER if self._actor == image.owner else self._actor

    def _seen_now(self, image: DebateImage) -> Debate:
        """Return the debate as the actor sees it."""
        kept = image.debate
        if not image.people:
            return kept
        last_seen = self._seen.get(kept.slug)
        if last_seen is None or last_seen[0] is not kept:
            last_seen = self._seen[kept.slug] = kept, image.seen_by(self._actor, last_seen)
        return last_seen[1]

    def _kept(self, image: DebateImage, seen: Debate, after: Debate) -> Debate:
        """Return what to keep of a debate that was changed as the actor sees it."""
        kept, person = image.debate, self._person(image)
        if person == OWNER and not image.people:
            return after
        owner = after.owner if after.owner != seen.owner else kept.owner
        return replace(seen_by(said_by(seen, after, person), OWNER, (seen, kept)), owner=owner)

    def add(self, debate: Debate) -> Change:
        """Add a new debate."""

        def attempt(connection: Connection) -> tuple[DebateImage, Entry]:
            image, entry = add_debate(connection, debate, self._actor, self._clock())
            self._back_up_before(sum(map(len, image.rows.values())))
            return image, entry

        with self._lock:
            image, entry = self.database.write(attempt)
            self._images.take(image)
            return Change(self._seen_now(image), entry)

    def forget_removed(self, days: int, but: str) -> tuple[str, ...]:
        """Delete for good the debates that have been removed for so many days; return their slugs."""
        with self._lock:
            before = self._clock() - timedelta(days=days)

            def attempt(connection: Connection) -> tuple[str, ...]:
                gone = forget_removed(connection, before, but)
                self._back_up_before(BULK if gone else 0)  # which nothing brings back
                return gone

            gone = self.database.write(attempt)
            self._images.forget(*gone)
            return gone

    def revert(self, slug: str, kind: EntryKind, expected: int | Anything) -> Change:
        """Undo this actor's latest change, or redo the one undone last; `expected` is the last entry that was seen.

        Raises:
            Refused: there is none, the actor has changed something since, or somebody's later change would be trampled.
        """
        return self._stepping(
            slug,
            lambda connection, image: revert_last(
                connection, image, self._actor, kind=kind, expected=expected, at=self._clock()
            ),
        )

    def undo_to(self, slug: str, entry: int, expected: int | Anything) -> Change:
        """Undo all of this actor's changes after an entry, the latest first, each by an entry of its own.

        Raises:
            NotFound: the journal has no such entry.
            Refused: there are none, the actor has changed something after the entry that was seen last (`expected`), or
                somebody's later change would be trampled; then none is undone.
        """
        return self._stepping(
            slug,
            lambda connection, image: undo_after(
                connection, image, self._actor, entry=entry, expected=expected, at=self._clock()
            ),
        )

    def _stepping(self, slug: str, step: Callable[[Connection, DebateImage], Entry | None]) -> Change:
        """Let a step that brings the image forward by itself change a debate."""

        def attempt(connection: Connection) -> tuple[DebateImage, Entry | None]:
            with self._images.forgetting(slug):
                image = self._images.current(connection, slug)
                before = image.entry
                entry = step(connection, image)
                self._back_up_before(journal.rows_after(connection, image.debate_id, before))
                return image, entry

        with self._lock, self._images.forgetting(slug):
            image, entry = self.database.write(attempt)
            return Change(self._seen_now(image), entry)


@contextmanager
def _refusing() -> Iterator[None]:
    """Refuse what is malformed."""
    try:
        yield
    except Malformed as error:
        raise Refused(str(error)) from error


def _check(connection: Connection, image: DebateImage, after: Debate, seen: Debate, expected: Expectation) -> None:
    """Raise a conflict if what the edit changes is no longer as its editor saw it."""
    if moved := expected.moved(seen, after):
        table, *names = expected.ref
        who = journal.last_actor(connection, image.debate_id, str(table), image.ids[expected.ref])
        place = f"{table} {names[0]!r}" if names else "the debate"
        raise Conflict(place, moved, expected.look(after), expected.look(seen), who)
