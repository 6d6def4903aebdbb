"""The one door to what is kept: every method one transaction, values in, values out."""

from __future__ import annotations

import getpass
from collections.abc import Callable, Collection, Iterable
from contextlib import AbstractContextManager, suppress
from datetime import UTC, datetime, timedelta
from pathlib import Path
from types import TracebackType
from typing import TYPE_CHECKING, Self, Unpack

from sqlalchemy import Connection

from hypotheses import edits, rules
from hypotheses.debate import Assessment, Comment, Debate, Evidence, Hypothesis, Idea, IdeaKind, Quantity, Verdict
from hypotheses.edits import DebateFields, EvidenceFields, HypothesisFields
from hypotheses.people import OWNER, seen_by
from hypotheses.problems import Malformed, Refused, found
from hypotheses.ranking import format_plausibility
from hypotheses.timeline import Stand
from store import journal
from store.bundled import bundled_debate
from store.conflicts import expecting, expecting_order
from store.database import listing
from store.database.database import BUSY_TIMEOUT, Database
from store.entries import Change, DebateSummary, Entry
from store.errors import Conflict, DatabaseProblem
from store.expected import ANYTHING, Anything
from store.ledger import Ledger, add_debate, find_debate, slugs
from store.paths import data_folder, database_location, default_database, make_private, own_files

if TYPE_CHECKING:
    from store.lookup.cache import Cache


def utc_now() -> datetime:
    """Return the time."""
    return datetime.now(UTC)


def system_user() -> str:
    """Return the name of whoever runs the program."""
    try:
        return getpass.getuser()
    except (KeyError, OSError):
        # No entry for this user id, as in some containers.
        return "somebody"


