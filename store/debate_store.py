"""The one door to what is kept: every method one transaction, values in, values out."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from contextlib import AbstractContextManager, suppress
from datetime import datetime
from pathlib import Path
from types import TracebackType
from typing import TYPE_CHECKING, Any, Self

from sqlalchemy import Connection

from hypotheses import rules
from hypotheses.alike import Likeness
from hypotheses.debate import Debate
from hypotheses.idea import Idea
from hypotheses.people import OWNER
from hypotheses.problems import Malformed, Refused, found
from hypotheses.progress import Told, untold
from hypotheses.timeline import Stand
from store import bundled, journal, stated
from store.adding import add_debate
from store.clock import utc_now
from store.database import listing, places_read
from store.database.copying import copy_database
from store.database.database import BUSY_TIMEOUT, Database
from store.database.engines import open_database
from store.debate_edits import DebateEdits
from store.entries import Change, DebateSummary, Entry
from store.errors import DatabaseProblem
from store.expected import ANYTHING, Anything
from store.explanation_edits import ExplanationEdits
from store.finding_edits import FindingEdits
from store.idea_edits import IdeaEdits
from store.idea_search import IdeaSearch
from store.ledger import Ledger
from store.number_edits import NumberEdits
from store.paths import data_folder, database_location, default_database, make_private, own_files, replica_location
from store.person import system_user

if TYPE_CHECKING:
    from store.lookup.cache import Cache


class DebateStore(DebateEdits, ExplanationEdits, NumberEdits, FindingEdits, IdeaEdits):
    """All debates of one database. Safe to use from several threads.

    Every method that changes a debate writes one transaction with one journal entry and returns the debate
    after it. What it returns is on disk. Each may raise `NotFound` (with the nearest name), `Refused` (with
    what was expected) and `DatabaseProblem`, and then nothing was changed.

    Where a method takes `expected`, the caller gives the value as it was when the editing began; if what the
    edit sets was changed by somebody else since, `Conflict` offers both back. Whoever expects nothing says so
    with `ANYTHING`.
    """

    def __init__(self, database: Database, actor: str, clock: Callable[[], datetime]) -> None:
        """Use an open database."""
        super().__init__(Ledger(database, actor, clock), actor, clock)
        self._database = database
        self._search = IdeaSearch(self._ledger)

    @classmethod
    def open(
        cls,
        location: str | None = None,
        *,
        actor: str | None = None,
        clock: Callable[[], datetime] = utc_now,
        first: Callable[[], Debate] = bundled.bundled_debate,
        creator: str | None = None,
        busy_timeout: float = BUSY_TIMEOUT,
    ) -> Self:
        """Open a database, or create it with its first debate in it.

        Args:
            location: A path or URL; None for `ABDUCE_DB`, else the file in the data folder.
            actor: Who changes are written down to; None for the system's user.
            clock: Gives the time of entries, in UTC.
            first: Gives the debate of a new database.
            creator: Whom that debate belongs to; None for the actor.
            busy_timeout: Seconds to wait for another program's write.

        Raises:
            Refused: the actor is no name.
            DatabaseProblem: it cannot be opened or created.
        """
        if actor is not None:
            _check_person(actor)
        who, place = actor or system_user(), database_location(location)
        if place == str(default_database()):
            _make_data_folder()

        replica = replica_location() if location is None else ""

        def fill(connection: Connection) -> None:
            add_debate(connection, first(), creator or who, clock())

        return cls(open_database(place, fill, busy_timeout, replica), who, clock)

    def close(self) -> None:
        """Close the database."""
        self._database.close()

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.close()

    @property
    def created(self) -> bool:
        """Whether opening created the database."""
        return self._database.created

    @property
    def read_only(self) -> bool:
        """Whether the file or its folder allow no writing."""
        return self._database.read_only

    @property
    def own_files(self) -> tuple[Path, ...]:
        """The database, what lies beside it while it is open, and what else the program keeps."""
        return tuple(own_files(self._database.path))

    @property
    def lookups(self) -> Cache:
        """What was looked up before, on this database."""
        from store.lookup.database_cache import DatabaseCache  # noqa: PLC0415 -- 12 ms that a command which writes does not wait for

        return DatabaseCache(self._database, self._clock)

    def listen(self, told: Callable[[], object]) -> Callable[[], None]:
        """Have `told` called, in a thread of its own, whenever another program may have changed something.

        Where the database cannot tell, as a file cannot, it is never called: whoever wants to know looks, too.

        Returns:
            What ends it.
        """
        return self._database.listen(told)

    def copy_to(self, location: str, told: Told = untold) -> Mapping[str, int]:
        """Copy everything, with the journals, into a database that is not there yet; return how many rows of what.

        Raises:
            DatabaseProblem: there is one already, it cannot be made, or does not hold the same then.
        """
        return copy_database(self._database, location, told)

    def together(self) -> AbstractContextManager[None]:
        """Make one transaction of all calls inside, which only its end puts on disk; an error undoes all of them."""
        return self._ledger.together()

    # Reading

    def debates(self, *, shelved: bool = False) -> tuple[DebateSummary, ...]:
        """List the debates, the one opened last first, then in the order in which they were added.

        Those that are archived or removed are left out, unless they are asked for.
        """
        with self._database.reading() as connection:
            return listing.summaries(connection, shelved=shelved)

    def load(self, slug: str | None = None) -> Debate:
        """Return a debate; without a slug, the one opened last.

        Raises:
            NotFound: there is no such debate.
        """
        if slug is None:
            with self._database.reading() as connection:
                slug = listing.opened_last(connection) or listing.oldest(connection)
        _, debate = self._ledger.current(slug)
        return debate

    def open_debate(self, slug: str | None = None) -> Debate:
        """Return a debate as `load` does, and remember it as the one opened last.

        Raises:
            NotFound: there is no such debate.
        """
        debate = self.load(slug)
        with self._database.reading() as connection:
            latest, debate_id = listing.opened_last(connection), listing.find(connection, debate.slug)
        if debate.slug != latest and not self.read_only:
            # Which debate was opened last is not worth keeping somebody from reading it.
            with suppress(DatabaseProblem):
                self._database.write(lambda connection: listing.note_opened(connection, debate_id, self._clock()))
        return debate

    def last_entry(self, slug: str) -> int:
        """Return the number of the debate's latest entry."""
        with self._database.reading() as connection:
            return journal.last_entry(connection, listing.find(connection, slug))

    def refresh(self, slug: str, since: int) -> Change | None:
        """Return the debate as it is now, with its last entry; None if that is the one that was seen, `since`."""
        return self._ledger.refresh(slug, since)

    def history(self, slug: str, *, limit: int = 50, hypothesis: str | None = None) -> tuple[Entry, ...]:
        """Return the latest entries, newest first; of one hypothesis, its effects and assessments if it is named."""
        image, debate = self._ledger.current(slug)
        if hypothesis is not None:
            found("hypothesis", hypothesis, debate.hypotheses)
        hypothesis_id = None if hypothesis is None else image.ids["hypothesis", hypothesis]
        with self._database.reading() as connection:
            return journal.history(connection, image.debate_id, limit, hypothesis_id)

    def search_ideas(self, slug: str, typed: str) -> frozenset[int]:
        """Return the numbers of the ideas that have the words that are typed, by the rule of `hypotheses.search`."""
        return self._search.find(slug, typed)

    def looks_like(self, debate: Debate, idea: Idea) -> list[Likeness]:
        """Return what an idea looks like among very many, by the rule of `hypotheses.alike`.

        Raises:
            NotFound: the debate is gone.
            Refused: SQLite has no index of words.
        """
        return self._search.looks_like(debate, idea)

    def stands(self, slug: str) -> tuple[Stand, ...]:
        """Return what everybody had stated, after every change of it by the journal, oldest first."""
        image, _ = self._ledger.current(slug)
        with self._database.reading() as connection:
            return stated.stands(connection, image.debate_id)

    def reasons(self, slug: str) -> dict[str, Entry]:
        """Return by hypothesis the entry that last revised what is stated of it, if it gave a reason for that.

        What is stated is what the debate shows: this actor's words, or else the owner's.
        """
        image, debate = self._ledger.current(slug)
        with self._database.reading() as connection:
            given = stated.reasons(connection, image.debate_id)
        of = {h.slug: (image.ids["hypothesis", h.slug], h.by) for h in debate.hypotheses.values()}
        return {name: given[place] for name, place in of.items() if place in given}

    def person(self, slug: str) -> str:
        """Return the name under which this actor's words stand in a debate: empty for its owner."""
        image, _ = self._ledger.current(slug)
        return OWNER if self.actor == image.owner else self.actor

    # Places that ideas come from

    def known_of(self, slug: str, place: str) -> Mapping[str, Any]:
        """Return what was noted of a place that a debate's ideas come from; nothing if nothing was."""
        with self._database.reading() as connection:
            return places_read.known_of(connection, listing.find(connection, slug), place)

    def note_of(
        self, slug: str, place: str, state: Mapping[str, Any], *, seen: Mapping[str, Any] | Anything = ANYTHING
    ) -> bool:
        """Note how far a place was read or what was told there, which is no change of the debate and never undone.

        It is noted only if what was noted before is still what was `seen`; says whether it was.

        Raises:
            NotFound: there is no such debate.
            DatabaseProblem: it could not be saved.
        """

        def note(connection: Connection) -> bool:
            debate_id = listing.find(connection, slug)
            self._database.hold(connection, debate_id)
            if seen is not ANYTHING and places_read.known_of(connection, debate_id, place) != seen:
                return False
            places_read.note(connection, debate_id, place, state, self._clock())
            return True

        return self._database.write(note)

    # Undo

    # `expected` is the number of the last entry that was seen: what the actor did since, in another window, is not
    # taken back unseen.

    def undo(self, slug: str, *, expected: int | Anything) -> Change:
        """Take back this actor's latest change that is not yet undone.

        Raises:
            Refused: there is none, the actor has changed something since, or somebody's later change would be trampled.
        """
        return self._ledger.revert(slug, "undo", expected)

    def undo_to(self, slug: str, entry: int, *, expected: int | Anything) -> Change:
        """Take back all of this actor's changes after an entry of the journal, or none of them.

        Raises:
            NotFound: there is no such entry.
            Refused: there are none, the actor has changed something since, or somebody's change would be trampled.
        """
        return self._ledger.undo_to(slug, entry, expected)

    def redo(self, slug: str, *, expected: int | Anything) -> Change:
        """Do again what this actor undid last; a change since then ends the redoing.

        Raises:
            Refused: there is nothing to redo, the actor has changed something since, or somebody's later change would
                be trampled.
        """
        return self._ledger.revert(slug, "redo", expected)


def open_as(person: str | None, location: str | None = None) -> DebateStore:
    """Open a database as somebody, None for the system's user, whom a database that is new belongs to either way.

    Raises:
        Refused: that is no name.
        DatabaseProblem: it cannot be opened or created.
    """
    return DebateStore.open(location, actor=person, creator=system_user())


def _check_person(name: str) -> None:
    try:
        rules.title(name)
    except Malformed as error:
        raise Refused(f"{name!r} is no name of a person: {error}") from error


def _make_data_folder() -> None:
    try:
        make_private(data_folder())
    except OSError as error:
        raise DatabaseProblem(f"the folder {data_folder()} cannot be created: {error.strerror}") from error