class DebateStore:
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
        self._database = database
        self._ledger = Ledger(database, actor, clock)
        self._clock = clock
        self.actor = actor
        """Who the changes are written down to."""

    @classmethod
    def open(
        cls,
        location: str | None = None,
        *,
        actor: str | None = None,
        clock: Callable[[], datetime] = utc_now,
        first: Callable[[], Debate] = bundled_debate,
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

        def fill(connection: Connection) -> None:
            add_debate(connection, first(), creator or who, clock())

        return cls(Database.open(place, fill, busy_timeout), who, clock)

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
        from store.lookup.database_cache import DatabaseCache  # noqa: PLC0415 -- 20 ms, and most uses look nothing up

        return DatabaseCache(self._database, self._clock)

    def together(self) -> AbstractContextManager[None]:
        """Make one transaction of all calls inside, which only its end puts on disk; an error undoes all of them."""
        return self._ledger.together()

    # Reading

    def debates(self) -> tuple[DebateSummary, ...]:
        """List the debates, the one opened last first, then in the order in which they were added."""
        with self._database.reading() as connection:
            return listing.summaries(connection)

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
            latest, debate_id = listing.opened_last(connection), find_debate(connection, debate.slug)
        if debate.slug != latest and not self.read_only:
            # Which debate was opened last is not worth keeping somebody from reading it.
            with suppress(DatabaseProblem), self._database.writing() as connection:
                listing.note_opened(connection, debate_id, self._clock())
        return debate

    def last_entry(self, slug: str) -> int:
        """Return the number of the debate's latest entry."""
        with self._database.reading() as connection:
            return journal.last_entry(connection, find_debate(connection, slug))

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

    def stands(self, slug: str) -> tuple[Stand, ...]:
        """Return what everybody had stated, after every change of it by the journal, oldest first."""
        image, _ = self._ledger.current(slug)
        with self._database.reading() as connection:
            return journal.stands(connection, image.debate_id)

    def reasons(self, slug: str) -> dict[str, Entry]:
        """Return by hypothesis the latest entry with a reason for what this actor, or else the owner, states of it."""
        image, debate = self._ledger.current(slug)
        own = self.person(slug)
        with self._database.reading() as connection:
            by_person = {person: journal.reasons(connection, image.debate_id, person) for person in (OWNER, own)}
        ids = {h.slug: image.ids["hypothesis", h.slug] for h in debate.hypotheses.values()}
        given = {h.slug: by_person.get(h.by, {}).get(ids[h.slug]) for h in debate.hypotheses.values()}
        return {slug: entry for slug, entry in given.items() if entry is not None}

    def person(self, slug: str) -> str:
        """Return the name under which this actor's words stand in a debate: empty for its owner."""
        image, _ = self._ledger.current(slug)
        return OWNER if self.actor == image.owner else self.actor

    # Debates

    def add_debate(self, debate: Debate, *, replace: bool = False) -> Change:
        """Add a debate, or put it in the place of the one with its slug: one entry with what differs.

        Raises:
            Refused: there is one of that slug, and `replace` is off.
        """
        debate = seen_by(debate, OWNER)
        with self._database.reading() as connection:
            is_there = debate.slug in slugs(connection)
        if not is_there:
            return self._ledger.add(debate)
        if not replace:
            raise Refused(f"there is a debate {debate.slug!r} already; `import --replace` puts a file in its place")
        return self._ledger.change(
            debate.slug, lambda _: (debate, f"replaced the debate {debate.slug!r}"), (), whole=True
        )

    def create_debate(self, title: str, slug: str | None = None) -> Change:
        """Add an empty debate; without a slug, one is made of the title."""
        with self._database.reading() as connection:
            taken = slugs(connection)
        title = title.strip()
        return self._ledger.add(Debate(slug or edits.slug_for(title, taken, "debate"), title))

    def edit_debate(self, slug: str, *, expected: Debate | Anything, **fields: Unpack[DebateFields]) -> Change:
        """Set fields of the debate itself."""
        return self._ledger.change(
            slug,
            lambda debate: (edits.debate_edited(debate, fields), f"edited the {_names(fields)}"),
            expecting(("debate",), expected),
        )

    # Hypotheses

    def add_hypothesis(
        self,
        slug: str,
        *,
        title: str,
        statement: str = "",
        plausibility: float | None = None,
        prior: float | None = None,
        slug_hint: str | None = None,
    ) -> Change:
        """Add a hypothesis. Its prior, without one its plausibility, is held today; a slug is made if none is given.

        Without a plausibility it has a starting figure of 50%.
        """

        def edit(debate: Debate) -> tuple[Debate, str]:
            own_slug = edits.slug_for(slug_hint or title, debate.hypotheses, "hypothesis")
            stated = 0.5 if plausibility is None else plausibility
            first = stated if prior is None else prior
            held = f"{self._clock():%Y-%m-%d}"
            hypothesis = Hypothesis(own_slug, title.strip(), statement, stated, first, held, plausibility is None)
            return edits.hypothesis_added(debate, hypothesis), f"added the hypothesis {own_slug!r}"

        return self._ledger.change(slug, edit, ())

    def edit_hypothesis(
        self, slug: str, hypothesis: str, *, expected: Hypothesis | Anything, **fields: Unpack[HypothesisFields]
    ) -> Change:
        """Set fields of a hypothesis."""
        return self._ledger.change(
            slug,
            lambda debate: (
                edits.hypothesis_edited(debate, hypothesis, fields),
                f"edited the {_names(fields)} of {hypothesis!r}",
            ),
            expecting(("hypothesis", hypothesis), expected),
        )

    def set_plausibility(
        self, slug: str, hypothesis: str, plausibility: float, why: str = "", *, expected: Hypothesis | Anything
    ) -> Change:
        """Set a plausibility, for a reason; in an exclusive debate the others make room."""
        return self._ledger.change(
            slug,
            lambda debate: (
                edits.plausibility_set(debate, hypothesis, plausibility),
                f"set the plausibility of {hypothesis!r} to {format_plausibility(plausibility)}",
            ),
            expecting(("hypothesis", hypothesis), expected),
            why=why.strip(),
        )

    def move(self, slug: str, hypothesis: str, rank: int, *, expected: Debate | Anything) -> Change:
        """Move a hypothesis to a rank; 1 is the top. `expected` has the hypotheses as their order was seen."""
        return self._ledger.change(
            slug,
            lambda debate: (
                edits.hypothesis_moved(debate, hypothesis, rank),
                f"moved {hypothesis!r} to rank {rank}",
            ),
            expecting_order(expected),
        )

    def adopt(
        self, slug: str, hypothesis: str, *, expected: Hypothesis | Anything, implied: float | Anything
    ) -> Change:
        """Take what the evidence implies for a hypothesis as its plausibility; `implied` is the figure agreed to.

        Raises:
            Conflict: that figure is another one now, or the hypothesis has moved.
        """

        def edit(debate: Debate) -> tuple[Debate, str]:
            after = edits.implied_adopted(debate, hypothesis)
            now = after.hypotheses[hypothesis].plausibility
            if implied is not ANYTHING and format_plausibility(now) != format_plausibility(implied):
                raise Conflict(f"hypothesis {hypothesis!r}", ("implied plausibility",), implied, now, "somebody")
            return after, f"adopted what the evidence implies for {hypothesis!r}: {format_plausibility(now)}"

        return self._ledger.change(slug, edit, expecting(("hypothesis", hypothesis), expected))

    def settle(
        self,
        slug: str,
        hypothesis: str,
        verdict: Verdict,
        on: str | None = None,
        *,
        expected: Hypothesis | Anything,
    ) -> Change:
        """Write down how a hypothesis turned out; empty opens it again. Without a day (`YYYY-MM-DD`) it was today.

        Raises:
            Refused: the day is still to come.
        """
        now = self._clock()
        day = now.strftime("%Y-%m-%d") if on is None else on
        # Tomorrow in UTC has begun already where clocks are ahead.
        if verdict and len(day) == len("2024-02-29") and day > (now + timedelta(days=1)).strftime("%Y-%m-%d"):
            raise Refused(f"{day} is still to come; expected the day on which it turned out, today at the latest")
        label = f"settled {hypothesis!r} as {verdict}" if verdict else f"opened {hypothesis!r} again"

        def edit(debate: Debate) -> tuple[Debate, str]:
            others = edits.made_false(debate, hypothesis) if verdict == "true" else ()
            also = f" and {', '.join(map(repr, others))} as false" if others else ""
            return edits.hypothesis_settled(debate, hypothesis, verdict, day), label + also

        return self._ledger.change(slug, edit, expecting(("hypothesis", hypothesis), expected))

    # Numbers

    def set_value(self, slug: str, symbol: str, value: str, *, expected: Quantity | Anything) -> Change:
        """Give a quantity a value of one's own: over sourced readings it becomes a reading beside them."""
        text = value.strip()
        return self._ledger.change(
            slug,
            lambda debate: (edits.value_set(debate, symbol, text), f"set {symbol} to {text}"),
            expecting(("quantity", symbol), expected),
        )

    def choose_reading(self, slug: str, symbol: str, reading: str, *, expected: Quantity | Anything) -> Change:
        """Make one reading of a quantity count whatever the convention; an empty name gives it back."""
        chosen = f"chose the reading {reading!r} of {symbol}" if reading else f"left {symbol} to the convention"
        return self._ledger.change(
            slug,
            lambda debate: (edits.reading_chosen(debate, symbol, reading), chosen),
            expecting(("quantity", symbol), expected),
        )

    # Evidence

    def add_evidence(self, slug: str, evidence: Evidence) -> Change:
        """Add evidence, with its assessments."""
        return self._ledger.change(
            slug, lambda debate: (edits.evidence_added(debate, evidence), f"added the evidence {evidence.key!r}"), ()
        )

    def add_evidence_items(self, slug: str, items: Iterable[Evidence], label: str) -> Change:
        """Add many items of evidence as one change; all of them or none."""
        return self._ledger.change(slug, lambda debate: (edits.evidence_items_added(debate, items), label), ())

    def edit_evidence(
        self, slug: str, key: str, *, expected: Evidence | Anything, **fields: Unpack[EvidenceFields]
    ) -> Change:
        """Set fields of evidence."""
        return self._ledger.change(
            slug,
            lambda debate: (edits.evidence_edited(debate, key, fields), f"edited the {_names(fields)} of {key!r}"),
            expecting(("evidence", key), expected),
        )

    def assess(
        self,
        slug: str,
        key: str,
        hypothesis: str,
        assessment: Assessment | None,
        *,
        expected: Assessment | Anything | None,
    ) -> Change:
        """Fill one cell of the matrix; None clears it, and an `expected` of None means that it was blank."""
        did = "cleared" if assessment is None else "set"
        return self._ledger.change(
            slug,
            lambda debate: (
                edits.assessed(debate, key, hypothesis, assessment),
                f"{did} the assessment of {key!r} under {hypothesis!r}",
            ),
            expecting(("evidence", key), expected, hypothesis),
        )

    def retract_evidence(
        self, slug: str, key: str, *, expected: Evidence | Anything, retracted: bool = True, note: str = ""
    ) -> Change:
        """Mark evidence as retracted, or take that back; the note is added to the one it has."""
        did = "retracted" if retracted else "reinstated"
        return self._ledger.change(
            slug,
            lambda debate: (
                edits.evidence_retracted(debate, key, retracted=retracted, note=note),
                f"{did} the evidence {key!r}",
            ),
            expecting(("evidence", key), expected),
        )

    # Ideas

    def submit_idea(
        self,
        slug: str,
        *,
        title: str,
        text: str = "",
        kind: IdeaKind = "comment",
        sender: str = "",
        hypothesis: str = "",
        received: str | None = None,
    ) -> Change:
        """Put a reader's idea into the inbox; without a time it was received now."""
        when = self._clock().strftime("%Y-%m-%dT%H:%M:%SZ") if received is None else received
        idea = Idea(0, title.strip(), text, kind, sender, when, hypothesis=hypothesis)
        return self._ledger.change(
            slug, lambda debate: (edits.idea_submitted(debate, idea), f"submitted an idea: {idea.title}"), ()
        )

    # Comments

    def comment(self, slug: str, text: str, *, hypothesis: str = "", evidence: str = "", idea: int = 0) -> Change:
        """Add a comment on a hypothesis, evidence, a cell (give both) or an idea."""
        when = self._clock().strftime("%Y-%m-%dT%H:%M:%SZ")
        comment = Comment(0, text.strip(), self.actor, when, hypothesis, evidence, idea)
        about = " under ".join(repr(name) for name in (evidence, hypothesis, f"idea {idea}" if idea else "") if name)
        return self._ledger.change(slug, lambda debate: (edits.commented(debate, comment), f"commented on {about}"), ())

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


def _names(fields: Collection[str]) -> str:
    return ", ".join("assumptions" if name == "assumes" else name for name in fields) or "nothing"


def _make_data_folder() -> None:
    try:
        make_private(data_folder())
    except OSError as error:
        raise DatabaseProblem(f"the folder {data_folder()} cannot be created: {error.strerror}") from error
